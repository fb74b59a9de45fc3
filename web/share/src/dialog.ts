// A modal dialog with rows of a title, a description and buttons. The browser keeps the focus in it,
// closes it on Escape, and restores the focus.

/** An action of a button; it returns a sentence that says what was done. */
export type Action = () => string | Promise<string>;

export class Dialog {
  readonly #element: HTMLDialogElement;
  readonly #rows = make("div", { className: "dl-dialog-rows" });
  readonly #status = make("p", { className: "dl-dialog-status" });

  constructor(title: string) {
    const close = make("button", { type: "button", className: "dl-control" }, "Close");
    close.addEventListener("click", () => this.close());
    const head = make("header", { className: "dl-dialog-head" }, make("h2", {}, title), close);
    this.#status.role = "status";
    this.#element = make("dialog", { className: "dl-dialog", ariaLabel: title }, head, this.#rows, this.#status);
    this.#element.addEventListener("close", () => this.#element.remove());
    this.#closeOnBackdrop();
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

  /** Creates a button that shows what its action did. Its accessible name begins with its caption. */
  button(caption: string, object: string, action: Action): HTMLButtonElement {
    const button = make("button", { type: "button", className: "dl-control" }, caption);
    if (object) button.ariaLabel = `${caption} ${object}`;
    button.addEventListener("click", () => void this.run(action));
    return button;
  }

  /** Runs an action, and shows what it did or why it failed. */
  async run(action: Action): Promise<void> {
    let sentence: string;
    try {
      sentence = await action();
    } catch (error) {
      sentence = error instanceof Error ? error.message : String(error);
    }
    // Emptied first, so that the same sentence is read aloud again.
    this.#status.replaceChildren();
    this.#status.append(sentence);
  }

  /** Only the backdrop has the dialog itself as its target: its children cover all of its inside. */
  #closeOnBackdrop(): void {
    // A selection that begins in the dialog and ends on the backdrop does not close it.
    let isPressedOutside = false;
    this.#element.addEventListener("pointerdown", ({ target }) => {
      isPressedOutside = target === this.#element;
    });
    this.#element.addEventListener("click", ({ target }) => {
      if (isPressedOutside && target === this.#element) this.close();
    });
  }
}

/** Creates a row of a title, a description and buttons. */
export function row(title: string, description: string, ...buttons: Node[]): HTMLElement {
  return make(
    "section",
    { className: "dl-dialog-row" },
    make("h3", {}, title),
    make("p", { className: "dl-muted" }, description),
    make("div", { className: "dl-dialog-buttons" }, ...buttons),
  );
}

/** Creates an element; strings become text, never markup. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Partial<HTMLElementTagNameMap[K]>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
}

/** Formats a number as `12,345`. */
export const formatNumber = (count: number) => count.toLocaleString("en");

/** Copies a text to the clipboard; returns what was copied, as a sentence. */
export async function copy(text: string, object: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    throw new Error("The browser does not let it be copied.");
  }
  return `Copied ${object}.`;
}
