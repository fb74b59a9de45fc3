// Pasting in the place of all there was brings another pipeline: the page hears of it at once and draws
// it, and the editor, which takes as long as the picture, shows the text after that.

import { Annotation, type EditorState, type Extension, type Transaction } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import type { Later } from "./later";

const told = Annotation.define<true>();

/** Whether the page has heard of it before it was dispatched. */
export function isTold(transaction: Transaction): boolean {
  return transaction.annotation(told) ?? false;
}

/** Calls `tell` with what it comes to when all is replaced by pasting, and does it `later`. */
export function pasteAll(later: Later, tell: (transaction: Transaction) => void): Extension {
  return EditorView.domEventHandlers({
    paste(event, view) {
      const text = event.clipboardData?.getData("text/plain");
      if (!text || !isAllSelected(view.state)) return false;
      const transaction = replaceAll(view.state, text);
      tell(transaction);
      // What came between, such as an answer to a question of the editor, makes it another state.
      later.wait(() =>
        view.dispatch(
          transaction.startState === view.state ? transaction : replaceAll(view.state, text),
        ),
      );
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
    annotations: told.of(true),
  });
}
