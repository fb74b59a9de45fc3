// The floor of the benchmark: draws the visible bars and labels by plain DOM calls, from random numbers.
// It has no YAML, no plan, no framework, and nothing beside the picture. The difference to the page is what
// these cost.

const ROW = 24;
const AXIS = 30;
const NUMBER_RIGHT = 56;
const NAME_LEFT = 64;
const LEFT = 220;
const COLORS = 5;

const scroller = /** @type {HTMLElement} */ (document.getElementById("scroller"));
const axis = element("svg", { class: "axis", height: AXIS });
const rows = element("svg", {});
scroller.append(axis, rows);
/** The plain text field that is typed into; added at the first key. */
const field = document.createElement("textarea");

let count = 0;
let services = 1;
let durations = new Float64Array(0);
let starts = new Float64Array(0);
let limit = 1;
let end = 1;
let view = { width: 0, height: 0, top: 0 };
/** Places of the time labels, as shares of the whole time. */
const ticks = Array.from({ length: 8 }, (_, index) => index / 8);

window.__bench = {
  async render(n) {
    count = n;
    services = Math.floor(Math.sqrt(n));
    while (n % services !== 0) services -= 1;
    const random = randomNumbers();
    durations = Float64Array.from({ length: n }, () => 20 + 80 * random());
    starts = new Float64Array(n);
    limit = services;
    run();
    drawAll();
    await painted();
  },

  async update() {
    limit = limit === 1 ? services : 1;
    run();
    drawAll();
    await painted();
  },

  async type(char) {
    if (!field.isConnected) {
      field.value = "              - serviceRef: service_1\n".repeat(services + count / services);
      scroller.before(field);
    }
    field.focus();
    document.execCommand("insertText", false, char);
    await painted();
  },

  scrollTarget: scroller,
};

scroller.addEventListener("scroll", () => {
  view.top = scroller.scrollTop;
  drawRows();
});
await window.__bench.render(8);

/** Computes the starts: in order, each as soon as one of the slots is free. */
function run() {
  // A binary heap, with the slot that is free first at its top.
  const slots = new Float64Array(limit);
  const freeAt = (/** @type {number} */ slot) => slots[slot] ?? Infinity;
  end = 0;
  for (let index = 0; index < count; index++) {
    const start = freeAt(0);
    const next = start + (durations[index] ?? 0);
    starts[index] = start;
    end = Math.max(end, next);
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (freeAt(child + 1) < freeAt(child)) child += 1;
      if (freeAt(child) >= next) break;
      slots[at] = freeAt(child);
      at = child;
    }
    slots[at] = next;
  }
}

function drawAll() {
  // Sizes are read before anything is written, else the page would be laid out twice.
  view = { width: scroller.clientWidth, height: scroller.clientHeight, top: scroller.scrollTop };
  axis.replaceChildren(
    ...ticks.map((share) =>
      element("text", { class: "tick", x: x(share * end), y: 19 }, `${Math.round(share * end)}s`),
    ),
  );
  rows.setAttribute("height", `${count * ROW}`);
  drawRows();
}

/** Draws the visible rows, and the grid behind them. */
function drawRows() {
  const first = Math.floor(view.top / ROW);
  const last = Math.min(count, first + Math.ceil(view.height / ROW) + 1);
  const drawn = ticks.map((share) => {
    const d = `M${x(share * end)} ${first * ROW}V${last * ROW}`;
    return element("path", { class: "grid", d });
  });
  for (let index = first; index < last; index++) drawn.push(...row(index));
  rows.replaceChildren(...drawn);
}

function row(/** @type {number} */ index) {
  const [start, duration] = [starts[index] ?? 0, durations[index] ?? 0];
  const [service, place] = [index % services, Math.floor(index / services)];
  const bar = {
    class: `bar c${service % COLORS}`,
    x: x(start),
    y: index * ROW + 3,
    width: Math.max(3, x(start + duration) - x(start)),
    height: 18,
    rx: 3,
  };
  const y = index * ROW + 16;
  return [
    element("rect", bar),
    element("text", { class: "number", x: NUMBER_RIGHT, y }, `${index + 1}`),
    element("text", { x: NAME_LEFT, y }, `service_${service + 1} → infra_${place + 1}`),
  ];
}

function x(/** @type {number} */ time) {
  return LEFT + ((view.width - LEFT - 16) * time) / end;
}

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 */
function element(name, attributes, text = "") {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, `${value}`);
  if (text) made.textContent = text;
  return made;
}

/** Returns a generator of numbers from 0 to 1, the same in each run. */
function randomNumbers() {
  let seed = 1;
  return () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed / 2 ** 31;
  };
}

function painted() {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}
