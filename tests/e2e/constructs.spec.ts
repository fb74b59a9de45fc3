// What real pipelines use, on the page: strategies, the flat schema, entities, failures.

import {
  bars,
  boxes,
  corpus,
  expect,
  expectPicture,
  open,
  order,
  paste,
  problems,
  test,
  total,
} from "./page";

test.beforeEach(({ page }) => open(page));

test("a matrix makes a deployment of each combination, within its maxConcurrency", async ({ page }) => {
  await paste(
    page,
    `stages:
  - stage:
      identifier: ship
      name: Ship
      type: Deployment
      spec:
        service: {serviceRef: <+matrix.service>}
        environment:
          environmentRef: <+matrix.env>
          infrastructureDefinitions: [{identifier: main}]
      strategy:
        matrix:
          service: [web, api]
          env: [dev, prod]
          exclude: [{service: api, env: dev}]
          maxConcurrency: 2
`,
  );
  await expect(bars(page)).toHaveCount(3);
  await expect(total(page)).toHaveText("2m");
  await expect(order(page)).toHaveText([/^web.*, web.*, api/]);
  await expect(problems(page)).toHaveCount(0);
});

test("a flat pipeline follows its own order, with an info", async ({ page }) => {
  await paste(page, corpus("08-flat-schema-v1.yaml"));
  await expect(bars(page).first()).toBeVisible();
  await expect(problems(page).getByRole("button").first()).toContainText(/info/i);
});

test("documents after the pipeline define what it refers to", async ({ page }) => {
  const open = `stages:
  - stage:
      identifier: ship
      name: Ship
      type: Deployment
      spec:
        service: {serviceRef: web}
        environments:
          metadata: {parallel: false}
          values: [{environmentRef: prod, deployToAll: true}]
`;
  await paste(page, open);
  await expect(page.locator(".dl-bar.dl-placeholder")).toHaveCount(1);
  await expect(problems(page)).toContainText("prod");
  const entities = ["eu", "us"].map(
    (name) =>
      `---\ninfrastructureDefinition:\n  identifier: ${name}\n  name: ${name}\n  environmentRef: prod\n`,
  );
  await paste(page, open + entities.join(""));
  await expectPicture(page, ["1 web → eu: 0s to 1m", "2 web → us: 1m to 2m"]);
  await expect(page.locator(".dl-bar.dl-placeholder")).toHaveCount(0);
  await boxes(page, "Ship").targets.check();
  await expectPicture(page, ["1 web → eu: 0s to 1m", "2 web → us: 0s to 1m"]);
});

test("each file of the corpus is drawn", async ({ page }) => {
  for (const name of [
    "03-dev-qa-prod-propagation.yaml",
    "10-gitops-clusters.yaml",
    "12-matrix-service-environment.yaml",
    "13-repeat-and-parallelism.yaml",
    "14-stage-templates.yaml",
    "16-chained-and-step-groups.yaml",
  ]) {
    await paste(page, corpus(name));
    await expect(bars(page).first(), name).toBeVisible();
    await expect(problems(page).getByText("error", { exact: true }), name).toHaveCount(0);
  }
});
