// Search, completions and notes are loaded when someone turns to the editor: whoever only looks at the
// picture does without, and everybody has the editor sooner.

import { Compartment, type EditorState, type Extension } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { early } from "./early";
import type { Knowledge } from "./help/help";

export interface HelpOnDemand {
  /** For a new state: the help, or what stands in its place until it is there. */
  extension(): Extension;
  /** A state made earlier, with the help that has come since. */
  renewed(state: EditorState): EditorState;
  /** From now on it is loaded into `view` when someone turns to `host`. */
  watch(host: HTMLElement, view: EditorView): void;
  /** Loads nothing any more, and puts nothing into the view. */
  stop(): void;
}

/**
 * Turning to the editor. Keys that ask for help load it too; other ones come behind these, and would
 * ask for a file that can't be had with every letter.
 */
const signs = ["focusin", "pointerdown"];

/** `help` is its address; without one there is none. */
export function helpOnDemand(options: Knowledge & { help?: string }): HelpOnDemand {
  const { help: address } = options;
  const place = new Compartment();
  const done = new AbortController();
  const before = early((view) => void load(view));
  let content: Extension = address === undefined ? [] : before.extension;
  let isLoading = false;

  async function load(view: EditorView): Promise<void> {
    if (isLoading || done.signal.aborted || address === undefined) return;
    isLoading = true;
    const loaded = await importHelp(address);
    isLoading = false;
    if (done.signal.aborted) return;
    if (!loaded) {
      before.forget();
      return;
    }
    done.abort();
    content = loaded.help(options);
    view.dispatch({ effects: place.reconfigure(content) });
    loaded.makeUp(view, before.wishes);
  }

  return {
    extension: () => place.of(content),
    renewed(state) {
      if (place.get(state) === content) return state;
      return state.update({ effects: place.reconfigure(content) }).state;
    },
    watch(host, view) {
      const listening = { capture: true, passive: true, signal: done.signal };
      const onSign = () => void load(view);
      for (const type of signs) host.addEventListener(type, onSign, listening);
      // Only a guess, so it is not made again with every pixel when the file can't be had.
      host.addEventListener("pointermove", onSign, { ...listening, once: true });
    },
    stop: () => done.abort(),
  };
}

let failures = 0;

/** The module, or null where it can't be loaded just now. */
async function importHelp(address: string): Promise<typeof import("./help/help") | null> {
  try {
    // Browsers remember that an address failed, and with another fragment it is another one.
    return await import(failures === 0 ? address : `${address}#${failures}`);
  } catch {
    failures += 1;
    return null;
  }
}
