// `<deploy-line>`: its content and attributes in, a picture out.

import { Plan } from "deployline-wasm";
import type { Axis, DeployLine as Api, Facts, PlanChange } from "../deployline";
import { showCheckboxes } from "./checkboxes";
import { contentOf, fileAt } from "./content";
import { type Core, core } from "./core";
import { Deferred } from "./deferred";
import { WholePage } from "./full";
import { type Shown, heightRule, stillHeight } from "./height";
import { readLink, writeLink } from "./link";
import { element, html } from "./markup";
import { Options } from "./options";
import { Picture } from "./picture";
import css from "./style.css";

/** On a server there are no elements; a page that is made there brings it to life in the browser. */
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

let ownStyle: CSSStyleSheet | undefined;

export class DeployLine extends Base implements Api {
  static readonly observedAttributes = [
    "src",
    "page",
    "view",
    "color",
    "duration",
    "durations",
    "theme",
    "height",
    "controls",
  ];

  #root = this.attachShadow({ mode: "open" });
  #heightStyle = new CSSStyleSheet();
  /** How high the still picture was, in pixels. */
  #stillPx: number | null = null;
  #shown: Shown = "nothing yet";
  #wasConnected = false;
  #plan: Plan | null = null;
  #facts: Facts | null = null;
  /** The text of what is shown. */
  #planned: string | null = null;
  /** A child's text that is planned or about to be. */
  #content: string | null = null;
  #given: string | null = null;
  #link: string | null = null;
  #loading: AbortController | null = null;
  #ready = new Deferred<Facts>();
  #options = new Options(this);
  #picture = new Picture();
  #page = new WholePage(this, () => this.#turned());
  #parts = {
    root: element("div", { class: "dl deployline", hidden: "" }),
    boxes: element("div", { class: "dl-boxes", role: "group", "aria-label": "Stages" }),
    facts: element("p", { class: "dl-facts" }),
    said: element("p", { class: "dl-said", role: "status" }),
    notes: element("div", { class: "dl-notes" }),
    table: element("details"),
    content: element("slot"),
    reason: element("p", { class: "dl-reason", role: "note", hidden: "" }),
  };
  #contents = new MutationObserver(() => this.#contentChanged());

  constructor() {
    super();
    const { root, boxes, facts, said, notes, table, content, reason } = this.#parts;
    root.append(boxes, this.#picture.node, facts, said, notes, table, this.#page.node, this.#picture.tooltip);
    table.append(element("summary", {}, "Deployments in order"));
    table.addEventListener("toggle", () => this.#showTable());
    ownStyle ??= sheet(css);
    this.#root.adoptedStyleSheets = [ownStyle, this.#heightStyle];
    this.#root.append(content, reason, root);
  }

  connectedCallback(): void {
    const isFirst = !this.#wasConnected;
    this.#wasConnected = true;
    if (isFirst) {
      this.#takeProperty();
      this.#stillPx = stillHeight(this);
      this.#setHeight();
    }
    this.#contents.observe(this, { childList: true, characterData: true, subtree: true });
    this.#picture.watch();
    if (isFirst && this.#isFromPage && this.hasAttribute("src")) void this.#plans("content");
    if (document.readyState !== "loading") this.#contentChanged();
    else document.addEventListener("DOMContentLoaded", () => this.#contentChanged(), { once: true });
  }

  disconnectedCallback(): void {
    this.#contents.disconnect();
    this.#picture.unwatch();
  }

  attributeChangedCallback(name: string, before: string | null, value: string | null): void {
    // The same address again asks for the file again.
    if (name === "src" && this.#wasConnected) {
      this.#given = this.#link = this.#content = null;
      void this.#plans("content");
    }
    if (name === "src" || before === value) return;
    if (name === "height" && this.#wasConnected) {
      this.#stillPx = null;
      this.#setHeight();
    }
    // Whatever comes before the first plan is set with it.
    if (!this.#plan) return;
    const isTaken = this.#options.set(this.#plan, name);
    if (isTaken && name.startsWith("duration")) this.#changed("attribute");
    else this.#show();
  }

  get facts(): Facts | null {
    return this.#facts;
  }

  get ready(): Promise<Facts> {
    return this.#ready.promise;
  }

  get text(): string {
    return this.#planned ?? this.#given ?? contentOf(this) ?? "";
  }

  set text(text: string) {
    this.#given = String(text);
    this.#link = null;
    void this.#plans("script");
  }

  async plan(): Promise<unknown> {
    return this.#plan ? JSON.parse(this.#plan.json()) : null;
  }

  async flip(stage: number, axis: Axis, parallel: boolean): Promise<string | null> {
    return this.#flips(stage, axis, parallel, "script");
  }

  async openLink(fragment: string): Promise<void> {
    this.#link = String(fragment);
    this.#given = null;
    await this.#plans("link");
    await this.ready;
  }

  async link(): Promise<string> {
    // Where the latest text can't be planned, the plan before stays.
    await this.ready.catch((error) => {
      if (!this.#plan) throw error;
    });
    const plan = this.#plan;
    if (!plan) throw new Error("There is no plan.");
    const link = await writeLink(plan);
    return plan === this.#plan ? link : this.link();
  }

  /** What was set before the element was defined hides its own property. */
  #takeProperty(): void {
    if (!Object.hasOwn(this, "text")) return;
    const { text } = this;
    delete (this as { text?: string }).text;
    this.text = text;
  }

  /** Whether the text comes from the page around it, and not from a script. */
  get #isFromPage(): boolean {
    return this.#given === null && this.#link === null;
  }

  /** While the page is being read, only a part of a child's text may be there. */
  #contentChanged(): void {
    if (document.readyState === "loading" || !this.#isFromPage || this.hasAttribute("src")) return;
    const content = contentOf(this);
    if (content !== null && content !== this.#content) void this.#plans("content");
  }

  /** Gets the wasm and the text, and plans it, unless something later asks for another one. */
  async #plans(by: PlanChange["by"]): Promise<void> {
    this.#loading?.abort();
    const { signal } = (this.#loading = new AbortController());
    if (this.#ready.isSettled) this.#ready = new Deferred();
    try {
      const text = await this.#source(signal);
      // Nothing yet: its children may still be on their way.
      if (text === null && this.#link === null) return;
      const loaded = await core();
      if (signal.aborted) return;
      const plan = await this.#planOf(text);
      if (signal.aborted) return plan.free();
      this.#takes(loaded, plan, by);
      if (this.#facts) this.#ready.settle(this.#facts);
    } catch (error) {
      if (signal.aborted) return;
      const reason = error instanceof Error ? error.message : String(error);
      this.#ready.fail(new Error(reason));
      this.#fails(reason);
    }
  }

  /** A plan of the text, or of all that the link carries. */
  async #planOf(text: string | null): Promise<Plan> {
    const plan = new Plan();
    if (this.#link === null) {
      this.#options.setAll(plan);
      plan.setText(text ?? "");
    } else {
      await readLink(plan, this.#link);
      this.#options.setAll(plan);
    }
    return plan;
  }

  async #source(signal: AbortSignal): Promise<string | null> {
    if (!this.#isFromPage) return this.#given;
    const src = this.getAttribute("src");
    if (src !== null) return fileAt(new URL(src, document.baseURI).href, signal);
    return (this.#content = contentOf(this));
  }

  /** The static content goes, in the same frame in which the picture comes. What can't be shown is not taken. */
  #takes({ pictureStyle }: Core, plan: Plan, by: PlanChange["by"]): void {
    const before = this.#plan;
    this.#plan = plan;
    if (ownStyle) this.#root.adoptedStyleSheets = [pictureStyle, ownStyle, this.#heightStyle];
    this.#becomes("a plan");
    try {
      this.#changed(by);
    } catch (error) {
      this.#plan = before;
      if (before) this.#show();
      else this.#becomes("nothing yet");
      throw error;
    }
    before?.free();
  }

  #becomes(shown: Shown): void {
    const { root, content, reason, said } = this.#parts;
    this.#shown = shown;
    root.hidden = shown !== "a plan";
    content.hidden = shown === "a plan";
    reason.hidden = shown !== "what stands in it";
    said.textContent = "";
    this.#setHeight();
  }

  /** A picture that is there stays. */
  #fails(reason: string): void {
    const sentence = sentenceOf(reason);
    const { said, reason: note } = this.#parts;
    if (this.#plan) {
      said.textContent = `This is the plan before: ${sentence}`;
    } else {
      note.textContent = `No live picture: ${sentence}`;
      this.#content = null;
      this.#becomes("what stands in it");
    }
    this.#tell("planerror", { reason });
  }

  /** Returns why the checkbox could not be flipped, else `null`. */
  #flips(stage: number, axis: Axis, parallel: boolean, by: PlanChange["by"]): string | null {
    if (!this.#plan) return "There is no plan yet.";
    const refusal = this.#plan.flip(stage, axis === "services", parallel) ?? null;
    this.#parts.said.textContent = refusal ?? "";
    // A box that can't be flipped goes back.
    if (refusal !== null) this.#showBoxes();
    else this.#changed(by);
    return refusal;
  }

  #changed(by: PlanChange["by"]): void {
    const plan = this.#plan;
    if (!plan) return;
    const facts: Facts = JSON.parse(plan.facts());
    const { text } = plan;
    this.#show(facts);
    this.#facts = facts;
    this.#planned = text;
    this.#tell("planchange", { facts, text, by } satisfies PlanChange);
  }

  #tell(type: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true, detail }));
  }

  #show(facts = this.#facts): void {
    const plan = this.#plan;
    if (!plan || !facts) return;
    const { root, facts: said, notes, table } = this.#parts;
    root.dataset["theme"] = this.getAttribute("theme") ?? "system";
    const title = element("strong", {}, element("bdi", {}, facts.title));
    said.replaceChildren(title, `: ${[`${facts.summary}.`, ...facts.assumed].join(" ")}`);
    notes.replaceChildren(...this.#options.notes(), ...html(plan.notes()));
    this.#showBoxes(facts);
    this.#showTable();
    this.#page.show(this.getAttribute("controls") === "full");
    this.#picture.node.hidden = table.hidden = facts.stages.length === 0;
    this.#picture.show(plan, `Deployments of ${facts.title} over time: ${facts.summary}`);
  }

  #flipsBox = (stage: number, axis: Axis, parallel: boolean): void => {
    this.#flips(stage, axis, parallel, "checkbox");
  };

  #showBoxes(facts = this.#facts): void {
    const has = ["checkboxes", "full"].includes(this.getAttribute("controls") ?? "");
    showCheckboxes(this.#parts.boxes, has ? facts : null, this.#flipsBox);
  }

  /** The rows are there only while the table is open: there may be many. */
  #showTable(): void {
    const { table } = this.#parts;
    table.querySelector("div")?.remove();
    const rows = table.open ? this.#plan?.table() : "";
    if (!rows) return;
    const label = { role: "group", "aria-label": "Deployments in order", tabindex: "0" };
    table.append(element("div", label, ...html(rows)));
  }

  /** The whole page stands in place of everything else, and is as high as it needs. */
  #turned(): void {
    this.#parts.root.classList.toggle("dl-open", this.#page.isOpen);
    this.#setHeight();
  }

  #setHeight(): void {
    const attribute = this.#page.isOpen ? "auto" : this.getAttribute("height");
    this.#heightStyle.replaceSync(heightRule(attribute, this.#stillPx, this.#shown));
  }
}

function sentenceOf(reason: string): string {
  return reason.replace(/[.]?$/, ".");
}

function sheet(css: string): CSSStyleSheet {
  const made = new CSSStyleSheet();
  made.replaceSync(css);
  return made;
}
