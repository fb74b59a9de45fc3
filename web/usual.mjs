// Says what of the page's wasm runs when the page is opened, by itself or by a link to a usual text, as
// numbers of stretches of code, one in a line:
//
//     node web/usual.mjs FOLDER
//
// FOLDER has the page, with a watched wasm (crates/xtask/src/arrange/watch.rs). What visitors do then
// comes with the rest of the wasm, and what rare texts ask for.

import { readFile } from "node:fs/promises";
import { extname, join, resolve } from "node:path";
import { chromium } from "playwright";

import { launchOptions } from "../tests/browser.mjs";
import { linkTo } from "../tests/link.mjs";
import { ran } from "./ran.mjs";
import { usualTexts } from "./usual-texts.mjs";

const folder = resolve(process.argv[2] ?? "");
const address = "http://deployline.test/";
/** A wide window, and a phone's. */
const SIZES = [
  { width: 1280, height: 900 },
  { width: 390, height: 844 },
];
/** Each asks for much of its own: all others together are as much as fits what the page may weigh. */
const RARE = [
  "06-metadata-missing.yaml",
  "08-flat-schema-v1.yaml",
  "09-filters.yaml",
  "10-gitops-clusters.yaml",
  "12-matrix-service-environment.yaml",
  "13-repeat-and-parallelism.yaml",
  "18-entities-after-the-pipeline.yaml",
  "19-input-set.yaml",
  "23-fragment-unicode.yaml",
];
/** So many links are opened side by side: it is mostly waiting. */
const AT_ONCE = 3;
/** How far apart are the places to which the pointer comes, beside what is to be clicked, in pixels. */
const STEP = 60;
/** In milliseconds: for so long nothing new must have run. */
const PAUSE = 700;
/** @type {Record<string, string>} */
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml" };

const browser = await chromium.launch(launchOptions);
const numbers = new Set();
try {
  for (const viewport of SIZES) await look({ viewport });
  await look({ viewport: SIZES[0], colorScheme: "dark" });
  // What comes first on a fast machine comes last on a slow one, and over a slow network.
  await look({ viewport: SIZES[0] }, { slowdown: 8 });
  await look({ viewport: SIZES[0] }, { editorDelay: 2 * PAUSE });
  const links = (await usualTexts(RARE)).map(linkTo);
  const follow = async () => {
    for (let link; (link = links.pop()); ) await opened(link);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, follow));
} finally {
  await browser.close();
}
console.log([...numbers].sort((a, b) => a - b).join("\n"));

/**
 * Somebody comes to the page.
 * @param {import("playwright").BrowserContextOptions} options
 * @param {Hindrance} [hindrance]
 */
async function look(options, hindrance) {
  const page = await open("", options, hindrance);
  await comesNear(page, options.viewport);
  await withoutSign(page, options.viewport);
  await leave(page);
}

/** @param {string} link */
async function opened(link) {
  await leave(await open(`#${link}`, { viewport: SIZES[0] }));
}

/**
 * @typedef {{ slowdown?: number, editorDelay?: number }} Hindrance
 *
 * @param {string} fragment
 * @param {import("playwright").BrowserContextOptions} options
 * @param {Hindrance} hindrance
 */
async function open(fragment, options, { slowdown = 1, editorDelay = 0 } = {}) {
  // With nothing kept from an earlier visit.
  const context = await browser.newContext(options);
  await context.addInitScript(keepExports);
  await context.route(`${address}**`, async (route) => {
    const { pathname } = new URL(route.request().url());
    const path = join(folder, pathname === "/" ? "index.html" : pathname);
    if (pathname.includes("editor")) await new Promise((done) => setTimeout(done, editorDelay));
    const contentType = TYPES[extname(path)] ?? "application/octet-stream";
    await route.fulfill({ body: await readFile(path), contentType });
  });
  const page = await context.newPage();
  page.on("pageerror", (error) => {
    throw error;
  });
  const devtools = await context.newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: slowdown });
  // Where it does not start, it says why.
  page.on("console", (message) => message.type() === "error" && console.error(message.text()));
  await page.goto(address + fragment);
  await page.locator(".cm-content").waitFor();
  await settled(page);
  return page;
}

/** @param {import("playwright").Page} page */
async function leave(page) {
  for (const number of await settled(page)) numbers.add(number);
  await page.context().close();
}

/**
 * What ran, when nothing new has run for a while.
 * @param {import("playwright").Page} page
 * @returns {Promise<number[]>}
 */
async function settled(page) {
  for (let before = -1; ; ) {
    await page.waitForTimeout(PAUSE);
    const seen = await page.evaluate(`(${ran})(watched)`);
    if (seen.length === before) return seen;
    before = seen.length;
  }
}

/**
 * The first signs of a visitor, at which the rest of the wasm comes: they don't wait for it.
 * @param {import("playwright").Page} page
 * @param {{ width: number, height: number }} size
 */
async function comesNear(page, { width, height }) {
  for (let y = STEP / 2; y < height; y += STEP) {
    for (let x = STEP / 2; x < width; x += STEP) await page.mouse.move(x, y);
  }
  for (const [x, y] of await page.evaluate(middles, "button, input, select, [role=tab], .dl-bar")) {
    if (x < width && y < height) await page.mouse.move(x, y);
  }
  await page.mouse.wheel(0, STEP);
  await page.keyboard.press("Tab");
}

/**
 * What happens to a page at which nobody is.
 * @param {import("playwright").Page} page
 * @param {{ width: number, height: number }} size
 */
async function withoutSign(page, { width, height }) {
  await page.setViewportSize({ width: width - STEP, height: height - STEP });
  await settled(page);
  await page.evaluate(() => dispatchEvent(new PageTransitionEvent("pagehide")));
}

/**
 * Where elements are.
 * @param {string} selector
 */
function middles(selector) {
  return [...document.querySelectorAll(selector)].map((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return [x + width / 2, y + height / 2];
  });
}

/** The page keeps what its wasm exports for itself. */
function keepExports() {
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = async (...given) => {
    const started = await instantiate(...given);
    globalThis.watched ??= (started.instance ?? started).exports;
    return started;
  };
}
