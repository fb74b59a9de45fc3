// Turns the core's markup, in which every name is escaped, to nodes: parsed in a document of its own, and
// imported. For pages that require trusted types there is a policy.

interface Policy {
  createHTML(markup: string): string;
}

const trustedPolicy = (() => {
  const factory = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } })
    .trustedTypes;
  try {
    return factory?.createPolicy("deployline", { createHTML: (markup) => markup });
  } catch {
    // The page does not allow this policy: if it enforces trusted types, parsing throws.
    return undefined;
  }
})();

function parse(markup: string, type: DOMParserSupportedType): Document {
  return new DOMParser().parseFromString(trustedPolicy?.createHTML(markup) ?? markup, type);
}

export function svg(markup: string): SVGSVGElement {
  return document.importNode(parse(markup, "image/svg+xml").documentElement, true) as Element as SVGSVGElement;
}

export function html(markup: string): Node[] {
  return [...parse(markup, "text/html").body.childNodes].map((node) => document.importNode(node, true));
}

type Attributes = Record<string, string>;

/** Creates an element; strings become text, never markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...content: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  node.append(...content);
  return node;
}

/** Turns a message to text and `code` elements: what stands between backticks is code. */
export function richText(message: string): (Node | string)[] {
  return message.split("`").map((part, index) => (index % 2 === 0 ? part : element("code", {}, part)));
}
