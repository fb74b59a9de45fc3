// A modal dialog with rows: what there is, what it is for, and the buttons that give it. The browser
// keeps the focus in it, closes it on Escape, and gives the focus back.

/** What a button did, in a sentence. */
export type Done = string | Promise<string>;

export class Dialog {
  readonly #element: HTMLDialogElement;
  readonly #rows = make("div", { className: "dl-dialog-rows" });
  readonly #told = make("p", { className: "dl-dialog-told" });

  constructor(title: string) {
    const close = make("button", { type: "button", className: "dl-control" }, "Close");
    close.addEventListener("click", () => this.close());
    const head = make("header", { className: "dl-dialog-head" }, make("h2", {}, title), close);
    this.#told.role = "status";
    this.#element = make("dialog", { className: "dl-dialog", ariaLabel: title }, head, this.#rows, this.#told);
    this.#element.addEventListener("close", () => this.#element.remove());
    // Beside it, not in it: all of its inside is covered by what stands there.
    // Who selects the link and lets go outside does not mean to close it.
    let isOutside = false;
    this.#element.addEventListener("pointerdown", ({ target }) => (isOutside = target === this.#element));
    this.#element.addEventListener("click", ({ target }) => {
      if (isOutside && target === this.#element) this.close();
    });
  }

  add(...rows: Node[]): void {
    this.#rows.append(...rows);
  }

  show(root: Element): void {
    root.append(this.#element);
    this.#element.showModal();
  }

  close(): void {
    this.#element.close();
  }

  /** A button that does something and then says what. Its name begins with its caption. */
  button(caption: string, what: string, run: () => Done): HTMLButtonElement {
    const button = make("button", { type: "button", className: "dl-control" }, caption);
    if (what) button.ariaLabel = `${caption} ${what}`;
    button.addEventListener("click", () => void this.tell(run));
    return button;
  }

  /** Does something, and says what or why not. */
  async tell(run: () => Done): Promise<void> {
    let told: string;
    try {
      told = await run();
    } catch (error) {
      told = error instanceof Error ? error.message : String(error);
    }
    // The same sentence is read aloud again.
    this.#told.replaceChildren();
    this.#told.append(told);
  }
}

/** A row: its title, what it is for, and its buttons. */
export function row(title: string, about: string, ...buttons: Node[]): HTMLElement {
  return make(
    "section",
    { className: "dl-dialog-row" },
    make("h3", {}, title),
    make("p", { className: "dl-muted" }, about),
    make("div", { className: "dl-dialog-buttons" }, ...buttons),
  );
}

/** An element with properties and children; text becomes text. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Partial<HTMLElementTagNameMap[K]>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

/** `12,345` */
export const grouped = (count: number) => count.toLocaleString("en");

export async function copied(text: string, what: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    throw new Error("The browser does not let it be copied.");
  }
  return `Copied ${what}.`;
}
