// Applies attributes to a plan, and lists the invalid ones.

import type { Plan } from "deployline-wasm";
import { element, richText } from "./markup";

/** Options of a fence that change the plan. */
export const ASSUMPTIONS = ["duration", "durations", "uneven", "fail", "account-plan", "account-limit", "assume"];
/** The options of a fence, and `controls`. The core checks `theme` and `height`, but does not use them. */
export const NAMES = ["view", "color", "steps", ...ASSUMPTIONS, "theme", "height", "controls"];
const CONTROLS = ["none", "checkboxes", "full"];

export class Options {
  #host: HTMLElement;
  #errors = new Map<string, string>();

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  /** Applies all attributes; an absent one changes nothing, for a link may have brought its value. */
  setAll(plan: Plan): void {
    for (const name of NAMES) if (this.#host.hasAttribute(name)) this.set(plan, name);
  }

  /** Applies one attribute, or its default where it is absent. Returns whether the value is valid. */
  set(plan: Plan, name: string): boolean {
    const error = apply(plan, name, this.#host.getAttribute(name));
    if (error === undefined) this.#errors.delete(name);
    else this.#errors.set(name, error);
    return error === undefined;
  }

  /** Returns a list of the invalid attributes, for people; empty where all are valid. */
  notes(): HTMLElement[] {
    if (this.#errors.size === 0) return [];
    const items = [...this.#errors.values()].map((error) =>
      element("li", {}, element("strong", {}, "Error"), " in an attribute: ", ...richText(`${error}.`)),
    );
    return [element("ul", { "aria-label": "Attributes" }, ...items)];
  }
}

function apply(plan: Plan, name: string, value: string | null): string | undefined {
  if (name === "height" && value === "auto") return undefined;
  if (name !== "controls") return plan.set(name, value ?? undefined);
  if (value === null || CONTROLS.includes(value)) return undefined;
  return `\`${value}\` is not known here: \`controls\` takes ${CONTROLS.join(", ")}`;
}
