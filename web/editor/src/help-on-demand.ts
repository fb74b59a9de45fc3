// Search, completions, notes and what is wrong are loaded when someone turns to the editor, or when
// something is wrong: whoever only looks at the picture does without, and everybody has the editor sooner.

import { Compartment, type EditorState, type Extension, type Text } from "@codemirror/state";
import { type EditorView, gutter } from "@codemirror/view";
import { early } from "./early";
import type { Diagnostic } from "./help/diagnostics";
import type { Knowledge } from "./help/help";

export interface HelpOnDemand {
  /** For a new state: the help, or what stands in its place until it is there. */
  extension(): Extension;
  /** The same beside the lines, where what is wrong is marked: as wide before as then. */
  marks(): Extension;
  /** A state made earlier, with the help that has come since. */
  renewed(state: EditorState): EditorState;
  /** From now on it is loaded into `view` when someone turns to `host`. */
  watch(host: HTMLElement, view: EditorView): void;
  /** What is wrong with the text that `view` shows: in the place of what was, now or as soon as it can be. */
  showDiagnostics(view: EditorView, list: readonly Diagnostic[]): void;
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
  const markPlace = new Compartment();
  const done = new AbortController();
  const before = early((view) => void load(view));
  let content: Extension = address === undefined ? [] : before.extension;
  let marks: Extension = gutter({ class: "cm-gutter-lint" });
  let loaded: Help | null = null;
  let isLoading = false;
  let hasFailed = false;
  /** With the text that they are about: it may change before they can be shown. */
  let diagnostics: { list: readonly Diagnostic[]; doc?: Text } = { list: [] };

  const come = () => [place.reconfigure(content), markPlace.reconfigure(marks)];

  async function load(view: EditorView): Promise<void> {
    if (isLoading || done.signal.aborted || address === undefined) return;
    isLoading = true;
    const help = await importHelp(address);
    isLoading = false;
    if (done.signal.aborted) return;
    if (!help) {
      hasFailed = true;
      before.forget();
      return;
    }
    done.abort();
    loaded = help;
    content = help.help(options);
    marks = help.marks;
    view.dispatch({ effects: come() });
    help.showDiagnostics(view, diagnostics.list, diagnostics.doc);
    help.makeUp(view, before.wishes);
  }

  return {
    extension: () => place.of(content),
    marks: () => markPlace.of(marks),
    renewed(state) {
      return place.get(state) === content ? state : state.update({ effects: come() }).state;
    },
    watch(host, view) {
      const listening = { capture: true, passive: true, signal: done.signal };
      const onSign = () => void load(view);
      for (const type of signs) host.addEventListener(type, onSign, listening);
      // Only a guess, so it is not made again with every pixel when the file can't be had.
      host.addEventListener("pointermove", onSign, { ...listening, once: true });
    },
    showDiagnostics(view, list) {
      diagnostics = { list, doc: view.state.doc };
      if (loaded) loaded.showDiagnostics(view, list);
      // A list comes with every letter, and would ask for a file that can't be had.
      else if (list.length > 0 && !hasFailed) void load(view);
    },
    stop: () => done.abort(),
  };
}

type Help = typeof import("./help/help");

let failures = 0;

/** The module, or null where it can't be loaded just now. */
async function importHelp(address: string): Promise<Help | null> {
  try {
    // Browsers remember that an address failed, and with another fragment it is another one.
    return await import(failures === 0 ? address : `${address}#${failures}`);
  } catch {
    failures += 1;
    return null;
  }
}
