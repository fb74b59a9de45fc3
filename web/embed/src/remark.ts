// The remark plugin: replaces blocks of the language `deployline` by pictures, as for mdBook and MkDocs.
//
// It gives remark a tree instead of HTML, which would need `rehype-raw`, and which MDX refuses.

import { readFileSync } from "node:fs";
import { fence, initSync } from "deployline-wasm";
import type { Options } from "../remark";
import { type HastElement, type HastNode, parseHast } from "./hast";

/** The used part of remark's types. */
interface Node {
  type: string;
  children?: Node[];
  lang?: string | null;
  meta?: string | null;
  value?: string;
  position?: { start: { line: number } };
  data?: Record<string, unknown>;
  [key: string]: unknown;
}

interface File {
  path?: string;
  message(reason: string, position?: unknown, origin?: string): unknown;
  fail(reason: string, position?: unknown, origin?: string): never;
}

interface Processor {
  data(): { fromMarkdownExtensions?: unknown[] };
}

let isStarted = false;

export default function deployline(this: unknown, options: Options = {}): (tree: unknown, file: unknown) => void {
  const isMdx = isMdxProcessor(this as Processor | undefined);
  return (tree, file) => replaceIn(tree as Node, file as File, options, isMdx);
}

function replaceIn(parent: Node, file: File, options: Options, isMdx: boolean): void {
  parent.children?.forEach((node, index, siblings) => {
    if (node.type === "code" && node.lang === "deployline") siblings[index] = renderBlock(node, file, options, isMdx);
    else replaceIn(node, file, options, isMdx);
  });
}

function renderBlock(node: Node, file: File, options: Options, isMdx: boolean): Node {
  const info = options.live ? `live ${node.meta ?? ""}` : (node.meta ?? "");
  initWasm();
  const rendered = fence(node.value ?? "", info);
  const { html, mistakes } = rendered;
  rendered.free();
  for (const mistake of mistakes.split("\n").filter(Boolean)) report(mistake, node, file, options);
  const [root] = parseHast(html).filter((child) => child.type === "element");
  if (root?.type !== "element") throw new Error("deployline: there is no picture");
  return {
    type: "deployline",
    children: [],
    data: {
      hName: root.tagName,
      hProperties: root.properties,
      hChildren: isMdx ? root.children.map(withExplicitPre) : root.children,
    },
  };
}

/** Starts the wasm with the first block. */
function initWasm(): void {
  if (isStarted) return;
  initSync({ module: readFileSync(new URL("deployline_bg.wasm", import.meta.url)) });
  isStarted = true;
}

/** Reports to remark, whose messages site builders don't show, and on the console. */
function report(mistake: string, { position }: Node, file: File, { strict }: Options): void {
  if (strict) file.fail(mistake, position, "deployline");
  file.message(mistake, position, "deployline");
  console.warn(`deployline: ${file.path ?? "a block"}:${position?.start.line ?? 1}: ${mistake}`);
}

/**
 * Turns `pre` elements to explicit JSX: Docusaurus and others replace plain ones by components of their
 * own, which show their text.
 */
function withExplicitPre(node: HastNode): unknown {
  if (node.type !== "element") return node;
  const children = node.children.map(withExplicitPre);
  return node.tagName === "pre" ? explicitJsx(node, children) : { ...node, children };
}

function explicitJsx({ tagName, properties }: HastElement, children: unknown[]): unknown {
  const attributes = Object.entries(properties).map(([name, value]) => ({
    type: "mdxJsxAttribute",
    name,
    value: value === true ? null : value,
  }));
  const data = { _mdxExplicitJsx: true };
  return { type: "mdxJsxFlowElement", name: tagName, attributes, children, data };
}

/** Tells MDX from Markdown whatever the file is called: Docusaurus takes all files for MDX. */
function isMdxProcessor(processor: Processor | undefined): boolean {
  const extensions = processor?.data?.().fromMarkdownExtensions ?? [];
  return extensions.flat(9).some((extension) => {
    const { enter } = (extension ?? {}) as { enter?: object };
    return enter !== undefined && "mdxJsxFlowTag" in enter;
  });
}
