// Opens and drives the editor module alone, on a page with a strict content security policy.

import { test as base, expect, type Page } from "@playwright/test";
import type { Completions, Diagnostic, Edit, EditorHandle, Note } from "../../web/editor/src/editor";
import { type ComplaintOptions, expectNoComplaints, watchComplaints } from "./complaints";

declare global {
  interface Window {
    editor: EditorHandle;
    changes: { text: string; userEvent: boolean; pastedAll?: true }[];
    selections: number[];
    violations: string[];
    complete?: (offset: number) => Completions;
    hover?: (offset: number) => Note;
  }
}

export const test = base.extend<ComplaintOptions>({
  expectedComplaints: [null, { option: true }],
  page: async ({ page, baseURL, expectedComplaints }, use) => {
    const complaints = watchComplaints(page, [`${baseURL}`]);
    await page.goto("editor.html");
    await use(page);
    expect(await page.evaluate(() => window.violations)).toEqual([]);
    expectNoComplaints(complaints, expectedComplaints);
  },
});

export const content = (page: Page) => page.getByRole("textbox", { name: "Pipeline YAML" });
export const text = (page: Page) => page.evaluate(() => window.editor.text());
let documents = 0;
export const openDocument = (page: Page, document: number, text: string) =>
  page.evaluate(([number, text]) => window.editor.openDocument(number, text), [document, text] as const);
/** Opens a text as a document that was not open before. */
export const setText = (page: Page, text: string) => openDocument(page, (documents += 1), text);
export const select = (page: Page, from: number, to = from) =>
  page.evaluate(([from, to]) => window.editor.select(from, to), [from, to] as const);
export const applyEdits = (page: Page, edits: Edit[]) =>
  page.evaluate((edits) => window.editor.applyEdits(edits), edits);
export const setDiagnostics = (page: Page, list: Diagnostic[]) =>
  page.evaluate((list) => window.editor.setDiagnostics(list), list);
export const lastChange = (page: Page) => page.evaluate(() => window.changes.at(-1));
export const cursor = (page: Page) => page.evaluate(() => window.selections.at(-1));
export const undo = (page: Page) => content(page).press("ControlOrMeta+z");
export const redo = (page: Page) => content(page).press("ControlOrMeta+y");

export const manyLines = (count: number) =>
  Array.from({ length: count }, (_, line) => `key${line + 1}: value\n`).join("");

/** Returns a generator of numbers below `limit`, the same for the same seed. */
export function generator(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}
