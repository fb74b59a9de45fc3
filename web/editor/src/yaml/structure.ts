// Folding and indentation of new lines, by columns.

import {
  foldService,
  type IndentContext,
  indentOnInput,
  indentService,
} from "@codemirror/language";
import { EditorState, type Extension, type Line, type Text } from "@codemirror/state";

export const structure: Extension = [
  foldService.of((state, from) => fold(state.doc, state.doc.lineAt(from))),
  indentService.of(indentation),
  indentOnInput(),
  EditorState.languageData.of(() => [
    { commentTokens: { line: "#" }, indentOnInput: /^\s*- $/ },
  ]),
];

/** Returns the lines below one that belong to it. Their end is searched when they are folded. */
function fold(doc: Text, line: Line): { from: number; readonly to: number } | null {
  if (isEmpty(line.text) || isComment(line.text)) return null;
  const next = nextNonEmpty(doc, line.number + 1);
  if (!next || !belongsTo(line.text, next.text)) return null;
  return {
    from: line.to,
    get to() {
      let last = next;
      let below: Line | null = next;
      while (below && belongsTo(line.text, below.text)) {
        last = below;
        below = nextNonEmpty(doc, below.number + 1);
      }
      return last.to;
    },
  };
}

/** Deeper lines belong to a line, and the items of a key, which may stand in its own column. */
function belongsTo(line: string, below: string): boolean {
  const [column, columnBelow] = [columnOf(line), columnOf(below)];
  if (columnBelow > column) return true;
  return columnBelow === column && isItem(below) && !isItem(line) && opensBlock(line);
}

function nextNonEmpty(doc: Text, number: number): Line | null {
  for (; number <= doc.lines; number++) {
    const line = doc.line(number);
    if (!isEmpty(line.text)) return line;
  }
  return null;
}

/**
 * Returns the column for a new line broken at `position`: below a line that opens a block, one step
 * deeper; below an item, that of its first key; else that of the line before. A typed dash goes below
 * the dash above.
 */
function indentation(context: IndentContext, position: number): number | null {
  const { text: rest } = context.lineAt(position, 1);
  if (context.simulatedBreak === null) return isItem(rest) ? dashColumn(context.state.doc, position) : null;
  const { text: head } = context.lineAt(position, -1);
  if (isEmpty(head)) return head.length + columnOf(rest);
  const column = contentColumn(head);
  return opensBlock(head) ? column + context.unit : column;
}

/** Returns the column of the item that the line at `position` is in, or its own. */
function dashColumn(doc: Text, position: number): number {
  const line = doc.lineAt(position);
  const column = columnOf(line.text);
  for (let number = line.number - 1; number > 0; number--) {
    const { text } = doc.line(number);
    if (isEmpty(text)) continue;
    if (isItem(text) && contentColumn(text) === column) return columnOf(text);
    // The items of a key may stand in its own column.
    const isOfKey = columnOf(text) === column && (isItem(text) || opensBlock(text));
    if (isOfKey || columnOf(text) < column) break;
  }
  return column;
}

const isEmpty = (line: string) => line.trim() === "";
const isComment = (line: string) => /^\s*#/.test(line);
const isItem = (line: string) => /^\s*-(?:\s|$)/.test(line);
const columnOf = (line: string) => line.search(/\S|$/);
/** Column behind the dashes. */
const contentColumn = (line: string) => /^\s*(?:-\s+)*/.exec(line)?.[0].length ?? 0;
/** Matches lines that end with a colon or with the header of a block scalar. */
const opensBlock = (line: string) =>
  !isComment(line) && /:(?:\s+[|>][-+0-9]*)?\s*(?:\s#.*)?$/.test(line);
