// `<deploy-line>`: its content and attributes in, a picture out.

import type { Axis, DeployLine as Api, Facts, PlanChange } from "../deployline";
import { checkboxes } from "./checkboxes";
import { contentOf, fileAt, staticHeight } from "./content";
import { type Core, type Plan, core } from "./core";
import { pageIn } from "./full";
import { readLink, writeLink } from "./link";
import { element, html } from "./markup";
import { Picture } from "./picture";
import css from "./style.css";

/** Attributes that are options of the plan, under the same names as those of a fence. */
const OPTIONS = ["view", "color", "duration", "durations"];
/** How high it is where nothing says so, in pixels. */
const USUAL_HEIGHT_PX = 320;

/** On a server there are no elements; a page that is made there brings it to life in the browser. */
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

let ownStyle: CSSStyleSheet | undefined;

export class DeployLine extends Base implements Api {
  static readonly observedAttributes = ["src", "theme", "controls", "height", "page", ...OPTIONS];

  #root = this.attachShadow({ mode: "open" });
  #heightStyle = new CSSStyleSheet();
  #heightPx = 0;
  #plan: Plan | null = null;
  #facts: Facts | null = null;
  #given: string | null = null;
  #link: string | null = null;
  #loading: AbortController | null = null;
  #ready = new Deferred();
  #picture = new Picture();
  #parts = {
    root: element("div", { class: "dl deployline", hidden: "" }),
    boxes: element("div", { class: "dl-boxes", role: "group", "aria-label": "Stages", tabindex: "0" }),
    facts: element("p", { class: "dl-facts" }),
    said: element("p", { class: "dl-said", role: "status" }),
    notes: element("div", { class: "dl-notes" }),
    table: element("details"),
    full: element("div", { class: "dl-full" }),
    content: element("slot"),
    reason: element("p", { class: "dl-reason", role: "note", hidden: "" }),
  };
  #contents = new MutationObserver(() => this.#contentChanged());

  constructor() {
    super();
    const { root, boxes, facts, said, notes, table, full, content, reason } = this.#parts;
    root.append(boxes, this.#picture.node, facts, said, notes, table, full, this.#picture.tooltip);
    table.append(element("summary", {}, "Deployments in order"));
    table.addEventListener("toggle", () => this.#showTable());
    ownStyle ??= sheet(css);
    this.#root.adoptedStyleSheets = [ownStyle, this.#heightStyle];
    this.#root.append(content, reason, root);
  }

  connectedCallback(): void {
    this.#heightPx = staticHeight(this);
    this.#setHeight();
    this.#contents.observe(this, { childList: true, characterData: true, subtree: true });
    this.#picture.watch();
    if (!this.#plan) void this.#plans("content");
  }

  disconnectedCallback(): void {
    this.#contents.disconnect();
    this.#picture.unwatch();
  }

  attributeChangedCallback(name: string, before: string | null, value: string | null): void {
    if (!this.isConnected || before === value) return;
    if (name === "height") {
      this.#heightPx = 0;
      this.#setHeight();
    }
    if (name === "src") {
      this.#given = this.#link = null;
      void this.#plans("content");
    }
    if (name !== "src" && this.#plan) this.#rearranged(name, "attribute");
  }

  get facts(): Facts | null {
    return this.#facts;
  }

  get ready(): Promise<Facts> {
    return this.#ready.promise;
  }

  get text(): string {
    return this.#plan?.text ?? this.#given ?? contentOf(this) ?? "";
  }

  set text(text: string) {
    this.#given = String(text);
    this.#link = null;
    void this.#plans("script");
  }

  plan(): unknown {
    return this.#plan ? JSON.parse(this.#plan.json()) : null;
  }

  flip(stage: number, axis: Axis, parallel: boolean): string | null {
    if (!this.#plan) return "There is no plan yet.";
    const refusal = this.#plan.flip(stage, axis === "services", parallel);
    this.#parts.said.textContent = refusal ?? "";
    if (refusal === undefined) this.#changed("checkbox");
    return refusal ?? null;
  }

  async openLink(fragment: string): Promise<void> {
    this.#link = fragment;
    await this.#plans("link");
    await this.ready;
  }

  async link(): Promise<string> {
    await this.ready;
    if (!this.#plan) throw new Error("There is no plan.");
    return writeLink(this.#plan);
  }

  #contentChanged(): void {
    const isContent = this.#given === null && this.#link === null && !this.hasAttribute("src");
    if (isContent && contentOf(this) !== null) void this.#plans("content");
  }

  /** Gets the wasm and the text, and plans it, unless something later asks for another one. */
  async #plans(by: PlanChange["by"]): Promise<void> {
    this.#loading?.abort();
    const loading = (this.#loading = new AbortController());
    if (this.#ready.isSettled) this.#ready = new Deferred();
    try {
      const text = await this.#source(loading.signal);
      // Nothing yet: its children may still be on their way.
      if (text === null && this.#link === null) return;
      const loaded = await core();
      if (loading.signal.aborted) return;
      const plan = loaded.newPlan();
      if (this.#link !== null) await readLink(plan, this.#link);
      else plan.setText(text ?? "");
      if (loading.signal.aborted) return;
      this.#plan?.free();
      this.#plan = plan;
      this.#live(loaded);
      this.#rearranged(null, by);
      if (this.#facts) this.#ready.settle(this.#facts);
    } catch (error) {
      if (!loading.signal.aborted) this.#fail(error instanceof Error ? error.message : String(error));
    }
  }

  async #source(signal: AbortSignal): Promise<string | null> {
    if (this.#link !== null || this.#given !== null) return this.#given;
    const src = this.getAttribute("src");
    return src === null ? contentOf(this) : fileAt(new URL(src, document.baseURI).href, signal);
  }

  /** The static content goes, in the same frame in which the picture comes. */
  #live({ pictureStyle }: Core): void {
    if (this.#root.adoptedStyleSheets.length < 3 && ownStyle) {
      this.#root.adoptedStyleSheets = [pictureStyle, ownStyle, this.#heightStyle];
    }
    const { root, content, reason } = this.#parts;
    root.hidden = false;
    content.hidden = reason.hidden = true;
    this.#setHeight();
  }

  #fail(reason: string): void {
    const { root, content } = this.#parts;
    this.#parts.reason.textContent = `No live picture: ${reason.replace(/[.]?$/, ".")}`;
    this.#parts.reason.hidden = false;
    if (!this.#plan) {
      root.hidden = true;
      content.hidden = false;
      this.#setHeight();
    }
    this.#ready.fail(new Error(reason));
    this.dispatchEvent(new CustomEvent("planerror", { bubbles: true, composed: true, detail: { reason } }));
  }

  /** `name` is the attribute that changed; without it, all are new to the plan. */
  #rearranged(name: string | null, by: PlanChange["by"]): void {
    const plan = this.#plan;
    if (!plan) return;
    for (const option of name ? OPTIONS.filter((option) => option === name) : OPTIONS) {
      const value = this.getAttribute(option);
      // A link brings its own.
      if (value === null && name === null) continue;
      const mistake = plan.set(option, value ?? undefined);
      if (mistake) this.#mistakes.set(option, mistake);
      else this.#mistakes.delete(option);
    }
    this.#changed(by);
  }

  #mistakes = new Map<string, string>();

  #changed(by: PlanChange["by"]): void {
    const plan = this.#plan;
    if (!plan) return;
    const facts: Facts = JSON.parse(plan.facts());
    this.#facts = facts;
    this.#show(plan, facts);
    const detail: PlanChange = { facts, text: plan.text, by };
    this.dispatchEvent(new CustomEvent("planchange", { bubbles: true, composed: true, detail }));
  }

  #show(plan: Plan, facts: Facts): void {
    const { root, facts: said, notes, full } = this.#parts;
    const theme = this.getAttribute("theme");
    root.dataset["theme"] = theme === "light" || theme === "dark" ? theme : "system";
    const title = element("strong", {}, element("bdi", {}, facts.title));
    said.replaceChildren(title, `: ${[`${facts.summary}.`, ...facts.assumed].join(" ")}`);
    const mistakes = [...this.#mistakes.values()].map((mistake) =>
      element("li", {}, element("strong", {}, "Error"), ` in an attribute: ${mistake}`),
    );
    const list = mistakes.length ? [element("ul", { "aria-label": "Attributes" }, ...mistakes)] : [];
    notes.replaceChildren(...list, ...html(plan.notes()));
    this.#showBoxes(facts);
    this.#showTable();
    const controls = this.getAttribute("controls");
    full.replaceChildren(...(controls === "full" ? [pageIn(this)] : []));
    this.#picture.node.hidden = facts.stages.length === 0;
    this.#picture.show(plan, `Deployments of ${facts.title} over time: ${facts.summary}`);
  }

  /** The box that has the focus keeps it, as another element. */
  #showBoxes(facts: Facts): void {
    const { boxes } = this.#parts;
    const inputs = () => [...boxes.querySelectorAll("input")];
    const focused = inputs().findIndex((input) => input === this.#root.activeElement);
    const has = ["checkboxes", "full"].includes(this.getAttribute("controls") ?? "");
    boxes.replaceChildren(...(has ? checkboxes(facts, (...flip) => this.#flipped(...flip)) : []));
    boxes.hidden = boxes.childElementCount === 0;
    inputs()[focused]?.focus();
  }

  #flipped(stage: number, axis: Axis, parallel: boolean): void {
    // A box that can't be flipped goes back.
    if (this.flip(stage, axis, parallel) && this.#facts) this.#showBoxes(this.#facts);
  }

  #showTable(): void {
    const { table } = this.#parts;
    table.querySelector("div")?.remove();
    if (!table.open || !this.#plan) return;
    const label = { role: "group", "aria-label": "Deployments in order", tabindex: "0" };
    table.append(element("div", label, ...html(this.#plan.table())));
  }

  /**
   * With a picture as its static content it stays as high as that, so that nothing below it moves.
   * Where there is no picture it is as high as what is there.
   */
  #setHeight(): void {
    const attribute = this.getAttribute("height");
    const px = this.#heightPx || Number(attribute) || USUAL_HEIGHT_PX;
    const isFree = attribute === "auto" || !this.#parts.reason.hidden;
    this.#heightStyle.replaceSync(isFree ? "" : `:host{height:${px}px}`);
  }
}

/** A promise from outside; that it breaks is no complaint where nobody waits for it. */
class Deferred {
  settle!: (facts: Facts) => void;
  fail!: (error: Error) => void;
  isSettled = false;
  promise = new Promise<Facts>((settle, fail) => {
    this.settle = (facts) => ((this.isSettled = true), settle(facts));
    this.fail = (error) => ((this.isSettled = true), fail(error));
  });

  constructor() {
    this.promise.catch(() => {});
  }
}

function sheet(css: string): CSSStyleSheet {
  const made = new CSSStyleSheet();
  made.replaceSync(css);
  return made;
}
