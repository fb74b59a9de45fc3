// The source of an element's YAML: its children or a file, unless a script gave a text or a link.

const MAX_BYTES = 8 * 1024 * 1024;

/** The input of a plan: a YAML text, or the fragment of a link. */
export type Input = { text: string } | { link: string };

export class Source {
  #host: HTMLElement;
  /** Input from a script, which wins over the page around the element. */
  #given: Input | null = null;
  /** The child's text that was read last. */
  #childText: string | null = null;

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  set(input: Input): void {
    this.#given = input;
  }

  /** Goes back to the page around the element. */
  reset(): void {
    this.#given = null;
    this.forgetChild();
  }

  /** The child counts as changed, even where its text is the same. */
  forgetChild(): void {
    this.#childText = null;
  }

  /** The text that was given or that a child holds; a file's is not known before it is loaded. */
  get text(): string {
    const given = this.#given && "text" in this.#given ? this.#given.text : null;
    return given ?? childText(this.#host) ?? "";
  }

  get isFile(): boolean {
    return this.#given === null && this.#host.hasAttribute("src");
  }

  /** `true` where a child holds another text than the one that was read. */
  get hasNewChildText(): boolean {
    if (this.#given !== null || this.isFile) return false;
    const text = childText(this.#host);
    return text !== null && text !== this.#childText;
  }

  /**
   * Returns the input, or null while there is none: the children may still be on their way.
   * @throws Error with a sentence for people, where a file can't be loaded
   */
  async read(signal: AbortSignal): Promise<Input | null> {
    if (this.#given) return this.#given;
    const src = this.#host.getAttribute("src");
    if (src !== null) return { text: await loadFile(new URL(src, document.baseURI).href, signal) };
    const text = (this.#childText = childText(this.#host));
    return text === null ? null : { text };
  }
}

/** The text of the first `<script type="application/yaml">` or `<pre>`. */
function childText(host: HTMLElement): string | null {
  for (const child of host.children) {
    const isYaml = child.localName === "script" && /ya?ml/i.test(child.getAttribute("type") ?? "");
    if (isYaml || child.localName === "pre") return child.textContent ?? "";
  }
  return null;
}

async function loadFile(address: string, signal: AbortSignal): Promise<string> {
  const failed = () => {
    throw new Error(`${address} could not be loaded`);
  };
  const response = await fetch(address, { signal }).catch(failed);
  if (!response.ok) throw new Error(`${address} could not be loaded: ${response.status}`);
  // Not as a stream: browsers list a file that is read so as one that was given up.
  const file = await response.blob().catch(failed);
  if (file.size > MAX_BYTES) throw new Error(`${address} is larger than 8 MiB`);
  return file.text();
}
