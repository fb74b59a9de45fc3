// The pipeline as it would run, to be read.

import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { bars, boxes, corpus, expect, names, open, overflow, paste, pipeline, test, text } from "./page";

const panel = (page: Page) => page.getByRole("tabpanel", { name: "Resolved" });
const lines = (page: Page) => panel(page).getByRole("group", { name: "Resolved YAML" });
const line = (page: Page, words: string) =>
  lines(page).getByRole("listitem").filter({ hasText: words });
const button = (page: Page, name: string) => panel(page).getByRole("button", { name, exact: true });

async function openResolved(page: Page, yaml: string): Promise<void> {
  await open(page);
  await paste(page, yaml);
  await page.getByRole("tab", { name: "Resolved" }).click();
  await expect(lines(page)).toBeVisible();
}

const yaml = `stages:
  - stage:
      name: Test
      identifier: test
      type: Deployment
      spec:
        services:
          values:
            - serviceRef: cart
            - serviceRef: web
        environment: {environmentRef: test, infrastructureDefinitions: [{identifier: eu}]}
  - stage:
      name: Live
      identifier: live
      type: Deployment
      spec:
        services:
          useFromStage:
            stage: test
        environment:
          environmentRef: live
          infrastructureDefinitions:
            - identifier: us
`;

test("values that a stage takes from another are filled in", async ({ page }) => {
  await openResolved(page, yaml);
  await expect(panel(page).getByRole("status").first()).toHaveText("7 lines added, 2 removed");
  // Changes are marked for screen readers, too, not by colour alone.
  await expect(line(page, "useFromStage:")).toHaveText(/Removed: +useFromStage:/);
  await expect(line(page, "- serviceRef: cart").last()).toHaveText(/Added: +- serviceRef: cart/);
  await expect(line(page, "parallel: true")).toHaveCount(2);

  await button(page, "Whole").click();
  await expect(line(page, "useFromStage:")).toHaveCount(0);
  await expect(line(page, "serviceRef: web")).toHaveCount(2);
  await button(page, "Copy").click();
  await expect(panel(page).getByText("Copied.")).toBeVisible();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(
    yaml
      .replace("web\n", "web\n          metadata:\n            parallel: true\n")
      .replace(
        "          useFromStage:\n            stage: test\n",
        "          values:\n            - serviceRef: cart\n            - serviceRef: web\n" +
          "          metadata:\n            parallel: true\n",
      ),
  );
  expect(await text(page)).toBe(yaml);
  // The resolved text gives the same plan.
  const before = await bars(page).allTextContents();
  await paste(page, copied);
  await expect(panel(page).getByRole("status").first()).toHaveText(
    "The same as the text: nothing is looked up elsewhere.",
  );
  expect(await bars(page).allTextContents()).toEqual(before);
});

test("the resolved text follows answers, and marks values that only a run knows", async ({ page }) => {
  await openResolved(page, corpus("11-runtime-inputs.yaml"));
  await button(page, "Whole").click();
  await expect(line(page, "values: <+input> # unknown until run time").first()).toBeVisible();
  await page.getByRole("tab", { name: /^Inputs/ }).click();
  const field = page.getByLabel("Which services?");
  await field.fill("one, two");
  await field.press("Enter");
  await page.getByRole("tab", { name: "Resolved" }).click();
  await expect(line(page, "serviceRef: one")).toHaveText(/Added: +- serviceRef: one/);
});

test("unchanged lines are folded, and unfolded by keys", async ({ page }) => {
  await openResolved(page, corpus("03-dev-qa-prod-propagation.yaml"));
  const folded = lines(page).getByRole("button", { name: "25 lines that stay" });
  const count = await lines(page).getByRole("listitem").count();
  await folded.focus();
  await page.keyboard.press("Enter");
  await expect(folded).toHaveCount(0);
  await expect(lines(page).getByRole("listitem")).toHaveCount(count + 24);
});

test("the panel says when the YAML is broken", async ({ page }) => {
  await openResolved(page, yaml);
  await paste(page, "stages:\n  - stage: [");
  await expect(panel(page)).toHaveText("Fix the YAML errors first, to see what it comes to.");
});

test("with 10,000 deployments only the visible lines are in the page", async ({ page }) => {
  await openResolved(page, pipeline(names("S", 100), names("I", 100)).replace(/parallel: false/, "parallel: <+input>.default(false)"));
  await button(page, "Whole").click();
  await expect(line(page, "serviceRef: S1").first()).toBeVisible();
  const many = pipeline(names("S", 2000), names("I", 5));
  await paste(page, many);
  await expect(panel(page).getByRole("status").first()).toHaveText(
    "The same as the text: nothing is looked up elsewhere.",
  );
  const rows = lines(page).getByRole("listitem");
  expect(await rows.count()).toBeLessThan(200);
  await lines(page).focus();
  await page.keyboard.press("End");
  await expect(line(page, "identifier: I5")).toBeVisible();
  expect(await rows.count()).toBeLessThan(200);
});

test("the panel fits a narrow screen without accessibility violations", async ({ page }) => {
  await openResolved(page, yaml);
  for (const width of [1280, 380]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await overflow(page)).toBe(0);
    const found = await new AxeBuilder({ page }).include(".dl-beside").analyze();
    expect(found.violations).toEqual([]);
  }
});

test("the pipeline is shown in the other schema, and opened there", async ({ page }) => {
  await openResolved(page, yaml);
  await button(page, "As v1").click();
  await expect(panel(page).getByRole("status").first()).toHaveText(/^The same plan/);
  const differences = panel(page).getByRole("region", { name: "Differences" });
  await expect(differences.getByText("v1 has no useFromStage")).toBeVisible();
  const newer = panel(page).getByRole("group", { name: "YAML in the other schema" });
  await expect(newer.getByRole("listitem").filter({ hasText: "deploy-to: us" })).toBeVisible();
  const before = await bars(page).count();
  await button(page, "Open in a new tab").click();
  await expect.poll(() => text(page)).toContain("version: 1");
  await expect(bars(page)).toHaveCount(before);
  await expect(button(page, "As v0")).toBeVisible();

  // There it is a text like any other: a checkbox changes it.
  await boxes(page, "Test").services.uncheck();
  await expect.poll(() => text(page)).toContain("          - web\n        parallel: false\n");
  await expect(bars(page)).toHaveCount(before);
});
