// What is wrong with the text, shown in it: underlined, marked beside the line, told on hover, by
// F8 and Shift-F8 from one to the next, and as a list (Mod-Shift-m).

import { lintGutter, lintKeymap, previousDiagnostic, setDiagnostics } from "@codemirror/lint";
import type { Extension } from "@codemirror/state";
import { type EditorView, keymap } from "@codemirror/view";
import { applyFix, type Fix } from "../fixes";
import { fromOriginal } from "../line-endings";
import { richText } from "../rich-text";

export interface Diagnostic {
  from: number;
  to: number;
  severity: "error" | "warning" | "info";
  message: string;
  /** Its stable name, shown below the message. */
  code: string;
  /** What mends it. */
  fixes?: Fix[];
}

export const marks: Extension = lintGutter();

export const diagnosticsKeymap: Extension = keymap.of([
  ...lintKeymap,
  { key: "Shift-F8", run: previousDiagnostic },
]);

/** Shows `list` in the place of all that was shown before. */
export function showDiagnostics(view: EditorView, list: readonly Diagnostic[]): void {
  const { doc } = view.state;
  const shown = list.map(({ from, to, severity, message, code, fixes = [] }) => ({
    from: fromOriginal(view.state, from),
    to: fromOriginal(view.state, to),
    severity,
    message,
    renderMessage: () => richText("span", message),
    source: code,
    actions: fixes.map((fix) => ({
      name: fix.title.replaceAll("`", ""),
      apply: (view: EditorView) => applyFix(view, fix, doc),
    })),
  }));
  view.dispatch(setDiagnostics(view.state, shown));
}
