// The element's shadow root: its static content, and the picture, checkboxes and table in place of it.

import type { Plan } from "deployline-wasm";
import type { Facts } from "../deployline";
import { type Flip, showCheckboxes } from "./checkboxes";
import type { DeployLine } from "./element";
import { WholePage } from "./full";
import { heightRule, staticPictureHeight, type ViewState } from "./height";
import { element, html, richText } from "./markup";
import type { Options } from "./options";
import { Picture } from "./picture";
import css from "./style.css";

/** One for all elements. */
let elementStyle: CSSStyleSheet | undefined;

export class View {
  #host: DeployLine;
  #options: Options;
  #flip: Flip;
  #root: ShadowRoot;
  #heightStyle = new CSSStyleSheet();
  #staticPx: number | null = null;
  #state: ViewState = "loading";
  #plan: Plan | null = null;
  #picture = new Picture();
  #page: WholePage;
  #live = element("div", { class: "dl deployline", hidden: "" });
  #boxes = element("div", { class: "dl-boxes", role: "group", "aria-label": "Stages" });
  #facts = element("p", { class: "dl-facts" });
  #status = element("p", { class: "dl-status", role: "status" });
  #notes = element("div", { class: "dl-notes" });
  #table = element("details");
  #content = element("slot");
  #reason = element("p", { class: "dl-reason", role: "note", hidden: "" });

  constructor(host: DeployLine, options: Options, flip: Flip) {
    this.#host = host;
    this.#options = options;
    this.#flip = flip;
    this.#root = host.attachShadow({ mode: "open" });
    this.#page = new WholePage(host, () => this.#togglePage());
    this.#table.append(element("summary", {}, "Deployments in order"));
    this.#table.addEventListener("toggle", () => this.#showTable());
    const picture = [this.#boxes, this.#picture.node, this.#facts, this.#status, this.#notes, this.#table];
    this.#live.append(...picture, this.#page.node, this.#picture.tooltip);
    elementStyle ??= styleSheet(css);
    this.#root.adoptedStyleSheets = [elementStyle, this.#heightStyle];
    this.#root.append(this.#content, this.#reason, this.#live);
  }

  /** Keeps the height that the static picture has. */
  measure(): void {
    this.#staticPx = staticPictureHeight(this.#host);
    this.#updateHeight();
  }

  /** Follows the attribute `height` from now on, instead of the static picture. */
  followHeight(): void {
    this.#staticPx = null;
    this.#updateHeight();
  }

  connect(): void {
    this.#picture.watch();
  }

  disconnect(): void {
    this.#picture.unwatch();
  }

  /** Prepares for a picture: the static content goes in the same frame in which the picture comes. */
  startLive(pictureStyle: CSSStyleSheet): void {
    if (elementStyle) this.#root.adoptedStyleSheets = [pictureStyle, elementStyle, this.#heightStyle];
    this.#setState("live");
  }

  /** Goes back to the static content. */
  stopLive(): void {
    this.#setState("loading");
  }

  showPlan(plan: Plan, facts: Facts): void {
    this.#plan = plan;
    const controls = this.#host.getAttribute("controls") ?? "";
    this.#live.dataset["theme"] = this.#host.getAttribute("theme") ?? "system";
    const title = element("strong", {}, element("bdi", {}, facts.title));
    this.#facts.replaceChildren(title, `: ${[`${facts.summary}.`, ...facts.assumed].join(" ")}`);
    this.#notes.replaceChildren(...this.#options.notes(), ...html(plan.notes()));
    this.showBoxes(facts);
    this.#showTable();
    this.#page.show(controls === "full");
    this.#picture.node.hidden = this.#table.hidden = facts.stages.length === 0;
    this.#picture.show(plan, `Deployments of ${facts.title} over time: ${facts.summary}`);
  }

  showBoxes(facts: Facts | null): void {
    const hasBoxes = ["checkboxes", "full"].includes(this.#host.getAttribute("controls") ?? "");
    showCheckboxes(this.#boxes, hasBoxes ? facts : null, this.#flip);
  }

  /** Shows a sentence below the picture; an empty one takes it away. */
  showStatus(sentence: string): void {
    this.#status.replaceChildren(...richText(sentence));
  }

  /** Shows the static content for good, with the reason why there is no live picture. */
  showFailure(reason: string): void {
    this.#reason.replaceChildren(...richText(`No live picture: ${reason}`));
    this.#setState("failed");
  }

  #setState(state: ViewState): void {
    this.#state = state;
    this.#live.hidden = state !== "live";
    this.#content.hidden = state === "live";
    this.#reason.hidden = state !== "failed";
    this.showStatus("");
    this.#updateHeight();
  }

  /** The rows are there only while the table is open: there may be many. */
  #showTable(): void {
    this.#table.querySelector("div")?.remove();
    const rows = this.#table.open ? this.#plan?.table() : "";
    if (!rows) return;
    const label = { role: "group", "aria-label": "Deployments in order", tabindex: "0" };
    this.#table.append(element("div", label, ...html(rows)));
  }

  /** The whole page stands in place of everything else, and is as high as it needs. */
  #togglePage(): void {
    this.#live.classList.toggle("dl-open", this.#page.isOpen);
    this.#updateHeight();
  }

  #updateHeight(): void {
    const attribute = this.#page.isOpen ? "auto" : this.#host.getAttribute("height");
    this.#heightStyle.replaceSync(heightRule(attribute, this.#staticPx, this.#state));
  }
}

function styleSheet(css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}
