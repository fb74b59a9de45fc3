// The core's markup, in which every name is escaped, as nodes: parsed apart from the page, and taken
// over. A page that wants trusted types gets one for it.

interface Policy {
  createHTML(markup: string): string;
}

const trusted = (() => {
  const factory = (globalThis as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } })
    .trustedTypes;
  try {
    return factory?.createPolicy("deployline", { createHTML: (markup) => markup });
  } catch {
    // The page does not allow this policy: parsing will say so where it matters.
    return undefined;
  }
})();

function parsed(markup: string, type: DOMParserSupportedType): Document {
  return new DOMParser().parseFromString(trusted?.createHTML(markup) ?? markup, type);
}

export function svg(markup: string): SVGSVGElement {
  return document.importNode(parsed(markup, "image/svg+xml").documentElement, true) as Element as SVGSVGElement;
}

export function html(markup: string): Node[] {
  return [...parsed(markup, "text/html").body.childNodes].map((node) => document.importNode(node, true));
}

type Attributes = Record<string, string>;

/** An element of our own, with text that is text. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...content: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}
