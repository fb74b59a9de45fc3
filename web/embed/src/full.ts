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
  #onToggle: () => void;
  #openButton = element("button", { type: "button" }, "Open the editor");
  #newTabLink = element("a", { target: "_blank", rel: "noopener" }, "Open in a new tab");
  #closeButton = element("button", { type: "button" }, "Close the editor");
  #frame: HTMLIFrameElement | null = null;
  /** Counts the links that were asked for: only the last one is used. */
  #linkCount = 0;
  #isOpening = false;

  constructor(host: DeployLine, onToggle: () => void) {
    this.#host = host;
    this.#onToggle = onToggle;
    this.#openButton.addEventListener("click", () => void this.#openPage());
    this.#closeButton.addEventListener("click", () => this.#closePage());
  }

  /** Shows the button and the link to the page, with the plan as it is now. An open page stays as it is. */
  show(isShown: boolean): void {
    if (!isShown) {
      this.#removePage();
      this.node.replaceChildren();
    } else if (!this.isOpen) {
      this.#showButtons();
    }
  }

  #showButtons(): void {
    const page = pageOf(this.#host);
    if (typeof page === "string") return this.node.replaceChildren(element("p", {}, page));
    if (!this.#openButton.isConnected) this.node.replaceChildren(element("p", {}, this.#openButton, " ", this.#newTabLink));
    const count = ++this.#linkCount;
    const setLink = (fragment: string) => {
      if (count === this.#linkCount) this.#newTabLink.href = `${page.href}#${fragment}`;
    };
    this.#host.link().then(setLink, () => {});
  }

  async #openPage(): Promise<void> {
    const page = pageOf(this.#host);
    if (typeof page === "string" || this.#isOpening) return;
    this.#isOpening = true;
    const link = this.#host.link().finally(() => (this.#isOpening = false));
    const src = `${page.href}#${await link}`;
    if (!this.#openButton.isConnected) return;
    const title = `Deployline: ${this.#host.facts?.title ?? ""}`;
    this.#frame = element("iframe", { src, title, class: "dl-page" });
    this.node.replaceChildren(element("p", {}, this.#closeButton), this.#frame);
    this.isOpen = true;
    this.#onToggle();
    this.#frame.focus();
  }

  /** Takes over what was edited, if the page is of our origin: it keeps its state in its address. */
  #closePage(): void {
    const [before, after] = [new URL(this.#frame?.src ?? "").hash, fragmentIn(this.#frame)];
    this.#removePage();
    this.#showButtons();
    this.#openButton.focus();
    if (/^#v\d+\./.test(after) && after !== before) this.#host.openLink(after).catch(() => {});
  }

  #removePage(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    this.#frame = null;
    this.#onToggle();
  }
}

/** Returns the page's address, or why there is none. */
function pageOf(host: DeployLine): URL | string {
  const given = host.getAttribute("page");
  if (given === null && PAGE === null) return 'controls="full" needs page="…", the address of the whole page.';
  try {
    const page = given === null ? new URL(PAGE ?? "", import.meta.url) : new URL(given, document.baseURI);
    page.hash = "";
    if (/^(https?|file):$/.test(page.protocol)) return page;
  } catch {
    // The message follows.
  }
  return `page="${given}" is no address of a page.`;
}

function fragmentIn(frame: HTMLIFrameElement | null): string {
  try {
    return frame?.contentWindow?.location.hash ?? "";
  } catch {
    // The address of a page of another origin can't be read.
    return "";
  }
}
