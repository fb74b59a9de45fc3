// Search, completions, notes and diagnostics in the editor.

import { expect, type Page } from "@playwright/test";
import type { Diagnostic } from "../../web/editor/src/editor";
import { content, cursor, openDocument, select, setDiagnostics, setText, test, text, undo } from "./editor";

test.describe("search, completions and notes", () => {
  const find = (page: Page) => page.getByRole("textbox", { name: "Find" });
  const choices = (page: Page) => page.getByRole("listbox", { name: "Completions" });

  test("completions open while typing, and a note by Shift-F1", async ({ page }) => {
    await page.evaluate(() => {
      const item = { label: "stages", detail: "", insert: "stages:", kind: "key", doc: "" } as const;
      window.complete = (to) => {
        const from = to - (/\w*$/.exec(window.editor.text().slice(0, to))?.[0].length ?? 0);
        return { from, to, isComplete: true, items: [item] };
      };
      window.hover = () => ({ from: 0, to: 1, title: "A note", text: [], actions: [] });
    });
    await content(page).focus();
    await page.keyboard.type("st");
    await choices(page).getByRole("option", { name: "stages" }).click();
    expect(await text(page)).toBe("stages:");
    await page.keyboard.press("Shift+F1");
    await expect(page.locator(".cm-note")).toHaveText("A note");
  });

  test("each document keeps its cursor and undo history, and can be searched", async ({ page }) => {
    await openDocument(page, 911, "a: 1\n");
    await content(page).press("End");
    await page.keyboard.type("0");
    await openDocument(page, 912, "b: 2\n");
    await select(page, 4);
    await page.keyboard.type("0");
    await page.keyboard.press("ControlOrMeta+f");
    await expect(find(page)).toBeFocused();
    await page.keyboard.press("Escape");
    await undo(page);
    expect(await text(page)).toBe("b: 2\n");

    await openDocument(page, 911, "a: 10\n");
    expect(await cursor(page)).toBe(5);
    await page.keyboard.press("ControlOrMeta+f");
    await expect(find(page)).toBeFocused();
    await page.keyboard.press("Escape");
    await undo(page);
    expect(await text(page)).toBe("a: 1\n");

    await setText(page, "c: 3\n");
    await content(page).press("ControlOrMeta+f");
    await expect(find(page)).toBeFocused();
  });
});

test.describe("diagnostics", () => {
  const diagnostics: Diagnostic[] = [
    { from: 6, to: 7, severity: "error", message: "No such key.", code: "unknown-key" },
    { from: 15, to: 16, severity: "warning", message: "Not a number.", code: "not-a-number" },
  ];
  const mark = (page: Page) => page.locator(".cm-lint-marker-error");
  const wrong = "a: 1\r\nb: 2\r\nc: x\r\n";

  test("of one document are not shown in another", async ({ page }) => {
    await setText(page, wrong);
    await setDiagnostics(page, diagnostics);
    await expect(mark(page)).toBeVisible();
    await setText(page, wrong);
    await expect(mark(page)).toHaveCount(0);
  });

  test("are underlined, marked in the gutter, and described on hover", async ({ page }) => {
    await setText(page, wrong);
    await setDiagnostics(page, diagnostics);
    const underlined = page.locator(".cm-lintRange-error");
    await expect(underlined).toHaveText("b");
    await expect(underlined).toHaveCSS("text-decoration-style", "wavy");
    await expect(page.locator(".cm-lintRange-warning")).toHaveText("x");
    await expect(page.locator(".cm-lint-marker-error")).toBeVisible();
    await underlined.hover();
    await expect(page.locator(".cm-tooltip-lint")).toHaveText("No such key.unknown-key");
    await setDiagnostics(page, []);
    await expect(underlined).toHaveCount(0);
  });

  test("are reachable by keyboard", async ({ page }) => {
    await setText(page, wrong);
    await setDiagnostics(page, diagnostics);
    await expect(mark(page)).toBeVisible();
    await content(page).press("F8");
    expect(await cursor(page)).toBe(7);
    await expect(page.locator(".cm-tooltip-lint")).toContainText("No such key.");
    await content(page).press("F8");
    expect(await cursor(page)).toBe(16);
    await content(page).press("Shift+F8");
    expect(await cursor(page)).toBe(7);

    await content(page).press("ControlOrMeta+Shift+M");
    const list = page.getByRole("listbox", { name: "Diagnostics" });
    await expect(list).toBeFocused();
    await expect(list.getByRole("option")).toHaveText([/No such key\./, /Not a number\./]);
  });

  test("of an outdated text are shown at the nearest valid offset", async ({ page }) => {
    await setText(page, "a");
    await setDiagnostics(page, diagnostics);
    await expect(mark(page)).toBeVisible();
  });
});
