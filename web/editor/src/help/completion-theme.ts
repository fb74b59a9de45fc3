// The theme of the completions, in the page's colours.

import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { leftBar, token } from "../theme";

export const completionTheme: Extension = EditorView.theme({
  // The documentation of an item stands beside the list, but is a child of it.
  ".cm-tooltip.cm-tooltip-autocomplete": { overflow: "visible" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: token.mono, maxHeight: "16em" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": {
    display: "flex",
    alignItems: "center",
    gap: "12px",
    minHeight: "24px",
    padding: "1px 10px",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: token.selection,
    color: token.text,
    boxShadow: leftBar(token.accent),
  },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-completionDetail": {
    marginLeft: "auto",
    fontStyle: "normal",
    fontFamily: "var(--dl-font, system-ui, sans-serif)",
    fontSize: "11px",
    color: token.muted,
  },
  ".cm-tooltip.cm-completionInfo": { padding: "8px 10px", maxWidth: "34ch", lineHeight: "1.45" },
  // On a phone there is no space beside the list, and above it the documentation would cover items.
  "@media (max-width: 559.98px)": { ".cm-tooltip.cm-completionInfo": { display: "none" } },
  // Backgrounds and shadows vanish here.
  "@media (forced-colors: active)": {
    ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
      outline: "2px solid Highlight",
      outlineOffset: "-2px",
    },
  },
});
