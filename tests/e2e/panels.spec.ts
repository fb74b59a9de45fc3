// The panels beside the YAML: where they stand, and how one gets to them and back.

import type { Locator, Page } from "@playwright/test";
import { expectAccessible } from "./accessibility";
import { bars, boxes, editor, expect, open, overflow, paste, pipeline, test, text } from "./page";

const tabs = (page: Page) => page.getByRole("tablist", { name: "Ways to edit" }).getByRole("tab");
const tab = (page: Page, name: string) => tabs(page).filter({ hasText: name });
const panel = (page: Page, name: string) => page.getByRole("tabpanel", { name });
const timeline = (page: Page) => page.getByRole("region", { name: "Timeline" });

const wide = { width: 1440, height: 900 };
/** Wide enough for two columns, not for three. */
const middling = { width: 1000, height: 800 };
const narrow = { width: 390, height: 844 };

async function box(locator: Locator) {
  const box = await locator.boundingBox();
  if (!box) throw new Error("it is not there");
  return { ...box, right: box.x + box.width, bottom: box.y + box.height };
}

test("on a wide screen a panel stands between the YAML and the timeline", async ({ page }) => {
  await page.setViewportSize(wide);
  await open(page);
  await expect(tab(page, "YAML")).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("tabpanel")).toHaveCount(0);

  await tab(page, "Inputs").click();
  const [yaml, inputs, run] = [
    await box(editor(page)),
    await box(panel(page, "Inputs")),
    await box(timeline(page)),
  ];
  expect(inputs.x).toBeGreaterThan(yaml.x + 300);
  expect(inputs.width).toBeGreaterThanOrEqual(320);
  expect(run.x).toBeGreaterThanOrEqual(inputs.right);
  expect(run.width).toBeGreaterThanOrEqual(480);
  await expectAccessible(page);

  // Another panel replaces it; the tab "YAML" closes both.
  await tab(page, "Resolved").click();
  await expect(panel(page, "Inputs")).toHaveCount(0);
  await expect(panel(page, "Resolved")).toBeVisible();
  await tab(page, "YAML").click();
  await expect(page.getByRole("tabpanel")).toHaveCount(0);
  await expect(editor(page)).toBeVisible();
});

for (const [name, viewport] of [
  ["with room for two", middling],
  ["narrow", narrow],
] as const) {
  test(`${name}, a panel takes the YAML's place, and the YAML is as it was`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await open(page);
    const before = await text(page);
    await editor(page).focus();
    await page.keyboard.type("#");
    await tab(page, "Inputs").click();
    await expect(panel(page, "Inputs")).toBeVisible();
    await expect(editor(page)).toBeHidden();
    await expect(boxes(page).services).toBeHidden();
    await expect(bars(page)).toHaveCount(8);
    expect(await overflow(page)).toBe(0);
    await expectAccessible(page);
    await tab(page, "YAML").click();
    await expect(editor(page)).toBeVisible();
    expect(await text(page)).toBe(`#${before}`);
    await editor(page).focus();
    await page.keyboard.type("!");
    expect(await text(page)).toBe(`#!${before}`);
  });
}

test("keys lead from tab to tab, and only the chosen one is a stop", async ({ page }) => {
  await open(page);
  const names = await tabs(page).evaluateAll((all) => all.map((tab) => tab.firstChild?.textContent));
  expect(names.slice(0, 1)).toEqual(["YAML"]);
  await tab(page, "YAML").focus();
  for (const [key, name] of [
    ["ArrowRight", names[1]],
    ["End", names.at(-1)],
    ["ArrowRight", names[0]],
    ["ArrowLeft", names.at(-1)],
    ["Home", names[0]],
  ] as const) {
    await page.keyboard.press(key);
    await expect(tab(page, name ?? "")).toBeFocused();
    await expect(tab(page, name ?? "")).toHaveAttribute("aria-selected", "true");
    await expect(tabs(page).and(page.locator("[tabindex='0']"))).toHaveCount(1);
  }
});

test("a panel stays while another text is opened", async ({ page }) => {
  await open(page);
  await tab(page, "Resolved").click();
  await page.getByLabel("Examples").selectOption("Scenario 1: one after the other");
  await expect(panel(page, "Resolved")).toBeVisible();
  await tab(page, "YAML").click();
  await paste(page, pipeline(["cart"], ["east"]));
  await expect(bars(page)).toHaveCount(1);
  await expect(page.getByRole("tabpanel")).toHaveCount(0);
});
