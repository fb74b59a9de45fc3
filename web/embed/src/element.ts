// `<deploy-line>`: its content and attributes in, a picture out.

import { Plan } from "deployline-wasm";
import type { Axis, DeployLine as Api, Facts, PlanChange } from "../deployline";
import { type Core, core } from "./core";
import { Deferred } from "./deferred";
import { readLink, writeLink } from "./link";
import { ASSUMPTIONS, NAMES, Options } from "./options";
import { type Input, Source } from "./source";
import { View } from "./view";

/** On a server there are no elements; a page that is made there brings it to life in the browser. */
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

export class DeployLine extends Base implements Api {
  static readonly observedAttributes = ["src", "page", ...NAMES];

  #source = new Source(this);
  #options = new Options(this);
  #view = new View(this, this.#options, (...change) => void this.#flip(...change, "checkbox"));
  #childObserver = new MutationObserver(() => this.#loadChangedChild());
  #wasConnected = false;
  #loading: AbortController | null = null;
  #ready = new Deferred<Facts>();
  #plan: Plan | null = null;
  #facts: Facts | null = null;
  /** Counts the pictures, to notice that one has taken another's place. */
  #pictureCount = 0;
  /** The text of the plan that is shown. */
  #plannedText: string | null = null;

  connectedCallback(): void {
    const isFirst = !this.#wasConnected;
    this.#wasConnected = true;
    if (isFirst) {
      this.#upgradeText();
      this.#view.measure();
    }
    this.#childObserver.observe(this, { childList: true, characterData: true, subtree: true });
    this.#view.connect();
    if (isFirst && this.#source.isFile) void this.#load("content");
    if (document.readyState !== "loading") this.#loadChangedChild();
    else document.addEventListener("DOMContentLoaded", () => this.#loadChangedChild(), { once: true });
  }

  disconnectedCallback(): void {
    this.#childObserver.disconnect();
    this.#view.disconnect();
  }

  attributeChangedCallback(name: string, before: string | null, value: string | null): void {
    // The same address again asks for the file again.
    if (name === "src" && this.#wasConnected) {
      this.#source.reset();
      void this.#load("content");
    }
    if (name === "src" || before === value) return;
    if (name === "height" && this.#wasConnected) this.#view.followHeight();
    // Attributes set before the first plan are applied when it is made.
    if (!this.#plan) return;
    // The address of the page is the element's own: the plan knows nothing of it.
    if (name === "page") return this.#show();
    const isValid = this.#options.set(this.#plan, name);
    if (isValid && ASSUMPTIONS.includes(name)) this.#update("attribute");
    else this.#show();
  }

  get facts(): Facts | null {
    return this.#facts;
  }

  get ready(): Promise<Facts> {
    return this.#ready.promise;
  }

  get text(): string {
    return this.#plannedText ?? this.#source.text;
  }

  set text(text: string) {
    this.#source.set({ text: String(text) });
    void this.#load("script");
  }

  async plan(): Promise<unknown> {
    return this.#plan ? JSON.parse(this.#plan.json()) : null;
  }

  async flip(stage: number, axis: Axis, parallel: boolean): Promise<string | null> {
    return this.#flip(stage, axis, parallel, "script");
  }

  async openLink(fragment: string): Promise<void> {
    this.#source.set({ link: String(fragment) });
    await this.#load("link");
    await this.ready;
  }

  async link(): Promise<string> {
    // Where the latest text can't be planned, the plan before stays.
    await this.ready.catch((error) => {
      if (!this.#plan) throw error;
    });
    if (!this.#plan) throw new Error("There is no plan.");
    const count = this.#pictureCount;
    const link = await writeLink(this.#plan);
    // A checkbox, an attribute or another text may have changed the plan meanwhile.
    return count === this.#pictureCount ? link : this.link();
  }

  /** A property set before the element was defined hides the accessor of the class. */
  #upgradeText(): void {
    if (!Object.hasOwn(this, "text")) return;
    const { text } = this;
    delete (this as { text?: string }).text;
    this.text = text;
  }

  /** While the page is being read, only a part of a child's text may be there. */
  #loadChangedChild(): void {
    if (document.readyState !== "loading" && this.#source.hasNewChildText) void this.#load("content");
  }

  /** Loads the wasm and the text, and plans it, unless a later call replaces this one. */
  async #load(by: PlanChange["by"]): Promise<void> {
    this.#loading?.abort();
    const { signal } = (this.#loading = new AbortController());
    if (this.#ready.isSettled) this.#ready = new Deferred();
    try {
      const input = await this.#source.read(signal);
      if (input === null) return;
      const loaded = await core();
      if (signal.aborted) return;
      const plan = await this.#createPlan(input);
      if (signal.aborted) return plan.free();
      this.#replacePlan(loaded, plan, by);
      if (this.#facts) this.#ready.resolve(this.#facts);
    } catch (error) {
      if (!signal.aborted) this.#fail(error instanceof Error ? error.message : String(error));
    }
  }

  async #createPlan(input: Input): Promise<Plan> {
    const plan = new Plan();
    if ("text" in input) {
      this.#options.setAll(plan);
      plan.setText(input.text);
    } else {
      // What the link carries comes first, so that attributes win.
      await readLink(plan, input.link);
      this.#options.setAll(plan);
    }
    return plan;
  }

  /** A plan that can't be shown is given up, and the one before stays. */
  #replacePlan({ pictureStyle }: Core, plan: Plan, by: PlanChange["by"]): void {
    const before = this.#plan;
    this.#plan = plan;
    this.#view.startLive(pictureStyle);
    try {
      this.#update(by);
    } catch (error) {
      this.#plan = before;
      if (before) this.#show();
      else this.#view.stopLive();
      throw error;
    }
    before?.free();
  }

  /** Keeps the picture before, where there is one; else the static content stays. */
  #fail(reason: string): void {
    this.#ready.reject(new Error(reason));
    const sentence = reason.replace(/[.]?$/, ".");
    if (this.#plan) {
      this.#view.showStatus(`This is the plan before: ${sentence}`);
    } else {
      this.#source.forgetChild();
      this.#view.showFailure(sentence);
    }
    this.#dispatch("planerror", { reason });
  }

  /** Returns why the checkbox could not be flipped, else `null`. */
  #flip(stage: number, axis: Axis, parallel: boolean, by: PlanChange["by"]): string | null {
    if (!this.#plan) return "There is no plan yet.";
    const refusal = this.#plan.flip(stage, axis === "services", parallel) ?? null;
    this.#view.showStatus(refusal ?? "");
    // A box that can't be flipped goes back.
    if (refusal !== null) this.#view.showBoxes(this.#facts);
    else this.#update(by);
    return refusal;
  }

  /** Shows and announces the plan after its text or its times have changed. */
  #update(by: PlanChange["by"]): void {
    const plan = this.#plan;
    if (!plan) return;
    const facts: Facts = JSON.parse(plan.facts());
    const { text } = plan;
    this.#showPlan(plan, facts);
    this.#facts = facts;
    this.#plannedText = text;
    this.#dispatch("planchange", { facts, text, by } satisfies PlanChange);
  }

  #show(): void {
    if (this.#plan && this.#facts) this.#showPlan(this.#plan, this.#facts);
  }

  #showPlan(plan: Plan, facts: Facts): void {
    this.#pictureCount += 1;
    this.#view.showPlan(plan, facts);
  }

  #dispatch(type: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, detail }));
  }
}
