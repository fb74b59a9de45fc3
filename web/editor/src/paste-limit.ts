// A text that is too large to be read is not pasted either: the editor would take seconds for it, and hold
// the page meanwhile.

import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/** The most characters that are pasted at once: as many as the bytes of a text that are read. */
export const MAX_PASTED = 4 << 20;

/** Calls `refuse` with the number of characters instead of pasting, or dropping, a text that is too large. */
export function pasteLimit(refuse: (characters: number) => void): Extension {
  const check = (data: DataTransfer | null) => {
    const characters = data?.getData("text/plain").length ?? 0;
    if (characters <= MAX_PASTED) return false;
    refuse(characters);
    return true;
  };
  return EditorView.domEventHandlers({
    paste: (event) => check(event.clipboardData),
    drop: (event) => check(event.dataTransfer),
  });
}
