// YAML in the editor: highlighting, indentation of a new line, folding, comments.

import { expect, type Page } from "@playwright/test";
import { content, generator, select, setText, test, text, undo } from "./editor";

test.describe("YAML", () => {
  /** The highlighted words, each after its kind. */
  const words = (page: Page) =>
    content(page).evaluate((element) =>
      [...element.querySelectorAll("[class^=cm-yaml-]")].map(
        (word) => `${word.className.replace("cm-yaml-", "")} ${word.textContent}`,
      ),
    );

  for (const [line, expected] of [
    ["name: Deploy to prod", ["key name", "mark :", "string Deploy to prod"]],
    ["  - serviceRef: a:b#c # d: e", ["mark -", "key serviceRef", "mark :", "string a:b#c", "comment # d: e"]],
    ["limit: 12", ["key limit", "mark :", "constant 12"]],
    ["on: true", ["key on", "mark :", "constant true"]],
    ["v: 1.2.3", ["key v", "mark :", "string 1.2.3"]],
    ["n: ~", ["key n", "mark :", "constant ~"]],
    ["'it''s': \"a \\\" b\"", ["key 'it''s'", "mark :", 'string "a \\" b"']],
    ["a: <+input>.default(true)", ["key a", "mark :", "string <+input>.default(true)"]],
    ["a: &x !t v", ["key a", "mark :", "name &x", "name !t", "string v"]],
    ["b: *x", ["key b", "mark :", "name *x"]],
    [
      "{a: [1, b c], d}",
      ["mark {", "key a", "mark :", "mark [", "constant 1", "mark ,", "string b c", "mark ]", "mark ,", "string d", "mark }"],
    ],
    ["url: http://x/#y", ["key url", "mark :", "string http://x/#y"]],
    ["--- # next", ["mark ---", "comment # next"]],
  ] as const) {
    test(`${line} is highlighted`, async ({ page }) => {
      await setText(page, `${line}\n`);
      expect(await words(page)).toEqual(expected);
    });
  }

  test("block scalars, quotes and brackets are highlighted over several lines", async ({ page }) => {
    await setText(page, "a: |\n  k: v # no\n\n  - x\nb: 'x\n  y: z'\nc: [1,\n  2]\nd: e\n");
    expect(await words(page)).toEqual([
      ...["key a", "mark :", "mark |", "string k: v # no", "string - x"],
      ...["key b", "mark :", "string 'x", "string y: z'"],
      ...["key c", "mark :", "mark [", "constant 1", "mark ,", "constant 2", "mark ]"],
      ...["key d", "mark :", "string e"],
    ]);
    // Typing changes the highlighting of the lines below, and so does undo.
    await select(page, 4);
    await page.keyboard.press("Backspace");
    await expect.poll(() => words(page)).toContain("comment # no");
    await undo(page);
    await expect.poll(() => words(page)).not.toContain("comment # no");
  });

  test("highlighting after edits is the same as after opening the text", async ({ page }) => {
    const random = generator(1);
    const numbers = Array.from({ length: 4_000 }, () => random(1 << 30));
    const different = await content(page).evaluate((element, numbers) => {
      const random = (below: number) => (numbers.pop() ?? 0) % below;
      const pieces = ["a: ", "|\n", "\n", "  ", "'", '"', "[", "]", "- b\n", "# c", "\n\n", "1"];
      const anyText = (length: number) =>
        Array.from({ length: random(length) + 1 }, () => pieces[random(pieces.length)]).join("");
      const words = () =>
        [...element.querySelectorAll("[class^=cm-yaml-]")].map((word) => word.className + word.textContent);
      const { editor } = window;
      let number = 1_000;
      for (let seed = 0; seed < 40; seed++) {
        editor.openDocument((number += 1), anyText(30));
        for (let step = 0; step < 8; step++) {
          const from = random(editor.text().length + 1);
          const to = Math.min(editor.text().length, from + random(6));
          editor.applyEdits([{ from, to, insert: anyText(3) }]);
          const [text, followed] = [editor.text(), words()];
          editor.openDocument((number += 1), text);
          if (`${followed}` !== `${words()}`) return { text, followed, anew: words() };
        }
      }
      return numbers.length;
    }, numbers);
    // The random numbers lasted until the last step.
    expect(different).toBeGreaterThan(0);
  });

  test("a long text is highlighted at its end without delay", async ({ page }) => {
    const many = Array.from({ length: 6_000 }, (_, line) => `  - serviceRef: s${line}\n`).join("");
    await setText(page, `values:\n${many}last: |\n  a: b\n`);
    await select(page, `values:\n${many}`.length);
    await expect.poll(() => words(page)).toContain("string a: b");
    await expect.poll(() => words(page)).toContain("key serviceRef");
  });

  for (const [what, before, keys, after] of [
    ["below a key", "a:", ["b: 1"], "a:\n  b: 1"],
    ["below a block scalar's head", "a: |", ["b"], "a: |\n  b"],
    ["below a value", "  a: 1", ["b: 2"], "  a: 1\n  b: 2"],
    ["below an item, for its next key", "l:\n  - a: 1", ["b: 2"], "l:\n  - a: 1\n    b: 2"],
    ["below an item, for the next one", "l:\n  - a: 1", ["- a: 2"], "l:\n  - a: 1\n  - a: 2"],
    ["below an item of several lines", "l:\n  - a: 1\n    b: 2", ["- c"], "l:\n  - a: 1\n    b: 2\n  - c"],
    ["items below a key, deeper", "l:", ["- a"], "l:\n  - a"],
    ["items in their key's column", "- l:\n  - a", ["- b"], "- l:\n  - a\n  - b"],
    ["behind a comment", "a: # b:", ["c: 1"], "a: # b:\n  c: 1"],
    ["below a comment", "  # a:", ["b"], "  # a:\n  b"],
    ["below an empty line", "  a: 1\n", ["b: 1"], "  a: 1\n\nb: 1"],
  ] as const) {
    test(`a new line begins ${what}`, async ({ page }) => {
      await setText(page, before);
      await select(page, before.length);
      await page.keyboard.press("Enter");
      for (const key of keys) await page.keyboard.type(key);
      expect(await text(page)).toBe(after);
    });
  }

  test("lines fold by their indentation, with the items of a key", async ({ page }) => {
    await setText(page, "a:\n- b\n- c:\n    d: 1\n\ne: 2\n");
    const shown = () => content(page).innerText();
    await select(page, 0);
    await page.keyboard.press("Control+Shift+BracketLeft");
    await expect.poll(shown).toMatch(/^a:…\n+e: 2/);
    await page.keyboard.press("Control+Shift+BracketRight");
    await select(page, 7);
    await page.keyboard.press("Control+Shift+BracketLeft");
    await expect.poll(shown).toMatch(/^a:\n- b\n- c:…\n+e: 2/);
  });

  test("a line is commented out and back in", async ({ page }) => {
    await setText(page, "  a: 1\n");
    await content(page).press("ControlOrMeta+/");
    expect(await text(page)).toBe("  # a: 1\n");
    await content(page).press("ControlOrMeta+/");
    expect(await text(page)).toBe("  a: 1\n");
  });
});
