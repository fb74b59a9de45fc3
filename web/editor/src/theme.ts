// The editor's theme. Every colour is a custom property of the page, which is inherited into the shadow
// root, so the editor follows when the page switches between light and dark. CodeMirror's own colours, and its
// images in `data:` URLs (which a strict content security policy blocks), are all replaced.

import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

type StyleSpec = Parameters<typeof EditorView.theme>[0];

/** The fallbacks suit a page that defines nothing, light or dark. */
export const token = {
  bg: "var(--dl-bg, Canvas)",
  surface: "var(--dl-surface, Canvas)",
  text: "var(--dl-text, CanvasText)",
  muted: "var(--dl-muted, GrayText)",
  border: "var(--dl-border, GrayText)",
  accent: "var(--dl-accent, LinkText)",
  focus: "var(--dl-focus, LinkText)",
  selection: "var(--dl-selection, Highlight)",
  error: "var(--dl-error, #d32f2f)",
  warning: "var(--dl-warning, #b26a00)",
  info: "var(--dl-info, #1976d2)",
  key: "var(--dl-syn-key, CanvasText)",
  string: "var(--dl-syn-string, CanvasText)",
  number: "var(--dl-syn-number, CanvasText)",
  comment: "var(--dl-syn-comment, GrayText)",
  punct: "var(--dl-syn-punct, CanvasText)",
  mono: "var(--dl-font-mono, ui-monospace, monospace)",
};

/** Marks of severities differ in shape, not in colour alone: a disc, a triangle, a square. */
const severities = [
  { name: "error", color: token.error, clipPath: "circle()" },
  { name: "warning", color: token.warning, clipPath: "polygon(50% 0, 100% 100%, 0 100%)" },
  { name: "info", color: token.info, clipPath: "inset(0 round 1px)" },
];

/** A tint of the colour that any text stays legible on. */
const tint = (color: string, percent: number) =>
  `color-mix(in srgb, ${color} ${percent}%, transparent)`;

/** A bar at the left edge, without moving the text as a border would. */
export const leftBar = (color: string) => `inset 3px 0 ${color}`;

const text: StyleSpec = {
  "&": { height: "100%", backgroundColor: token.bg, color: token.text, fontSize: "13px" },
  // Not an outline, which the gutters would cover.
  "&.cm-focused": { outline: "none" },
  "&.cm-focused::after": {
    content: '""',
    position: "absolute",
    inset: "0",
    border: `2px solid ${token.focus}`,
    pointerEvents: "none",
    zIndex: "400",
  },
  ".cm-scroller": { fontFamily: token.mono, lineHeight: "1.5" },
  ".cm-content": { padding: "8px 0", caretColor: token.accent },
  ".cm-line": { padding: "0 16px 0 8px" },
  ".cm-activeLine": { backgroundColor: tint(token.text, 4) },
  ".cm-content ::selection, .cm-content::selection": { backgroundColor: token.selection },
  ".cm-yaml-key": { color: token.key },
  ".cm-yaml-string": { color: token.string },
  ".cm-yaml-constant, .cm-yaml-name": { color: token.number },
  ".cm-yaml-comment": { color: token.comment, fontStyle: "italic" },
  ".cm-yaml-mark": { color: token.punct },
  ".cm-markedLine": {
    backgroundColor: tint(token.accent, 8),
    boxShadow: leftBar(token.accent),
  },
  "&.cm-focused .cm-matchingBracket": {
    backgroundColor: "transparent",
    outline: `1px solid ${token.muted}`,
  },
  "&.cm-focused .cm-nonmatchingBracket": {
    backgroundColor: "transparent",
    outline: `1px solid ${token.error}`,
  },
  ".cm-searchMatch": {
    backgroundColor: tint(token.warning, 10),
    outline: `1px solid ${tint(token.warning, 60)}`,
    borderRadius: "2px",
  },
  ".cm-searchMatch-selected": { outline: `2px solid ${token.warning}` },
  ".cm-foldPlaceholder": {
    backgroundColor: token.surface,
    border: `1px solid ${token.border}`,
    borderRadius: "4px",
    margin: "0 4px",
    padding: "0 6px",
    color: token.muted,
  },
};

const gutters: StyleSpec = {
  ".cm-gutters": { backgroundColor: token.bg, color: token.muted, border: "none" },
  ".cm-activeLineGutter": { backgroundColor: "transparent", color: token.text },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "3ch", padding: "0 2px 0 4px" },
  ".cm-foldGutter .cm-gutterElement": { width: "16px", textAlign: "center" },
  ".cm-foldGutter span:hover": { color: token.text },
  ".cm-gutter-lint": { width: "18px" },
  ".cm-gutter-lint .cm-gutterElement": {
    display: "flex",
    alignItems: "center",
    justifyContent: "center",
    padding: "0",
  },
  ".cm-lint-marker": { width: "9px", height: "9px" },
  ...bySeverity(({ name, color, clipPath }) => ({
    [`.cm-lint-marker-${name}`]: { backgroundColor: color, clipPath, content: "normal" },
  })),
};

const diagnostics: StyleSpec = {
  ".cm-lintRange": { backgroundImage: "none", paddingBottom: "0" },
  ".cm-lintRange-active": {
    backgroundColor: "transparent",
    outline: `1px solid ${token.muted}`,
    borderRadius: "2px",
  },
  ...bySeverity(({ name, color }) => ({
    [`.cm-lintRange-${name}`]: {
      backgroundImage: "none",
      textDecoration: `underline wavy 1px ${color}`,
      textDecorationSkipInk: "none",
      textUnderlineOffset: "3px",
    },
    [`.cm-lintPoint-${name}:after`]: { borderBottomColor: color },
    [`.cm-diagnostic-${name}`]: { borderLeft: "none", boxShadow: leftBar(color) },
  })),
  ".cm-diagnostic": { margin: "0", padding: "6px 12px", lineHeight: "1.45" },
  ".cm-diagnosticSource": {
    marginTop: "2px",
    fontFamily: token.mono,
    fontSize: "11px",
    color: token.muted,
    opacity: "1",
  },
};

const panels: StyleSpec = {
  ".cm-tooltip": {
    backgroundColor: token.surface,
    color: token.text,
    border: `1px solid ${token.border}`,
    borderRadius: "6px",
    boxShadow: "0 4px 16px rgb(0 0 0 / 0.18)",
    overflow: "hidden",
    maxWidth: "min(60ch, 90vw)",
  },
  ".cm-tooltip-section:not(:first-child)": { borderTop: `1px solid ${token.border}` },
  ".cm-panels": { backgroundColor: token.surface, color: token.text },
  ".cm-panels-bottom, .cm-panel + .cm-panel": { borderTop: `1px solid ${token.border}` },
  ".cm-panel.cm-search": { padding: "8px 32px 8px 8px" },
  ".cm-panel.cm-search label": { fontSize: "12px" },
  ".cm-panel.cm-search [name=close], .cm-panel.cm-panel-lint [name=close], .cm-dialog-close": {
    top: "6px",
    right: "8px",
    width: "24px",
    height: "24px",
    fontSize: "16px",
    lineHeight: "1",
    borderRadius: "4px",
    color: token.muted,
    cursor: "pointer",
  },
  ".cm-textfield, .cm-button": {
    minHeight: "26px",
    padding: "2px 8px",
    border: `1px solid ${token.border}`,
    borderRadius: "4px",
    backgroundColor: token.bg,
    backgroundImage: "none",
    color: token.text,
    font: "inherit",
    fontSize: "12px",
    verticalAlign: "middle",
  },
  ".cm-textfield::placeholder": { color: token.muted, opacity: "1" },
  ".cm-button": { cursor: "pointer" },
  ".cm-button:hover": { borderColor: token.muted },
  ".cm-button:active": { backgroundColor: tint(token.text, 10), backgroundImage: "none" },
  ".cm-panel input[type=checkbox]": { accentColor: token.accent, verticalAlign: "middle" },
  ".cm-panel :focus-visible": { outline: `2px solid ${token.focus}`, outlineOffset: "-1px" },
  ".cm-panel.cm-panel-lint ul": { maxHeight: "10em", paddingRight: "32px" },
  ".cm-panel.cm-panel-lint ul [aria-selected], .cm-panel.cm-panel-lint ul:focus [aria-selected]": {
    backgroundColor: "transparent",
    outline: `1px solid ${token.accent}`,
    outlineOffset: "-1px",
    color: token.text,
  },
};

const help: StyleSpec = {
  ".cm-note": {
    boxSizing: "border-box",
    width: "max-content",
    maxWidth: "min(52ch, 86vw)",
    padding: "8px 12px",
    lineHeight: "1.45",
  },
  ".cm-note strong": { fontFamily: token.mono },
  ".cm-note p": { margin: "4px 0 0" },
  ".cm-note code, .cm-completionInfo code, .cm-diagnosticText code": { fontFamily: token.mono, fontSize: "0.92em" },
  ".cm-diagnosticAction": {
    display: "block",
    minHeight: "24px",
    margin: "6px 0 2px",
    padding: "2px 8px",
    border: `1px solid ${token.border}`,
    borderRadius: "4px",
    backgroundColor: token.bg,
    color: token.text,
    font: "inherit",
    fontSize: "12px",
    cursor: "pointer",
  },
  ".cm-diagnosticAction:hover": { borderColor: token.muted },
  ".cm-diagnosticAction u": { textDecoration: "none" },
  ".cm-tooltip button:focus-visible": { outline: `2px solid ${token.focus}`, outlineOffset: "-1px" },
};

// Backgrounds and shadows vanish here: lines replace them where they carry meaning.
const forcedColors: StyleSpec = {
  "@media (forced-colors: active)": {
    ".cm-markedLine": { outline: "1px solid Highlight", outlineOffset: "-1px" },
    ".cm-lint-marker": { forcedColorAdjust: "none", backgroundColor: "CanvasText" },
    ".cm-activeLineGutter": { fontWeight: "bold" },
  },
};

// Among rules of equal specificity, those of the first theme win.
export const theme: Extension = [forcedColors, text, gutters, diagnostics, help, panels].map((spec) =>
  EditorView.theme(spec),
);

function bySeverity(style: (severity: (typeof severities)[number]) => StyleSpec): StyleSpec {
  return Object.assign({}, ...severities.map(style));
}
