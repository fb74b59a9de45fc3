// A plan, wherever it is kept: what runs may be exchanged for more of it at any time, and the plan is made
// there anew, of what was asked for.

import type { Glue, WasmPlan } from "deployline-wasm";
import { Unfinished } from "./able";
import { ask } from "./core";

interface Step {
  name: "source" | "flip" | `option ${string}`;
  take(plan: WasmPlan): unknown;
}

/** Where a plan is kept in what runs. */
interface Place {
  kept: { glue: Glue; plan: WasmPlan } | null;
}

/** The plans of elements that are gone. */
const forgotten = new FinalizationRegistry<Place>(freePlace);

export class Plan {
  #place: Place = { kept: null };
  #steps: Step[] = [];

  constructor() {
    forgotten.register(this, this.#place);
  }

  free(): void {
    freePlace(this.#place);
  }

  /** Another text; choices were those of the text before. */
  setText(text: string): void {
    this.#step("source", (plan) => plan.setText(text));
  }

  /** What is wrong with it, else nothing. */
  readLink(inflated: Uint8Array): string | undefined {
    return this.#step("source", (plan) => plan.readLink(inflated));
  }

  /** What is wrong with it, else nothing. */
  set(name: string, value?: string): string | undefined {
    return this.#step(`option ${name}`, (plan) => plan.set(name, value));
  }

  /** Why it could not be, else nothing. */
  flip(stage: number, isServices: boolean, parallel: boolean): string | undefined {
    return this.#step("flip", (plan) => plan.flip(stage, isServices, parallel));
  }

  ask<T>(question: (plan: WasmPlan) => T): T {
    return ask((glue) => {
      const { kept } = this.#place;
      if (kept?.glue === glue) return question(kept.plan);
      const plan = new glue.Plan();
      for (const { take } of this.#steps) take(plan);
      this.#place.kept = { glue, plan };
      return question(plan);
    });
  }

  /** What was refused is no step. */
  #step<T extends string | undefined | void>(name: Step["name"], take: (plan: WasmPlan) => T): T {
    const refusal = this.ask(take);
    if (typeof refusal === "string") return refusal;
    // An option set anew, or another text, with which flips of the one before are gone.
    const isPast = (step: Step) => (name === "source" ? !step.name.startsWith("option") : step.name === name);
    if (name !== "flip") this.#steps = this.#steps.filter((step) => !isPast(step));
    this.#steps.push({ name, take });
    return refusal;
  }
}

function freePlace(place: Place): void {
  const { kept } = place;
  place.kept = null;
  try {
    // What was kept in what ran before is gone with all of it.
    ask((glue) => kept?.glue === glue && kept.plan.free());
  } catch (error) {
    if (!(error instanceof Unfinished)) throw error;
  }
}
