// Assumptions about a run, other ways to run it, and what moves.

import type { Page } from "@playwright/test";
import {
  addressOf,
  assumptions,
  bar,
  bars,
  boxes,
  compare,
  details,
  editor,
  expect,
  expectPicture,
  open,
  order,
  overflow,
  paste,
  pipeline,
  recovering,
  reload,
  rows,
  selected,
  table,
  test,
  text,
  timeline,
  tooltip,
  total,
} from "./page";

const assumed = (page: Page) =>
  assumptions(page).getByRole("list", { name: "Assumed" }).getByRole("listitem");
const accountPlan = (page: Page) =>
  assumptions(page).getByRole("combobox", { name: "Account plan" });
const field = (page: Page, name: string) => assumptions(page).getByLabel(name);

/** Types into a field and leaves it. */
async function say(field: ReturnType<typeof details>, value: string) {
  await field.fill(value);
  await field.press("Enter");
}

test.describe("assumptions", () => {
  let yaml: string;
  test.beforeEach(async ({ page }) => {
    await open(page);
    await paste(page, pipeline(["web", "api"], ["east", "west"]));
    await expect(bars(page)).toHaveCount(4);
    yaml = await text(page);
  });
  // Whatever is assumed is kept apart from it.
  test.afterEach(async ({ page }) => {
    expect(await text(page)).toBe(yaml);
  });

  test("durations apply to all, a service, an infrastructure or one deployment", async ({ page }) => {
    await say(field(page, "Each deployment takes"), "90");
    await expect(page.getByRole("alert")).toBeVisible();
    await say(field(page, "Each deployment takes"), "90s");
    await expect(page.getByRole("alert")).toHaveCount(0);
    await expect(total(page)).toHaveText("6m");
    await expect(assumed(page)).toHaveText([/Each deployment takes 1m 30s/]);

    await bar(page, 1).click();
    await details(page).getByLabel("For").selectOption("web, wherever it goes");
    await say(details(page).getByLabel("Takes"), "2m");
    await expect(total(page)).toHaveText("7m");
    await details(page).getByLabel("For").selectOption("Everything to east");
    await say(details(page).getByLabel("Takes"), "5m");
    await details(page).getByLabel("For").selectOption("Only this one");
    await say(details(page).getByLabel("Takes"), "10s");
    const first = "1 web → east: 0s to 10s";
    await expect.poll(async () => (await rows(page))[0]).toBe(first);
    await expect(assumed(page)).toHaveCount(4);

    await page.getByRole("button", { name: "Remove: Number 1 of deploy takes 10s" }).click();
    await expect.poll(async () => (await rows(page))[0]).not.toBe(first);
    await page.getByRole("button", { name: "Reset all" }).click();
    await expect(assumed(page)).toHaveCount(0);
    await expect(total(page)).toHaveText("4m");
  });

  test("dragging the end of a bar changes its duration", async ({ page }) => {
    const end = await bar(page, 2).locator(".dl-end").boundingBox();
    const shape = await bar(page, 2).locator(".dl-shape").boundingBox();
    if (!end || !shape) throw new Error("the bar has no end");
    await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2);
    await page.mouse.down();
    await page.mouse.move(end.x + end.width / 2 + shape.width, end.y, { steps: 5 });
    await expect(page.locator(".dl-preview")).toHaveText("2m");
    await page.mouse.up();
    await expectPicture(page, [
      "1 web → east: 0s to 1m",
      "2 api → east: 1m to 3m",
      "3 web → west: 3m to 4m",
      "4 api → west: 4m to 5m",
    ]);
    await expect(assumed(page)).toHaveText([/Number 2 of deploy takes 2m/]);
  });

  test("uneven durations differ, change with each click, and repeat after a reset", async ({
    page,
  }) => {
    const uneven = assumptions(page).getByRole("button", { name: "Uneven durations" });
    await uneven.click();
    await expect(assumed(page)).toHaveText([/Uneven durations, number 1/]);
    const first = await rows(page);
    expect(new Set(first.map((row) => row.split(": ")[1])).size).toBe(4);
    await assumptions(page).getByRole("button", { name: "Other uneven durations" }).click();
    await expect(assumed(page)).toHaveText([/Uneven durations, number 2/]);
    expect(await rows(page)).not.toEqual(first);
    await page.getByRole("button", { name: "Reset all" }).click();
    await uneven.click();
    await expect.poll(() => rows(page)).toEqual(first);
  });

  test("the account's limit applies to each stage", async ({ page }) => {
    await boxes(page).services.check();
    await boxes(page).targets.check();
    await expect(total(page)).toHaveText("1m");
    await say(field(page, "Account's limit in a stage"), "2");
    await expect(total(page)).toHaveText("2m");
    await expect(assumed(page)).toHaveText([/The account runs at most 2 at once in a stage/]);
    await assumed(page).getByRole("button").click();
    await expect(total(page)).toHaveText("1m");
    yaml = await text(page);
  });

  test("the plan of the account limits how many run at once, and a link keeps it", async ({ page }) => {
    await boxes(page).services.check();
    await boxes(page).targets.check();
    await expect(total(page)).toHaveText("1m");
    yaml = await text(page);
    await expect(accountPlan(page)).toHaveValue(/Enterprise/);
    await expect(page.getByText("held by")).toHaveCount(0);
    const before = page.url();
    await accountPlan(page).selectOption("Free: 2 at once, 10 in all");
    await expectPicture(page, [
      "1 web → east: 0s to 1m",
      "2 api → east: 0s to 1m",
      "3 web → west: 1m to 2m",
      "4 api → west: 1m to 2m",
    ]);
    await expect(page.getByText("held by Free limits: 2 at once")).toBeVisible();
    await expect(assumed(page)).toHaveText([/Account plan: Free/]);

    await expect(page).not.toHaveURL(before);
    await reload(page);
    await expect(accountPlan(page)).toHaveValue(/Free/);
    await expect(total(page)).toHaveText("2m");
    await page.getByRole("button", { name: "Remove: Account plan: Free" }).click();
    await expect(total(page)).toHaveText("1m");
  });

  test("the bars that depend on an assumption are marked", async ({ page }) => {
    await boxes(page).services.check();
    await boxes(page).targets.check();
    yaml = await text(page);
    await accountPlan(page).selectOption("Free: 2 at once, 10 in all");
    const show = assumptions(page).getByRole("button", { name: "2 bars depend on it" });
    await expect(page.locator(".dl-dependent")).toHaveCount(0);
    await show.click();
    await expect(show).toHaveAttribute("aria-pressed", "true");
    await expect(page.locator(".dl-dependent")).toHaveCount(2);
    await expect(bar(page, 3)).toHaveClass(/dl-dependent/);
    await expect(bar(page, 4)).toHaveClass(/dl-dependent/);
    await show.click();
    await expect(page.locator(".dl-dependent")).toHaveCount(0);
  });

  test("a failure skips the queued deployments, unless the stage has onFailure: RunAll", async ({ page }) => {
    await bar(page, 2).click();
    await details(page).getByLabel("Let it fail").check();
    await expect(page.locator(".dl-bar.dl-failed")).toHaveCount(1);
    // SkipQueued is the default.
    await expect(page.locator(".dl-bar.dl-skipped")).toHaveCount(2);
    await expect(total(page)).toHaveText("2m");

    yaml = yaml.replace(
      "          services:",
      "          multiDeploymentConfig: {onFailure: RunAll}\n          services:",
    );
    await paste(page, yaml);
    await expect(page.locator(".dl-bar.dl-skipped")).toHaveCount(0);
    await expect(page.locator(".dl-bar.dl-failed")).toHaveCount(1);
    await expect(total(page)).toHaveText("4m");
    await details(page).getByLabel("Let it fail").uncheck();
    await expect(page.locator(".dl-bar.dl-skipped")).toHaveCount(0);
    await expect(total(page)).toHaveText("4m");
  });
});

test.describe("a failure under failure strategies", () => {
  const fields = (page: Page) => page.getByRole("group", { name: "How it fails" });
  const parts = (page: Page) => bar(page, 1).locator(".dl-part");
  const marks = (page: Page) => page.getByRole("list", { name: "Marks" }).getByRole("listitem");

  test.beforeEach(async ({ page }) => {
    await open(page);
    await paste(page, recovering(["web", "api"], ["east"]));
    await expect(bars(page)).toHaveCount(2);
    await expect(marks(page)).toHaveCount(0);
    await bar(page, 1).click();
    await details(page).getByLabel("Let it fail").check();
  });

  test("has parts, each with its shape, its name and its length", async ({ page }) => {
    // Work 1m, twice 10s and 1m, 3m, half a minute of rollback; then the other one.
    await expect(total(page)).toHaveText("7m 50s");
    await expect(parts(page)).toHaveCount(4);
    await expect(marks(page)).toHaveText(["retry", "waits for a person", "rollback", "fails"]);
    const words = "1m of work, retried twice after 10s each, then waiting for a person: 3m, then rolled back: 30s";
    await expect(details(page).getByRole("status")).toContainText(words);
    await expect(timeline(page).getByRole("option", { selected: true })).toHaveAccessibleName(
      `1. web east, 0s to 6m 50s, fails: ${words}`,
    );
    await bar(page, 1).locator(".dl-manual").hover({ force: true });
    await expect(tooltip(page)).toContainText(words);
    await expect(fields(page)).toContainText(
      "Then: Retry up to 2 times, then ManualIntervention for 3m, then StageRollback",
    );
  });

  test("succeeds at an attempt, or becomes what the type of error says", async ({ page }) => {
    const attempt = fields(page).getByLabel("Succeeds at attempt");
    await say(attempt, "2");
    await expect(total(page)).toHaveText("3m 10s");
    await expect(marks(page)).toHaveText(["retry"]);
    await expect(assumed(page)).toHaveText([/web east fails, and succeeds at attempt 2/]);
    // More than there are: the last one.
    await say(attempt, "9");
    await expect(attempt).toHaveValue("3");
    await expect(total(page)).toHaveText("4m 20s");

    const before = page.url();
    await fields(page).getByLabel("Error type").selectOption("Timeout");
    await expect(attempt).toHaveCount(0);
    await expect(fields(page)).toContainText("Then: Ignore");
    await expect(bar(page, 1)).toHaveClass(/dl-ignored/);
    await expect(marks(page)).toHaveText(["fails, ignored"]);
    await expect(assumed(page)).toHaveText([/web east fails with Timeout/]);
    // No rule names it.
    await fields(page).getByLabel("Error type").selectOption("Verification");
    await expect(parts(page)).toHaveCount(4);
    await fields(page).getByLabel("Error type").selectOption("Timeout");

    await expect(page).not.toHaveURL(before);
    await addressOf(page);
    await reload(page);
    await expect(bar(page, 1)).toHaveClass(/dl-ignored/);
    await expect(fields(page).getByLabel("Error type")).toHaveValue("Timeout");
    await page.getByRole("button", { name: "Remove: web east fails with Timeout" }).click();
    await expect(fields(page)).toHaveCount(0);
    await expect(total(page)).toHaveText("2m");
  });

  test("is chosen by keyboard alone, also in a narrow window", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await expect(fields(page)).toBeVisible();
    expect(await overflow(page)).toBe(0);
    await details(page).getByLabel("Let it fail").focus();
    await page.keyboard.press("Tab");
    await expect(fields(page).getByLabel("Error type")).toBeFocused();
    await page.keyboard.press("T");
    await expect(fields(page).getByLabel("Error type")).toHaveValue("Timeout");
    await page.keyboard.press("Home");
    await page.keyboard.press("Tab");
    await expect(fields(page).getByLabel("Succeeds at attempt")).toBeFocused();
    await page.keyboard.type("3");
    await page.keyboard.press("Enter");
    await expect(total(page)).toHaveText("4m 20s");
  });

  test("is dragged at the end of its work", async ({ page }) => {
    const end = await bar(page, 1).locator(".dl-end").boundingBox();
    const work = await bar(page, 1).locator(".dl-work").boundingBox();
    if (!end || !work) throw new Error("the bar has no end");
    expect(Math.abs(end.x + end.width / 2 - work.x - work.width)).toBeLessThan(1);
    await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2);
    await page.mouse.down();
    await page.mouse.move(end.x + end.width / 2 + work.width, end.y, { steps: 5 });
    await expect(page.locator(".dl-preview")).toHaveText("2m");
    await expect(parts(page)).toHaveCount(0);
    await page.mouse.up();
    await expect(assumed(page)).toHaveText([/Number 1 of deploy takes 2m/, /web east fails/]);
    await expect(parts(page)).toHaveCount(4);
  });
});

test("picking bars, changing durations and failures by keyboard alone", async ({ page }) => {
  await open(page);
  await paste(page, pipeline(["web", "api"], ["east", "west"]));
  await expect(bars(page)).toHaveCount(4);
  const yaml = await text(page);
  await page.getByRole("button", { name: "Full screen" }).focus();
  await page.keyboard.press("Tab");
  await expect(timeline(page)).toBeFocused();

  const active = timeline(page).getByRole("option", { selected: true });
  await page.keyboard.press("ArrowDown");
  await expect(active).toHaveAccessibleName("1. web east, 0s to 1m");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(active).toHaveAccessibleName("3. web west, 2m to 3m");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("End");
  await expect(active).toHaveAccessibleName("4. api west, 3m to 4m");
  await page.keyboard.press("Home");
  await expect(active).toHaveAccessibleName("1. web east, 0s to 1m");
  await expect(timeline(page)).toHaveAttribute(
    "aria-activedescendant",
    (await active.getAttribute("id")) ?? "",
  );
  await expect(details(page).getByRole("status")).toContainText("1. web east");

  await page.keyboard.press("]");
  await expect(active).toHaveAccessibleName("1. web east, 0s to 1m 15s");
  await page.keyboard.press("[");
  await expect(active).toHaveAccessibleName("1. web east, 0s to 1m");
  await page.keyboard.press("f");
  await expect(active).toHaveAccessibleName("1. web east, 0s to 1m, fails");
  await page.keyboard.press("f");
  await expect(active).toHaveAccessibleName("1. web east, 0s to 1m");

  // On to the fields: a duration typed there.
  const takes = details(page).getByLabel("Takes");
  for (let press = 0; press < 4; press++) await page.keyboard.press("Tab");
  await expect(takes).toBeFocused();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("3m");
  await page.keyboard.press("Tab");
  await expect(total(page)).toHaveText("6m");

  await timeline(page).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(editor(page)).toBeFocused();
  expect(await selected(page)).toContain("serviceRef: api");

  // Out again, and everything back.
  await timeline(page).focus();
  await page.keyboard.press("Escape");
  await expect(active).toHaveCount(0);
  await page.getByRole("button", { name: "Reset all" }).focus();
  await page.keyboard.press("Enter");
  await expect(total(page)).toHaveText("4m");
  expect(await text(page)).toBe(yaml);
});

test("a change of the order is announced to screen readers", async ({ page }) => {
  await open(page);
  const message = page.getByRole("status").filter({ hasText: "The order changed." });
  await boxes(page).targets.check();
  await expect(message).toHaveText(
    "The order changed. Deploy: 2 × 4 = 8 deployments, all at once. 1m in all.",
  );
  await boxes(page).targets.uncheck();
  await expect(message).toHaveText(
    "The order changed. Deploy: 2 × 4 = 8 deployments, 2 at a time. 4m in all.",
  );
});

test.describe("comparing", () => {
  test.beforeEach(({ page }) => open(page));
  const ways = (page: Page) =>
    compare(page).getByRole("group", { name: "Ways to run the stage" }).getByRole("button");

  test("the four combinations of both checkboxes are listed with their times", async ({ page }) => {
    await expect(ways(page)).toHaveText([
      /^Services and targets in sequence.*8m.*up to 1 at once, 1 per infrastructure/,
      /^Services parallel, targets in sequence.*4m.*up to 2 at once, 2 per infrastructure.*now/,
      /^Services in sequence, targets parallel.*2m.*up to 4 at once, 1 per infrastructure/,
      /^Services and targets parallel.*1m.*up to 8 at once, 2 per infrastructure/,
    ]);
    const before = await text(page);
    await ways(page).nth(2).click();
    await expect(boxes(page).services).not.toBeChecked();
    await expect(boxes(page).targets).toBeChecked();
    await expect(total(page)).toHaveText("2m");
    await expect(ways(page).nth(2)).toHaveAttribute("aria-pressed", "true");
    await expect(order(page)).toHaveText([
      "S1 I1, S1 I2, S1 K82, S1 K81, S2 I1, S2 I2, S2 K82, S2 K81",
    ]);
    // Both flags are one step to undo.
    await editor(page).focus();
    await page.keyboard.press("ControlOrMeta+z");
    await expect.poll(() => text(page)).toBe(before);
    await expect(total(page)).toHaveText("4m");
  });

  test("a pinned plan stays as outlines, and a sentence says what moved", async ({ page }) => {
    await compare(page).getByRole("button", { name: "Pin this plan" }).click();
    const moved = compare(page).getByRole("status");
    await expect(moved).toHaveText("Nothing moves: the run ends at 4m, as before.");
    await expect(page.locator(".dl-ghost")).toHaveCount(0);
    await boxes(page).services.uncheck();
    await expect(total(page)).toHaveText("8m");
    await expect(moved).toContainText("The run ends 4m later, at 8m instead of 4m: ");
    // All but the first one have moved.
    await expect(page.locator(".dl-ghost")).toHaveCount(7);
    await bar(page, 3).click();
    await expect(details(page)).toContainText(
      "Starts 1m later than in the pinned plan: 1m to 2m.",
    );
    await compare(page).getByRole("button", { name: "Unpin" }).click();
    await expect(page.locator(".dl-ghost")).toHaveCount(0);
  });
});

test("the table marks failed and skipped deployments", async ({ page }) => {
  await open(page);
  const skipping = pipeline(["web", "api"], ["east"]).replace(
    "          services:",
    "          multiDeploymentConfig: {onFailure: SkipQueued}\n          services:",
  );
  await paste(page, skipping);
  await bar(page, 1).click();
  await details(page).getByLabel("Let it fail").check();
  await expect(details(page)).toContainText("0s to 1m, takes 1m, and fails");
  await expect(table(page).locator("tbody tr").first()).toContainText("1m, fails");
  await expect(table(page).locator("tbody tr").nth(1)).toContainText(/skipped/i);
});
