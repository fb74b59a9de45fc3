// The editor module alone, on a page with a strict content security policy: selection, marked lines,
// colours, keys, dropped files.

import AxeBuilder from "@axe-core/playwright";
import { expect, type Locator } from "@playwright/test";
import { content, cursor, manyLines, select, setDiagnostics, setText, test, text } from "./editor";

test("select scrolls, selects and focuses", async ({ page }) => {
  const original = manyLines(300).replaceAll("\n", "\r\n");
  await setText(page, original);
  const from = original.indexOf("key250");
  await select(page, from, from + "key250: value".length);
  await expect(content(page)).toBeFocused();
  await expect(page.getByText("key250: value")).toBeInViewport();
  expect(await cursor(page)).toBe(from);
  await page.keyboard.type("replaced");
  expect(await text(page)).toBe(original.replace("key250: value", "replaced"));
});

test("select scrolls to the middle of the editor, and does not scroll the page", async ({ page }) => {
  await page.evaluate(() => (document.body.style.height = "3000px"));
  await setText(page, manyLines(300));
  const selectLine = async (line: number) => {
    await select(page, manyLines(line - 1).length, manyLines(line).length - 1);
    await expect(page.getByText(`key${line}: value`)).toBeInViewport();
    expect(await page.evaluate(() => scrollY)).toBe(0);
  };
  await selectLine(299);
  await selectLine(2);
  await selectLine(150);
  const middle = async (locator: Locator) => {
    const box = await locator.boundingBox();
    return (box?.y ?? NaN) + (box?.height ?? NaN) / 2;
  };
  const offset = (await middle(page.getByText("key150"))) - (await middle(page.locator("#host")));
  expect(Math.abs(offset)).toBeLessThan(20);
});

test("highlight marks lines and does not move the cursor", async ({ page }) => {
  await setText(page, "a: 1\r\nb: 2\r\nc: 3\r\n");
  await select(page, 1);
  const marked = page.locator(".cm-markedLine");
  await page.evaluate(() => window.editor.highlight(6, 18));
  await expect(marked).toHaveText(["b: 2", "c: 3"]);
  await page.evaluate(() => window.editor.highlight(0, 0));
  await expect(marked).toHaveCount(0);
  expect(await cursor(page)).toBe(1);
});

test("colours follow the page, light and dark", async ({ page }) => {
  await setText(page, "on: true\n");
  const editor = page.locator(".cm-editor");
  for (const [colorScheme, background, number] of [
    ["light", "rgb(255, 255, 255)", "rgb(138, 62, 168)"],
    ["dark", "rgb(20, 23, 29)", "rgb(217, 165, 239)"],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(editor).toHaveCSS("background-color", background);
    await expect(page.getByText("true", { exact: true })).toHaveCSS("color", number);
  }
});

test("Tab leaves the editor, Mod-] indents", async ({ page }) => {
  await setText(page, "a: 1\n");
  await content(page).press("ControlOrMeta+]");
  expect(await text(page)).toBe("  a: 1\n");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "After" })).toBeFocused();
  expect(await text(page)).toBe("  a: 1\n");
});

test("a dropped file is left to the page", async ({ page }) => {
  await setText(page, "a: 1\n");
  const dropped = await content(page).evaluate((element) => {
    const names: (string | undefined)[] = [];
    document.addEventListener("drop", ({ dataTransfer }) => {
      names.push(dataTransfer?.files[0]?.name);
    });
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(["from: file"], "pipeline.yaml"));
    const drop = { dataTransfer, bubbles: true, composed: true, cancelable: true };
    element.dispatchEvent(new DragEvent("drop", drop));
    return names;
  });
  expect(dropped).toEqual(["pipeline.yaml"]);
  await content(page).press("End");
  await page.keyboard.type("0");
  expect(await text(page)).toBe("a: 10\n");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds no violation, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await setText(page, `# note\nstages: [{ name: "a", on: true, limit: 5 }]\n${manyLines(100)}`);
    await setDiagnostics(page, [
      { from: 0, to: 6, severity: "error", message: "Wrong.", code: "wrong" },
      { from: 7, to: 13, severity: "info", message: "Note.", code: "note" },
    ]);
    await page.evaluate(() => window.editor.highlight(0, 60));
    await content(page).press("ControlOrMeta+Shift+M");
    await content(page).press("ControlOrMeta+f");
    await page.getByRole("textbox", { name: "Find" }).pressSequentially("value");
    await expect(page.locator(".cm-searchMatch").first()).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations).toEqual([]);
  });
}

test("forced colours still show marked lines and diagnostics", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await setText(page, "a: 1\n");
  await setDiagnostics(page, [
    { from: 0, to: 1, severity: "warning", message: "Careful.", code: "careful" },
  ]);
  await page.evaluate(() => window.editor.highlight(0, 4));
  await expect(page.locator(".cm-markedLine")).toHaveCSS("outline-style", "solid");
  const body = page.locator("body");
  await expect(page.locator(".cm-lint-marker-warning")).toHaveCSS(
    "background-color",
    await body.evaluate((body) => getComputedStyle(body).color),
  );
});

test("after destroy the same element can hold another editor", async ({ page }) => {
  const remaining = await page.evaluate(() => {
    window.editor.destroy();
    return document.querySelector("#host")?.shadowRoot?.childElementCount;
  });
  expect(remaining).toBe(0);
  await page.evaluate(async () => {
    const module: string = "./editor.js";
    const { createEditor } = await import(module);
    const options = { text: "b: 2", label: "Again", onChange() {}, onSelection() {} };
    window.editor = createEditor(document.querySelector("#host"), options);
  });
  await expect(page.getByRole("textbox", { name: "Again" })).toHaveText("b: 2");
});
