// The picture: its visible part, the active bar, and the tooltip beside it.

import type { Plan } from "deployline-wasm";
import { element, svg } from "./markup";

const KEYS = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"];
/** Distance of the tooltip from the pointer or the bar, in pixels. */
const GAP_PX = 14;
/** Least share of the picture in the element's height. */
const LEAST_PART = "60%";
/** Height that is drawn for paper, where nothing scrolls. */
const PAPER_PX = 10_000;

export class Picture {
  readonly node = element("div", { class: "dl-picture", tabindex: "0" });
  readonly tooltip = element("div", { class: "dl-tooltip", role: "tooltip", popover: "manual", hidden: "" });
  #plan: Plan | null = null;
  #rows = element("div", { class: "dl-rows", role: "presentation" });
  #axis = element("div", { class: "dl-axis", "aria-hidden": "true" });
  #active: string | null = null;
  /** Extent and width of the rows that are drawn, in pixels. */
  #drawn = { from: 0, to: 0, width: 0 };
  #isDrawPending = false;
  #isForPaper = false;
  #sizes = new ResizeObserver(() => this.#drawSoon());
  /** Listeners of the window while the picture is in the page. */
  #windowListeners: [string, () => void][] = [
    ["scroll", () => this.#onScroll()],
    ["beforeprint", () => this.#drawForPaper(true)],
    ["afterprint", () => this.#drawForPaper(false)],
  ];

  constructor() {
    this.node.append(this.#axis, this.#rows);
    this.node.addEventListener("scroll", () => (this.#drawSoon(), this.#onScroll()), { passive: true });
    this.node.addEventListener("keydown", (event) => this.#onKey(event));
    this.node.addEventListener("focus", () => this.#showTooltipBesideBar());
    this.node.addEventListener("blur", () => this.#hideTooltip());
    this.node.addEventListener("pointermove", (event) => this.#onPointerMove(event));
    this.node.addEventListener("pointerleave", () => this.#hideTooltip());
    this.node.addEventListener("click", (event) => this.#onClick(event));
  }

  watch(): void {
    this.#sizes.observe(this.node);
    for (const [type, listener] of this.#windowListeners) addEventListener(type, listener, { capture: true, passive: true });
  }

  unwatch(): void {
    this.#sizes.disconnect();
    for (const [type, listener] of this.#windowListeners) removeEventListener(type, listener, { capture: true });
    this.#hideTooltip();
  }

  /** Another plan, or the same one arranged in another way. */
  show(plan: Plan, name: string): void {
    this.#plan = plan;
    this.node.setAttribute("aria-label", name);
    if (this.#active && !describe(plan, this.#active)) this.#active = null;
    this.#hideTooltip();
    // Nothing of the plan before may stand for this one, should it be out of sight now.
    this.#drawn = { from: 0, to: 0, width: 0 };
    this.#draw();
  }

  #drawSoon(): void {
    if (this.#isDrawPending) return;
    this.#isDrawPending = true;
    requestAnimationFrame(() => {
      this.#isDrawPending = false;
      this.#draw();
    });
  }

  #drawForPaper(isForPaper: boolean): void {
    this.#isForPaper = isForPaper;
    this.#hideTooltip();
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
    this.#rows.replaceChildren(rows);
    const height = plan.height(width);
    // Whatever else there is to say: most of the element is the picture's, if it needs it.
    const needed = this.#axis.offsetHeight + height;
    this.node.style.setProperty("min-height", `min(${needed}px, ${LEAST_PART})`);
    // The bottom of the picture is as good as any height below it.
    this.#drawn = { from, to: to >= height ? Infinity : to, width };
    const hasBars = rows.querySelector("[data-at]") !== null;
    this.node.setAttribute("role", hasBars ? "listbox" : "group");
    this.#markActive();
    // What was drawn may have made the box higher.
    if (this.node.clientHeight > visible + 1) this.#drawSoon();
  }

  #onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !this.#plan) return;
    if (event.key === "Escape") {
      this.#hideTooltip();
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
    const extent = plan.barExtent(at, this.node.clientWidth);
    if (extent) {
      const [top = 0, height = 0] = extent;
      const { scrollTop, clientHeight } = this.node;
      const room = clientHeight - this.#axis.offsetHeight;
      if (top < scrollTop) this.node.scrollTop = top - height;
      if (top + height > scrollTop + room) this.node.scrollTop = top + 2 * height - room;
    }
    this.#draw();
    this.#markActive();
    this.#showTooltipBesideBar();
  }

  #activeBar(): Element | null {
    return this.#active ? this.#rows.querySelector(`[data-at="${this.#active}"]`) : null;
  }

  /** Ids hold within the shadow root, and only one bar has one. */
  #markActive(): void {
    this.#rows.querySelector("#active")?.removeAttribute("id");
    this.#rows.querySelector('[aria-selected="true"]')?.setAttribute("aria-selected", "false");
    const bar = this.#activeBar();
    bar?.setAttribute("id", "active");
    bar?.setAttribute("aria-selected", "true");
    if (bar) this.node.setAttribute("aria-activedescendant", "active");
    else this.node.removeAttribute("aria-activedescendant");
  }

  #onPointerMove(event: PointerEvent): void {
    const at = deploymentAt(event);
    if (at) this.#showTooltip(at, event.clientX, event.clientY);
    else this.#hideTooltip();
  }

  #onClick(event: MouseEvent): void {
    this.#activate(deploymentAt(event));
  }

  /** The bar may have moved away from its tooltip. */
  #onScroll(): void {
    if (this.tooltip.hidden) return;
    this.#hideTooltip();
    if (this.node.matches(":focus-visible")) this.#showTooltipBesideBar();
  }

  #showTooltipBesideBar(): void {
    if (!this.node.matches(":focus")) return;
    const box = this.#activeBar()?.querySelector(".dl-shape")?.getBoundingClientRect();
    const { top, bottom } = this.node.getBoundingClientRect();
    const isInSight = box && box.bottom > top && box.top < bottom;
    if (isInSight && this.#active) this.#showTooltip(this.#active, Math.max(box.left, 0), box.bottom - GAP_PX / 2);
  }

  #showTooltip(at: string, x: number, y: number): void {
    const lines = (this.#plan && describe(this.#plan, at))?.split("\n");
    if (!lines || !this.tooltip.isConnected) return this.#hideTooltip();
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

  #hideTooltip(): void {
    if (this.tooltip.hidden) return;
    // Taken out of the page, it is closed already.
    if (this.tooltip.isConnected) this.tooltip.hidePopover?.();
    this.tooltip.hidden = true;
  }
}

function describe(plan: Plan, at: string): string | undefined {
  return plan.describe(at);
}

function deploymentAt(event: Event): string | null {
  const bar = event.target instanceof Element ? event.target.closest("[data-at]") : null;
  return bar?.getAttribute("data-at") ?? null;
}
