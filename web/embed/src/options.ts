// Attributes that say how a plan is shown, and what is wrong with them.

import type { Plan } from "deployline-wasm";
import { element } from "./markup";

/** A fence has the same, but for the last one. Of `theme` and `height` the core knows what they may be. */
const NAMES = ["view", "color", "duration", "durations", "theme", "height", "controls"];
const CONTROLS = ["none", "checkboxes", "full"];

export class Options {
  #host: HTMLElement;
  #mistakes = new Map<string, string>();

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  /** Tells a plan all of them; what is not there stays as it is, for a link may have brought it. */
  setAll(plan: Plan): void {
    for (const name of NAMES) if (this.#host.hasAttribute(name)) this.set(plan, name);
  }

  /** Tells a plan one of them; what is not there is as by default. Whether it makes sense. */
  set(plan: Plan, name: string): boolean {
    const mistake = mistakeOf(plan, name, this.#host.getAttribute(name));
    if (mistake === undefined) this.#mistakes.delete(name);
    else this.#mistakes.set(name, mistake);
    return mistake === undefined;
  }

  /** A list of what is wrong, for people; empty where there is nothing to say. */
  notes(): HTMLElement[] {
    if (this.#mistakes.size === 0) return [];
    const items = [...this.#mistakes.values()].map((mistake) =>
      element("li", {}, element("strong", {}, "Error"), ` in an attribute: ${mistake}.`),
    );
    return [element("ul", { "aria-label": "Attributes" }, ...items)];
  }
}

function mistakeOf(plan: Plan, name: string, value: string | null): string | undefined {
  if (name === "height" && value === "auto") return undefined;
  if (name !== "controls") return plan.set(name, value ?? undefined);
  if (value === null || CONTROLS.includes(value)) return undefined;
  return `\`${value}\` is not known here: \`controls\` takes ${CONTROLS.join(", ")}`;
}
