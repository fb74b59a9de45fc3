// `controls="full"`: the whole page with its editor, in a frame, once someone asks for it. Nothing of
// it is loaded before.

import type { DeployLine } from "./element";
import { element } from "./markup";

/** Where the whole page is: beside this file, but for the npm package, which does not hold it. */
declare const PAGE: string | null;

export class WholePage {
  readonly node = element("div", { class: "dl-full" });
  isOpen = false;
  #host: DeployLine;
  /** Called when the page takes the picture's place, and when it gives it back. */
  #turned: () => void;
  #open = element("button", { type: "button" }, "Open the editor");
  #apart = element("a", { target: "_blank", rel: "noopener" }, "Open in a new tab");
  #close = element("button", { type: "button" }, "Close the editor");
  #frame: HTMLIFrameElement | null = null;
  /** How many addresses were asked for: only the last one counts. */
  #asked = 0;
  #isOpening = false;

  constructor(host: DeployLine, turned: () => void) {
    this.#host = host;
    this.#turned = turned;
    this.#open.addEventListener("click", () => void this.#opens());
    this.#close.addEventListener("click", () => this.#closes());
  }

  /** The way to the page, with the plan as it is now. An open page stays as it is. */
  show(isWanted: boolean): void {
    if (!isWanted) {
      this.#shut();
      this.node.replaceChildren();
    } else if (!this.isOpen) {
      this.#offer();
    }
  }

  #offer(): void {
    const page = pageOf(this.#host);
    if (typeof page === "string") return this.node.replaceChildren(element("p", {}, page));
    if (!this.#open.isConnected) this.node.replaceChildren(element("p", {}, this.#open, " ", this.#apart));
    const asked = ++this.#asked;
    const link = this.#host.link();
    link.then((fragment) => asked === this.#asked && (this.#apart.href = `${page.href}#${fragment}`)).catch(() => {});
  }

  async #opens(): Promise<void> {
    const page = pageOf(this.#host);
    if (typeof page === "string" || this.#isOpening) return;
    this.#isOpening = true;
    const link = this.#host.link().finally(() => (this.#isOpening = false));
    const src = `${page.href}#${await link}`;
    if (!this.#open.isConnected) return;
    const title = `Deployline: ${this.#host.facts?.title ?? ""}`;
    this.#frame = element("iframe", { src, title, class: "dl-page" });
    this.node.replaceChildren(element("p", {}, this.#close), this.#frame);
    this.isOpen = true;
    this.#turned();
    this.#frame.focus();
  }

  /** What was edited comes back, if the page is of our origin: it keeps its state in its address. */
  #closes(): void {
    const [before, after] = [new URL(this.#frame?.src ?? "").hash, fragmentIn(this.#frame)];
    this.#shut();
    this.#offer();
    this.#open.focus();
    if (/^#v\d+\./.test(after) && after !== before) this.#host.openLink(after).catch(() => {});
  }

  #shut(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.#frame = null;
    this.#turned();
  }
}

/** The page's address, or why there is none. */
function pageOf(host: DeployLine): URL | string {
  const given = host.getAttribute("page");
  if (given === null && PAGE === null) return 'controls="full" needs page="…", the address of the whole page.';
  try {
    const page = given === null ? new URL(PAGE ?? "", import.meta.url) : new URL(given, document.baseURI);
    page.hash = "";
    if (/^(https?|file):$/.test(page.protocol)) return page;
  } catch {
    // Said below.
  }
  return `page="${given}" is no address of a page.`;
}

function fragmentIn(frame: HTMLIFrameElement | null): string {
  try {
    return frame?.contentWindow?.location.hash ?? "";
  } catch {
    // Of another origin: that keeps it to itself.
    return "";
  }
}
