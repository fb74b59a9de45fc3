// A static file server for the tests:
//
//     node tests/e2e/server.mjs --port 4173 [--csp "default-src 'none'"] [--gzip] <folder>...
//
// A file is looked up in each folder in turn. Port 0 takes a free one; the address is printed. With
// `--gzip`, files are sent compressed, as a static host does that keeps them so.

import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";

const { values: options, positionals } = parseArgs({
  options: { port: { type: "string", default: "0" }, csp: { type: "string" }, gzip: { type: "boolean" } },
  allowPositionals: true,
});
const folders = positionals.map((folder) => resolve(folder));
/** Each is compressed once: a host would have it ready. @type {Map<string, Buffer>} */
const compressed = new Map();

/** @type {Record<string, string | undefined>} */
const mimeTypes = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
  ".yaml": "text/yaml; charset=utf-8",
};

const server = createServer(async (request, response) => {
  const file = await find(pathOf(request.url ?? "/"));
  if (!file) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    "Content-Type": mimeTypes[extname(file)] ?? "application/octet-stream",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    ...(options.csp && { "Content-Security-Policy": options.csp }),
    ...(options.gzip && { "Content-Encoding": "gzip" }),
  });
  if (options.gzip) response.end(await gzipped(file));
  else createReadStream(file).pipe(response);
});

server.listen(Number(options.port), "127.0.0.1", () => {
  const address = server.address();
  if (address && typeof address === "object") console.log(`http://127.0.0.1:${address.port}/`);
});

async function gzipped(/** @type {string} */ file) {
  const content = compressed.get(file) ?? gzipSync(await readFile(file), { level: 9 });
  compressed.set(file, content);
  return content;
}

/**
 * The file path asked for. `URL` resolves "..", so it can't lead out of a folder.
 * @param {string} url
 */
function pathOf(url) {
  const path = new URL(`http://localhost${url}`).pathname;
  return path.endsWith("/") ? `${path}index.html` : path;
}

/** @param {string} path */
async function find(path) {
  for (const folder of folders) {
    const file = join(folder, path);
    const found = await stat(file).catch(() => null);
    if (found?.isFile()) return file;
  }
  return null;
}
