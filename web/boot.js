// Starts the page: imports the JavaScript that wasm-bindgen made, which fetches and runs the wasm.
//
// A file, not an inline script, so that the page can have a strict content-security policy.
// Trunk.toml writes the script element, with the two names (they carry a hash) as its data.

const { js, wasm } = document.querySelector("script[data-js][data-wasm]").dataset;

try {
  const { default: init } = await import(absolute(js));
  await init({ module_or_path: absolute(wasm) });
  if (new URLSearchParams(location.search).has("bench")) await import("./bench.js");
} catch (error) {
  // A blank page would say nothing: a file that is gone after an update, a browser without
  // WebAssembly, or a policy that forbids it.
  console.error(error);
  const message = document.querySelector("[data-boot-message]");
  if (message) {
    message.hidden = false;
    message.textContent =
      `Deployline could not start: ${error.message}. ` +
      "Reload the page. If that does not help, use a current browser with WebAssembly switched on.";
  }
}

/** The names are relative to the page, but `import` would take them as relative to this file. */
function absolute(path) {
  return new URL(path, document.baseURI).href;
}
