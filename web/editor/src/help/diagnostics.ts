// Diagnostics in the text: underlined, with a mark in the gutter, described on hover, reached by F8 and
// Shift-F8 one after the other, and listed by Mod-Shift-m.

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
  /** Stable name of the rule, shown below the message. */
  code: string;
  fixes?: Fix[];
}

export const marks: Extension = lintGutter();

export const diagnosticsKeymap: Extension = keymap.of([
  ...lintKeymap,
  { key: "Shift-F8", run: previousDiagnostic },
]);

/** Replaces all diagnostics that were shown before. */
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
