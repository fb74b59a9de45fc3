// Bundles the editor into one ES module, web/editor/dist/editor.js.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const output = fileURLToPath(new URL("dist/editor.js", import.meta.url));

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL("src/editor.ts", import.meta.url))],
  outfile: output,
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  // The licence asks for its notice in every copy, and the packages carry none in their files.
  banner: {
    js: "/*! Includes CodeMirror and Lezer, (c) Marijn Haverbeke and others, MIT licence: https://codemirror.net */",
  },
  write: false,
  logLevel: "warning",
});
const bundle = outputFiles[0].text;

// `trunk serve` watches the folder: an unchanged file that is written again would start it again.
const current = await readFile(output, "utf8").catch(() => null);
if (bundle !== current) {
  await mkdir(dirname(output), { recursive: true });
  await writeFile(output, bundle);
}
