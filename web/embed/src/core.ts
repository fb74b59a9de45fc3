// Loads the wasm when the first element needs it: one for all elements of a page.

import init, { styleSheet } from "deployline-wasm";

/** The wasm could not be loaded or started. The message is a sentence for people. */
export class CoreError extends Error {}

export interface Core {
  /** The style sheet of the picture, adopted by every element. */
  pictureStyle: CSSStyleSheet;
}

let loading: Promise<Core> | undefined;

/** Rejects with a `CoreError` where there can be no picture. */
export function core(): Promise<Core> {
  return (loading ??= load().catch((error) => {
    // The network may be back when the next element asks.
    loading = undefined;
    throw error;
  }));
}

async function load(): Promise<Core> {
  if (typeof WebAssembly !== "object") {
    throw new CoreError("this browser has no WebAssembly, or it is switched off");
  }
  const response = await fetchWasm(new URL("deployline_bg.wasm", import.meta.url));
  try {
    await init({ module_or_path: compile(response) });
  } catch (error) {
    if (error instanceof CoreError) throw error;
    const isForbidden = /content security policy|unsafe-eval|CSP/i.test(String(error));
    throw new CoreError(
      isForbidden
        ? "this page's content-security policy forbids WebAssembly; its script-src needs 'wasm-unsafe-eval'"
        : `its WebAssembly does not start: ${error}`,
    );
  }
  const pictureStyle = new CSSStyleSheet();
  pictureStyle.replaceSync(styleSheet());
  return { pictureStyle };
}

async function fetchWasm(address: URL): Promise<Response> {
  const response = await fetch(address).catch(() => {
    throw new CoreError(`${address.href} could not be loaded`);
  });
  if (!response.ok) throw new CoreError(`${address.href} could not be loaded: ${response.status}`);
  return response;
}

async function compile(response: Response): Promise<WebAssembly.Module> {
  // Some servers don't know the type of a wasm, and only what is declared as one compiles as it arrives.
  if (response.headers.get("Content-Type") === "application/wasm") {
    return WebAssembly.compileStreaming(response);
  }
  const bytes = await response.arrayBuffer().catch(() => {
    throw new CoreError(`${response.url} could not be loaded`);
  });
  return WebAssembly.compile(bytes);
}
