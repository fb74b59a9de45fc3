// Pasting over the whole text brings another pipeline. It is reported before the editor shows it, because
// the editor takes as long as the picture.

import { Annotation, type EditorState, type Extension, type Transaction } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import type { AfterPaint } from "./after-paint";
import { originalText, staysAsPasted } from "./line-endings";

const reported = Annotation.define<true>();

/** Tells whether the text of a transaction was reported before it was dispatched. */
export function isReported(transaction: Transaction): boolean {
  return transaction.annotation(reported) ?? false;
}

/**
 * Calls `report` at once with a text that is pasted over the whole one, and puts it into the editor after the
 * next paint.
 */
export function fullPaste(afterPaint: AfterPaint, report: (text: string) => void): Extension {
  return EditorView.domEventHandlers({
    paste(event, view) {
      const text = event.clipboardData?.getData("text/plain");
      if (!text || !isAllSelected(view.state)) return false;
      const stays = staysAsPasted(view.state, text);
      report(stays ? text : originalText(replaceAll(view.state, text).state));
      afterPaint.schedule(() => view.dispatch(replaceAll(view.state, text)));
      return true;
    },
  });
}

function isAllSelected({ doc, selection }: EditorState): boolean {
  const { from, to } = selection.main;
  return selection.ranges.length === 1 && from === 0 && to === doc.length;
}

function replaceAll(state: EditorState, text: string): Transaction {
  const insert = state.toText(text);
  return state.update({
    changes: { from: 0, to: state.doc.length, insert },
    selection: { anchor: insert.length },
    scrollIntoView: true,
    userEvent: "input.paste",
    annotations: reported.of(true),
  });
}
