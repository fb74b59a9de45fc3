// Bundles TypeScript of the page into one ES module.
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

/**
 * Writes the bundle of `from` to `to`.
 * @param {URL} from
 * @param {URL} to
 * @param {string} [banner] JavaScript before everything else
 */
export async function bundle(from, to, banner = "") {
  const output = fileURLToPath(to);
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(from)],
    outfile: output,
    bundle: true,
    format: "esm",
    target: "es2022",
    minify: true,
    banner: { js: banner },
    write: false,
    logLevel: "warning",
  });
  const text = outputFiles[0]?.text ?? "";
  // `trunk serve` watches the folder: writing an unchanged file again would start another build.
  const current = await readFile(output, "utf8").catch(() => null);
  if (text === current) return;
  await mkdir(dirname(output), { recursive: true });
  await writeFile(output, text);
}
