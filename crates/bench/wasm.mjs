// Measures the steps in WebAssembly, in Node:
//
//   node wasm.mjs MODULE CASE_STEP N...   the median of each size, in nanoseconds, a line each
//   node wasm.mjs MODULE memory           bytes of plan and schedule, for each deployment

import { createRequire } from "node:module";

const [modulePath, name, ...sizes] = process.argv.slice(2);
const { Bench } = createRequire(import.meta.url)(modulePath);

const MEMORY_DEPLOYMENTS = 100_000;
const WARM_UP_MS = 1000;
const SAMPLING_MS = 2000;
const MOST_SAMPLES = 100;
const FEWEST_SAMPLES = 5;

if (name === "memory") {
  console.log(bytesHeld(MEMORY_DEPLOYMENTS) / MEMORY_DEPLOYMENTS);
} else {
  for (const size of sizes) console.log(median(samples(Number(size))));
}

/** By how much the module's memory grows, what is only needed on the way included. */
function bytesHeld(n) {
  const bench = named("grid_expand", n);
  bench.prepare();
  const before = Bench.memory().buffer.byteLength;
  bench.run();
  bench.schedule();
  const held = Bench.memory().buffer.byteLength - before;
  bench.free();
  return held;
}

/** Nanoseconds of each run, what comes before the step left out. */
function samples(n) {
  const bench = named(name, n);
  // The engine compiles anew what runs often: that is over before the first sample.
  repeat(WARM_UP_MS, 1, Infinity, () => once(bench));
  const taken = [];
  repeat(SAMPLING_MS, FEWEST_SAMPLES, MOST_SAMPLES, () => taken.push(once(bench)));
  bench.free();
  return taken;
}

function named(name, n) {
  const [caseName, step] = name.split("_");
  const bench = Bench.named(caseName, n, step);
  if (!bench) throw new Error(`there is no ${name}`);
  return bench;
}

function once(bench) {
  bench.prepare();
  const start = process.hrtime.bigint();
  bench.run();
  return Number(process.hrtime.bigint() - start);
}

function repeat(duration_ms, fewest, most, action) {
  const end = performance.now() + duration_ms;
  for (let i = 0; i < most && (i < fewest || performance.now() < end); i++) action();
}

function median(values) {
  values.sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)];
}
