// Prints the table of measures and their targets.

/**
 * The upper limit of a figure: `timesFloor` times the floor's and `plus`, the floor's and `aboveFloor`, or
 * `most`.
 * @typedef {{ timesFloor: number, plus?: number } | { aboveFloor: number } | { most: number }} Target
 */

/**
 * A row of the table.
 * @typedef {{ measure: string, n: number, unit: string, page: number, floor?: number, target?: Target }} Row
 */

export function printHead() {
  print(["median of", "n", "page", "floor", "ratio", "at most", ""]);
}

export function printRow(/** @type {Row} */ { measure, n, unit, page, floor, target }) {
  const found = [page, floor].map((value) => (value === undefined ? "" : format(value, unit)));
  const ratio = floor && unit === "ms" ? (page / floor).toFixed(2) : "";
  const most = target ? mostOf(target, floor ?? NaN) : NaN;
  const words = target ? describe(target, unit) : "";
  const verdict = target ? (page <= most ? "met" : "MISSED") : "";
  print([measure, n.toLocaleString("en"), ...found, ratio, words, verdict]);
}

/**
 * @param {Target} target
 * @param {number} floor
 */
function mostOf(target, floor) {
  if ("timesFloor" in target) return target.timesFloor * floor + (target.plus ?? 0);
  return "aboveFloor" in target ? floor + target.aboveFloor : target.most;
}

/**
 * @param {Target} target
 * @param {string} unit
 */
function describe(target, unit) {
  if ("timesFloor" in target) {
    const { timesFloor, plus } = target;
    return `${timesFloor} × floor${plus ? ` + ${plus}` : ""}`;
  }
  if ("aboveFloor" in target) return `floor + ${target.aboveFloor} ${unit}`;
  return format(target.most, unit);
}

/**
 * @param {number} value
 * @param {string} unit
 */
function format(value, unit) {
  const digits = unit === "" ? 0 : 1;
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return `${value.toLocaleString("en", options)} ${unit}`.trim();
}

function print(/** @type {string[]} */ [measure = "", ...cells]) {
  const widths = [8, 12, 12, 6, 16, 7];
  const columns = cells.map((cell, column) => cell.padStart(widths[column] ?? 0));
  console.log(`${measure.padEnd(40)}${columns.join("")}`.trimEnd());
}
