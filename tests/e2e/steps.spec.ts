// Steps inside bars: drawn where there is room, listed for the picked bar, with durations of their own.

import type { Page } from "@playwright/test";
import { addressOf, assumptions, bars, expect, open, paste, reload, test, text, timeline, total } from "./page";

const YAML = `pipeline:
  identifier: shop
  stages:
    - stage:
        name: Deploy
        identifier: deploy
        type: Deployment
        spec:
          services:
            values: [{serviceRef: cart}, {serviceRef: api}]
            metadata: {parallel: false}
          environment:
            environmentRef: prod
            infrastructureDefinitions: [{identifier: eu}]
          execution:
            steps:
              - step: {type: K8sRollingDeploy, name: Roll out, identifier: roll}
              - stepGroup:
                  name: Checks
                  identifier: checks
                  steps:
                    - step: {type: Http, name: Smoke test, identifier: smoke}
                    - step: {type: HarnessApproval, name: <b>Ask</b>, identifier: ask, timeout: 1h}
`;

const list = (page: Page) => page.getByRole("list", { name: "Steps of this deployment" });
const step = (page: Page, name: string) => list(page).getByRole("listitem").filter({ hasText: name });

test("bars show their steps, and a link keeps that", async ({ page }) => {
  await open(page);
  await paste(page, YAML);
  await expect(timeline(page).getByText("Smoke test")).toHaveCount(0);
  await page.getByRole("button", { name: "Steps", exact: true }).click();
  await expect(timeline(page).getByText("Roll out", { exact: true })).toHaveCount(2);
  await expect(timeline(page).getByText("Smoke test", { exact: true })).toHaveCount(2);
  await addressOf(page);
  await reload(page);
  await expect(timeline(page).getByText("Smoke test", { exact: true })).toHaveCount(2);
  // Without a step there is nothing to switch.
  await paste(page, "stages: [{stage: {identifier: a, type: Custom}}]");
  await expect(page.getByRole("button", { name: "Steps", exact: true })).toHaveCount(0);
});

test("the steps of a picked bar are listed, and take what one gives them", async ({ page }) => {
  await open(page);
  await paste(page, YAML);
  await expect(total(page)).toHaveText("2m");
  await bars(page).filter({ hasText: "cart" }).click();
  const summary = page.getByText("3 steps in this deployment");
  await summary.focus();
  await page.keyboard.press("Enter");
  await expect(step(page, "Roll out")).toContainText("K8sRollingDeploy");
  await expect(step(page, "Roll out")).toContainText("0s to 30s, 50 % of the work");
  await expect(step(page, "<b>Ask</b>")).toContainText("1m to 1m, waits 0s");

  // In both deployments, one after the other: three minutes more for the step, one for the wait.
  await step(page, "Smoke test").getByLabel("Takes").fill("3m");
  await page.keyboard.press("Enter");
  await expect(total(page)).toHaveText("7m");
  await step(page, "<b>Ask</b>").getByLabel("Waits").fill("1m");
  await page.keyboard.press("Enter");
  await expect(total(page)).toHaveText("9m");
  await expect(step(page, "Smoke test")).toContainText("30s to 3m 30s, 86 % of the work");
  await expect(assumptions(page).getByText("Duration of smoke in deploy")).toBeVisible();
  expect(await text(page)).toBe(YAML);

  await addressOf(page);
  await reload(page);
  await expect(total(page)).toHaveText("9m");
});

const LOOPS = `stage:
  name: Deploy
  identifier: deploy
  type: Deployment
  failureStrategies: [{onFailure: {errors: [AllErrors], action: {type: StageRollback}}}]
  spec:
    service: {serviceRef: cart}
    environment: {environmentRef: prod, infrastructureDefinitions: [{identifier: eu}]}
    execution:
      steps:
        - step: {type: K8sRollingDeploy, name: Roll out, identifier: roll}
        - step:
            type: Http
            name: Check
            identifier: check
            strategy: {matrix: {region: [eu, us, ap], maxConcurrency: 2}}
      rollbackSteps:
        - step: {type: K8sRollingRollback, name: Undo, identifier: undo}
        - step: {type: Http, name: Tell, identifier: tell}
`;

test("each run of a step is listed, and what a rollback runs", async ({ page }) => {
  await open(page);
  await paste(page, LOOPS);
  await bars(page).filter({ hasText: "cart" }).click();
  await page.getByText("2 steps in this deployment").click();
  // Two rounds of the check: of three parts of a minute, one each.
  await expect(list(page).getByRole("listitem")).toHaveText([
    /Roll out.*0s to 20s, 33 %/,
    /Check.*2 runs at once.*20s to 1m/,
    /Check_0.*20s to 40s/,
    /Check_1.*20s to 40s/,
    /Check_2.*40s to 1m/,
  ]);
  // One duration is that of all runs.
  await expect(list(page).getByLabel("Takes")).toHaveCount(2);
  await page.getByRole("button", { name: "Steps", exact: true }).click();
  await expect(timeline(page).getByText("Check × 3", { exact: true })).toBeVisible();

  await page.getByLabel("Let it fail").check();
  const rollback = page.getByRole("list", { name: "Steps of the rollback" });
  await expect(rollback.getByRole("listitem")).toHaveText([
    /Undo.*1m to 1m 15s/,
    /Tell.*1m 15s to 1m 30s/,
  ]);
  await expect(timeline(page).getByText("Undo", { exact: true })).toBeVisible();
});
