// The picture: draws the part that is in sight, and handles the active bar and its tooltip.

import type { Plan } from "deployline-wasm";
import { element, svg } from "./markup";
import { Tooltip, TOOLTIP_GAP_PX } from "./tooltip";

const KEYS = ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End"];
/** The part of the element's height that the picture gets, if it needs it; in pixels where only its content has one. */
const MIN_PART = "var(--dl-min-rows, 60%)";
/** The height drawn for paper, where nothing scrolls. */
const PAPER_PX = 10_000;

export class Picture {
  readonly node = element("div", { class: "dl-picture", tabindex: "0" });
  #tooltip = new Tooltip();
  #plan: Plan | null = null;
  #rows = element("div", { class: "dl-rows", role: "presentation" });
  #axis = element("div", { class: "dl-axis", "aria-hidden": "true" });
  /** The id of the active bar. */
  #active: string | null = null;
  /** The part that is drawn, in pixels. */
  #drawn = { from: 0, to: 0, width: 0 };
  #isDrawScheduled = false;
  #isForPaper = false;
  #sizeObserver = new ResizeObserver(() => this.#scheduleDraw());
  /** Listeners on the window while the picture is in the page. */
  #windowListeners: [string, () => void][] = [
    ["scroll", () => this.#repositionTooltip()],
    ["beforeprint", () => this.#setForPaper(true)],
    ["afterprint", () => this.#setForPaper(false)],
  ];

  constructor() {
    this.node.append(this.#axis, this.#rows);
    const onScroll = () => (this.#scheduleDraw(), this.#repositionTooltip());
    this.node.addEventListener("scroll", onScroll, { passive: true });
    this.node.addEventListener("keydown", (event) => this.#handleKey(event));
    this.node.addEventListener("focus", () => this.#showTooltipAtActiveBar());
    this.node.addEventListener("blur", () => this.#tooltip.hide());
    this.node.addEventListener("pointermove", (event) => this.#handlePointer(event));
    this.node.addEventListener("pointerleave", () => this.#tooltip.hide());
    this.node.addEventListener("click", (event) => this.#activate(barAt(event)));
  }

  get tooltip(): HTMLElement {
    return this.#tooltip.node;
  }

  watch(): void {
    this.#sizeObserver.observe(this.node);
    const options = { capture: true, passive: true };
    for (const [type, listener] of this.#windowListeners) addEventListener(type, listener, options);
  }

  unwatch(): void {
    this.#sizeObserver.disconnect();
    const options = { capture: true };
    for (const [type, listener] of this.#windowListeners) removeEventListener(type, listener, options);
    this.#tooltip.hide();
  }

  /** Another plan, or the same one arranged in another way. */
  show(plan: Plan, name: string): void {
    this.#plan = plan;
    this.node.setAttribute("aria-label", name);
    if (this.#active && !plan.describe(this.#active)) this.#active = null;
    this.#tooltip.hide();
    this.#redraw();
  }

  #setForPaper(isForPaper: boolean): void {
    this.#isForPaper = isForPaper;
    this.#tooltip.hide();
    this.#redraw();
  }

  #scheduleDraw(): void {
    if (this.#isDrawScheduled) return;
    this.#isDrawScheduled = true;
    requestAnimationFrame(() => {
      this.#isDrawScheduled = false;
      this.#draw();
    });
  }

  /** Draws anew: nothing of the drawing before stays, even where the picture is out of sight now. */
  #redraw(): void {
    this.#drawn = { from: 0, to: 0, width: 0 };
    this.#draw();
  }

  /** Draws what is in sight and as much above and below, unless that is drawn already. */
  #draw(): void {
    const plan = this.#plan;
    const { clientWidth: width, clientHeight: visible, scrollTop } = this.node;
    if (!plan || width === 0) return;
    const [top, bottom] = this.#isForPaper ? [0, PAPER_PX] : [scrollTop, scrollTop + visible];
    const isSameWidth = width === this.#drawn.width;
    if (isSameWidth && top >= this.#drawn.from && bottom <= this.#drawn.to) return;
    const [from, to] = this.#isForPaper ? [top, bottom] : [Math.max(0, top - visible), bottom + visible];
    if (!isSameWidth) this.#axis.replaceChildren(svg(plan.axis(width)));
    this.#drawRows(plan, width, from, to);
    // What was drawn may have made the box higher.
    if (this.node.clientHeight > visible + 1) this.#scheduleDraw();
  }

  #drawRows(plan: Plan, width: number, from: number, to: number): void {
    const rows = svg(plan.rows(width, from, to - from));
    rows.setAttribute("role", "presentation");
    const hasBars = rows.querySelector("[data-at]") !== null;
    this.#rows.replaceChildren(rows);
    const height = plan.height(width);
    const needed = this.#axis.offsetHeight + height;
    this.node.style.setProperty("min-height", `min(${needed}px, ${MIN_PART})`);
    // Below the last row there is nothing left to draw.
    this.#drawn = { from, to: to >= height ? Infinity : to, width };
    this.node.setAttribute("role", hasBars ? "listbox" : "group");
    this.#markActiveBar();
  }

  #handleKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !this.#plan) return;
    if (event.key === "Escape") {
      this.#tooltip.hide();
    } else if (KEYS.includes(event.key)) {
      event.preventDefault();
      this.#activate(this.#plan.neighbour(this.#active ?? undefined, event.key) ?? null);
    }
  }

  #activate(at: string | null): void {
    const plan = this.#plan;
    if (!at || !plan) return;
    this.#active = at;
    this.#scrollTo(plan, at);
    this.#draw();
    this.#markActiveBar();
    this.#showTooltipAtActiveBar();
  }

  #scrollTo(plan: Plan, at: string): void {
    const extent = plan.barExtent(at, this.node.clientWidth);
    if (!extent) return;
    const [top = 0, height = 0] = extent;
    const { scrollTop, clientHeight } = this.node;
    const visible = clientHeight - this.#axis.offsetHeight;
    if (top < scrollTop) this.node.scrollTop = top - height;
    if (top + height > scrollTop + visible) this.node.scrollTop = top + 2 * height - visible;
  }

  #activeBar(): Element | null {
    return this.#active ? this.#rows.querySelector(`[data-at="${this.#active}"]`) : null;
  }

  /** Ids hold within the shadow root, and only one bar has one. */
  #markActiveBar(): void {
    this.#rows.querySelector("#active")?.removeAttribute("id");
    this.#rows.querySelector('[aria-selected="true"]')?.setAttribute("aria-selected", "false");
    const bar = this.#activeBar();
    bar?.setAttribute("id", "active");
    bar?.setAttribute("aria-selected", "true");
    if (bar) this.node.setAttribute("aria-activedescendant", "active");
    else this.node.removeAttribute("aria-activedescendant");
  }

  #handlePointer(event: PointerEvent): void {
    const at = barAt(event);
    if (at) this.#showTooltip(at, event.clientX, event.clientY);
    else this.#tooltip.hide();
  }

  /** Scrolling may have moved the bar away from its tooltip. */
  #repositionTooltip(): void {
    if (!this.#tooltip.isOpen) return;
    this.#tooltip.hide();
    if (this.node.matches(":focus-visible")) this.#showTooltipAtActiveBar();
  }

  #showTooltipAtActiveBar(): void {
    if (!this.#active || !this.node.matches(":focus")) return;
    const box = this.#activeBar()?.querySelector(".dl-shape")?.getBoundingClientRect();
    const { top, bottom } = this.node.getBoundingClientRect();
    if (!box || box.bottom <= top || box.top >= bottom) return;
    this.#showTooltip(this.#active, Math.max(box.left, 0), box.bottom - TOOLTIP_GAP_PX / 2);
  }

  #showTooltip(at: string, x: number, y: number): void {
    const description = this.#plan?.describe(at);
    if (description) this.#tooltip.show(description.split("\n"), x, y);
    else this.#tooltip.hide();
  }
}

function barAt(event: Event): string | null {
  const bar = event.target instanceof Element ? event.target.closest("[data-at]") : null;
  return bar?.getAttribute("data-at") ?? null;
}
