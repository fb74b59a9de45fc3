// Finishes the release page in the folder where Trunk lays it out: makes its JavaScript and CSS
// smaller, its style sheets one, and draws its first picture.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readdir, readFile, rm, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";

const { TRUNK_PROFILE, TRUNK_STAGING_DIR, TRUNK_SOURCE_DIR } = process.env;
const staged = (name) => join(TRUNK_STAGING_DIR, name);

if (TRUNK_PROFILE === "release") {
  await minifyScripts();
  const html = await readFile(staged("index.html"), "utf8");
  await writeFile(staged("index.html"), await withFirstPicture(await withOneStyleSheet(html)));
}

/** Trunk's own minifier does not understand the JavaScript that wasm-bindgen makes. */
async function minifyScripts() {
  const { build } = await import("esbuild");
  const names = await readdir(TRUNK_STAGING_DIR);
  for (const name of names.filter((name) => extname(name) === ".js")) {
    // With the snippets it imports: a file of its own would be asked for only when the one that
    // imports it is there. Other files of the page stay files.
    await build({
      entryPoints: [staged(name)],
      outfile: staged(name),
      allowOverwrite: true,
      bundle: name.startsWith("deployline-web-"),
      format: "esm",
      minify: true,
      logLevel: "warning",
    });
  }
  await rm(staged("snippets"), { recursive: true, force: true });
}

/** Nothing is painted before all styles are there, and one file is there sooner than many. */
async function withOneStyleSheet(html) {
  const { transform } = await import("esbuild");
  const link = /<link rel="stylesheet" href="\.\/([^"]+)"\/>\s*/g;
  const names = [...html.matchAll(link)].map(([, name]) => name);
  const sheets = await Promise.all(names.map((name) => readFile(staged(name), "utf8")));
  const { code } = await transform(sheets.join("\n"), { loader: "css", minify: true });
  const hash = createHash("sha256").update(code).digest("hex").slice(0, 16);
  await writeFile(staged(`style-${hash}.css`), code);
  await Promise.all(names.map((name) => rm(staged(name))));
  let isFirst = true;
  return html.replace(link, () => {
    const replacement = isFirst ? `<link rel="stylesheet" href="./style-${hash}.css">\n    ` : "";
    isFirst = false;
    return replacement;
  });
}

/** The page as it opens, for the time until the WebAssembly is there. */
async function withFirstPicture(html) {
  const run = ["run", "--quiet", "--package", "deployline-web", "--features", "prerender"];
  const { stdout } = await promisify(execFile)("cargo", [...run, "--bin", "prerender"], {
    cwd: TRUNK_SOURCE_DIR,
    maxBuffer: 1 << 24,
  });
  const place = "<div data-first-picture inert aria-hidden=\"true\">";
  if (!html.includes(place)) throw new Error(`index.html has no ${place}`);
  return html.replace(place, () => place + stdout.trim());
}
