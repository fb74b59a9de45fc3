// Help in the YAML: completion, notes, fixes, the outline, search, and the way between text and picture.

import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import {
  bars,
  editor,
  expect,
  expectText,
  names,
  open,
  paste,
  pipeline,
  problems,
  selected,
  test,
  text,
  timeline,
  undo,
} from "./page";

const GRID = pipeline(names("S", 2), names("I", 3));

const options = (page: Page) => page.getByRole("listbox", { name: "Completions" });
const note = (page: Page) => page.locator(".cm-note");
const outline = (page: Page) => page.getByRole("button", { name: "Outline" });
const lines = (page: Page) => page.getByRole("group", { name: "Outline" });
const atCursor = (page: Page) => page.locator(".dl-bar.dl-at-cursor");

/** Puts the cursor behind a part of the text. */
async function goBehind(page: Page, part: string): Promise<void> {
  const offset = (await text(page)).indexOf(part) + part.length;
  expect(offset).toBeGreaterThan(part.length - 1);
  await page.evaluate((offset) => window.editor.select(offset, offset), offset);
}

async function expectNoFault(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
}

test.beforeEach(async ({ page }) => {
  await open(page);
  await paste(page, GRID);
  await expect(bars(page)).toHaveCount(6);
});

test("a key and the keys below it are completed by keyboard", async ({ page }) => {
  await goBehind(page, "type: Deployment");
  await page.keyboard.press("Enter");
  await page.keyboard.type("whe");
  await expect(options(page).getByRole("option").first()).toHaveText(/^when/);
  await expect(page.getByText("Conditions on which the stage runs: the outcome of what ran before, and an expression.")).toBeInViewport();
  await expectNoFault(page);
  await page.keyboard.press("Enter");
  // The possible values are offered at once.
  await expect(options(page).getByRole("option")).toHaveText([/^Success/, /^Failure/, /^All/]);
  // A list that has just opened ignores keys for a moment.
  const all = options(page).getByRole("option", { name: /^All/ });
  await expect(async () => {
    await page.keyboard.press("ArrowDown");
    await expect(all).toHaveAttribute("aria-selected", "true", { timeout: 200 });
  }).toPass();
  await page.keyboard.press("Enter");
  const when = "\n        when:\n          pipelineStatus: All";
  await expectText(page, GRID.replace("type: Deployment", `type: Deployment${when}`));
  await expect(options(page)).toBeHidden();
  await undo(page);
  await undo(page);
  await undo(page);
  await expectText(page, GRID);
});

test("names used elsewhere in the text are completed", async ({ page }) => {
  await paste(page, `${GRID}---\nservice:\n  identifier: billing\n  name: Billing\n`);
  await goBehind(page, "- serviceRef: S2");
  await page.keyboard.press("Enter");
  // Back to the column of the dashes.
  await page.keyboard.press("Backspace");
  await page.keyboard.type("- serviceRef: ");
  await expect(options(page).getByRole("option")).toHaveText(["billingBilling"]);
  // Typed slowly: a list that has just opened ignores Enter for a moment.
  await page.keyboard.type("bil", { delay: 40 });
  await expect(options(page).getByRole("option")).toHaveText(["billingBilling"]);
  await page.keyboard.press("Enter");
  await expect(bars(page)).toHaveCount(9);
  expect(await text(page)).toContain("- serviceRef: billing\n");
});

test("after a complete word Enter starts a new line", async ({ page }) => {
  await goBehind(page, "parallel: ");
  await page.keyboard.press("Shift+End");
  await page.keyboard.type("true");
  await expect(bars(page)).toHaveCount(6);
  await expect(options(page)).toBeHidden();
  await page.keyboard.press("Enter");
  expect(await text(page)).toMatch(/parallel: true\n +\n/);
});

test("a note describes a key, by pointer and by keyboard", async ({ page }) => {
  await page.getByText("services", { exact: true }).hover();
  await expect(note(page)).toContainText("Here: 2 services × 3 targets, one at a time.");
  await page.mouse.move(0, 0);
  await expect(note(page)).toBeHidden();
  await goBehind(page, "serviceRef: S1");
  await page.keyboard.press("Shift+F1");
  await expect(note(page)).toContainText("Service S1");
  await expect(note(page)).toContainText("Here: 3 deployments, from 0s to 5m.");
  await expectNoFault(page);
  await page.keyboard.press("Escape");
  await expect(note(page)).toBeHidden();
  await expect(editor(page)).toBeFocused();
});

test("a default is inserted from its note", async ({ page }) => {
  const implicit = GRID.replaceAll(/ +metadata:\n +parallel: false\n/g, "");
  await paste(page, implicit);
  await goBehind(page, "service");
  await page.keyboard.press("Shift+F1");
  await note(page).getByRole("button", { name: /Write the default down/ }).click();
  const services = implicit.replace(
    "- serviceRef: S2\n",
    "- serviceRef: S2\n            metadata:\n              parallel: true\n",
  );
  await expectText(page, services);
  await undo(page);
  await expectText(page, implicit);
});

test("problems are fixed from the list and in the text, as one undo step each", async ({ page }) => {
  const wrong = GRID.replace("serviceRef: S2", "serviceRef: S1").replace(
    "environments:",
    "enviroments:",
  );
  await paste(page, wrong);
  const mended = problems(page).getByRole("button", { name: "Change it to environments" });
  await expect(mended).toBeVisible();
  await expectNoFault(page);
  await mended.click();
  const half = wrong.replace("enviroments:", "environments:");
  await expectText(page, half);
  await expect(bars(page)).toHaveCount(6);
  await editor(page).focus();
  await page.keyboard.press("F8");
  const tooltip = page.locator(".cm-tooltip-lint");
  await tooltip.getByRole("button", { name: "Remove the second one" }).click();
  await expectText(page, half.replace(/ +- serviceRef: S1\n(?= +env)/, ""));
  await expect(problems(page)).toBeHidden();
  await undo(page);
  await expectText(page, half);
  await undo(page);
  await expectText(page, wrong);
});

test("the outline moves through the text by keyboard", async ({ page }) => {
  await outline(page).press("Enter");
  await expect(lines(page).getByRole("button")).toHaveText(
    [
      "Deploystage",
      "S1service",
      "S2service",
      "E1environment",
      "I1infrastructure",
      "I2infrastructure",
      "I3infrastructure",
    ],
  );
  await expectNoFault(page);
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(editor(page)).toBeFocused();
  await expect(lines(page)).toBeHidden();
  expect(await selected(page)).toBe("identifier: I2");
  await outline(page).press("Enter");
  await page.keyboard.press("Escape");
  await expect(lines(page)).toBeHidden();
  await expect(outline(page)).toBeFocused();
});

test("text is searched and replaced", async ({ page }) => {
  await editor(page).press("ControlOrMeta+f");
  await page.keyboard.type("parallel: false");
  await expect(page.locator(".cm-searchMatch")).toHaveCount(2);
  await page.getByRole("textbox", { name: "Replace" }).fill("parallel: true");
  await page.getByRole("button", { name: "replace all" }).click();
  await expectText(page, GRID.replaceAll("parallel: false", "parallel: true"));
  await expectNoFault(page);
  await page.keyboard.press("Escape");
  await expect(page.locator(".cm-search")).toBeHidden();
});

test("the line of the cursor marks its bars, and a bar its lines", async ({ page }) => {
  await expect(atCursor(page)).toHaveCount(0);
  await goBehind(page, "serviceRef: S2");
  await expect(atCursor(page)).toHaveCount(3);
  await expect(page.getByText("At the cursor: 3 deployments, outlined.")).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(atCursor(page)).toHaveCount(6);
  await goBehind(page, "identifier: I3");
  await expect(atCursor(page)).toHaveCount(2);
  await expectNoFault(page);
  await bars(page).first().click();
  expect(await selected(page)).toBe("serviceRef: S1");
  await expect(atCursor(page)).toHaveCount(3);
});

test("a stage's header leads to its line, by pointer and by key", async ({ page }) => {
  await page.locator("[data-to-stage]").click();
  await expect(editor(page)).toBeFocused();
  expect(await selected(page)).toBe("name: Deploy");
  await timeline(page).focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("Shift+Enter");
  await expect(editor(page)).toBeFocused();
  expect(await selected(page)).toBe("name: Deploy");
});
