// Names with special meaning in a page or in an export format.

import type { Locator } from "@playwright/test";

export const names = [
  "<script>alert(1)</script>",
  `"><img src=x onerror=alert(1)>`,
  `'-alert(1)-' onload="alert(1)`,
  "]]> --> </title></style></svg></td></pre></script><script>alert(1)</script>",
  "``` ~~~ |a|b| **x** _y_ # z",
  "[click](javascript:alert(1)) ![i](x) <https://example.com>",
  "{{#include /etc/hostname}} {{7*7}} {% raw %} ${x} $y$",
  "&amp; &lt;b&gt; &#60; &nbsp",
  "\u202egnp.exe\u2066 abc",
  "שלום 1 \u2067",
  "closes \u2069\u202e all",
  "👩‍🚀 注文 é ﷽",
  "tab\tand\nline\n\n```\n# heading",
  "bell\u0007 escape\u001b[31m nul\u0000 del\u007f",
  "@team #1 https://example.com www.example.com a@example.com",
  "=HYPERLINK(1)",
  "%% comment; section: x, crit",
  `long ${"x".repeat(10 * 1024)}`,
];

/** Returns the visible text of a name: without control characters and isolates, and with single spaces. */
export const seen = (name: string) =>
  name
    .replace(/[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u2068\u2069]/g, "")
    .replace(/\s+/g, " ")
    .trim();

/** Returns the text in visual order, each line from left to right: letters sorted by position. */
export const read = (element: Locator) =>
  element.evaluate((element) => {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const letters: { letter: string; left: number; middle: number }[] = [];
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      for (let at = 0; at < (text.textContent ?? "").length; at++) {
        const range = document.createRange();
        range.setStart(text, at);
        range.setEnd(text, at + 1);
        const { left, width, top, bottom } = range.getBoundingClientRect();
        if (width > 0) letters.push({ letter: range.toString(), left, middle: (top + bottom) / 2 });
      }
    }
    letters.sort((one, other) => {
      const down = one.middle - other.middle;
      return Math.abs(down) > 6 ? down : one.left - other.left;
    });
    return letters.map(({ letter }) => letter).join("");
  });

/** Names that change the direction of text, each with its letters in visual order. */
export const bidirectional = {
  שלום: "םולש",
  "עגלה-2": "2-הלגע",
  "\u202eexe.gpj": "jpg.exe",
  "\u2067open!": "!open",
  "\u2069\u202ella sesolc": "closes all",
  plain: "plain",
};

const quoted = (name: string) =>
  JSON.stringify(name).replace(/[\u007f-\u009f]/g, (c) => `\\x${c.charCodeAt(0).toString(16)}`);

/** Returns a pipeline with all names as services, and `title` as name of pipeline and stage. */
export const yaml = (title: string) => `pipeline:
  name: ${quoted(title)}
  identifier: hostile
  stages:
    - stage:
        name: ${quoted(title)}
        identifier: deploy
        type: Deployment
        spec:
          services:
            metadata: {parallel: false}
            values:
${names.map((name) => `              - serviceRef: ${quoted(name)}\n`).join("")}\
          environment: {environmentRef: E, infrastructureDefinitions: [{identifier: I}]}
`;

/** A name as a plan holds it: of one with more than 256 characters, the start and the end. */
export function bounded(name: string): string {
  const characters = [...name];
  const [start, end] = [characters.slice(0, 200), characters.slice(-55)];
  return characters.length > 256 ? `${start.join("")}…${end.join("")}` : name;
}

/** Returns a text as [`seen`], without what is not seen and the marks that stand for it in Markdown. */
export const legible = (text: string) =>
  seen(text).replace(/[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufffd]/gu, "");
