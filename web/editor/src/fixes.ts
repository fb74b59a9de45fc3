// Quick fixes: edits that are one undo step.

import { isolateHistory } from "@codemirror/commands";
import { type Text, Transaction } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { type Edit, editText } from "./line-endings";

export interface Fix {
  title: string;
  /** Edits of the text that the problem was found in. */
  edits: Edit[];
}

/** Applies a fix that was made for `doc`; does nothing when the text has changed since. */
export function applyFix(view: EditorView, { edits }: Fix, doc: Text): void {
  if (!view.state.doc.eq(doc)) return;
  view.dispatch(editText(view.state, edits), {
    annotations: [isolateHistory.of("full"), Transaction.userEvent.of("input.fix")],
  });
}
