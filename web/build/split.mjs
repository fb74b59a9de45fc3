// Splits the page's wasm: each module marked by `chunk!` (web/src/chunk.rs) becomes a file of its own.
//
// `wasm-split` needs the output of the linker, before wasm-bindgen. So wasm-bindgen runs once more, on
// the first part, and its output replaces that which Trunk made from the whole.
import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { hashOf } from "./hash.mjs";

/** Name of the module that loads chunks; it is bundled into the page's script. */
export const LOADER = "__wasm_split.js";

const run = promisify(execFile);

/**
 * Replaces the wasm in `folder` by its parts, and returns the HTML with the new name.
 * @param {string} folder
 * @param {string} html
 */
export async function split(folder, html) {
  // Set by `cargo xtask build`.
  const linked = process.env.DEPLOYLINE_LINKED_WASM;
  const [whole, stem] = html.match(/"\.\/(deployline-web-[0-9a-f]+)_bg\.wasm"/) ?? [];
  if (!linked || !whole || !stem) throw new Error("this page has no wasm to split: run `cargo xtask build`");
  const scratch = await mkdtemp(join(tmpdir(), "deployline-split-"));
  try {
    await run("wasm-split-cli", [linked, scratch, "--out-name", stem]);
    // Chunks use the table of functions, which only stays exported with this flag.
    const bindgen = ["--target", "web", "--no-typescript", "--keep-lld-exports"];
    const short = ["--omit-default-module-path", "--remove-name-section", "--remove-producers-section"];
    // The wasm repeats the name of its script beside each function that it imports.
    const named = ["--out-name", "page", "--out-dir", folder];
    await run("wasm-bindgen", [...bindgen, ...short, ...named, join(scratch, `${stem}.wasm`)]);
    await rename(join(folder, "page.js"), join(folder, `${stem}.js`));
    await rm(join(folder, `${stem}_bg.wasm`));
    const first = join(folder, "page_bg.wasm");
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

/**
 * Writes the chunks and their loader.
 * @param {string} scratch the folder with the output of `wasm-split`
 * @param {string} folder
 * @param {Buffer} main the first part of the wasm
 */
async function writeChunks(scratch, folder, main) {
  const names = (await readdir(scratch)).filter((name) => /^(split|chunk)_.*\.wasm$/.test(name)).sort();
  let loader = await readFile(join(scratch, LOADER), "utf8");
  for (const name of names) {
    const mention = `"./${name}"`;
    if (!loader.includes(mention)) throw new Error(`${LOADER} does not mention ${name}`);
    const chunk = withoutCustomSections(await readFile(join(scratch, name)));
    // Code that several modules use is a chunk of its own, with a number for a name.
    const stem = name.replace(/^split_|\.wasm$/g, "").replace("chunk_", "shared-");
    // A chunk only fits the first part that it was cut from, so its hash covers both.
    const hashed = `deployline-web-${stem}-${hashOf(main, chunk)}.wasm`;
    await writeFile(join(folder, hashed), chunk);
    loader = loader.replaceAll(mention, `"./${hashed}"`);
  }
  // Streaming fails when a server sends .wasm files with another content type.
  const streaming = "WebAssembly.instantiateStreaming(src, imports)";
  if (!loader.includes(streaming)) throw new Error(`${LOADER} does not load chunks as it did`);
  const whole = "WebAssembly.instantiate(await (await src).arrayBuffer(), imports)";
  await writeFile(join(folder, LOADER), loader.replaceAll(streaming, whole));
}

/** Returns the wasm without names of functions and the like, which only tools read. */
function withoutCustomSections(/** @type {Buffer} */ wasm) {
  const kept = [wasm.subarray(0, 8)];
  for (let at = 8; at < wasm.length; ) {
    const start = at;
    const isCustom = wasm[at++] === 0;
    let length = 0;
    // The length of the section, as LEB128.
    for (let shift = 0, more = true; more; shift += 7) {
      const byte = wasm.readUInt8(at++);
      length |= (byte & 0x7f) << shift;
      more = byte >= 0x80;
    }
    at += length;
    if (!isCustom) kept.push(wasm.subarray(start, at));
  }
  return Buffer.concat(kept);
}
