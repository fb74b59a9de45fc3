// The editor module alone, on a page with a strict content security policy.

import AxeBuilder from "@axe-core/playwright";
import { expect, type Locator, type Page } from "@playwright/test";
import {
  applyEdits,
  content,
  cursor,
  lastChange,
  manyLines,
  openDocument,
  redo,
  select,
  setDiagnostics,
  setText,
  test,
  text,
  undo,
} from "./editor";

const endings = {
  none: "a: 1",
  LF: "a: 1\nb: 2\n",
  CRLF: "a: 1\r\nb: 2\r\n\r\nc: 3",
  CR: "a: 1\rb: 2\r",
  mixed: "\r\na: 1\nb: \u{1f680}\r\n\rc: 3\r\r\n\n\r",
};

test.describe("line endings", () => {
  for (const [name, original] of Object.entries(endings)) {
    test(`${name}: text and offsets are those of the original text`, async ({ page }) => {
      await setText(page, original);
      expect(await text(page)).toBe(original);

      const offsets = Array.from({ length: original.length + 1 }, (_, offset) => offset).filter(
        (offset) => !/^(\r\n|[\ud800-\udbff])/.test(original.slice(offset - 1, offset + 1)),
      );
      const reported = await page.evaluate((offsets) => {
        window.selections = [];
        for (const offset of [...offsets].reverse()) window.editor.select(offset, offset);
        return window.selections.reverse();
      }, offsets);
      expect([0, ...reported.filter(Boolean)]).toEqual(offsets);

      await applyEdits(page, [{ from: 0, to: 0, insert: "#" }]);
      const change = { text: `#${original}`, userEvent: false };
      await expect.poll(() => lastChange(page)).toEqual(change);
    });
  }

  test("copied text has the document's line ending", async ({ page }) => {
    await setText(page, endings.CRLF);
    await select(page, 0, endings.CRLF.length);
    const copied = await content(page).evaluate((element) => {
      const clipboardData = new DataTransfer();
      element.dispatchEvent(new ClipboardEvent("copy", { clipboardData, bubbles: true }));
      return clipboardData.getData("text/plain");
    });
    expect(copied).toBe(endings.CRLF);
  });

  test("typed and pasted text gets the document's line ending", async ({ page }) => {
    await setText(page, "a: 1\r\nb: 2\r\n");
    await select(page, 4);
    await page.keyboard.press("Enter");
    await page.keyboard.type("c: 3");
    expect(await lastChange(page)).toEqual({ text: "a: 1\r\nc: 3\r\nb: 2\r\n", userEvent: true });
    expect(await cursor(page)).toBe(10);

    await content(page).evaluate((element) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", "\nd: 4\n");
      element.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true }));
    });
    expect(await text(page)).toBe("a: 1\r\nc: 3\r\nd: 4\r\n\r\nb: 2\r\n");
  });

  test("a new line gets the ending of its line, and others keep theirs", async ({ page }) => {
    const original = "a\r\nb\nc\rd";
    await setText(page, original);
    await select(page, 1);
    await page.keyboard.press("Enter");
    await select(page, original.length + 2);
    await page.keyboard.press("Enter");
    expect(await text(page)).toBe("a\r\n\r\nb\nc\rd\r");

    await select(page, 0);
    await page.keyboard.press("Alt+ArrowDown");
    await page.keyboard.press("Alt+ArrowDown");
    await undo(page);
    await undo(page);
    expect(await text(page)).toBe("a\r\n\r\nb\nc\rd\r");
    await undo(page);
    await undo(page);
    expect(await text(page)).toBe(original);
  });

  test("Backspace removes a whole line break, and undo restores its kind", async ({ page }) => {
    const original = "a\r\nb\nc";
    await setText(page, original);
    await select(page, 3);
    await page.keyboard.press("Backspace");
    expect(await text(page)).toBe("ab\nc");
    await undo(page);
    expect(await text(page)).toBe(original);
    await redo(page);
    expect(await text(page)).toBe("ab\nc");
  });
});

test.describe("applyEdits", () => {
  test("is one undo step, and the cursor stays in its place", async ({ page }) => {
    await setText(page, "a: 1\r\nb: 2\r\nc: 3\r\n");
    await select(page, 10);
    await page.keyboard.type("0");
    await applyEdits(page, [
      { from: 16, to: 17, insert: "three" },
      { from: 0, to: 0, insert: "# first\r\n" },
    ]);
    const edited = "# first\r\na: 1\r\nb: 20\r\nc: three\r\n";
    // It waits for a paint.
    await expect.poll(() => lastChange(page)).toEqual({ text: edited, userEvent: false });
    expect(await cursor(page)).toBe(20);
    await page.keyboard.type("0");
    expect(await text(page)).toBe(edited.replace("20", "200"));

    await undo(page);
    expect(await text(page)).toBe(edited);
    await undo(page);
    expect(await text(page)).toBe("a: 1\r\nb: 20\r\nc: 3\r\n");
    await undo(page);
    expect(await text(page)).toBe("a: 1\r\nb: 2\r\nc: 3\r\n");
  });

  test("does not scroll", async ({ page }) => {
    await setText(page, manyLines(400));
    await select(page, manyLines(200).length);
    const line = page.getByText("key201: value");
    await expect(line).toBeInViewport();
    const before = await line.boundingBox();
    await applyEdits(page, [{ from: 0, to: 0, insert: "# one\n# two\n# three\n" }]);
    await expect.poll(() => page.getByText("204", { exact: true }).boundingBox()).not.toBeNull();
    const moved = async () => ((await line.boundingBox())?.y ?? NaN) - (before?.y ?? NaN);
    await expect.poll(async () => Math.abs(await moved())).toBeLessThanOrEqual(1);
  });

  test("equals splicing the string, and undo restores the text", async ({ page }) => {
    for (let seed = 1; seed <= 20; seed++) {
      const random = generator(seed);
      const pieces = ["\r", "\n", "\r\n", "a", "b", ""];
      const anyText = (length: number) =>
        Array.from({ length: random(length) }, () => pieces[random(pieces.length)]).join("");

      let version = anyText(14);
      const versions = [version];
      const steps = [[{ from: 0, to: 0, insert: version }]];
      for (let step = 0; step < 6; step++) {
        const cuts = Array.from({ length: 4 }, () => random(version.length + 1));
        const [a = 0, b = 0, c = 0, d = 0] = cuts.sort((one, other) => one - other);
        const [first, second] = [anyText(4), `${anyText(3)}${step}${anyText(3)}`];
        steps.push([
          { from: a, to: b, insert: first },
          { from: c, to: d, insert: second },
        ]);
        version = version.slice(0, a) + first + version.slice(b, c) + second + version.slice(d);
        versions.push(version);
      }

      await setText(page, "");
      const applied = await page.evaluate((steps) => {
        return steps.map((edits) => (window.editor.applyEdits(edits), window.editor.text()));
      }, steps);
      expect(applied, `seed ${seed}`).toEqual(versions);
      for (let step = 0; step < 6; step++) await undo(page);
      const undone = await page.evaluate(() => window.changes.slice(-6).map(({ text }) => text));
      expect(undone, `seed ${seed}, undone`).toEqual(versions.reverse().slice(1));
    }
  });

  test("refuses edits that overlap or lie outside", async ({ page }) => {
    await setText(page, "a: 1\n");
    for (const edits of [
      [{ from: 0, to: 6, insert: "" }],
      [{ from: -1, to: 0, insert: "" }],
      [
        { from: 0, to: 3, insert: "" },
        { from: 2, to: 4, insert: "" },
      ],
    ]) {
      await expect(applyEdits(page, edits)).rejects.toThrow(/RangeError: edit .* overlaps/);
    }
    expect(await text(page)).toBe("a: 1\n");
  });

  test("without edits makes no undo step", async ({ page }) => {
    await setText(page, "a\r\nb\n");
    await content(page).press("End");
    await page.keyboard.type("1");
    await applyEdits(page, []);
    await undo(page);
    expect(await text(page)).toBe("a\r\nb\n");
  });
});

test("each document has its own undo history, cursor and view", async ({ page }) => {
  const [one, other] = [manyLines(300), manyLines(200).replaceAll("\n", "\r\n")];
  await openDocument(page, 901, one);
  await select(page, 2000);
  await page.keyboard.type("typed");
  const typed = await text(page);
  const left = await page.evaluate(() => window.changes.length);

  await openDocument(page, 902, other);
  expect(await cursor(page)).toBe(0);
  await expect(page.getByText("key1: value")).toBeInViewport();
  await undo(page);
  expect(await text(page)).toBe(other);

  await openDocument(page, 901, typed);
  expect(await cursor(page)).toBe(2005);
  await expect(page.getByText("typed")).toBeInViewport();
  // The page knows what it has opened.
  expect(await page.evaluate(() => window.changes.length)).toBe(left);
  await undo(page);
  expect(await text(page)).toBe(one);

  // One with another text is another document.
  await openDocument(page, 902, "a: 1\n");
  await undo(page);
  expect(await text(page)).toBe("a: 1\n");
});

test("pasting over the whole text is reported as such", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate(() => navigator.clipboard.writeText("b: 2"));
  await content(page).focus();
  await page.keyboard.press("ControlOrMeta+v");
  expect(await lastChange(page)).toEqual({ text: "b: 2", userEvent: true, pastedAll: true });
  await page.keyboard.press("ControlOrMeta+v");
  expect(await lastChange(page)).toEqual({ text: "b: 2b: 2", userEvent: true });
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("ControlOrMeta+v");
  expect(await lastChange(page)).toEqual({ text: "b: 2", userEvent: true, pastedAll: true });
});

test("pasting over the whole text is reported once, before the editor shows it", async ({ page }) => {
  const original = "a: 1\r\nb: 2\r\n";
  await setText(page, original);
  await content(page).press("ControlOrMeta+a");
  const { before, told, shown } = await content(page).evaluate((element) => {
    const before = window.changes.length;
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "c: 3\n");
    const init = { clipboardData, bubbles: true, cancelable: true };
    element.dispatchEvent(new ClipboardEvent("paste", init));
    return { before, told: window.changes.slice(before), shown: element.textContent };
  });
  expect(told).toEqual([{ text: "c: 3\r\n", userEvent: true, pastedAll: true }]);
  expect(shown).toBe("a: 1b: 2");
  await expect(content(page)).toHaveText("c: 3");
  expect(await text(page)).toBe("c: 3\r\n");
  expect(await page.evaluate(() => window.changes.length)).toBe(before + 1);
  await undo(page);
  expect(await text(page)).toBe(original);
});

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

test("colours are the page's, light and dark", async ({ page }) => {
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

test.describe("YAML", () => {
  /** Words with what their colour says they are. */
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
    test(`tokens of ${line}`, async ({ page }) => {
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
    // Typing above changes what is below, and taking it back too.
    await select(page, 4);
    await page.keyboard.press("Backspace");
    await expect.poll(() => words(page)).toContain("comment # no");
    await undo(page);
    await expect.poll(() => words(page)).not.toContain("comment # no");
  });

  test("highlighting after edits equals that of the text opened anew", async ({ page }) => {
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
    // Few enough were used that the last steps were random too.
    expect(different).toBeGreaterThan(0);
  });

  test("a long text is highlighted where it is visible, at its end without delay", async ({ page }) => {
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

test("Tab leaves the editor, Mod-] indents", async ({ page }) => {
  await setText(page, "a: 1\n");
  await content(page).press("ControlOrMeta+]");
  expect(await text(page)).toBe("  a: 1\n");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "After" })).toBeFocused();
  expect(await text(page)).toBe("  a: 1\n");
});

test("the page handles a dropped file", async ({ page }) => {
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

test("destroy leaves a host that can be used again", async ({ page }) => {
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

/** A small linear congruential generator: the same numbers below `limit` for the same seed. */
function generator(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}
