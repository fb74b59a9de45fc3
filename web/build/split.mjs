// Splits the page's wasm: each module marked by `chunk!` (web/src/chunk.rs) becomes a file of its own.
//
// `wasm-split` takes apart what the linker made, before wasm-bindgen sees it; so what Trunk had
// wasm-bindgen make of the whole is made anew of the first part.
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { hashOf } from "./hash.mjs";

/** The module by which the page loads chunks; it is bundled with the page's own. */
export const LOADER = "__wasm_split.js";

const run = promisify(execFile);

/** Puts the parts of the linked wasm in place of what Trunk laid out in `folder`; gives the HTML. */
export async function split(folder, html) {
  // Where `cargo xtask build` has Cargo put it.
  const linked = process.env.DEPLOYLINE_LINKED_WASM;
  const [whole, stem] = html.match(/"\.\/(deployline-web-[0-9a-f]+)_bg\.wasm"/) ?? [];
  if (!linked || !stem) throw new Error("this page has no wasm to split: run `cargo xtask build`");
  const scratch = await mkdtemp(join(tmpdir(), "deployline-split-"));
  try {
    await run("wasm-split-cli", [linked, scratch, "--out-name", stem]);
    // Chunks use the table of functions, which is among what the linker exports.
    const bindgen = ["--target", "web", "--no-typescript", "--keep-lld-exports"];
    const short = ["--omit-default-module-path", "--remove-name-section", "--remove-producers-section"];
    await run("wasm-bindgen", [...bindgen, ...short, "--out-dir", folder, join(scratch, `${stem}.wasm`)]);
    const first = join(folder, `${stem}_bg.wasm`);
    const main = await readFile(first);
    const name = `deployline-web-${hashOf(main)}_bg.wasm`;
    await rm(first);
    await writeFile(join(folder, name), main);
    await writeChunks(scratch, folder, main);
    return html.replaceAll(whole, `"./${name}"`);
  } finally {
    await rm(scratch, { recursive: true });
  }
}

async function writeChunks(scratch, folder, main) {
  const names = (await readdir(scratch)).filter((name) => /^(split|chunk)_.*\.wasm$/.test(name)).sort();
  let loader = await readFile(join(scratch, LOADER), "utf8");
  for (const name of names) {
    const mention = `"./${name}"`;
    if (!loader.includes(mention)) throw new Error(`${LOADER} does not mention ${name}`);
    const chunk = withoutCustomSections(await readFile(join(scratch, name)));
    // It knows places in the first part, and so is that part's own.
    // Code that several modules use is a chunk of its own, with a number for a name.
    const stem = name.replace(/^split_|\.wasm$/g, "").replace("chunk_", "shared-");
    const hashed = `deployline-web-${stem}-${hashOf(main, chunk)}.wasm`;
    await writeFile(join(folder, hashed), chunk);
    loader = loader.replaceAll(mention, `"./${hashed}"`);
  }
  // Some servers don't know the type of a wasm, and only what is declared as one compiles as it arrives.
  const streaming = "WebAssembly.instantiateStreaming(src, imports)";
  if (!loader.includes(streaming)) throw new Error(`${LOADER} does not load chunks as it did`);
  const whole = "WebAssembly.instantiate(await (await src).arrayBuffer(), imports)";
  await writeFile(join(folder, LOADER), loader.replaceAll(streaming, whole));
}

/** Names of functions and the like, which only tools read. */
function withoutCustomSections(wasm) {
  const kept = [wasm.subarray(0, 8)];
  for (let at = 8; at < wasm.length; ) {
    const start = at;
    const isCustom = wasm[at++] === 0;
    let length = 0;
    // A number in steps of seven bits.
    for (let shift = 0, more = true; more; shift += 7) {
      length |= (wasm[at] & 0x7f) << shift;
      more = wasm[at++] >= 0x80;
    }
    at += length;
    if (!isCustom) kept.push(wasm.subarray(start, at));
  }
  return Buffer.concat(kept);
}
