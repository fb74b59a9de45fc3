// Search, completions, notes and what is wrong: what the editor does without until someone turns to it,
// or something is wrong. Loaded on demand, as a file of its own; all that it shares with the editor is
// the editor's own.

import { search, searchKeymap } from "@codemirror/search";
import type { Extension } from "@codemirror/state";
import { keymap } from "@codemirror/view";
import { type Complete, completion } from "./completion";
import { diagnosticsKeymap } from "./diagnostics";
import { type Hover, notes } from "./notes";

export { marks, showDiagnostics } from "./diagnostics";
export { makeUp } from "./make-up";

/** What the page knows. */
export interface Knowledge {
  complete?: Complete;
  hover?: Hover;
}

export function help({ complete, hover }: Knowledge): Extension {
  return [
    search({ top: true }),
    keymap.of(searchKeymap),
    complete ? completion(complete) : [],
    hover ? notes(hover) : [],
    diagnosticsKeymap,
  ];
}
