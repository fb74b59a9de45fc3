// Makes the JavaScript and CSS of the release page smaller, in the folder where Trunk lays it out.
// Trunk's own minifier does not understand the JavaScript that wasm-bindgen makes.
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";

const { TRUNK_PROFILE, TRUNK_STAGING_DIR } = process.env;
const loaders = { ".js": "js", ".css": "css" };

if (TRUNK_PROFILE === "release") {
  const { build, transform } = await import("esbuild");
  const files = await readdir(TRUNK_STAGING_DIR);
  for (const name of files) {
    const loader = loaders[extname(name)];
    if (!loader) continue;
    const path = join(TRUNK_STAGING_DIR, name);
    if (name.startsWith("deployline-web-")) {
      // With the snippets it imports: a file of its own would be asked for only when this one is
      // there, and the page waits for both.
      const options = { bundle: true, format: "esm", minify: true, allowOverwrite: true };
      await build({ ...options, entryPoints: [path], outfile: path, logLevel: "warning" });
    } else {
      const { code } = await transform(await readFile(path, "utf8"), { loader, minify: true });
      await writeFile(path, code);
    }
  }
  await rm(join(TRUNK_STAGING_DIR, "snippets"), { recursive: true, force: true });
}
