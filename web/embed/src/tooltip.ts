// The note about a bar, beside the pointer or the bar.

import { element } from "./markup";

/** Distance from the pointer or the bar, in pixels. */
export const TOOLTIP_GAP_PX = 14;

export class Tooltip {
  readonly node = element("div", { class: "dl-tooltip", role: "tooltip", popover: "manual", hidden: "" });

  get isOpen(): boolean {
    return !this.node.hidden;
  }

  /** Shows the lines right below a point of the window, or left and above where there is no space. */
  show(lines: string[], x: number, y: number): void {
    if (!this.node.isConnected) return this.hide();
    this.node.replaceChildren(...lines.map((line) => element("p", {}, line)));
    if (this.node.hidden) {
      this.node.hidden = false;
      // Above everything, whatever the page around cuts off.
      this.node.showPopover?.();
    }
    const { offsetWidth, offsetHeight } = this.node;
    this.node.style.setProperty("left", `${fit(x, offsetWidth, innerWidth)}px`);
    this.node.style.setProperty("top", `${fit(y, offsetHeight, innerHeight)}px`);
  }

  hide(): void {
    if (this.node.hidden) return;
    // Taken out of the page, it is closed already.
    if (this.node.isConnected) this.node.hidePopover?.();
    this.node.hidden = true;
  }
}

function fit(at: number, length: number, max: number): number {
  const behind = at + TOOLTIP_GAP_PX;
  return behind + length <= max ? behind : Math.max(0, at - TOOLTIP_GAP_PX - length);
}
