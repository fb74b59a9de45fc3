// Marks lines for the page, while the cursor stays where it is.

import { type EditorState, type Range, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";
import { fromOriginal } from "./line-endings";

export function markLines(view: EditorView, from: number, to: number): void {
  const marks = from === 0 && to === 0 ? Decoration.none : marksOver(view.state, from, to);
  view.dispatch({ effects: setMarks.of(marks) });
}

export const markedLines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    const set = transaction.effects.find((effect) => effect.is(setMarks));
    return set ? set.value : marks.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

const setMarks = StateEffect.define<DecorationSet>();
const mark = Decoration.line({ class: "cm-markedLine" });

function marksOver(state: EditorState, from: number, to: number): DecorationSet {
  const start = fromOriginal(state, from);
  const first = state.doc.lineAt(start).number;
  // A range that ends with a line break does not reach into the line below.
  const last = state.doc.lineAt(Math.max(start, fromOriginal(state, to) - 1)).number;
  const marks: Range<Decoration>[] = [];
  for (let line = first; line <= last; line++) marks.push(mark.range(state.doc.line(line).from));
  return Decoration.set(marks);
}
