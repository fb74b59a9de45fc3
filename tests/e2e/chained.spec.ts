// Pipelines that stages run: drawn below the bars of these, reached by keyboard, folded with their stage.

import { readFileSync } from "node:fs";
import { assumptions, bars, details, expect, open, paste, problems, table, test, timeline, total } from "./page";

/** Two regions one after the other, each with a run of the other pipeline: a deck and an engine at once. */
const YAML = readFileSync("tests/field/28-child-pipelines.yaml", "utf8");

test("the stages of the other pipeline stand below the bar that runs it", async ({ page }) => {
  await open(page);
  await paste(page, YAML);
  await expect(total(page)).toHaveText("2m");
  await expect(bars(page)).toHaveCount(6);
  await expect(bars(page).filter({ hasText: "deck" })).toHaveCount(2);
  // Those of the first region stand above the bar of the second one.
  const top = async (text: string, nth: number) => {
    const box = await bars(page).filter({ hasText: text }).nth(nth).boundingBox();
    return box?.y ?? NaN;
  };
  expect(await top("engine", 0)).toBeLessThan(await top("south", 0));
  await expect(table(page).locator("tbody tr")).toHaveCount(6);
  await expect(problems(page)).not.toContainText("second-pipeline");
});

test("bars inside are reached by arrow keys and folded with the stage around", async ({ page }) => {
  await open(page);
  await paste(page, YAML);
  await timeline(page).focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  await expect(details(page)).toContainText("Starts with Regions north, which runs its pipeline.");
  await page.keyboard.press("Home");
  await page.keyboard.press("Shift+C");
  await expect(bars(page).filter({ hasText: "deck" })).toHaveCount(0);
  await page.keyboard.press("Shift+C");
  await expect(bars(page).filter({ hasText: "deck" })).toHaveCount(2);
});

test("only stages of the pipeline itself are chosen for a run", async ({ page }) => {
  await open(page);
  const more = "    - stage: {identifier: end, name: End, type: Custom}\n---\n";
  await paste(page, YAML.replace("---\n", more).replace("  name: Parent\n", "  name: Parent\n  allowStageExecutions: true\n"));
  await expect(total(page)).toHaveText("3m");
  await assumptions(page).getByText("Stages of this run: all 2").click();
  await assumptions(page).getByRole("checkbox", { name: "Regions" }).uncheck();
  await expect(total(page)).toHaveText("1m");
  await bars(page).filter({ hasText: "deck" }).first().click();
  await expect(details(page)).toContainText(
    "Not run: Regions north, which runs its pipeline, is not among the chosen stages.",
  );
});
