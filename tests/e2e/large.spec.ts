// Large texts: read in steps, between which the page answers, with a word about it.

import type { Page } from "@playwright/test";
import { bars, drop, editor, expect, names, open, pipeline, test, text, timeline } from "./page";

/** A pipeline of `count` services on one infrastructure, with comments of a megabyte. */
const large = (count: number) =>
  pipeline(names("S", count), ["I1"]) + `${"# ".padEnd(99, ".")}\n`.repeat(10_500);
const small = pipeline(["web"], ["eu", "us", "ap"]);

declare global {
  interface Window {
    /** The status of the picture in each frame since the page was opened. */
    frameNotes: { facts: string; status: string }[];
    /** Pastes over all there is, in one task. */
    pasteAll(text: string): void;
  }
}

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    window.frameNotes = [];
    window.pasteAll = (text) => {
      const content = document.querySelector(".dl-editor-host")?.shadowRoot?.querySelector(".cm-content");
      if (!(content instanceof HTMLElement)) throw new Error("there is no editor");
      const init = { bubbles: true, cancelable: true };
      content.focus();
      content.dispatchEvent(new KeyboardEvent("keydown", { key: "a", ctrlKey: true, ...init }));
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", text);
      content.dispatchEvent(new ClipboardEvent("paste", { clipboardData, ...init }));
    };
    const note = () => {
      const pane = document.querySelector(".dl-status");
      const [facts, status] = [".dl-facts", "[role=status]"].map((it) => pane?.querySelector(it)?.textContent);
      window.frameNotes.push({ facts: facts ?? "", status: status ?? "" });
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  });
  await open(page);
});

test("a large text is read in steps, and the page says so before and between them", async ({ page }) => {
  await pasteAll(page, [large(5)]);
  await expectDone(page, 5);
  const notes = await page.evaluate(() => window.frameNotes);
  const reading = notes.filter(({ status }) => status === "Reading 1.1 MB…");
  // Frames before it is cleaned, parsed, planned and drawn.
  expect(reading.length).toBeGreaterThanOrEqual(4);
  // The picture before stays until there is another.
  expect(reading.every(({ facts }) => facts.includes("8 deployments"))).toBe(true);
  expect(await text(page)).toBe(large(5));
});

test("the text of the last visit is read in steps, too", async ({ page }) => {
  await pasteAll(page, [large(5)]);
  await expectDone(page, 5);
  await page.reload();
  await expectDone(page, 5);
  const notes = await page.evaluate(() => window.frameNotes);
  expect(notes.filter(({ status }) => status === "Reading 1.1 MB…").length).toBeGreaterThanOrEqual(2);
  expect(await text(page)).toBe(large(5));
});

test("what is done while many documents are read is answered before they are", async ({ page }) => {
  const answered = page.evaluate(async (text) => {
    const root = document.querySelector(".dl[data-theme]");
    const theme = document.querySelector('select[aria-label="Theme"]');
    if (!(theme instanceof HTMLSelectElement)) throw new Error("there are no themes");
    window.pasteAll(text);
    let [answered, hasBegun] = [0, false];
    for (;;) {
      await new Promise(requestAnimationFrame);
      const isReading = window.frameNotes.at(-1)?.status.startsWith("Reading") ?? false;
      if (hasBegun && !isReading) return answered;
      hasBegun ||= isReading;
      // The theme that was chosen in the frame before.
      if (isReading && root?.getAttribute("data-theme") === theme.value) answered++;
      theme.value = theme.value === "dark" ? "light" : "dark";
      theme.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }, "---\na: 1\n".repeat(120_000));
  expect(await answered).toBeGreaterThanOrEqual(4);
  await expect(page.getByText(/There is no pipeline here/).first()).toBeVisible();
});

test("a small text is drawn at once", async ({ page }) => {
  await pasteAll(page, [small]);
  await expectDone(page, 3);
  const notes = await page.evaluate(() => window.frameNotes);
  expect(notes.filter(({ status }) => status.startsWith("Reading"))).toEqual([]);
});

for (const [what, newer, count] of [
  ["small", small, 3],
  ["large", large(6), 6],
] as const) {
  test(`a newer ${what} text takes the place of one that is being read`, async ({ page }) => {
    await pasteAll(page, [large(5), newer]);
    await expectDone(page, count);
    expect(await text(page)).toBe(newer);
    const notes = await page.evaluate(() => window.frameNotes);
    expect(notes.filter(({ facts }) => facts.includes("5 deployments"))).toEqual([]);
  });
}

test("a large text in a Markdown fence is cleaned once it is read, and that can be undone", async ({ page }) => {
  const fenced = `\`\`\`yaml\n${large(5)}\`\`\`\n`;
  await pasteAll(page, [fenced]);
  await expectDone(page, 5);
  expect(await text(page)).toBe(large(5));
  await page.getByText("Took the YAML out of its Markdown fence.").waitFor();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => text(page)).toBe(fenced);
});

test("what is typed while a pasted text waits for its turn is kept", async ({ page }) => {
  await page.evaluate((text) => window.pasteAll(text), large(5));
  await editor(page).focus();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("# end");
  await expectDone(page, 5);
  expect(await text(page)).toBe(`${large(5)}# end`);
});

test("a large file that is broken does not keep the picture of another text", async ({ page }) => {
  await drop(page, "broken.yaml", large(4).replace("identifier: deploy", 'identifier: "deploy'));
  await expect(page.getByText("8 deployments", { exact: true })).toHaveCount(0);
  await expect(page.getByText(/^Reading|last valid YAML/)).toHaveCount(0);
  const notes = await page.evaluate(() => window.frameNotes);
  expect(notes.some(({ status }) => status === "Reading 1.1 MB…")).toBe(true);
});

/** Pastes texts over all there is, one after the other while the one before is being read. */
async function pasteAll(page: Page, texts: string[]) {
  await page.evaluate(async (texts) => {
    for (const text of texts) {
      window.pasteAll(text);
      for (let frame = 0; frame < 4; frame++) await new Promise(requestAnimationFrame);
    }
  }, texts);
}

async function expectDone(page: Page, count: number) {
  await expect(page.getByText(`${count} deployments`, { exact: true })).toBeVisible();
  await expect(bars(page)).toHaveCount(count);
  await expect(page.getByText(/^Reading/)).toHaveCount(0);
  await expect(timeline(page)).toHaveAccessibleName(new RegExp(`${count} deployments`));
}
