// The floor: the same rectangles and names by plain calls, from numbers that are ready, with no
// YAML, no plan and no framework. What the page takes more is the price of all it does beyond that.

const ROW = 24;
const LEFT = 140;
const scroller = document.getElementById("scroller");
const painted = () =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

let count = 0;
let services = 1;
let durations = new Float64Array(0);
let starts = new Float64Array(0);
let limit = 1;
let end = 1;

window.__bench = {
  async render(n) {
    count = n;
    services = Math.floor(Math.sqrt(n));
    while (n % services !== 0) services -= 1;
    let seed = 1;
    durations = Float64Array.from({ length: n }, () => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return 20 + (seed / 2147483648) * 80;
    });
    starts = new Float64Array(n);
    limit = services;
    run();
    draw();
    await painted();
  },

  async update() {
    limit = limit === 1 ? services : 1;
    run();
    draw();
    await painted();
  },

  scrollTarget: scroller,
};

/** When each starts, if the next one takes the slot that is free first. */
function run() {
  const slots = new Float64Array(limit);
  end = 0;
  for (let index = 0; index < count; index++) {
    starts[index] = slots[0];
    const next = starts[index] + durations[index];
    if (next > end) end = next;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child + 1 < limit && slots[child + 1] < slots[child]) child += 1;
      if (child >= limit || slots[child] >= next) break;
      slots[at] = slots[child];
      at = child;
    }
    slots[at] = next;
  }
}

/** The rows that are in sight. */
function draw() {
  const width = scroller.clientWidth;
  const scale = (width - LEFT) / end;
  const first = Math.floor(scroller.scrollTop / ROW);
  const last = Math.min(count, first + Math.ceil(scroller.clientHeight / ROW) + 1);
  const svg = element("svg", { width, height: count * ROW });
  for (let index = first; index < last; index++) {
    const [x, y] = [LEFT + starts[index] * scale, index * ROW];
    const name = `service_${(index % services) + 1} → infra_${Math.floor(index / services) + 1}`;
    svg.append(
      element("text", { x: 0, y: y + 16 }, `${index + 1} ${name}`),
      element("rect", {
        class: "bar",
        x,
        y: y + 3,
        width: Math.max(3, durations[index] * scale),
        height: 18,
        rx: 3,
      }),
    );
  }
  scroller.replaceChildren(svg);
}

function element(name, attributes, text) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text) made.textContent = text;
  return made;
}

scroller.addEventListener("scroll", draw);
await window.__bench.render(8);
