// What was asked for before search, completions and notes were there is done when they come.

import type { EditorState } from "@codemirror/state";
import { type EditorView, runScopeHandlers } from "@codemirror/view";
import type { Wishes } from "../early";

export function makeUp(view: EditorView, { pointed, asked, held, typed }: Wishes): void {
  // The notes have not seen the pointer come.
  pointed?.target?.dispatchEvent(new MouseEvent("mousemove", { ...pointed, bubbles: true }));
  // Whoever has gone elsewhere is not called back.
  if (!view.hasFocus) return;
  if (asked) {
    runScopeHandlers(view, asked, "editor");
    if (held) typeInFocus(view, held);
  } else if (typed && isSamePlace(typed, view.state)) {
    // A change of nothing, which the completions take for typing.
    view.dispatch({ userEvent: "input.type" });
  }
}

function isSamePlace(one: EditorState, other: EditorState): boolean {
  return one.doc === other.doc && one.selection.eq(other.selection);
}

/** Into the field that a key has opened, or else into the text. */
function typeInFocus(view: EditorView, text: string): void {
  const field = view.root.activeElement;
  if (field instanceof HTMLInputElement) {
    field.setRangeText(text, field.selectionStart ?? 0, field.selectionEnd ?? 0, "end");
    field.dispatchEvent(new Event("change"));
  } else {
    view.dispatch(view.state.replaceSelection(text), { userEvent: "input.type" });
  }
}
