// Starts the page: imports the JavaScript that wasm-bindgen made, which fetches and runs the wasm.
//
// A file, not an inline script, so that the page can have a strict content-security policy.
// Trunk.toml writes the script element, with the two names (they carry a hash) as its data.

const { js, wasm, bench } = document.querySelector("script[data-js][data-wasm]").dataset;

try {
  // Side by side: the wasm is compiled while it and the JavaScript arrive.
  const [{ default: init }, module] = await Promise.all([
    import(absolute(js)),
    compiled(absolute(wasm)),
  ]);
  await init({ module_or_path: module });
  if (new URLSearchParams(location.search).has("bench")) await import(absolute(bench));
  lookForNewVersion();
} catch (error) {
  // A file may be gone after an update, the browser may have no WebAssembly, or a policy may forbid it.
  console.error(error);
  document.querySelector("[data-first-picture]")?.remove();
  const message = document.querySelector("[data-boot-message]");
  if (message) {
    message.hidden = false;
    message.textContent =
      `Deployline could not start: ${error.message}. ` +
      "Reload the page. If that does not help, use a current browser with WebAssembly switched on.";
  }
}

/** Updates a page kept for offline use sooner than the browser would by itself. */
async function lookForNewVersion() {
  if (!navigator.serviceWorker?.controller) return;
  const registration = await navigator.serviceWorker.getRegistration();
  // Without a network there is no update.
  await registration?.update().catch(() => {});
}

async function compiled(address) {
  const response = await fetch(address);
  // Streaming needs the content type, which some servers don't send.
  return response.headers.get("Content-Type") === "application/wasm"
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}

/** The names are relative to the page, but `import` would take them as relative to this file. */
function absolute(path) {
  return new URL(path, document.baseURI).href;
}
