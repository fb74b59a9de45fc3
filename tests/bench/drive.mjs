// Measures the release page in headless Chromium beside the floor, in the same run:
//
//     DEPLOYLINE_CHROMIUM=/usr/bin/chromium node tests/bench/drive.mjs
//
// Prints medians, and beside them what they may be. A time says as much about the machine as about
// the page: what misses its target is named, and is no failure.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";

const RUNS = 5;
const SIZES = [8, 100, 1_000, 10_000, 100_000];
/** How many times as long as the floor something may take, by size. */
const TARGETS = {
  "cold navigation to first chart": { 8: 1.5 },
  "update after a flag": { 1_000: 1.5, 10_000: 2, 100_000: 4 },
  "render from text": { 10_000: 3, 100_000: 8 },
};
const POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; " +
  "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'";

const root = fileURLToPath(new URL("../..", import.meta.url));
const servers = [];
const browser = await chromium.launch({
  executablePath: process.env.DEPLOYLINE_CHROMIUM ?? "/usr/bin/chromium",
  args: [
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
try {
  const sides = {
    page: { url: `${await serve("dist")}?bench`, bar: ".dl-bar" },
    floor: { url: `${await serve("tests/bench")}floor.html`, bar: ".bar" },
  };
  await measure(sides);
} finally {
  await browser.close();
  servers.forEach((server) => server.kill());
}

async function serve(folder) {
  const server = spawn("node", ["tests/e2e/server.mjs", "--csp", POLICY, folder], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  servers.push(server);
  const [address] = await once(server.stdout, "data");
  return String(address).trim();
}

async function measure(sides) {
  print("measure", "deployments", "page", "floor", "ratio", "at most");
  await compare("cold navigation to first chart", 8, sides, navigation, { isFresh: true });
  for (const size of SIZES) {
    await compare("render from text", size, sides, (page) => timed(page, "render", size));
  }
  for (const size of SIZES) {
    const prepare = (page) => page.evaluate((n) => window.__bench.render(n), size);
    await compare("update after a flag", size, sides, (page) => timed(page, "update"), { prepare });
  }
  await typing(sides.page);
  await scrolling(sides);
  await weight(sides.page);
}

/** Medians of both sides, taken in turns. */
async function compare(name, size, sides, measure, { prepare, isFresh } = {}) {
  const times = { page: [], floor: [] };
  const pages = {};
  for (const side of Object.keys(sides)) {
    if (isFresh) continue;
    pages[side] = await open(sides[side]);
    await prepare?.(pages[side]);
    // The first one also compiles what it runs.
    await measure(pages[side]);
  }
  for (let run = 0; run < RUNS; run++) {
    for (const side of Object.keys(sides)) {
      times[side].push(await measure(pages[side], sides[side]));
    }
  }
  for (const page of Object.values(pages)) await page.context().close();
  const [page, floor] = [median(times.page), median(times.floor)];
  const most = TARGETS[name]?.[size];
  const ratio = page / floor;
  print(name, size, ms(page), ms(floor), ratio.toFixed(2), most && verdict(ratio <= most, most));
  if (name === "update after a flag" && size === 10_000) {
    print("  within two frames", size, ms(page), "", "", verdict(page <= 33.4, "33.4 ms"));
  }
}

async function open({ url, bar }) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForFunction(() => window.__bench);
  await page.locator(bar).first().waitFor();
  if (url.endsWith("?bench")) await page.locator(".cm-content").waitFor();
  return page;
}

/** From asking for the page to its first bar on the screen. */
async function navigation(_, { url, bar }) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript((bar) => {
    const look = () => {
      if (document.querySelector(bar)) window.__firstBar = performance.now();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  }, bar);
  await page.goto(url);
  await page.waitForFunction(() => window.__firstBar);
  const time = await page.evaluate(() => window.__firstBar);
  await context.close();
  return time;
}

function timed(page, name, ...values) {
  return page.evaluate(
    async ([name, values]) => {
      // What the last one left to do is not counted.
      await new Promise((resolve) => setTimeout(resolve, 400));
      const start = performance.now();
      await window.__bench[name](...values);
      return performance.now() - start;
    },
    [name, values],
  );
}

/** Work of the main thread per key, all that a key causes and nothing else. */
async function typing(side) {
  const KEYS = 20;
  const page = await open(side);
  await page.evaluate(() => window.__bench.render(10_000));
  await page.evaluate(() => window.__bench.type("x"));
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const work = async (action) => {
    const taken = async () => {
      const { metrics } = await session.send("Performance.getMetrics");
      return metrics.find(({ name }) => name === "TaskDuration")?.value ?? NaN;
    };
    await page.waitForTimeout(1_000);
    const before = await taken();
    await action();
    await page.waitForTimeout(1_000);
    return ((await taken()) - before) * 1_000;
  };
  const times = [];
  for (let run = 0; run < RUNS; run++) {
    const idle = await work(() => page.waitForTimeout(KEYS * 60));
    const typed = await work(() => page.keyboard.type("x".repeat(KEYS), { delay: 60 }));
    times.push((typed - idle) / KEYS);
  }
  await page.context().close();
  const time = median(times);
  print("work of the main thread per key", 10_000, ms(time), "", "", verdict(time < 8, "8 ms"));
}

async function scrolling(sides) {
  const found = {};
  for (const [name, side] of Object.entries(sides)) {
    const page = await open(side);
    await page.evaluate(() => window.__bench.render(100_000));
    await page.waitForTimeout(1_000);
    const runs = [];
    for (let run = 0; run < RUNS; run++) runs.push(await page.evaluate(scroll));
    found[name] = {
      p95: median(runs.map(({ p95 }) => p95)),
      long: Math.max(...runs.map(({ long }) => long)),
    };
    await page.context().close();
  }
  const { page, floor } = found;
  const most = floor.p95 + 2;
  const frames = verdict(page.p95 <= most, ms(most));
  print("scrolling, 95 % of the frames", 100_000, ms(page.p95), ms(floor.p95), "", frames);
  print("scrolling, longest task", 100_000, ms(page.long), ms(floor.long), "", verdict(page.long <= 50, "50 ms"));
}

async function scroll() {
  const element = window.__bench.scrollTarget;
  const times = [];
  let long = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) long = Math.max(long, entry.duration);
  });
  observer.observe({ type: "longtask" });
  element.scrollTop = 0;
  let last = await new Promise(requestAnimationFrame);
  for (let frame = 0; frame < 120; frame++) {
    element.scrollTop += 97;
    const now = await new Promise(requestAnimationFrame);
    times.push(now - last);
    last = now;
  }
  await new Promise((resolve) => setTimeout(resolve, 100));
  observer.disconnect();
  times.sort((a, b) => a - b);
  return { p95: times[Math.floor(times.length * 0.95)], long };
}

/** Nodes and heap. */
async function weight(side) {
  const found = {};
  for (const size of [1_000, 100_000]) {
    const page = await open(side);
    await page.evaluate((n) => window.__bench.render(n), size);
    await page.waitForTimeout(1_000);
    const session = await page.context().newCDPSession(page);
    await session.send("HeapProfiler.collectGarbage");
    const { jsHeapSizeUsed } = await page.evaluate(() => ({
      jsHeapSizeUsed: performance.memory?.usedJSHeapSize ?? NaN,
    }));
    const nodes = await page.evaluate(() => {
      const all = [...document.querySelectorAll("*")];
      const roots = [document, ...all.flatMap((element) => element.shadowRoot ?? [])];
      return roots.reduce((sum, root) => sum + root.querySelectorAll("*").length, 0);
    });
    found[size] = { nodes, heap: jsHeapSizeUsed / 1e6 };
    await page.context().close();
  }
  const [few, many] = [found[1_000], found[100_000]];
  const most = Math.floor(few.nodes * 1.1);
  print("nodes", 1_000, few.nodes);
  print("nodes", 100_000, many.nodes, "", "", verdict(many.nodes <= most, most));
  print("heap of JavaScript, MB", 1_000, few.heap.toFixed(1));
  print("heap of JavaScript, MB", 100_000, many.heap.toFixed(1));
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function ms(time) {
  return `${time.toFixed(1)} ms`;
}

function verdict(isMet, most) {
  return `${most} ${isMet ? "met" : "MISSED"}`;
}

function print(name, size, ...cells) {
  const number = typeof size === "number" ? size.toLocaleString("en") : size;
  const columns = cells.map((cell) => String(cell ?? "").padStart(10)).join("  ");
  console.log(`${name.padEnd(34)}${number.padStart(12)}  ${columns}`.trimEnd());
}
