// Says what of the wasm runs for usual texts, as numbers of stretches of code, one in a line:
//
//     node web/embed/usual.mjs WASM_FOLDER
//
// Usual are the examples and the texts of the corpus, but for what is rare: drawn in every way, and walked
// through by keys. That is as much as fits what an element may weigh. What readers do later, such as
// flipping a checkbox, takes a moment more the first time.

import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { ran } from "../ran.mjs";
import { usualTexts } from "../usual-texts.mjs";

/** Each asks for many functions of its own. */
const RARE = [
  "08-flat-schema-v1.yaml",
  "09-filters.yaml",
  "10-gitops-clusters.yaml",
  "12-matrix-service-environment.yaml",
  "13-repeat-and-parallelism.yaml",
  "18-entities-after-the-pipeline.yaml",
  "20-flow-style.yaml",
];
/** Writers show a part of a pipeline, too. */
const PARTS = ["stages:\n  - stage: ", "- stage: ", "stage: "].map(
  (start) => `${start}{name: Ask, identifier: ask, type: Approval}\n`,
);
const OPTIONS = [
  ["theme", "dark"],
  ["height", "420"],
  ["view", "lanes"],
  ["view", "services"],
  ["view", "targets"],
  ["color", "environment"],
  ["color", "status"],
  ["duration", "5m"],
  ["durations", "web=4m, api=90s"],
];
const KEYS = ["ArrowDown", "ArrowUp", "ArrowRight", "ArrowLeft", "End", "Home"];
/** Pixels. */
const WIDTHS = [320, 800];
const HEIGHT = 600;

const folder = resolve(process.argv[2] ?? "");
const { Plan, initSync, styleSheet } = await import(pathToFileURL(join(folder, "deployline.js")).href);
const wasm = initSync({ module: await readFile(join(folder, "watched.wasm")) });
styleSheet();
for (const text of [...PARTS, ...(await usualTexts(RARE))]) {
  show(text, []);
  show(text, OPTIONS);
}
console.log(ran(wasm).join("\n"));

/** What an element does, of which attributes may be there at once or come later. */
function show(text, options) {
  const plan = new Plan();
  for (const option of options) plan.set(...option);
  plan.setText(text);
  look(plan);
  for (const option of OPTIONS) {
    plan.set(...option);
    look(plan);
  }
  plan.free();
}

function look(plan) {
  plan.facts();
  plan.notes();
  void plan.text;
  for (const width of WIDTHS) {
    plan.axis(width);
    plan.rows(width, 0, HEIGHT);
    plan.height(width);
  }
  let bar = plan.neighbour(undefined, "Home");
  for (const key of KEYS) {
    if (!bar) break;
    plan.describe(bar);
    plan.placeOf(bar, WIDTHS[0]);
    bar = plan.neighbour(bar, key) ?? bar;
  }
}
