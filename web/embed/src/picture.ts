// The picture: what is in sight of it, which bar is active, and the note beside it.

import type { Plan } from "deployline-wasm";
import { element, svg } from "./markup";

const KEYS = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"];
/** The distance of a note from the pointer or the bar, in pixels. */
const GAP_PX = 14;
/** Of the element's height. */
const LEAST_PART = "60%";
/** What is drawn for paper, where nothing scrolls. */
const PAPER_PX = 10_000;

export class Picture {
  readonly node = element("div", { class: "dl-picture", tabindex: "0" });
  readonly tooltip = element("div", { class: "dl-tooltip", role: "tooltip", popover: "manual", hidden: "" });
  #plan: Plan | null = null;
  #rows = element("div", { class: "dl-rows", role: "presentation" });
  #axis = element("div", { class: "dl-axis", "aria-hidden": "true" });
  #active: string | null = null;
  /** What is drawn: from where to where, and how wide; in pixels. */
  #drawn = { from: 0, to: 0, width: 0 };
  #waits = false;
  #isForPaper = false;
  #sizes = new ResizeObserver(() => this.#soon());
  /** What is heard of the window while the picture is in the page. */
  #heard: [string, () => void][] = [
    ["scroll", () => this.#moved()],
    ["beforeprint", () => this.#forPaper(true)],
    ["afterprint", () => this.#forPaper(false)],
  ];

  constructor() {
    this.node.append(this.#axis, this.#rows);
    this.node.addEventListener("scroll", () => (this.#soon(), this.#moved()), { passive: true });
    this.node.addEventListener("keydown", (event) => this.#key(event));
    this.node.addEventListener("focus", () => this.#noteBesideBar());
    this.node.addEventListener("blur", () => this.#hide());
    this.node.addEventListener("pointermove", (event) => this.#point(event));
    this.node.addEventListener("pointerleave", () => this.#hide());
    this.node.addEventListener("click", (event) => this.#click(event));
  }

  watch(): void {
    this.#sizes.observe(this.node);
    for (const [type, hear] of this.#heard) addEventListener(type, hear, { capture: true, passive: true });
  }

  unwatch(): void {
    this.#sizes.disconnect();
    for (const [type, hear] of this.#heard) removeEventListener(type, hear, { capture: true });
    this.#hide();
  }

  /** Another plan, or the same one arranged in another way. */
  show(plan: Plan, name: string): void {
    this.#plan = plan;
    this.node.setAttribute("aria-label", name);
    if (this.#active && !describe(plan, this.#active)) this.#active = null;
    this.#hide();
    // Nothing of the plan before may stand for this one, should it be out of sight now.
    this.#drawn = { from: 0, to: 0, width: 0 };
    this.#draw();
  }

  #soon(): void {
    if (this.#waits) return;
    this.#waits = true;
    requestAnimationFrame(() => {
      this.#waits = false;
      this.#draw();
    });
  }

  #forPaper(isForPaper: boolean): void {
    this.#isForPaper = isForPaper;
    this.#hide();
    this.#drawn = { from: 0, to: 0, width: 0 };
    this.#draw();
  }

  /** Draws what is in sight and as much above and below, unless that is there. */
  #draw(): void {
    const plan = this.#plan;
    const { clientWidth: width, clientHeight: visible, scrollTop } = this.node;
    if (!plan || width === 0) return;
    const [top, bottom] = this.#isForPaper ? [0, PAPER_PX] : [scrollTop, scrollTop + visible];
    const isSameWidth = width === this.#drawn.width;
    if (isSameWidth && top >= this.#drawn.from && bottom <= this.#drawn.to) return;
    const [from, to] = this.#isForPaper ? [top, bottom] : [Math.max(0, top - visible), bottom + visible];
    if (!isSameWidth) this.#axis.replaceChildren(svg(plan.axis(width)));
    const rows = svg(plan.rows(width, from, to - from));
    rows.setAttribute("role", "presentation");
    const bars = rows.querySelectorAll("[data-at]");
    bars.forEach((bar) => this.#name(plan, bar));
    this.#rows.replaceChildren(rows);
    const height = plan.height(width);
    // Whatever else there is to say: most of the element is the picture's, if it needs it.
    const needed = this.#axis.offsetHeight + height;
    this.node.style.setProperty("min-height", `min(${needed}px, ${LEAST_PART})`);
    // The bottom of the picture is as good as any height below it.
    this.#drawn = { from, to: to >= height ? Infinity : to, width };
    this.node.setAttribute("role", bars.length ? "listbox" : "group");
    this.#mark();
    // What was drawn may have made the box higher.
    if (this.node.clientHeight > visible + 1) this.#soon();
  }

  #name(plan: Plan, bar: Element): void {
    bar.setAttribute("aria-label", (describe(plan, bar.getAttribute("data-at") ?? "") ?? "").replaceAll("\n", ", "));
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !this.#plan) return;
    if (event.key === "Escape") {
      this.#hide();
    } else if (KEYS.includes(event.key)) {
      event.preventDefault();
      const from = this.#active ?? undefined;
      const to = this.#plan.neighbour(from, event.key) ?? null;
      this.#activate(to);
    }
  }

  #activate(at: string | null): void {
    const plan = this.#plan;
    if (!at || !plan) return;
    this.#active = at;
    const place = plan.placeOf(at, this.node.clientWidth);
    if (place) {
      const [top = 0, height = 0] = place;
      const { scrollTop, clientHeight } = this.node;
      const room = clientHeight - this.#axis.offsetHeight;
      if (top < scrollTop) this.node.scrollTop = top - height;
      if (top + height > scrollTop + room) this.node.scrollTop = top + 2 * height - room;
    }
    this.#draw();
    this.#mark();
    this.#noteBesideBar();
  }

  #bar(): Element | null {
    return this.#active ? this.#rows.querySelector(`[data-at="${this.#active}"]`) : null;
  }

  /** Ids hold within the shadow root, and only one bar has one. */
  #mark(): void {
    this.#rows.querySelector("#active")?.removeAttribute("id");
    this.#rows.querySelector('[aria-selected="true"]')?.setAttribute("aria-selected", "false");
    const bar = this.#bar();
    bar?.setAttribute("id", "active");
    bar?.setAttribute("aria-selected", "true");
    if (bar) this.node.setAttribute("aria-activedescendant", "active");
    else this.node.removeAttribute("aria-activedescendant");
  }

  #point(event: PointerEvent): void {
    const at = barAt(event);
    if (at) this.#note(at, event.clientX, event.clientY);
    else this.#hide();
  }

  #click(event: MouseEvent): void {
    this.#activate(barAt(event));
  }

  /** The bar may have moved away from its note. */
  #moved(): void {
    if (this.tooltip.hidden) return;
    this.#hide();
    if (this.node.matches(":focus-visible")) this.#noteBesideBar();
  }

  #noteBesideBar(): void {
    if (!this.node.matches(":focus")) return;
    const box = this.#bar()?.querySelector(".dl-shape")?.getBoundingClientRect();
    const { top, bottom } = this.node.getBoundingClientRect();
    const isInSight = box && box.bottom > top && box.top < bottom;
    if (isInSight && this.#active) this.#note(this.#active, Math.max(box.left, 0), box.bottom - GAP_PX / 2);
  }

  #note(at: string, x: number, y: number): void {
    const lines = (this.#plan && describe(this.#plan, at))?.split("\n");
    if (!lines || !this.tooltip.isConnected) return this.#hide();
    this.tooltip.replaceChildren(...lines.map((line) => element("p", {}, line)));
    if (this.tooltip.hidden) {
      this.tooltip.hidden = false;
      // Above everything, whatever the page around cuts off.
      this.tooltip.showPopover?.();
    }
    const { offsetWidth, offsetHeight } = this.tooltip;
    const fit = (at: number, length: number, most: number) =>
      at + GAP_PX + length <= most ? at + GAP_PX : Math.max(0, at - GAP_PX - length);
    this.tooltip.style.setProperty("left", `${fit(x, offsetWidth, innerWidth)}px`);
    this.tooltip.style.setProperty("top", `${fit(y, offsetHeight, innerHeight)}px`);
  }

  #hide(): void {
    if (this.tooltip.hidden) return;
    // Taken out of the page, it is closed already.
    if (this.tooltip.isConnected) this.tooltip.hidePopover?.();
    this.tooltip.hidden = true;
  }
}

function describe(plan: Plan, at: string): string | undefined {
  return plan.describe(at);
}

function barAt(event: Event): string | null {
  const bar = event.target instanceof Element ? event.target.closest("[data-at]") : null;
  return bar?.getAttribute("data-at") ?? null;
}
