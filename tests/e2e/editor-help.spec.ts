// What the editor loads on demand: search, completions, notes, and the marks of what is wrong.

import { expect, type Page } from "@playwright/test";
import type { Diagnostic } from "../../web/editor/src/editor";
import {
  applyEdits,
  content,
  cursor,
  openDocument,
  select,
  setDiagnostics,
  setText,
  test,
  text,
  undo,
} from "./editor";
import { hold } from "./embed";

const isHelp = /\/help\.js$/;

test.describe("search, completions and notes", () => {
  const find = (page: Page) => page.getByRole("textbox", { name: "Find" });
  const choices = (page: Page) => page.getByRole("listbox", { name: "Completions" });
  const marks = (page: Page) => page.locator(".cm-searchMatch");

  /** Offers `stages` for the word before the cursor, and has a note about any place. */
  const know = (page: Page) =>
    page.evaluate(() => {
      const item = { label: "stages", detail: "", insert: "stages:", kind: "key", doc: "" } as const;
      window.complete = (to) => {
        const from = to - (/\w*$/.exec(window.editor.text().slice(0, to))?.[0].length ?? 0);
        return { from, to, isComplete: true, items: [item] };
      };
      window.hover = () => ({ from: 0, to: 1, title: "A note", text: [], actions: [] });
    });

  test("are loaded when someone turns to the editor, and once", async ({ page }) => {
    const asked: string[] = [];
    page.on("request", (request) => {
      if (isHelp.test(request.url())) asked.push(request.url());
    });
    await setText(page, "a: 1\n");
    await applyEdits(page, [{ from: 0, to: 1, insert: "b" }]);
    await setDiagnostics(page, []);
    await page.getByRole("button", { name: "Before" }).focus();
    expect(asked).toEqual([]);
    await page.locator("#host").hover();
    await expect.poll(() => asked.length).toBe(1);
    await content(page).press("ControlOrMeta+f");
    await expect(find(page)).toBeFocused();
    expect(asked).toHaveLength(1);
  });

  test("a key of the search opens it as soon as it is there, with what was typed", async ({ page }) => {
    const release = await hold(page, isHelp);
    await setText(page, "a: 1\nb: 12\n");
    await content(page).press("ControlOrMeta+f");
    await page.keyboard.type("123");
    await page.keyboard.press("Backspace");
    await page.keyboard.press("Enter");
    release();
    await expect(find(page)).toBeFocused();
    await expect(find(page)).toHaveValue("12");
    await expect(marks(page)).toHaveText(["12"]);
    await page.keyboard.press("Escape");
    await expect(content(page)).toBeFocused();
    expect(await text(page)).toBe("a: 1\nb: 12\n");
  });

  test("a key of the search is given up, and what is typed is the text's", async ({ page }) => {
    const release = await hold(page, isHelp);
    await content(page).press("F3");
    await page.keyboard.press("Escape");
    await page.keyboard.type("s");
    expect(await text(page)).toBe("s");
    await know(page);
    release();
    // Their list is the sign that they are there.
    await content(page).press("Control+Space");
    await expect(choices(page)).toBeVisible();
    await expect(find(page)).toHaveCount(0);
  });

  test("a choice is offered for what was typed before", async ({ page }) => {
    const release = await hold(page, isHelp);
    await know(page);
    await content(page).focus();
    await page.keyboard.type("st");
    const told = await page.evaluate(() => window.changes.length);
    release();
    await expect(choices(page)).toBeVisible();
    expect(await page.evaluate(() => window.changes.length)).toBe(told);
    await choices(page).getByRole("option", { name: "stages" }).click();
    expect(await text(page)).toBe("stages:");
    await undo(page);
    await undo(page);
    expect(await text(page)).toBe("");
  });

  test("a choice and a note asked for by key come", async ({ page }) => {
    const release = await hold(page, isHelp);
    await know(page);
    await content(page).press("Control+Space");
    release();
    await expect(choices(page)).toBeVisible();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Shift+F1");
    await expect(page.locator(".cm-note")).toHaveText("A note");
  });

  test("a note comes to where the pointer rests", async ({ page }) => {
    const release = await hold(page, isHelp);
    await know(page);
    await setText(page, "stages: 1\n");
    const asked = page.waitForRequest(isHelp);
    await page.getByText("stages").hover();
    await asked;
    release();
    await expect(page.locator(".cm-note")).toHaveText("A note");
  });

  test("every document has them, with its cursor and its steps to undo", async ({ page }) => {
    const release = await hold(page, isHelp);
    await openDocument(page, 911, "a: 1\n");
    await content(page).press("End");
    await page.keyboard.type("0");
    await openDocument(page, 912, "b: 2\n");
    await select(page, 4);
    await page.keyboard.type("0");
    release();
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

  test.describe("when they can't be had", () => {
    test.use({ expectedErrors: /ERR_FAILED/ });

    test("editing goes on, and they are asked for again", async ({ page }) => {
      await page.route(isHelp, (route) => route.abort());
      const failed = page.waitForEvent("requestfailed", (request) => isHelp.test(request.url()));
      await content(page).press("ControlOrMeta+f");
      await failed;
      // What is typed until the page has heard of it is meant for the search.
      await expect(async () => {
        await page.keyboard.type("a");
        expect(await text(page)).toContain("a");
      }).toPass();
      await undo(page);
      expect(await text(page)).toBe("");

      await page.unroute(isHelp);
      await content(page).click();
      await content(page).press("ControlOrMeta+f");
      await expect(find(page)).toBeFocused();
    });
  });
});

test.describe("diagnostics", () => {
  const diagnostics: Diagnostic[] = [
    { from: 6, to: 7, severity: "error", message: "No such key.", code: "unknown-key" },
    { from: 15, to: 16, severity: "warning", message: "Not a number.", code: "not-a-number" },
  ];
  const mark = (page: Page) => page.locator(".cm-lint-marker-error");
  const wrong = "a: 1\r\nb: 2\r\nc: x\r\n";

  test("are loaded when there are some, and nothing moves", async ({ page }) => {
    const release = await hold(page, isHelp);
    await setText(page, wrong);
    const before = await page.getByText("b: 2").boundingBox();
    const asked = page.waitForRequest(isHelp);
    await setDiagnostics(page, diagnostics);
    await asked;
    // Those of now count.
    await setDiagnostics(page, diagnostics.slice(0, 1));
    release();
    await expect(mark(page)).toBeVisible();
    await expect(page.locator(".cm-lintRange-warning")).toHaveCount(0);
    expect(await page.getByText("b: 2").boundingBox()).toEqual(before);
  });

  test("of one document are not another's", async ({ page }) => {
    const release = await hold(page, isHelp);
    await setText(page, wrong);
    await setDiagnostics(page, diagnostics);
    await setText(page, wrong);
    release();
    await content(page).press("ControlOrMeta+f");
    await expect(page.getByRole("textbox", { name: "Find" })).toBeFocused();
    await expect(mark(page)).toHaveCount(0);
  });

  test("are reached by a key that was pressed before they were there", async ({ page }) => {
    const release = await hold(page, isHelp);
    await setText(page, wrong);
    await setDiagnostics(page, diagnostics);
    await content(page).press("F8");
    release();
    await expect.poll(() => cursor(page)).toBe(7);
  });

  test("are underlined, marked beside the line, and told on hover", async ({ page }) => {
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

  test("are reached by keyboard", async ({ page }) => {
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

  test("of an outdated text are shown where they still can be", async ({ page }) => {
    await setText(page, "a");
    await setDiagnostics(page, diagnostics);
    await expect(mark(page)).toBeVisible();
  });
});
