// The remark plugin: blocks of the language `deployline` become what mdBook and MkDocs make of them.
//
// It gives remark a tree and no HTML, which would need `rehype-raw`, and which MDX refuses.

import { readFileSync } from "node:fs";
import { fence, initSync } from "deployline-wasm";
import type { Options } from "../remark";
import { type HastElement, type HastNode, hastOf } from "./hast";

/** As much of remark's types as is used here. */
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
  const isMdx = readsMdx(this as Processor | undefined);
  return (tree, file) => replaceIn(tree as Node, file as File, options, isMdx);
}

function replaceIn(parent: Node, file: File, options: Options, isMdx: boolean): void {
  parent.children?.forEach((node, index, siblings) => {
    if (node.type === "code" && node.lang === "deployline") siblings[index] = pictureOf(node, file, options, isMdx);
    else replaceIn(node, file, options, isMdx);
  });
}

function pictureOf(node: Node, file: File, options: Options, isMdx: boolean): Node {
  const info = options.live ? `live ${node.meta ?? ""}` : (node.meta ?? "");
  start();
  const made = fence(node.value ?? "", info);
  const { html, mistakes } = made;
  made.free();
  for (const mistake of mistakes.split("\n").filter(Boolean)) report(mistake, node, file, options);
  const [root] = hastOf(html).filter((child) => child.type === "element");
  if (root?.type !== "element") throw new Error("deployline: there is no picture");
  return {
    type: "deployline",
    children: [],
    data: {
      hName: root.tagName,
      hProperties: root.properties,
      hChildren: isMdx ? root.children.map(asWritten) : root.children,
    },
  };
}

/** Once, with the first block. */
function start(): void {
  if (isStarted) return;
  initSync({ module: readFileSync(new URL("deployline_bg.wasm", import.meta.url)) });
  isStarted = true;
}

/** Messages are for linters. Those who build sites with remark don't show them, so it is said aloud too. */
function report(mistake: string, { position }: Node, file: File, { strict }: Options): void {
  if (strict) file.fail(mistake, position, "deployline");
  file.message(mistake, position, "deployline");
  console.warn(`deployline: ${file.path ?? "a block"}:${position?.start.line ?? 1}: ${mistake}`);
}

/**
 * Docusaurus and others have components of their own for `pre`, which show its text. What is written
 * as JSX they leave alone.
 */
function asWritten(node: HastNode): unknown {
  if (node.type !== "element") return node;
  const children = node.children.map(asWritten);
  return node.tagName === "pre" ? explicit(node, children) : { ...node, children };
}

function explicit({ tagName, properties }: HastElement, children: unknown[]): unknown {
  const attributes = Object.entries(properties).map(([name, value]) => ({
    type: "mdxJsxAttribute",
    name,
    value: value === true ? null : value,
  }));
  const data = { _mdxExplicitJsx: true };
  return { type: "mdxJsxFlowElement", name: tagName, attributes, children, data };
}

/** Whether the text is MDX, whatever its file is called: Docusaurus takes all of them for it. */
function readsMdx(processor: Processor | undefined): boolean {
  const extensions = processor?.data?.().fromMarkdownExtensions ?? [];
  return extensions.flat(9).some((extension) => {
    const { enter } = (extension ?? {}) as { enter?: object };
    return enter !== undefined && "mdxJsxFlowTag" in enter;
  });
}
