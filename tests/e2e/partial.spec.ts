// Runs of chosen stages, and runs that are repeated from a stage.

import type { Page } from "@playwright/test";
import { addressOf, assumptions, bars, details, expect, open, paste, reload, test, text, timeline, total } from "./page";

const stage = (name: string) => `    - stage:
        name: ${name}
        identifier: ${name.toLowerCase()}
        type: Custom
`;
const YAML =
  "pipeline:\n  identifier: ferry\n  allowStageExecutions: true\n  stages:\n" +
  ["Base", "Deck", "Paint", "Launch"].map(stage).join("");

const list = (page: Page) => assumptions(page).getByRole("list", { name: "Stages of this run" });
const assumed = (page: Page) =>
  assumptions(page).getByRole("list", { name: "Assumed" }).getByRole("listitem");
const picked = (page: Page) => page.getByRole("group", { name: "Stage in this run" });

test("stages are left out by keyboard, and a link keeps the choice", async ({ page }) => {
  await open(page);
  await paste(page, YAML);
  await expect(total(page)).toHaveText("4m");
  const summary = assumptions(page).getByText("Stages of this run: all 4");
  await summary.focus();
  await page.keyboard.press("Enter");
  const deck = list(page).getByRole("checkbox", { name: "Deck" });
  await deck.focus();
  await page.keyboard.press("Space");
  await expect(total(page)).toHaveText("3m");
  // The checkbox keeps the focus, and the list stays open.
  await expect(deck).toBeFocused();
  await expect(deck).not.toBeChecked();
  await expect(timeline(page).getByText("not chosen")).toHaveCount(1);
  await expect(bars(page).and(page.locator(".dl-left-out"))).toHaveCount(1);
  await expect(assumed(page)).toHaveText([/Only these stages run: base, paint, launch/]);
  expect(await text(page)).toBe(YAML);

  await addressOf(page);
  await reload(page);
  await expect(total(page)).toHaveText("3m");
  await expect(deck).not.toBeChecked();
  await assumed(page).getByRole("button", { name: "Remove" }).click();
  await expect(total(page)).toHaveText("4m");
  await expect(deck).toBeChecked();
});

test("a run is repeated from the stage of a picked bar", async ({ page }) => {
  await open(page);
  await paste(page, YAML);
  await bars(page).filter({ hasText: "Paint" }).click();
  await picked(page).getByRole("button", { name: "Rerun from here: Paint" }).click();
  await expect(total(page)).toHaveText("2m");
  await expect(timeline(page).getByText("kept", { exact: true })).toHaveCount(2);
  await expect(page.getByText("2 stages left out")).toBeVisible();
  await bars(page).filter({ hasText: "Deck" }).click();
  await expect(details(page)).toContainText("Not run again: it keeps its result of the run before.");
  await picked(page).getByRole("button", { name: "Run it alone" }).click();
  await expect(total(page)).toHaveText("1m");
  await expect(timeline(page).getByText("not chosen")).toHaveCount(3);
  // The last stage can't be left out.
  await expect(picked(page).getByRole("button", { name: "Leave out of the run" })).toHaveCount(0);
  await picked(page).getByRole("button", { name: "Run all stages" }).click();
  await expect(total(page)).toHaveText("4m");
});
