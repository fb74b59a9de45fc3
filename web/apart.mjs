// Takes the page's wasm apart: what runs when the page is opened, and the rest, which web/rest.js loads.
import { execFile } from "node:child_process";
import { cp, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { hashOf } from "./hash.mjs";

/** The module by which the page gets the rest; it is bundled with the page's own. */
export const REST_LOADER = "rest.js";

const run = promisify(execFile);
const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/**
 * In `folder`, where wasm-bindgen has put what it made of `stem`: that is in `scratch`, with chunks and
 * what loads them, cut out of what the linker made.
 */
export async function apart(folder, stem, scratch, { linked, chunks, loader: chunkLoader }) {
  const xtask = process.env.DEPLOYLINE_XTASK;
  const [wasm, glue] = [join(folder, `${stem}_bg.wasm`), join(folder, `${stem}.js`)];
  const [page, ran, rest] = ["page", "ran", "rest.wasm"].map((name) => join(scratch, name));
  await cp(folder, page, { recursive: true });
  for (const name of [chunkLoader, ...chunks]) await cp(join(scratch, name), join(page, name));
  await run(xtask, ["watch", wasm, join(page, `${stem}_bg.wasm`)]);
  const { stdout } = await run(process.execPath, [here("usual.mjs"), page], { maxBuffer: 1 << 24 });
  await writeFile(ran, stdout);

  const whole = await readFile(wasm);
  const parts = [`${stem}.wasm`, ...chunks].map((name) => join(scratch, name));
  await run(xtask, ["apart", wasm, ran, rest, linked, ...parts]);
  await writeFile(glue, knowingParts(await readFile(glue, "utf8"), stem, whole));
  const name = `deployline-web-rest-${hashOf(await readFile(wasm), await readFile(rest))}.wasm`;
  await cp(rest, join(folder, name));
  const loader = await readFile(here(REST_LOADER), "utf8");
  await writeFile(join(folder, REST_LOADER), loader.replace("GLUE", `${stem}.js`).replace("REST", name));
}

/** wasm-bindgen's JavaScript for the two parts: they import the rest, and of it by numbers. */
function knowingParts(glue, stem, whole) {
  const module = new WebAssembly.Module(whole);
  const ours = `./${stem}_bg.js`;
  let known = replaced(glue, `"${ours}": import0,`, `"./${REST_LOADER}": rest, "${ours}": import0,`);
  for (const [number, { module: from, name }] of WebAssembly.Module.imports(module).entries()) {
    if (from === ours) known = replaced(known, `\n        ${name}: function`, `\n${number}: function`);
  }
  return [
    `import * as rest from "./${REST_LOADER}";`,
    `export { rest } from "./${REST_LOADER}";`,
    "export const started = () => wasm;",
    known,
  ].join("\n");
}

/** What a tool wrote, with something else at a place. */
export function replaced(text, place, other) {
  if (!text.includes(place)) throw new Error(`there is no longer ${place.trim()}`);
  return text.replace(place, other);
}
