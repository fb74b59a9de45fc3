// The wasm: one for all elements of a page, loaded when the first one needs it.

import init, { Plan, deflatedBytes, inflatedBytesLimit, linkFragment, styleSheet } from "deployline-wasm";

export { type Plan, deflatedBytes, inflatedBytesLimit, linkFragment };

export interface Core {
  newPlan(): Plan;
  /** Adopted by every element; there is one for the page. */
  pictureStyle: CSSStyleSheet;
}

let loading: Promise<Core> | undefined;

/** Broken, with a sentence for people, where there can be no picture. */
export function core(): Promise<Core> {
  return (loading ??= load());
}

async function load(): Promise<Core> {
  if (typeof WebAssembly !== "object") {
    throw new Error("this browser has no WebAssembly, or it is switched off");
  }
  const response = await fetched(new URL("deployline_bg.wasm", import.meta.url)).catch((error) => {
    // The network may be back when the next element asks.
    loading = undefined;
    throw error;
  });
  try {
    await init({ module_or_path: await compiled(response) });
  } catch (error) {
    const isForbidden = /content security policy|unsafe-eval|CSP/i.test(String(error));
    throw new Error(
      isForbidden
        ? "this page's content-security policy forbids WebAssembly; its script-src needs 'wasm-unsafe-eval'"
        : `its WebAssembly does not start: ${error}`,
    );
  }
  const pictureStyle = new CSSStyleSheet();
  pictureStyle.replaceSync(styleSheet());
  return { newPlan: () => new Plan(), pictureStyle };
}

async function fetched(address: URL): Promise<Response> {
  const response = await fetch(address).catch(() => {
    throw new Error(`${address.href} could not be loaded`);
  });
  if (!response.ok) throw new Error(`${address.href} could not be loaded: ${response.status}`);
  return response;
}

/** Some servers don't know what a wasm is, and only what is called one is compiled as it arrives. */
async function compiled(response: Response): Promise<WebAssembly.Module> {
  return response.headers.get("Content-Type") === "application/wasm"
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
}
