// The measures. Page and floor are measured in turns, so that a machine whose speed varies slows both and
// their ratio stays right.

import { draw, freshPage, open, paintTime, settle, workMeter } from "./side.mjs";

/** @typedef {import("./side.mjs").Page} Page */
/** @typedef {import("./side.mjs").Side} Side */
/** @typedef {{ page: Side, floor: Side }} Sides */

const RUNS = 7;
const SIDES = /** @type {const} */ (["page", "floor"]);

/** Milliseconds from the navigation to the first painted bar. */
export function navigation(/** @type {Sides} */ sides) {
  return inTurns(async (name) => {
    const { address, bar } = sides[name];
    const page = await freshPage((page) => page.addInitScript(noteFirst, bar));
    await page.goto(address);
    const time = await page.waitForFunction(() => window.firstBar);
    const first = await time.jsonValue();
    await page.context().close();
    return { first: first ?? NaN };
  });
}

/** Milliseconds until `n` deployments are painted, and how many of them the main thread worked. */
export async function render(/** @type {Sides} */ sides, /** @type {number} */ n) {
  return painting(sides, 8, async (page, side) => {
    // Another picture first, since one that is there already is not drawn again.
    await draw(page, n === 8 ? 100 : 8);
    await settle(page, side);
    return { render: n };
  });
}

/** Measures like `render` an update that gives every deployment another start and end. */
export function update(/** @type {Sides} */ sides, /** @type {number} */ n) {
  return painting(sides, n, async () => "update");
}

/**
 * @param {Sides} sides
 * @param {number} n number of deployments before the first run
 * @param {(page: Page, side: Side) => Promise<"update" | { render: number }>} prepare
 */
async function painting(sides, n, prepare) {
  const opened = await openBoth(sides, n);
  const found = await inTurns(async (name, run) => {
    const { page, taken } = opened[name];
    const action = await prepare(page, sides[name]);
    await settle(page, sides[name]);
    const before = await taken();
    const time = await paintTime(page, (run + 0.5) / RUNS, action);
    return { time, work: (await taken()) - before };
  });
  await closeBoth(opened);
  return found;
}

/**
 * Milliseconds that the main thread works for each key, and in the pause after typing.
 * @param {Sides} sides
 * @param {number} n
 * @param {number} pace milliseconds from key to key
 */
export async function typing(sides, n, pace) {
  const KEYS = 20;
  const opened = await openBoth(sides, n);
  for (const name of SIDES) await opened[name].page.evaluate(() => window.__bench.type("x"));
  const found = await inTurns(async (name) => {
    const { page, taken } = opened[name];
    /** Milliseconds of work during an action, and after it until the page is idle. */
    const work = async (/** @type {() => Promise<void>} */ action) => {
      await settle(page, sides[name]);
      const before = await taken();
      await action();
      const between = await taken();
      await settle(page, sides[name]);
      return { during: between - before, after: (await taken()) - between };
    };
    const idle = await work(() => page.waitForTimeout(KEYS * pace));
    const typed = await work(() => page.keyboard.type("x".repeat(KEYS), { delay: pace }));
    // The name would grow with each run, and a long line scrolls sideways with each key.
    for (let key = 0; key < KEYS; key++) await page.keyboard.press("Backspace");
    return { key: (typed.during - idle.during) / KEYS, pause: typed.after - idle.after };
  });
  await closeBoth(opened);
  return found;
}

/** Milliseconds: the 95th percentile of frames, and the longest task. */
export async function scrolling(/** @type {Sides} */ sides, /** @type {number} */ n) {
  const opened = await openBoth(sides, n);
  const found = await inTurns((name) => opened[name].page.evaluate(scroll));
  await closeBoth(opened);
  return found;
}

/**
 * The same of an update and of scrolling on the page alone, with `steps` steps drawn in each of `n` bars.
 * @param {Side} side
 * @param {number} n
 * @param {number} steps
 */
export async function withSteps(side, n, steps) {
  const page = await open(side);
  await page.evaluate(([n, steps]) => window.__bench.render(n, steps), /** @type {const} */ ([n, steps]));
  await page.getByRole("button", { name: "Steps", exact: true }).click();
  await settle(page, side);
  const taken = await workMeter(page);
  const found = [];
  for (let run = 0; run < RUNS; run++) {
    const before = await taken();
    const time = await paintTime(page, (run + 0.5) / RUNS, "update");
    found.push({ time, work: (await taken()) - before });
    await settle(page, side);
  }
  const scrolled = await page.evaluate(scroll);
  await page.context().close();
  return { ...medians(found), ...scrolled };
}

/** Number of nodes and bytes of memory when `n` deployments are drawn. */
export async function weight(/** @type {Side} */ side, /** @type {number} */ n) {
  const page = await open(side, (page) => page.addInitScript(noteMemory));
  await draw(page, n);
  await settle(page, side);
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  const [nodes, wasm] = await page.evaluate(() => {
    /** @type {(node: Node) => number} */
    const count = (node) => {
      let sum = 1;
      for (const child of node.childNodes) sum += count(child);
      return node instanceof Element && node.shadowRoot ? sum + count(node.shadowRoot) : sum;
    };
    return [count(document), window.wasmMemory?.buffer.byteLength ?? 0];
  });
  await page.context().close();
  return { nodes, heap: usedSize, wasm };
}

async function openBoth(/** @type {Sides} */ sides, /** @type {number} */ n) {
  const opened = async (/** @type {Side} */ side) => {
    const page = await open(side);
    // What comes first is also compiled.
    await draw(page, n);
    await settle(page, side);
    await page.evaluate(() => window.__bench.update());
    await settle(page, side);
    return { page, taken: await workMeter(page) };
  };
  return { page: await opened(sides.page), floor: await opened(sides.floor) };
}

async function closeBoth(/** @type {Record<string, { page: Page }>} */ opened) {
  for (const { page } of Object.values(opened)) await page.context().close();
}

/**
 * The medians of both sides.
 * @template {string} Name
 * @param {(side: "page" | "floor", run: number) => Promise<Record<Name, number>>} measure
 */
async function inTurns(measure) {
  /** @type {Record<"page" | "floor", Record<Name, number>[]>} */
  const found = { page: [], floor: [] };
  for (let run = 0; run < RUNS; run++) {
    for (const side of SIDES) found[side].push(await measure(side, run));
  }
  return { page: medians(found.page), floor: medians(found.floor) };
}

/**
 * @template {string} Name
 * @param {Record<Name, number>[]} found
 */
export function medians(found) {
  const names = /** @type {Name[]} */ (Object.keys(found[0] ?? {}));
  const median = (/** @type {Name} */ name) => {
    const sorted = found.map((one) => one[name]).sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? NaN;
  };
  const pairs = names.map((name) => [name, median(name)]);
  return /** @type {Record<Name, number>} */ (Object.fromEntries(pairs));
}

// The functions below run in the page.

/** Records when the first bar has been painted. */
function noteFirst(/** @type {string} */ bar) {
  const look = () => {
    if (!document.querySelector(bar)) return requestAnimationFrame(look);
    // A message posted in a frame arrives after the frame is painted.
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => (window.firstBar = performance.now());
    return port2.postMessage(null);
  };
  requestAnimationFrame(look);
}

/** Keeps a reference to the memory of the WebAssembly. */
function noteMemory() {
  const { Instance, instantiate } = WebAssembly;
  WebAssembly.instantiate = /** @type {typeof instantiate} */ (
    async (/** @type {WebAssembly.Module} */ source, /** @type {WebAssembly.Imports} */ imports) => {
      const made = await instantiate(source, imports);
      if (made instanceof Instance && made.exports.memory instanceof WebAssembly.Memory) {
        window.wasmMemory = made.exports.memory;
      }
      return made;
    }
  );
}

/** Scrolls down the rows, about 6,000 pixels per second. */
async function scroll() {
  const { scrollTarget } = window.__bench;
  const frame = () => new Promise(requestAnimationFrame);
  const frames = [];
  let longest = 0;
  const note = (/** @type {PerformanceEntryList} */ entries) => {
    for (const { duration } of entries) longest = Math.max(longest, duration);
  };
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  observer.observe({ type: "longtask" });
  let last = await frame();
  for (let count = 0; count < 120; count++) {
    scrollTarget.scrollTop += 97;
    const now = await frame();
    frames.push(now - last);
    last = now;
  }
  await frame();
  note(observer.takeRecords());
  observer.disconnect();
  frames.sort((a, b) => a - b);
  return { p95: frames[Math.floor(frames.length * 0.95)] ?? NaN, longest };
}
