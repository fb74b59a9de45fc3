// Makes the JavaScript and CSS of the release page smaller, in the folder where Trunk lays it out.
// Trunk's own minifier does not understand the JavaScript that wasm-bindgen makes.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";

const { TRUNK_PROFILE, TRUNK_STAGING_DIR } = process.env;
const loaders = { ".js": "js", ".css": "css" };

if (TRUNK_PROFILE === "release") {
  const { transform } = await import("esbuild");
  for (const name of await readdir(TRUNK_STAGING_DIR, { recursive: true })) {
    const loader = loaders[extname(name)];
    if (!loader) continue;
    const path = join(TRUNK_STAGING_DIR, name);
    const { code } = await transform(await readFile(path, "utf8"), { loader, minify: true });
    await writeFile(path, code);
  }
}
