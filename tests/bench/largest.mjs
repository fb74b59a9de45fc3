// Pastes the largest texts that the page reads, and measures when each is drawn, and how long the page is
// busy at a time meanwhile:
//
//     cargo xtask bench limits
//
// It takes the names of files.

import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { printHead, printRow } from "./report.mjs";
import { serve, stopServers } from "./serve.mjs";
import { close, freshPage } from "./side.mjs";

const RUNS = 3;
/** Milliseconds without a long task after which the page has ended its work. */
const QUIET = 1_000;

try {
  const address = await serve("dist");
  printHead();
  for (const file of process.argv.slice(2)) {
    const text = await readFile(file, "utf8");
    const found = [];
    for (let run = 0; run < RUNS; run++) found.push(await pasting(address, text));
    const measure = basename(file, ".yaml");
    const row = { n: text.length, unit: "ms" };
    printRow({ ...row, measure: `pasted: ${measure}`, page: median(found, "settled"), target: { most: 2_000 } });
    printRow({ ...row, measure: "  longest task", page: median(found, "longest") });
  }
} finally {
  await close();
  stopServers();
}

/**
 * Milliseconds from a paste over the whole text until the page has ended its work on it, and of the longest
 * task among that.
 * @param {string} address
 * @param {string} text
 */
async function pasting(address, text) {
  const page = await freshPage((page) => page.context().grantPermissions(["clipboard-read", "clipboard-write"]));
  await page.goto(address);
  const content = page.locator(".dl-editor-host .cm-content");
  await content.waitFor();
  await page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await content.focus();
  await page.keyboard.press("ControlOrMeta+A");
  await page.waitForTimeout(QUIET);
  await page.evaluate(noteWork);
  await page.keyboard.press("ControlOrMeta+V");
  const handle = await page.waitForFunction(
    (quiet) => {
      const { from, end, longest, hasBegun } = window.work ?? { from: 0, end: 0, longest: 0 };
      const status = document.querySelector(".dl-status [role=status]")?.textContent ?? "";
      if (!hasBegun || status.startsWith("Reading") || performance.now() < end + quiet) return null;
      return { settled: end - from, longest };
    },
    QUIET,
    { polling: 100, timeout: 60_000 },
  );
  const found = await handle.jsonValue();
  await page.context().close();
  if (!found) throw new Error("the page did not read the text");
  return found;
}

/** Notes, in the page, when the status has changed last or a task of more than 50 ms has ended, and the longest task. */
function noteWork() {
  const now = performance.now();
  /** @type {NonNullable<Window["work"]>} */
  const work = { from: now, end: now, longest: 0, hasBegun: false };
  window.work = work;
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) {
      work.end = Math.max(work.end, startTime + duration);
      work.longest = Math.max(work.longest, duration);
    }
  }).observe({ type: "longtask" });
  const status = document.querySelector(".dl-status");
  if (!status) throw new Error("the page has no status");
  new MutationObserver(() => {
    work.end = performance.now();
    work.hasBegun ||= status.textContent?.includes("Reading") ?? false;
  }).observe(status, { childList: true, characterData: true, subtree: true });
}

/**
 * @template {string} K
 * @param {Record<K, number>[]} found
 * @param {K} key
 */
function median(found, key) {
  const sorted = found.map((it) => it[key]).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
