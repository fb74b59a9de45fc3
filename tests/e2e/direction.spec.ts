// Names that are written from right to left, or that turn the direction of writing: as they are seen,
// they change the order of nothing beside them.

import { pathToFileURL } from "node:url";
import type { Page } from "@playwright/test";
import { read, bidirectional } from "./hostile";
import { bars, expect, open, paste, pipeline, test, timeline, tooltip } from "./page";

const names = Object.keys(bidirectional);
const seen = Object.values(bidirectional);
const target = { written: "יעד", seen: "דעי" };

async function show(page: Page): Promise<void> {
  await open(page);
  await paste(page, pipeline(names.map((name) => JSON.stringify(name)), [target.written]));
  await expect(bars(page)).toHaveCount(names.length);
}

test("rows, bars and the tooltip read from left to right", async ({ page }) => {
  await show(page);
  for (const [index, name] of seen.entries()) {
    const bar = bars(page).nth(index);
    expect(await read(bar.locator(".dl-name"))).toBe(`${name} → ${target.seen}`);
    expect(await read(bar.locator(".dl-inside"))).toBe(name);
    await bar.hover();
    const title = tooltip(page).locator("strong");
    await expect(title).toContainText(`${index + 1}. `);
    expect(await read(title)).toBe(`${index + 1}. ${name} ${target.seen}`);
  }
  const last = tooltip(page).locator("p").nth(2);
  const before = `${seen.at(-2)} ${target.seen}`;
  // The space at a line break is not drawn.
  const sentence = `Starts at 5m: slot 1 was taken by ${before} until then.`;
  expect((await read(last)).replaceAll(" ", "")).toBe(sentence.replaceAll(" ", ""));
});

test("a bar's label reads from left to right, shortened or not", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  await show(page);
  await timeline(page).scrollIntoViewIfNeeded();
  for (const [index, name] of seen.entries()) {
    expect(await read(bars(page).nth(index).locator("text"))).toBe(`${index + 1} ${name} → ${target.seen}`);
  }
  const long = "שירות-עם-שם-ארוך-מאוד-שלא-נכנס-לשורה-אחת-ועוד-קצת-אותיות";
  await paste(page, pipeline([JSON.stringify(`${long}\u202e`)], ["west"]));
  await expect(bars(page)).toHaveCount(1);
  expect(await read(bars(page).locator("text"))).toMatch(/^1 …[א-ת-]+$/);
});

test("an SVG file reads from left to right", async ({ page }) => {
  await show(page);
  await page.getByRole("button", { name: "Export…" }).click();
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download SVG" }).click(),
  ]);
  const saved = `${await file.path()}.svg`;
  await file.saveAs(saved);
  const other = await page.context().newPage();
  await other.goto(pathToFileURL(saved).href);
  const labels = other.locator("text.dl-name");
  await expect(labels).toHaveCount(names.length);
  for (const [index, name] of seen.entries()) {
    expect(await read(labels.nth(index))).toBe(`${name} → ${target.seen}`);
  }
  await other.close();
});

test("the filter finds a name by its copied label", async ({ page }) => {
  await show(page);
  const label = await bars(page).first().locator(".dl-inside").textContent();
  await page.getByLabel("Filter by name").fill(label ?? "");
  await expect(bars(page)).toHaveCount(1);
  // The browser's own search finds the name, too.
  expect(await page.evaluate((name) => (window as unknown as { find(text: string): boolean }).find(name), `${names[0]} →`)).toBe(true);
});
