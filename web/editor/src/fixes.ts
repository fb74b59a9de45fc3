// Edits that mend something: one step to undo.

import { isolateHistory } from "@codemirror/commands";
import { type Text, Transaction } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { type Edit, editText } from "./line-endings";

export interface Fix {
  title: string;
  /** Of the text that what is mended was found in. */
  edits: Edit[];
}

/** Applies a fix made for `doc`. Of another text it knows nothing: then a new one is on its way. */
export function applyFix(view: EditorView, { edits }: Fix, doc: Text): void {
  if (!view.state.doc.eq(doc)) return;
  view.dispatch(editText(view.state, edits), {
    annotations: [isolateHistory.of("full"), Transaction.userEvent.of("input.fix")],
  });
}
