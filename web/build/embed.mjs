// Bundles the element for other pages:
//
//     node web/build/embed.mjs WASM_FOLDER OUT_FOLDER page|package
//
// `page`: beside the page, with embed.html and a hash in the name of the WebAssembly.
// `package`: for npm, with the remark plugin and no hash, since its users bundle again.

import { copyFile, mkdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { hashOf } from "./hash.mjs";

const [wasmFolder = "", out = "", kind] = process.argv.slice(2);
if (!wasmFolder || !out) throw new Error("usage: embed.mjs WASM_FOLDER OUT_FOLDER page|package");
const here = (/** @type {string} */ name) => fileURLToPath(new URL(`../embed/${name}`, import.meta.url));
const WASM = "deployline_bg.wasm";
const isPage = kind === "page";

/**
 * Style sheets as minified text.
 * @type {import("esbuild").Plugin}
 */
const cssText = {
  name: "css-text",
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { code } = await transform(await readFile(path, "utf8"), { loader: "css", minify: true });
      return { contents: code, loader: "text" };
    });
  },
};

/** @type {import("esbuild").BuildOptions} */
const options = {
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "none",
  plugins: [cssText],
  alias: { "deployline-wasm": resolve(wasmFolder, "deployline.js") },
  define: { PAGE: isPage ? '"./"' : "null" },
  logLevel: "warning",
};

await mkdir(out, { recursive: true });
const wasm = await readFile(join(wasmFolder, WASM));
const wasmName = isPage ? `deployline-${hashOf(wasm)}.wasm` : WASM;
await writeFile(join(out, wasmName), wasm);
await bundle("src/main.ts", "deployline.js");
if (isPage) {
  // embed.js imports deployline.js instead of holding a copy: a browser may have it in its cache.
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
  // Some bundlers only find files whose names begin with `./`.
  const named = text.replaceAll('"./main"', '"./deployline.js"').replaceAll(`"${WASM}"`, `"./${wasmName}"`);
  await writeFile(join(out, to), named);
}

/** @param {string} name */
async function minify(name) {
  await build({ entryPoints: [here(name)], outfile: join(out, name), minify: true, logLevel: "warning" });
}
