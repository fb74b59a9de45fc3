// Bundles what stands in other people's pages:
//
//     node web/embed/build.mjs WASM_FOLDER OUT_FOLDER page|package
//
// `page`: for the folder of the page, with a hash in the wasm's name and embed.html.
// `package`: for npm, whose users bundle again, with the remark plugin.

import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const [wasmFolder, out, kind] = process.argv.slice(2);
const here = (/** @type {string} */ name) => fileURLToPath(new URL(name, import.meta.url));
/** The wasm, and what of it is seldom called. */
const WASMS = ["deployline_bg.wasm", "deployline_rest.wasm"];
const isPage = kind === "page";

/** @type {import("esbuild").BuildOptions} */
const options = {
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "none",
  loader: { ".css": "text" },
  alias: { "deployline-wasm": resolve(wasmFolder, "glue.js") },
  define: { PAGE: isPage ? '"./"' : "null" },
  logLevel: "warning",
};

await mkdir(out, { recursive: true });
/** What each is called where it is handed out. */
const names = new Map();
const contents = await Promise.all(WASMS.map((name) => readFile(join(wasmFolder, name))));
// One fits the other only.
const hash = createHash("sha256").update(Buffer.concat(contents)).digest("hex").slice(0, 16);
for (const [at, name] of WASMS.entries()) {
  names.set(name, isPage ? name.replace(/(_bg)?[.]/, `-${hash}.`) : name);
  await writeFile(join(out, names.get(name)), contents[at] ?? "");
}
await makeGlue();
await bundle("src/main.ts", "deployline.js");
if (isPage) {
  // It imports the element from beside it, which other pages have in their caches.
  await bundle("src/frame.ts", "embed.js", { external: ["./main"] });
  await copyFile(here("embed.html"), join(out, "embed.html"));
  await minify("embed.css");
} else {
  await bundle("src/remark.ts", "remark.js", { platform: "node" });
  await copyFile(here("remark.d.ts"), join(out, "remark.d.ts"));
}
await copyFile(here("deployline.d.ts"), join(out, "deployline.d.ts"));

/**
 * @param {string} from
 * @param {string} to
 * @param {import("esbuild").BuildOptions} [more]
 */
async function bundle(from, to, more) {
  const result = await build({ ...options, ...more, entryPoints: [here(from)], write: false });
  const text = result.outputFiles?.[0]?.text ?? "";
  // With `./`, as some bundlers want the names of files they are to find.
  let named = text.replaceAll('"./main"', '"./deployline.js"');
  for (const [name, kept] of names) named = named.replaceAll(`"${name}"`, `"./${kept}"`);
  await writeFile(join(out, to), named);
}

/** Of what wasm-bindgen makes, a wasm can be started once: a function gives what is used of it as often as it is wanted. */
async function makeGlue() {
  const used = "Plan, deflatedBytes, fence, inflatedBytesLimit, initSync, linkFragment, styleSheet";
  const result = await build({
    stdin: { contents: `export { ${used} } from "./deployline.js";`, resolveDir: resolve(wasmFolder) },
    bundle: true,
    format: "cjs",
    target: "es2022",
    // What becomes of forgotten plans is for src/plan.ts to say, which knows what still runs.
    define: { FinalizationRegistry: "undefined" },
    write: false,
    logLevel: "warning",
  });
  const module = result.outputFiles?.[0]?.text ?? "";
  const glue = `export function glue() {\nconst module = {};\n${module}\nreturn module.exports;\n}\n`;
  await writeFile(join(wasmFolder, "glue.js"), glue);
}

/** @param {string} name */
async function minify(name) {
  await build({ entryPoints: [here(name)], outfile: join(out, name), minify: true, logLevel: "warning" });
}
