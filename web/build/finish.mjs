// Finishes the release page in the folder where Trunk lays it out: splits its wasm, minifies JavaScript and
// CSS, joins the style sheets, puts hashes into names, draws the first picture, and adds the content
// security policy and the service worker.
import { execFile } from "node:child_process";
import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";

import { hashOf } from "./hash.mjs";
import { LOADER, split } from "./split.mjs";

const { TRUNK_PROFILE, TRUNK_STAGING_DIR = "", TRUNK_SOURCE_DIR = "" } = process.env;
const staged = (/** @type {string} */ name) => join(TRUNK_STAGING_DIR, name);

if (TRUNK_PROFILE === "release") {
  let html = await readFile(staged("index.html"), "utf8");
  html = await split(TRUNK_STAGING_DIR, html);
  await minifyScripts();
  html = await withOneStyleSheet(html);
  html = await withHashedScripts(html);
  html = withPolicy(await withFirstPicture(html));
  html = html.replace(" data-js=", ' data-offline="./sw.js" data-js=');
  await writeFile(staged("index.html"), html);
  await writeServiceWorker();
}

/** Minifies scripts. Trunk's own minifier does not understand the JavaScript that wasm-bindgen makes. */
async function minifyScripts() {
  const { build } = await import("esbuild");
  const names = await readdir(TRUNK_STAGING_DIR);
  for (const name of names.filter((name) => extname(name) === ".js" && name !== LOADER)) {
    // Only the page's own script is bundled, with the snippets that it imports: as files of their
    // own they would be requested only after it has arrived.
    await build({
      entryPoints: [staged(name)],
      outfile: staged(name),
      allowOverwrite: true,
      bundle: name.startsWith("deployline-web-"),
      format: "esm",
      minify: true,
      logLevel: "warning",
      // wasm-bindgen names the module once for each chunk it loads.
      logOverride: { "duplicate-object-key": "silent" },
    });
  }
  await rm(staged("snippets"), { recursive: true, force: true });
  await rm(staged(LOADER));
}

/** Joins the style sheets: nothing is painted before all of them have arrived, and one file arrives sooner. */
async function withOneStyleSheet(/** @type {string} */ html) {
  const { transform } = await import("esbuild");
  const link = /<link rel="stylesheet" href="\.\/([^"]+)"\/>\s*/g;
  const names = [...html.matchAll(link)].map(([, name = ""]) => name);
  const sheets = await Promise.all(names.map((name) => readFile(staged(name), "utf8")));
  const { code } = await transform(sheets.join("\n"), { loader: "css", minify: true });
  const name = `style-${hashOf(code)}.css`;
  await writeFile(staged(name), code);
  await Promise.all(names.map((name) => rm(staged(name))));
  let isFirst = true;
  return html.replace(link, () => {
    const replacement = isFirst ? `<link rel="stylesheet" href="./${name}">\n    ` : "";
    isFirst = false;
    return replacement;
  });
}

/** Puts hashes into the names of scripts, so that browsers may cache all but index.html and sw.js for ever. */
async function withHashedScripts(/** @type {string} */ html) {
  const names = (await readdir(staged(""))).filter((name) => extname(name) === ".js").sort();
  for (const name of names) {
    // Trunk made its hash before the script was bundled and minified.
    const stem = name.replace(/(-[0-9a-f]{16})?\.js$/, "");
    const hashed = `${stem}-${hashOf(await readFile(staged(name)))}.js`;
    await rename(staged(name), staged(hashed));
    const mention = new RegExp(`"(\\./)?${name}"`, "g");
    if (!mention.test(html)) throw new Error(`index.html does not mention ${name}`);
    html = html.replace(mention, `"./${hashed}"`);
  }
  return html;
}

/**
 * Adds the content security policy. Trunk's own script, which reloads the page while
 * it is worked on, is inline and opens a socket: so only the finished page has a policy.
 * @param {string} html
 */
function withPolicy(html) {
  const policy = [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    // The export as PNG draws the SVG from a `data:` URL.
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const place = '<meta charset="utf-8">';
  if (!html.includes(place)) throw new Error(`index.html has no ${place}`);
  const meta = `<meta http-equiv="Content-Security-Policy" content="${policy}">`;
  return html.replace(place, `${place}\n    ${meta}`);
}

/** Writes web/sw.js with the names of all files, and a version that changes with any of them. */
async function writeServiceWorker() {
  // Visitors never load the benchmark.
  const names = (await readdir(staged(""))).filter((name) => !/^(index\.html|bench-)/.test(name));
  const files = ["./", ...names.sort().map((name) => `./${name}`)];
  const version = hashOf(await readFile(staged("index.html")));
  const source = await readFile(join(TRUNK_SOURCE_DIR, "web/sw.js"), "utf8");
  const script = source
    .replace('"VERSION"', JSON.stringify(version))
    .replace('["FILES"]', JSON.stringify(files));
  const { transform } = await import("esbuild");
  const { code } = await transform(script, { minify: true });
  await writeFile(staged("sw.js"), code);
}

/** Adds the picture of the opening example, which is shown until the WebAssembly has started. */
async function withFirstPicture(/** @type {string} */ html) {
  const run = ["run", "--quiet", "--package", "deployline-web", "--features", "prerender"];
  // Flags of the page's build are for WebAssembly, and this program runs on this machine.
  const env = { ...process.env, CARGO_ENCODED_RUSTFLAGS: undefined };
  const { stdout } = await promisify(execFile)("cargo", [...run, "--bin", "prerender"], {
    cwd: TRUNK_SOURCE_DIR,
    env,
    maxBuffer: 1 << 24,
  });
  const place = "<div data-first-picture inert aria-hidden=\"true\">";
  if (!html.includes(place)) throw new Error(`index.html has no ${place}`);
  return html.replace(place, () => place + stdout.trim());
}
