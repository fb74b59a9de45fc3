// Pipelines that run as a DAG: whether one does, what its stages wait for, and the other way to write the order.

import { card, form, openForm, status } from "./form";
import {
  assumptions,
  bars,
  details,
  expect,
  expectText,
  open,
  overflow,
  paste,
  test,
  text,
  timeline,
  total,
  undo,
} from "./page";

const stage = (name: string, more = "") => `    - stage:
        name: ${name}
        identifier: ${name.toLowerCase()}
        type: Custom # ${name}
${more}`;
const waits = (...names: string[]) =>
  names.length === 0
    ? "        dependsOn: []\n"
    : `        dependsOn:\n${names.map((name) => `          - ${name}\n`).join("")}`;
const indented = (text: string) => text.replaceAll(/^/gm, "    ").trimEnd() + "\n";

const HEAD = "pipeline:\n  identifier: ferry\n  stages:\n";
const DAG =
  HEAD +
  stage("Build", waits()) +
  stage("East", waits("build")) +
  stage("West", waits("build")) +
  stage("Report", waits("east", "west"));
const LIST =
  HEAD +
  stage("Build") +
  `    - parallel:\n${indented(stage("East"))}${indented(stage("West"))}` +
  stage("Report");

const barOf = (page: Parameters<typeof bars>[0], name: string) =>
  bars(page).filter({ hasText: name });

test.describe("a DAG", () => {
  test("is assumed, and can be switched off without touching the YAML", async ({ page }) => {
    await open(page);
    await paste(page, DAG);
    await expect(total(page)).toHaveText("3m");
    const isDag = assumptions(page).getByRole("combobox", { name: "Runs as a DAG" });
    await expect(isDag).toHaveValue("yes");
    await isDag.selectOption("no");
    // One after the other, as the text has them.
    await expect(total(page)).toHaveText("4m");
    await isDag.selectOption("yes");
    await expect(total(page)).toHaveText("3m");
    await isDag.selectOption("no");
    await page.getByRole("button", { name: "Reset all" }).click();
    await expect(total(page)).toHaveText("3m");
    await expect(page.getByRole("button", { name: "Reset all" })).toHaveCount(0);
    expect(await text(page)).toBe(DAG);
  });

  test("has conditions that look at the outcome of what a stage depends on", async ({ page }) => {
    const only = (status: string) => `        when: {pipelineStatus: ${status}}\n`;
    const yaml =
      HEAD +
      stage("Build", waits()) +
      stage("Test", waits()) +
      stage("East", waits("build")) +
      stage("Clean", waits("build", "test") + only("Failure")) +
      stage("Undo", waits("test") + only("Failure")) +
      stage("Mail", waits("east") + only("All"));
    await open(page);
    await paste(page, yaml);
    await expect(bars(page)).toHaveCount(6);
    // Nothing fails: what is there for failures does not run.
    await expect(page.locator(".dl-bar.dl-skipped")).toHaveCount(2);
    await barOf(page, "Build").click();
    await details(page).getByLabel("Let it fail").check();
    for (const [name, runs] of [
      ["Test", true],
      ["East", false],
      ["Clean", true],
      ["Undo", false],
      ["Mail", true],
    ] as const) {
      const skipped = barOf(page, name).and(page.locator(".dl-skipped"));
      await expect(skipped, name).toHaveCount(runs ? 0 : 1);
    }
  });

  test("shows what a stage waits for and what waits for it, by keys, too", async ({ page }) => {
    await open(page);
    await paste(page, DAG);
    const lines = page.locator(".dl-dependency-line");
    await expect(bars(page)).toHaveCount(4);
    await expect(lines).toHaveCount(0);
    await barOf(page, "East").click();
    await expect(lines).toHaveCount(2);
    const waitsFor = page.getByRole("group", { name: "Dependencies" });
    await expect(waitsFor).toHaveText(/^Waits forBuildWaited for byReport$/);
    await waitsFor.getByRole("button", { name: "Report" }).focus();
    await page.keyboard.press("Enter");
    await expect(waitsFor).toHaveText(/^Waits forEast, WestWaited for bynothing$/);
    await expect(lines).toHaveCount(2);
    await timeline(page).focus();
    await page.keyboard.press("Home");
    await expect(waitsFor).toHaveText(/^Waits fornothingWaited for byEast, West$/);
    await page.keyboard.press("Escape");
    await expect(lines).toHaveCount(0);
  });
});

test.describe("the order", () => {
  const ways = (page: Parameters<typeof form>[0]) =>
    form(page).getByRole("region", { name: "Order of the stages" });

  test("is written as a DAG and back, with what each way does to the run", async ({ page }) => {
    await openForm(page, LIST);
    await ways(page).getByRole("button", { name: "Write the order as a DAG…" }).click();
    await expect(ways(page)).toContainText("Ends after 3m, as now.");
    // Nothing refers to anything.
    await expect(ways(page)).toContainText("Ends after 1m: 2m saved.");
    await expect(ways(page).getByRole("listitem")).toHaveText([
      "East no longer waits for Build",
      "West no longer waits for Build",
      "Report no longer waits for East, West",
    ]);
    await ways(page).getByRole("button", { name: "Same order" }).click();
    await expect(status(page)).toHaveText("Written as a DAG");
    await expectText(page, DAG);
    await expect(total(page)).toHaveText("3m");
    await undo(page);
    await expectText(page, LIST);

    await paste(page, DAG);
    await ways(page).getByRole("button", { name: "Same order" }).click();
    await expect(status(page)).toHaveText("Written as a list");
    await expectText(page, LIST);
  });

  test("that no list has is told, and costs time", async ({ page }) => {
    const loose = HEAD + stage("Scan", waits()) + stage("Build", waits()) + stage("Test", waits("build"));
    await openForm(page, loose);
    await ways(page).getByRole("button", { name: "Write the order as a list…" }).click();
    await expect(ways(page)).toContainText("A list can't have this order");
    await expect(ways(page).getByRole("listitem")).toHaveText(["Test waits for Scan"]);
    await ways(page).getByRole("button", { name: "With longer waits" }).click();
    await expect(status(page)).toHaveText("Written as a list");
    const both = indented(stage("Scan")) + indented(stage("Build"));
    await expectText(page, `${HEAD}    - parallel:\n${both}${stage("Test")}`);
    expect(await overflow(page)).toBe(0);
    await expect(card(page, "Test")).toBeVisible();
  });
});
