// Measures the release page and the floor (floor.js) in headless Chromium, in the same run:
//
//     cargo xtask bench page
//
// Times depend on the machine, so a missed target is printed but does not fail the run.

import { ACTION_NAMES, SLOW_4G, loading } from "./loading.mjs";
import { medians, navigation, render, scrolling, typing, update, weight, withSteps } from "./measures.mjs";
import { printHead, printRow } from "./report.mjs";
import { serve, stopServers } from "./serve.mjs";
import { FRAME, close } from "./side.mjs";

/** @typedef {import("./report.mjs").Target} Target */
/** @typedef {import("./measures.mjs").Sides} Sides */

const SIZES = [8, 256, 1_000, 10_000, 100_000];
/** Runs of each first action while loading. */
const LOADING_RUNS = 5;
/** @type {Record<number, Target>} */
const RENDER_TARGETS = { 10_000: { timesFloor: 3 }, 100_000: { timesFloor: 8 } };
/** For the main thread's part of an update. */
const UPDATE_TARGET = { timesFloor: 2, plus: 5 };
/** Steps in each bar, where they are drawn. */
const STEPS = 12;
/** Milliseconds from key to key: of a fast and of a slow typist. */
const PACES = [60, 200];

try {
  const [page, floor] = [await serve("dist"), await serve("tests/bench")];
  await measure({
    page: { address: `${page}?bench`, bar: ".dl-bar", quiet: 1_100 },
    floor: { address: `${floor}floor.html`, bar: ".bar", quiet: 200 },
  });
} finally {
  await close();
  stopServers();
}

async function measure(/** @type {Sides} */ sides) {
  printHead();
  const cold = await navigation(sides);
  const target = { timesFloor: 1.5 };
  print("first picture", 8, cold.page.first, cold.floor.first, target);
  await loadingTimes(sides.page, cold.floor.first);
  for (const n of SIZES) {
    painted("render from text", n, await render(sides, n), RENDER_TARGETS[n]);
  }
  for (const n of SIZES) {
    const found = await update(sides, n);
    print("update", n, found.page.time, found.floor.time);
    print("  of it on the main thread", n, found.page.work, found.floor.work, UPDATE_TARGET);
    if (n === 10_000) {
      print("  inside two frames", n, found.page.time, undefined, { most: 2 * FRAME });
    }
  }
  const stepped = await withSteps(sides.page, 256, STEPS);
  print(`update, ${STEPS} steps in each bar`, 256, stepped.time, undefined, { most: 2 * FRAME });
  print("  of it on the main thread", 256, stepped.work);
  print(`scrolling, ${STEPS} steps in each bar`, 256, stepped.p95, undefined, { most: FRAME + 2 });
  for (const pace of PACES) {
    const { page, floor } = await typing(sides, 10_000, pace);
    print(`typing, ${pace} ms a key: main thread`, 10_000, page.key, floor.key, { most: 8 });
    print("  of the pause after it", 10_000, page.pause, floor.pause);
  }
  const { page, floor } = await scrolling(sides, 100_000);
  print("scrolling, 95 % of frames", 100_000, page.p95, floor.p95, { aboveFloor: 2 });
  print("scrolling, longest task", 100_000, page.longest, floor.longest, { most: 50 });
  const [few, many] = [await weight(sides.page, 1_000), await weight(sides.page, 100_000)];
  printRow({ measure: "nodes", n: 1_000, unit: "", page: few.nodes });
  const most = Math.floor(few.nodes * 1.1);
  printRow({ measure: "nodes", n: 100_000, unit: "", page: many.nodes, target: { most } });
  for (const [n, { heap, wasm }] of /** @type {const} */ ([[1_000, few], [100_000, many]])) {
    printRow({ measure: "heap of JavaScript", n, unit: "MB", page: heap / 1e6 });
    printRow({ measure: "memory of WebAssembly", n, unit: "MB", page: wasm / 1e6 });
  }
}

/**
 * Prints when the page is alive, and how long a first action takes at that moment, on the network of this
 * machine and on a slow one.
 * @param {import("./side.mjs").Side} side
 * @param {number} floor milliseconds until the floor's first picture
 */
async function loadingTimes(side, floor) {
  for (const network of [null, SLOW_4G]) {
    const suffix = network ? `, ${network.name}` : "";
    for (const action of ACTION_NAMES) {
      const found = [];
      for (let run = 0; run < LOADING_RUNS; run++) found.push(await loading(side, network, action));
      const { first, alive, action: time } = medians(found);
      if (action === ACTION_NAMES[0]) {
        if (network) print(`first picture${suffix}`, 8, first, undefined, { most: 700 });
        /** @type {Target} */
        const target = network ? { most: 3_300 } : { timesFloor: 2.5 };
        print(`alive${suffix}`, 8, alive, floor, target);
      }
      print(`  first action, ${action}${suffix}`, 8, time, undefined, { most: 200 });
    }
  }
}

/**
 * @param {string} measure
 * @param {number} n
 * @param {Record<"page" | "floor", { time: number, work: number }>} found
 * @param {Target} [target]
 */
function painted(measure, n, { page, floor }, target) {
  print(measure, n, page.time, floor.time, target);
  print("  of it on the main thread", n, page.work, floor.work);
}

/**
 * @param {string} measure
 * @param {number} n
 * @param {number} page milliseconds
 * @param {number} [floor] milliseconds
 * @param {Target} [target]
 */
function print(measure, n, page, floor, target) {
  const row = { measure, n, unit: "ms", page };
  printRow({ ...row, ...(floor !== undefined && { floor }), ...(target && { target }) });
}
