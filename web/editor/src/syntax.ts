// The colours of YAML, each a custom property of the page.

import { HighlightStyle, syntaxHighlighting, syntaxTree } from "@codemirror/language";
import { type Extension, Prec, type Range } from "@codemirror/state";
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  type ViewUpdate,
} from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { token } from "./theme";

const highlightStyle = HighlightStyle.define([
  { tag: tags.propertyName, color: token.key },
  { tag: [tags.string, tags.content], color: token.string },
  { tag: [tags.labelName, tags.typeName, tags.keyword], color: token.number },
  { tag: tags.comment, color: token.comment, fontStyle: "italic" },
  { tag: [tags.separator, tags.punctuation, tags.bracket, tags.meta], color: token.punct },
]);

/** Numbers, booleans and nulls, which the YAML grammar doesn't tell from other plain scalars. */
const constants = ViewPlugin.define(
  (view) => ({
    marks: constantsIn(view),
    update(update: ViewUpdate) {
      const parsed = syntaxTree(update.startState) !== syntaxTree(update.state);
      if (parsed || update.viewportChanged) this.marks = constantsIn(update.view);
    },
  }),
  { decorations: (plugin) => plugin.marks },
);

// The mark of higher precedence is the inner element, and so has the last word on the colour.
export const syntaxColors: Extension = [
  syntaxHighlighting(highlightStyle),
  Prec.highest(constants),
];

const constant = /^(?:[-+]?\d*\.?\d+(?:e[-+]?\d+)?|0x[\da-f]+|0o[0-7]+|true|false|null|~)$/i;
const mark = Decoration.mark({ class: "cm-constant" });

function constantsIn({ state, visibleRanges }: EditorView): DecorationSet {
  const marks: Range<Decoration>[] = [];
  for (const { from, to } of visibleRanges) {
    syntaxTree(state).iterate({
      from,
      to,
      enter(node) {
        if (node.name !== "Literal" || node.node.parent?.name === "Key") return;
        if (constant.test(state.sliceDoc(node.from, node.to))) marks.push(mark.range(node.from, node.to));
      },
    });
  }
  return Decoration.set(marks);
}
