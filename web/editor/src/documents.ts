// The documents that were open in the editor, each with its cursor, its view and its steps to undo.

import type { EditorState, StateEffect } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { originalText } from "./line-endings";

/** How many are kept beside the open one; the oldest are forgotten first. */
const mostKept = 20;

interface Kept {
  state: EditorState;
  scroll: StateEffect<unknown>;
}

export interface Documents {
  /** Opens a document, as it was left if it was open before and still has this text. */
  open(document: number, text: string): void;
}

/** `open` is the number of the document that `view` shows. */
export function keepDocuments(
  view: EditorView,
  open: number,
  create: (text: string) => EditorState,
): Documents {
  const kept = new Map<number, Kept>();
  return {
    open(document, text) {
      // Put in anew, so that the map has them in the order in which they were left.
      kept.delete(open);
      kept.set(open, { state: view.state, scroll: view.scrollSnapshot() });
      const [oldest] = kept.keys();
      if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
      open = document;

      const before = kept.get(document);
      if (before && originalText(before.state) === text) {
        view.setState(before.state);
        view.dispatch({ effects: before.scroll });
      } else {
        view.setState(create(text));
        // Not by a scrolling effect, which would scroll the page to the editor as well.
        view.scrollDOM.scrollTo(0, 0);
      }
    },
  };
}
