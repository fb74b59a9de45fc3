// Parses the HTML of a fence to a hast tree. The core writes it, always well-formed: a full parser of
// HTML is not needed.

export interface HastText {
  type: "text";
  value: string;
}

export interface HastElement {
  type: "element";
  tagName: string;
  properties: Record<string, string | true>;
  children: HastNode[];
}

export type HastNode = HastText | HastElement;

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"' };
const TAG = /<(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>/g;

/** @throws Error where tags do not match */
export function parseHast(html: string): HastNode[] {
  const root: HastElement = { type: "element", tagName: "", properties: {}, children: [] };
  const open = [root];
  let at = 0;
  for (const tag of html.matchAll(TAG)) {
    const [all, isEnd, tagName = "", attributes = "", isEmpty] = tag;
    addText(open, html.slice(at, tag.index));
    at = tag.index + all.length;
    if (isEnd) {
      if (open.pop()?.tagName !== tagName) throw new Error(`</${tagName}> has no start`);
      continue;
    }
    const element: HastElement = { type: "element", tagName, properties: parseProperties(attributes), children: [] };
    open.at(-1)?.children.push(element);
    if (!isEmpty) open.push(element);
  }
  addText(open, html.slice(at));
  if (open.length !== 1) throw new Error(`<${open.at(-1)?.tagName}> has no end`);
  return root.children;
}

function addText(open: HastElement[], source: string): void {
  const value = decodeEntities(source);
  if (value) open.at(-1)?.children.push({ type: "text", value });
}

function parseProperties(attributes: string): HastElement["properties"] {
  const pairs = [...attributes.matchAll(/([\w:-]+)="([^"]*)"/g)];
  // `hidden=""` and the like are true.
  return Object.fromEntries(pairs.map(([, name = "", value = ""]) => [name, decodeEntities(value) || true]));
}

function decodeEntities(source: string): string {
  return source.replace(/&(?:#(\d+)|(\w+));/g, (all, code, name) =>
    code ? String.fromCodePoint(Number(code)) : (ENTITIES[name] ?? all),
  );
}
