// Keeps the document's own line endings beside CodeMirror's text.
//
// CodeMirror knows one kind of line break, one character long. The original text has its own, often
// "\r\n", sometimes several kinds in one file, and must be restored byte for byte:
//
//     original    k : \r \n v \n     offsets 0 1 2 3 4 5 6
//     CodeMirror  k :   ⏎   v ⏎              0 1   2   3 4
//
// A state field remembers how each line ended; every offset and text is converted here.

import { invertedEffects } from "@codemirror/commands";
import {
  type EditorState,
  type Extension,
  StateEffect,
  StateField,
  type Transaction,
  type TransactionSpec,
} from "@codemirror/state";
import { EditorView } from "@codemirror/view";

/** One replacement; offsets are UTF-16 offsets in the original text, "\r\n" counting two. */
export interface Edit {
  from: number;
  to: number;
  insert: string;
}

type LineEnding = "\n" | "\r\n" | "\r";

interface LineEndings {
  /** The most frequent one. */
  readonly usual: LineEnding;
  /** Null when every line has the usual one, which new lines get, too. */
  readonly mixed: MixedLineEndings | null;
}

interface MixedLineEndings {
  /** `each[0]` ends line 1; the last line has none. */
  readonly each: readonly LineEnding[];
  /** `pairsBefore[n]` is how many of the first n endings are two characters long. */
  readonly pairsBefore: readonly number[];
}

/** Remembers the endings of `text`, which must be the document the state starts with. */
export function lineEndings(text: string): Extension {
  return [endingsField.init(() => read(text, "\n")), restoreOnUndo, copyWithEndings];
}

/** Copied text gets the document's usual ending, since it goes back into a file. */
const copyWithEndings = EditorView.clipboardOutputFilter.of((text, state) =>
  text.replaceAll("\n", state.field(endingsField).usual),
);

/** Returns the document as it would be saved. */
export function originalText(state: EditorState): string {
  const { usual, mixed } = state.field(endingsField);
  if (!mixed) return state.doc.sliceString(0, state.doc.length, usual);
  let text = "";
  let line = 0;
  for (const content of state.doc.iterLines()) text += content + (mixed.each[line++] ?? "");
  return text;
}

/** Tells whether a text that takes the place of the whole one keeps its own line endings. */
export function staysAsPasted(state: EditorState, text: string): boolean {
  const { usual, mixed } = state.field(endingsField);
  return usual === "\n" && !mixed && !text.includes("\r");
}

/** Converts an offset of CodeMirror to one in the original text. */
export function toOriginal(state: EditorState, offset: number): number {
  return offset + pairsBefore(state, state.doc.lineAt(offset).number);
}

/**
 * Converts an offset in the original text to one of CodeMirror. An offset in the middle of "\r\n"
 * becomes the end of its line; one outside of the text, as of an outdated text, the nearest inside.
 */
export function fromOriginal(state: EditorState, offset: number): number {
  let low = 1;
  let high = state.doc.lines;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (state.doc.line(middle).from + pairsBefore(state, middle) <= offset) low = middle;
    else high = middle - 1;
  }
  const line = state.doc.line(low);
  return Math.max(line.from, Math.min(line.to, offset - pairsBefore(state, low)));
}

/**
 * Returns the change that makes these edits, in any order. Of two insertions at one offset, the first
 * in the list comes first.
 * @throws RangeError when edits overlap or lie outside of the text
 */
export function editText(state: EditorState, edits: readonly Edit[]): TransactionSpec {
  const text = originalText(state);
  const whole = sortAndJoin(text, edits).map((edit) => withWholeBreaks(text, edit));
  const before = state.field(endingsField);
  const endings = read(splice(text, whole), before.usual);
  return {
    changes: whole.map(({ from, to, insert }) => ({
      from: fromOriginal(state, from),
      to: fromOriginal(state, to),
      insert,
    })),
    effects: isSame(before, endings) ? [] : setEndings.of(endings),
  };
}

const setEndings = StateEffect.define<LineEndings>();

const endingsField = StateField.define<LineEndings>({
  create: () => ({ usual: "\n", mixed: null }),
  update: after,
});

const restoreOnUndo = invertedEffects.of((transaction) => {
  const before = transaction.startState.field(endingsField);
  return after(before, transaction) === before ? [] : [setEndings.of(before)];
});

function after(before: LineEndings, transaction: Transaction): LineEndings {
  let set: LineEndings | null = null;
  // An undone group of changes carries one effect for each, the oldest last.
  for (const effect of transaction.effects) if (effect.is(setEndings)) set = effect.value;
  if (set) return set;
  if (!before.mixed || !transaction.docChanged) return before;
  return afterTyping(before.usual, before.mixed.each, transaction) ?? before;
}

/** Gives a new line the ending of the line it was typed in. Null when the number of lines is the same. */
function afterTyping(
  usual: LineEnding,
  before: readonly LineEnding[],
  { startState, changes }: Transaction,
): LineEndings | null {
  let each: LineEnding[] = [];
  let copied = 0;
  let changed = false;
  changes.iterChanges((from, to, _fromNew, _toNew, inserted) => {
    const first = startState.doc.lineAt(from).number - 1;
    const end = startState.doc.lineAt(to).number - 1;
    const added = inserted.lines - 1;
    if (added === end - first) return;
    const ending = before[first] ?? before[first - 1] ?? usual;
    each = each.concat(before.slice(copied, first), Array<LineEnding>(added).fill(ending));
    copied = end;
    changed = true;
  });
  return changed ? mixed(usual, each.concat(before.slice(copied))) : null;
}

function read(text: string, usualIfNone: LineEnding): LineEndings {
  const each = (text.match(/\r\n?|\n/g) ?? []) as LineEnding[];
  const first = each[0] ?? usualIfNone;
  if (each.every((ending) => ending === first)) return { usual: first, mixed: null };
  const count = (ending: LineEnding) => each.filter((other) => other === ending).length;
  const kinds: LineEnding[] = ["\n", "\r\n", "\r"];
  return mixed(
    kinds.reduce((most, kind) => (count(kind) > count(most) ? kind : most)),
    each,
  );
}

function isSame(one: LineEndings, other: LineEndings): boolean {
  return one.usual === other.usual && one.mixed?.each.join() === other.mixed?.each.join();
}

function mixed(usual: LineEnding, each: readonly LineEnding[]): LineEndings {
  const pairsBefore = [0];
  let pairs = 0;
  for (const ending of each) pairsBefore.push((pairs += ending.length - 1));
  return { usual, mixed: { each, pairsBefore } };
}

/** Counts the endings of two characters before the given line (from 1). */
function pairsBefore(state: EditorState, line: number): number {
  const { usual, mixed } = state.field(endingsField);
  return mixed ? (mixed.pairsBefore[line - 1] ?? 0) : (line - 1) * (usual.length - 1);
}

function sortAndJoin(text: string, edits: readonly Edit[]): Edit[] {
  const joined: Edit[] = [];
  for (const edit of [...edits].sort((a, b) => a.from - b.from || a.to - b.to)) {
    const last = joined.at(-1);
    if (edit.from < (last?.to ?? 0) || edit.to < edit.from || edit.to > text.length) {
      throw new RangeError(
        `edit ${edit.from}..${edit.to} overlaps another or lies outside of 0..${text.length}`,
      );
    }
    if (last?.to === edit.from) {
      last.to = edit.to;
      last.insert += edit.insert;
    } else joined.push({ ...edit });
  }
  return joined;
}

/**
 * Extends an edit to whole line breaks: CodeMirror has one break for "\r\n", so an edit that would
 * replace half of it, or complete one with the character beside it, takes that character too.
 */
function withWholeBreaks(text: string, { from, to, insert }: Edit): Edit {
  const before = text[from - 1];
  const after = text[to];
  const takesBefore =
    before === "\r" && (text[from] === "\n" || (insert[0] ?? after) === "\n");
  const takesAfter =
    after === "\n" && (text[to - 1] === "\r" || (insert.at(-1) ?? before) === "\r");
  return {
    from: takesBefore ? from - 1 : from,
    to: takesAfter ? to + 1 : to,
    insert: (takesBefore ? "\r" : "") + insert + (takesAfter ? "\n" : ""),
  };
}

function splice(text: string, edits: readonly Edit[]): string {
  let result = "";
  let copied = 0;
  for (const { from, to, insert } of edits) {
    result += text.slice(copied, from) + insert;
    copied = to;
  }
  return result + text.slice(copied);
}
