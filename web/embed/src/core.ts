// The wasm: one for all elements of a page, loaded when the first one needs it.
//
// First only what usual texts call of it. Where that comes to its end, it stops in the midst of something
// and is of no more use: it is started anew, and once the rest is loaded, the whole is. Every plan is made
// anew there.

import { type Glue, glue } from "deployline-wasm";
import { Missing, Unfinished } from "./able";
import { whole } from "./parts";

export interface Core {
  /** Adopted by every element; there is one for the page. */
  pictureStyle: CSSStyleSheet;
}

/** What runs, and is asked. */
interface Running {
  glue: Glue;
  wasm: WebAssembly.Module;
  isWhole: boolean;
}

let loading: Promise<Core> | undefined;
let running: Running | undefined;
let completing: Promise<void> | undefined;

/** Broken, with a sentence for people, where there can be no picture. `isWhole`: what comes needs all of it. */
export function core(isWhole = false): Promise<Core> {
  return (loading ??= load(isWhole));
}

/** Asks what runs; there must be a core. Throws `Unfinished` where it needs what is not loaded yet. */
export function ask<T>(question: (glue: Glue) => T): T {
  if (!running) throw new Error("the core is not loaded yet");
  const { wasm, isWhole } = running;
  try {
    return question(running.glue);
  } catch (error) {
    if (isWhole || !(error instanceof WebAssembly.RuntimeError)) throw error;
    running = started(wasm, isWhole);
    throw new Unfinished(complete);
  }
}

async function load(isWhole: boolean): Promise<Core> {
  if (typeof WebAssembly !== "object") {
    throw new Missing("this browser has no WebAssembly, or it is switched off");
  }
  // Others may be waiting that make do with the first file.
  const starting = isWhole ? start(true).catch(() => start(false)) : start(false);
  await starting.catch((error) => {
    // The network may be back when the next element asks.
    loading = undefined;
    throw error;
  });
  const pictureStyle = new CSSStyleSheet();
  pictureStyle.replaceSync(ask((glue) => glue.styleSheet()));
  return { pictureStyle };
}

function complete(): Promise<void> {
  return (completing ??= start(true).finally(() => (completing = undefined)));
}

/** `Missing` where it can't. */
async function start(isWhole: boolean): Promise<void> {
  const [first, rest] = await Promise.all([
    fetched(new URL("deployline_bg.wasm", import.meta.url)),
    isWhole ? fetched(new URL("deployline_rest.wasm", import.meta.url)) : undefined,
  ]);
  try {
    running = started(await compiled(first, rest), isWhole);
  } catch (error) {
    if (error instanceof Missing) throw error;
    const isForbidden = /content security policy|unsafe-eval|CSP/i.test(String(error));
    throw new Missing(
      isForbidden
        ? "this page's content-security policy forbids WebAssembly; its script-src needs 'wasm-unsafe-eval'"
        : `its WebAssembly does not start: ${error}`,
    );
  }
}

function started(wasm: WebAssembly.Module, isWhole: boolean): Running {
  const made = glue();
  made.initSync({ module: wasm });
  return { glue: made, wasm, isWhole };
}

async function fetched(address: URL): Promise<Response> {
  const response = await fetch(address).catch(() => {
    throw new Missing(`${address.href} could not be loaded`);
  });
  if (!response.ok) throw new Missing(`${address.href} could not be loaded: ${response.status}`);
  return response;
}

async function bytesIn(response: Response): Promise<Uint8Array<ArrayBuffer>> {
  const buffer = await response.arrayBuffer().catch(() => {
    throw new Missing(`${response.url} could not be loaded`);
  });
  return new Uint8Array(buffer);
}

/** The first file alone, or all of it. */
async function compiled(first: Response, rest?: Response): Promise<WebAssembly.Module> {
  if (rest) return WebAssembly.compile(whole(await bytesIn(first), await bytesIn(rest)));
  // Some servers don't know what a wasm is, and only what is called one is compiled as it arrives.
  return first.headers.get("Content-Type") === "application/wasm"
    ? WebAssembly.compileStreaming(first)
    : WebAssembly.compile(await bytesIn(first));
}
