// The rest of the page's wasm: all that did not run when the build looked at the page (web/usual.mjs).
//
// It comes at the first sign that somebody is at the page, or with the page (web/boot.js). Where it is
// needed before it has come, the page waits: code that has begun can't be left. How the two fit together
// is said in crates/xtask/src/arrange/apart/mod.rs.

import { started } from "./GLUE";

const address = new URL("./REST", import.meta.url);
const signs = ["pointermove", "pointerdown", "keydown", "wheel", "touchstart", "focusin", "dragenter"];
const options = { capture: true, passive: true };

const MISSING = "a part of the page is missing";

/** Of moves there are too many to try again with each. */
const pause = 2000;

/** @type {WebAssembly.Module | undefined} */
let module;
/** @type {Promise<void> | undefined} */
let coming;

for (const sign of signs) addEventListener(sign, come, options);

let triedAt = -Infinity;
let hasFailed = false;

/** Gets it, and starts it where the page has started. What fails is tried again with the next call. */
export function rest() {
  coming ??= fetched().finally(() => {
    coming = undefined;
  });
  return coming;
}

function come() {
  const now = performance.now();
  if (now - triedAt < pause) return;
  triedAt = now;
  // Whoever needs it then says that it isn't there.
  rest().catch(() => {});
}

async function fetched() {
  module ??= await compiled();
  // What was left in the middle of its work would go on with half of it.
  if (hasFailed) throw new Error(MISSING);
  if (started()) start(module);
}

async function compiled() {
  const response = await fetch(address);
  if (!response.ok) throw new Error(absence(response.status));
  return WebAssembly.compile(await response.arrayBuffer());
}

/** At once. The wasm calls it. Once it could not be had, the page is to be loaded anew. */
export function bring() {
  if (hasFailed) throw new Error(MISSING);
  try {
    start((module ??= awaited()));
  } catch (error) {
    hasFailed = true;
    say();
    throw error;
  }
}

const absence = (/** @type {number} */ status) => `${address.pathname} is not there (${status})`;

function awaited() {
  const request = new XMLHttpRequest();
  request.open("GET", address, false);
  // In this way only text is to be had: here, of a character for each byte.
  request.overrideMimeType("text/plain; charset=x-user-defined");
  request.send();
  if (request.status !== 200) throw new Error(absence(request.status));
  return new WebAssembly.Module(Uint8Array.from(request.responseText, (byte) => byte.charCodeAt(0)));
}

/** @param {WebAssembly.Module} module */
function start(module) {
  const wasm = started();
  if (wasm.isHere.value) return;
  new WebAssembly.Instance(module, { "./rest.js": wasm });
  wasm.isHere.value = 1;
  for (const sign of signs) removeEventListener(sign, come, options);
}

const message = made("p", "dl-notice dl-notice-problem");
message.setAttribute("role", "alert");
const words = made("span", "");
const button = made("button", "dl-control");
button.textContent = "Reload";
button.addEventListener("click", () => location.reload());
message.append(words, button);

/** What the error is, the console says. */
function say() {
  const page = document.querySelector(".dl:not([data-first-picture] *)");
  words.textContent =
    "A part of Deployline could not be loaded: there is no network, or the server has another version " +
    `of the page. ${page ? "Copy what you changed in the editor, then reload." : "Reload to try again."}`;
  (page ?? startedPage()).prepend(message);
}

/** With the page's styles, where nothing of it is there yet. */
function startedPage() {
  const page = made("div", "dl");
  page.dataset.theme = "system";
  document.body.prepend(page);
  return page;
}

function made(/** @type {string} */ tag, /** @type {string} */ className) {
  return Object.assign(document.createElement(tag), { className });
}
