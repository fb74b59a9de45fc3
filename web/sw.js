// Keeps the page for offline use, if the user asks for it (web/share/src/offline.ts).
// web/build/finish.mjs writes in the version and the files.
//
// A visit shows the cached page. Meanwhile the browser checks whether this file has changed: then the new
// page is cached beside the old one, which may still load its parts, and the next visit shows it.

const scope = self.registration.scope;
// Other copies of the page on the same site have caches of their own.
const prefix = `deployline ${scope} `;
const present = prefix + "VERSION";
const files = ["FILES"];

self.addEventListener("install", (event) => event.waitUntil(keep()));
self.addEventListener("activate", (event) => event.waitUntil(forget()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(scope)) event.respondWith(answer(request));
});

async function keep() {
  const cache = await caches.open(present);
  // Not from the browser's own cache, which may hold another version.
  await cache.addAll(files.map((file) => new Request(file, { cache: "reload" })));
  await self.skipWaiting();
}

/** Deletes all versions but the current one and the one before it. */
async function forget() {
  const kept = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== present);
  await Promise.all(kept.slice(0, -1).map((name) => caches.delete(name)));
}

async function answer(request) {
  const isPage = request.mode === "navigate" && isIndex(new URL(request.url));
  const kept = isPage
    ? await (await caches.open(present)).match("./")
    : await caches.match(request);
  return kept ?? fetch(request);
}

/** Tells whether an address is the page's, with or without a query or `index.html`. */
function isIndex(address) {
  const path = address.origin + address.pathname;
  return path === scope || path === `${scope}index.html`;
}
