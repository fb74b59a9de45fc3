// `<deploy-line>`: its content and attributes in, a picture out.

import type { Axis, DeployLine as Api, Facts, PlanChange } from "../deployline";
import { able, ably } from "./able";
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
import { Plan } from "./plan";
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
  #picture = new Picture((reason) => this.#misses(reason));
  #page = new WholePage(
    this,
    () => this.#turned(),
    (reason) => this.#misses(reason),
  );
  #parts = {
    root: element("div", { class: "dl deployline", hidden: "" }),
    boxes: element("div", { class: "dl-boxes", role: "group", "aria-label": "Stages" }),
    facts: element("p", { class: "dl-facts" }),
    said: element("p", { class: "dl-said", role: "status" }),
    missed: element("p", { class: "dl-said", role: "status" }),
    notes: element("div", { class: "dl-notes" }),
    table: element("details"),
    content: element("slot"),
    reason: element("p", { class: "dl-reason", role: "note", hidden: "" }),
  };
  #contents = new MutationObserver(() => this.#contentChanged());

  constructor() {
    super();
    const { root, boxes, facts, said, missed, notes, table, content, reason } = this.#parts;
    root.append(boxes, this.#picture.node, facts, said, missed, notes, table, this.#page.node, this.#picture.tooltip);
    table.append(element("summary", {}, "Deployments in order"));
    table.addEventListener("toggle", () => this.#toggled());
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
    const plan = this.#plan;
    ably(
      () => this.#takesAttribute(plan, name, value),
      (reason) => this.#isLatest(plan, name, value) && this.#refuses(reason),
    );
  }

  #isLatest(plan: Plan, name: string, value: string | null): boolean {
    return plan === this.#plan && value === this.getAttribute(name);
  }

  #takesAttribute(plan: Plan, name: string, value: string | null): void {
    if (!this.#isLatest(plan, name, value)) return;
    const isTaken = this.#options.set(plan, name);
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
    const plan = this.#plan;
    return plan ? JSON.parse(await able(() => plan.ask((plan) => plan.json()))) : null;
  }

  flip(stage: number, axis: Axis, parallel: boolean): Promise<string | null> {
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
      const loaded = await core(this.#link !== null);
      if (signal.aborted) return;
      await able(() => this.#plansText(text, loaded, by, signal));
      if (this.#facts && !signal.aborted) this.#ready.settle(this.#facts);
    } catch (error) {
      if (signal.aborted) return;
      const reason = error instanceof Error ? error.message : String(error);
      this.#ready.fail(new Error(reason));
      this.#fails(reason);
    }
  }

  async #plansText(text: string | null, loaded: Core, by: PlanChange["by"], signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const plan = new Plan();
    if (this.#link === null) {
      this.#options.setAll(plan);
      plan.setText(text ?? "");
    } else {
      await readLink(plan, this.#link);
      if (signal.aborted) return;
      this.#options.setAll(plan);
    }
    this.#takes(loaded, plan, by);
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

  /** The plan stays as it is: what was asked of it can't be had. */
  #misses(reason: string): void {
    this.#parts.missed.textContent = `Not shown: ${sentenceOf(reason)}`;
  }

  #refuses(reason: string): void {
    this.#misses(reason);
    this.#tell("planerror", { reason });
  }

  async #flips(stage: number, axis: Axis, parallel: boolean, by: PlanChange["by"]): Promise<string | null> {
    const plan = this.#plan;
    if (!plan) return "There is no plan yet.";
    const refusal = (await able(() => plan.flip(stage, axis === "services", parallel))) ?? null;
    if (plan !== this.#plan) return "Meanwhile there is another plan.";
    this.#parts.said.textContent = refusal ?? "";
    // A box that can't be flipped goes back.
    if (refusal !== null) this.#showBoxes();
    else await able(() => (plan === this.#plan ? this.#changed(by) : undefined));
    return refusal;
  }

  #changed(by: PlanChange["by"]): void {
    const plan = this.#plan;
    if (!plan) return;
    const [facts, text] = plan.ask((plan) => [JSON.parse(plan.facts()) as Facts, plan.text]);
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
    const { root, facts: said, missed, notes, table } = this.#parts;
    const [noted, rows] = plan.ask((plan) => [plan.notes(), table.open ? plan.table() : ""]);
    root.dataset["theme"] = this.getAttribute("theme") ?? "system";
    const title = element("strong", {}, element("bdi", {}, facts.title));
    said.replaceChildren(title, `: ${[`${facts.summary}.`, ...facts.assumed].join(" ")}`);
    missed.textContent = "";
    notes.replaceChildren(...this.#options.notes(), ...html(noted));
    this.#showBoxes(facts);
    this.#showTable(rows);
    this.#page.show(this.getAttribute("controls") === "full");
    this.#picture.node.hidden = table.hidden = facts.stages.length === 0;
    this.#picture.show(plan, `Deployments of ${facts.title} over time: ${facts.summary}`);
  }

  #flipsBox = (stage: number, axis: Axis, parallel: boolean): void => {
    const plan = this.#plan;
    ably(
      () => this.#flips(stage, axis, parallel, "checkbox"),
      (reason) => {
        if (plan !== this.#plan) return;
        this.#refuses(reason);
        // A box that can't be flipped goes back.
        this.#showBoxes();
      },
    );
  };

  #showBoxes(facts = this.#facts): void {
    const has = ["checkboxes", "full"].includes(this.getAttribute("controls") ?? "");
    showCheckboxes(this.#parts.boxes, has ? facts : null, this.#flipsBox);
  }

  #toggled(): void {
    const { table, missed } = this.#parts;
    ably(
      () => {
        this.#showTable(table.open ? this.#plan?.ask((plan) => plan.table()) : "");
        if (table.open) missed.textContent = "";
      },
      (reason) => {
        this.#misses(reason);
        table.open = false;
      },
    );
  }

  #showTable(rows = ""): void {
    const { table } = this.#parts;
    table.querySelector("div")?.remove();
    if (rows === "") return;
    const label = { role: "group", "aria-label": "Deployments in order", tabindex: "0" };
    table.append(element("div", label, ...html(rows)));
  }

  /** The whole page stands in place of everything else, and is as high as it needs. */
  #turned(): void {
    const { root, missed } = this.#parts;
    root.classList.toggle("dl-open", this.#page.isOpen);
    missed.textContent = "";
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
