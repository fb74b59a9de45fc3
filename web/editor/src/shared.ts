// What help.js imports from editor.js, some of it only by name. The build fails where a name is missing.

export {
  Annotation,
  CharCategory,
  codePointAt,
  codePointSize,
  combineConfig,
  EditorSelection,
  EditorState,
  Facet,
  findClusterBreak,
  fromCodePoint,
  MapMode,
  Prec,
  RangeSet,
  RangeSetBuilder,
  RangeValue,
  StateEffect,
  StateField,
  Text,
  Transaction,
} from "@codemirror/state";
export {
  activateHover,
  Decoration,
  Direction,
  EditorView,
  getDialog,
  getPanel,
  getTooltip,
  gutter,
  GutterMarker,
  hoverTooltip,
  keymap,
  logException,
  runScopeHandlers,
  showDialog,
  showPanel,
  showTooltip,
  ViewPlugin,
  WidgetType,
} from "@codemirror/view";
export { indentUnit, syntaxTree } from "@codemirror/language";
export { applyFix } from "./fixes";
export { fromOriginal, toOriginal } from "./line-endings";
export { richText } from "./rich-text";
export { leftBar, token } from "./theme";
