// The text of the editor, byte for byte: line endings, edits from outside, documents, pasting.

import { expect } from "@playwright/test";
import {
  applyEdits,
  content,
  cursor,
  generator,
  lastChange,
  manyLines,
  openDocument,
  redo,
  select,
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
    test(`${name}: text and offsets match the original text`, async ({ page }) => {
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
  test("is one undo step and keeps the cursor", async ({ page }) => {
    await setText(page, "a: 1\r\nb: 2\r\nc: 3\r\n");
    await select(page, 10);
    await page.keyboard.type("0");
    await applyEdits(page, [
      { from: 16, to: 17, insert: "three" },
      { from: 0, to: 0, insert: "# first\r\n" },
    ]);
    const edited = "# first\r\na: 1\r\nb: 20\r\nc: three\r\n";
    // The edit is applied after the next paint.
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

  test("gives the same text as slicing the string, and undo restores it", async ({ page }) => {
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

  test("refuses edits that overlap or lie outside of the text", async ({ page }) => {
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
  // Opening a document reports no change to the page.
  expect(await page.evaluate(() => window.changes.length)).toBe(left);
  await undo(page);
  expect(await text(page)).toBe(one);

  // A document opened with another text starts anew.
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
