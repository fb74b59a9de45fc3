// The documents that were open in the editor, each with its cursor, view and undo history.

import type { EditorState, StateEffect } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { originalText } from "./line-endings";

/** Number of documents kept beside the open one; the oldest are dropped first. */
const MAX_KEPT = 20;

interface SavedDocument {
  state: EditorState;
  scroll: StateEffect<unknown>;
}

export interface Documents {
  /** Opens a document; one that was open before and has the same text is restored. */
  open(document: number, text: string): void;
}

/** `open` is the number of the document that `view` shows. */
export function keepDocuments(
  view: EditorView,
  open: number,
  create: (text: string) => EditorState,
): Documents {
  const kept = new Map<number, SavedDocument>();
  return {
    open(document, text) {
      // Deleted first, so that the map keeps the documents in the order in which they were left.
      kept.delete(open);
      kept.set(open, { state: view.state, scroll: view.scrollSnapshot() });
      const [oldest] = kept.keys();
      if (kept.size > MAX_KEPT && oldest !== undefined) kept.delete(oldest);
      open = document;

      const before = kept.get(document);
      if (before && originalText(before.state) === text) {
        view.setState(before.state);
        view.dispatch({ effects: before.scroll });
      } else {
        view.setState(create(text));
        // A scrolling effect would scroll the page to the editor as well.
        view.scrollDOM.scrollTo(0, 0);
      }
    },
  };
}
