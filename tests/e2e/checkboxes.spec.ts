// The checkboxes of a stage change the YAML, byte for byte, and the picture.

import {
  boxes,
  choose,
  corpus,
  editor,
  expect,
  expectPicture,
  expectText,
  open,
  order,
  paste,
  pipeline,
  test,
  text,
  undo,
} from "./page";

/** The deployments of scenario 3 by the checkboxes that are set. */
const scenario3 = {
  targets: [
    "1 S1 → I1: 0s to 1m",
    "2 S1 → I2: 0s to 1m",
    "3 S2 → I1: 1m to 2m",
    "4 S2 → I2: 1m to 2m",
  ],
  both: [
    "1 S1 → I1: 0s to 1m",
    "2 S2 → I1: 0s to 1m",
    "3 S1 → I2: 0s to 1m",
    "4 S2 → I2: 0s to 1m",
  ],
  services: [
    "1 S1 → I1: 0s to 1m",
    "2 S2 → I1: 0s to 1m",
    "3 S1 → I2: 1m to 2m",
    "4 S2 → I2: 1m to 2m",
  ],
};

test("both boxes of scenario 3 move the bars and change one word of the text", async ({ page }) => {
  await open(page);
  await choose(page, "Scenario 3: infrastructures in parallel");
  await expectPicture(page, scenario3.targets);
  await expect(order(page)).toHaveText(["S1 I1, S1 I2, S2 I1, S2 I2"]);
  const { services, targets } = boxes(page);
  await expect(services).not.toBeChecked();
  await expect(targets).toBeChecked();
  const before = await text(page);

  await services.check();
  await expectPicture(page, scenario3.both);
  await expect(order(page)).toHaveText(["S1 I1, S2 I1, S1 I2, S2 I2"]);
  await expect(page.getByText("Max concurrency 4")).toBeVisible();
  const withBoth = before.replace("parallel: false", "parallel: true");
  expect(withBoth).not.toBe(before);
  await expectText(page, withBoth);

  await targets.uncheck();
  await expectPicture(page, scenario3.services);
  await expect(order(page)).toHaveText(["S1 I1, S2 I1, S1 I2, S2 I2"]);
  await expect(page.getByText("Max concurrency 2")).toBeVisible();
  await expectText(page, withBoth.replace(/(environments:\n.*\n.*parallel:) true/, "$1 false"));
});

test("a checkbox is one undo step, and the cursor stays in its place", async ({ page }) => {
  await open(page);
  await choose(page, "Scenario 3: infrastructures in parallel");
  const before = await text(page);
  await page.getByText("deployToAll: false").click();
  await page.keyboard.press("End");

  await boxes(page).services.check();
  await expectPicture(page, scenario3.both);
  const checked = await text(page);
  await boxes(page).targets.uncheck();
  await expectPicture(page, scenario3.services);

  await undo(page);
  await expectText(page, checked);
  await expectPicture(page, scenario3.both);
  await expect(boxes(page).targets).toBeChecked();

  await undo(page);
  await expectText(page, before);
  await expectPicture(page, scenario3.targets);
  await expect(boxes(page).services).not.toBeChecked();

  await page.keyboard.type(" # here");
  await expectText(page, before.replace("deployToAll: false", "deployToAll: false # here"));
});

test("the cursor stays in its line while a checkbox changes lines above it", async ({ page }) => {
  await open(page);
  await choose(page, "Scenario 3: infrastructures in parallel");
  await page.getByText("- identifier: I2").click();
  await page.keyboard.press("End");
  const before = await text(page);
  await boxes(page).services.check();
  await editor(page).focus();
  await page.keyboard.type("x");
  const expected = before.replace("parallel: false", "parallel: true").replace("I2", "I2x");
  await expectText(page, expected);
  await expect(order(page)).toHaveText(["S1 I1, S2 I1, S1 I2x, S2 I2x"]);
});

test("missing metadata is inserted with the file's own indentation", async ({ page }) => {
  await open(page);
  const four = corpus("21-four-spaces-comments.yaml").replace(
    / *# and how:\n *metadata:\n *parallel: true # all three\n/,
    "",
  );
  await paste(page, four);
  const { services } = boxes(page, "Seasonal: spring");
  await expect(services).toBeChecked();
  await services.uncheck();
  await expect(order(page).first()).toHaveText(/^seeds bench_1, soil bench_1, water bench_1, /);
  await expect(page.getByText("Max concurrency 1")).toBeVisible();
  const after = await text(page);
  const inserted = `${" ".repeat(22)}metadata:\n${" ".repeat(26)}parallel: false\n`;
  expect(after).toContain(inserted);
  expect(after.replace(inserted, "")).toBe(four);
});

test("flow style stays flow style when a checkbox changes it", async ({ page }) => {
  await open(page);
  const flow = corpus("20-flow-style.yaml");
  await paste(page, flow);
  await expect(page.getByText("Max concurrency 3")).toBeVisible();
  await boxes(page, "buses").targets.check();
  await expect(page.getByText("Max concurrency 9")).toBeVisible();
  const changed = "environments: {metadata: {parallel: true}";
  await expectText(page, flow.replace("environments: {metadata: {parallel: false}", changed));

  const without = flow.replace("metadata: {parallel: false}, ", "");
  await paste(page, without);
  await boxes(page, "buses").targets.uncheck();
  await expect(page.getByText("Max concurrency 3")).toBeVisible();
  const lines = (text: string) => text.split("\n").length;
  const after = await text(page);
  expect(lines(after)).toBe(lines(without));
  expect(after).toContain("metadata: {parallel: false}");
  expect(after.replace(/, metadata: {parallel: false}|metadata: {parallel: false}, /, "")).toBe(
    without,
  );
});

test("the checkbox of an expression changes the picture and not the text", async ({ page }) => {
  await open(page);
  const asked = pipeline(["web", "api"], ["east", "west"]).replace(
    "parallel: false",
    "parallel: <+input>",
  );
  await paste(page, asked);
  const { services } = boxes(page);
  await expect(services).toBeChecked();
  await expect(services).toBeEnabled();
  await expect(page.getByText("The choice here changes the picture only.")).toBeVisible();
  await expect(page.getByText("Max concurrency 2")).toBeVisible();
  await services.uncheck();
  await expect(page.getByText("Max concurrency 1")).toBeVisible();
  await expectPicture(page, [
    "1 web → east: 0s to 1m",
    "2 api → east: 1m to 2m",
    "3 web → west: 2m to 3m",
    "4 api → west: 3m to 4m",
  ]);
  await expectText(page, asked);
  await services.check();
  await expect(page.getByText("Max concurrency 2")).toBeVisible();
});

test("checkboxes that can't apply are disabled and say why", async ({ page }) => {
  await open(page);
  await paste(page, corpus("07-environment-groups.yaml"));
  const both = boxes(page, "Depots and services").targets;
  await expect(both).toBeDisabled();
  await expect(both).toBeChecked();
  await expect(both).toHaveAccessibleName(
    /An environment group beside a list of services is always parallel\./,
  );
  const alone = boxes(page, "Depots in order");
  await expect(alone.services).toBeDisabled();
  await expect(alone.services).toHaveAccessibleName(/One service: nothing to run in parallel\./);
  await expect(alone.targets).toBeEnabled();
});
