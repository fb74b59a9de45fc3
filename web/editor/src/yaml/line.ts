// The words of one line of YAML, for their colours, folding and indentation. What the text means is
// the planner's to say; this only has to be quick, and right about where a word ends.

export type Kind = "key" | "string" | "constant" | "name" | "comment" | "mark";

/** What a line inherits from those above it. */
export interface LineState {
  /** The column that the lines of a block scalar stand deeper than; null outside of one. */
  readonly block: number | null;
  /** The quote that is open, or "". */
  readonly quote: "" | "'" | '"';
  /** How many brackets and braces are open. */
  readonly depth: number;
  /** The column of the last key or dash, which a block scalar would belong to. */
  readonly column: number;
}

export const fresh: LineState = { block: null, quote: "", depth: 0, column: -1 };

export function isSameState(one: LineState, other: LineState): boolean {
  return (
    one.block === other.block &&
    one.quote === other.quote &&
    one.depth === other.depth &&
    one.column === other.column
  );
}

const constant = /^(?:[-+]?\d*\.?\d+(?:e[-+]?\d+)?|0x[\da-f]+|0o[0-7]+|true|false|null|~)$/i;

// Sticky: each is tried at `lastIndex`.
const blank = /[ \t]+/y;
const marker = /(?:---|\.\.\.)(?=[ \t]|$)/y;
const indicator = /[-?:](?=[ \t]|$)/y;
const nameOf = /[&*][^\s,[\]{}]+|![^\s,[\]{}]*/y;
const blockHeader = /[|>][-+0-9]*(?=[ \t]*(?:$|[ \t]#))/y;
const quoted = { "'": /(?:[^']|'')*/y, '"': /(?:[^"\\]|\\.?)*/y };
const plain = /(?:[^\s:]|:(?=\S)|[ \t]+(?=[^\s#]))+/y;
const plainInFlow = /(?:[^\s:,[\]{}]|:(?=[^\s,[\]{}])|[ \t]+(?=[^\s#:,[\]{}]))+/y;
const keyEnd = /[ \t]*:(?=[ \t]|$)/y;
const keyEndInFlow = /[ \t]*:(?=[\s,[\]{}]|$)/y;
const quotedKeyEndInFlow = /[ \t]*:/y;

/** More of a line is not looked at: nobody reads colours there, and patterns have their limits. */
const MOST_CHARACTERS = 10_000;

/**
 * Calls `emit` for each word of a line, which comes without its break, from the left.
 * @returns what the next line inherits
 */
export function readLine(
  whole: string,
  before: LineState,
  emit: (from: number, to: number, kind: Kind) => void,
): LineState {
  const line = whole.slice(0, MOST_CHARACTERS);
  let { quote, depth, column } = before;
  let at = match(blank, line, 0);
  if (before.block !== null) {
    if (at === line.length) return before;
    if (at > before.block) {
      emit(at, line.length, "string");
      return before;
    }
  }
  if (at === 0 && quote === "") {
    const end = line[0] === "%" ? line.length : match(marker, line, 0);
    if (end > 0) {
      emit(0, end, "mark");
      at = end;
      depth = 0;
      column = -1;
    }
  }

  let block: number | null = null;
  while (at < line.length) {
    const from = at;
    if (quote === "") {
      at = match(blank, line, at);
      if (at > from) continue;
    }
    const first = line[at] as string;
    if (quote !== "" || first === "'" || first === '"') {
      const open: "'" | '"' = quote === "" ? (first as "'" | '"') : quote;
      at = match(quoted[open], line, quote === "" ? at + 1 : at);
      const isClosed = line[at] === open;
      if (isClosed) at += 1;
      quote = isClosed ? "" : open;
      const isKey = isClosed && match(depth > 0 ? quotedKeyEndInFlow : keyEnd, line, at) > at;
      if (isKey && depth === 0) column = from;
      emit(from, at, isKey ? "key" : "string");
    } else if (first === "#") {
      at = line.length;
      emit(from, at, "comment");
    } else if ("[]{}".includes(first) || (depth > 0 && first === ",")) {
      at += 1;
      if (first !== ",") depth = Math.max(0, depth + ("[{".includes(first) ? 1 : -1));
      emit(from, at, "mark");
    } else if (match(indicator, line, at) > at || (depth > 0 && first === ":")) {
      at += 1;
      if (first === "-") column = from;
      emit(from, at, "mark");
    } else if (match(nameOf, line, at) > at) {
      at = match(nameOf, line, at);
      emit(from, at, "name");
    } else if (depth === 0 && match(blockHeader, line, at) > at) {
      at = match(blockHeader, line, at);
      block = column;
      emit(from, at, "mark");
    } else {
      at = Math.max(at + 1, match(depth > 0 ? plainInFlow : plain, line, at));
      const isKey = match(depth > 0 ? keyEndInFlow : keyEnd, line, at) > at;
      if (isKey && depth === 0) column = from;
      const isConstant = !isKey && constant.test(line.slice(from, at));
      emit(from, at, isKey ? "key" : isConstant ? "constant" : "string");
    }
  }
  return { block, quote, depth, column };
}

/** Where what the pattern matches at `from` ends; `from` itself where it does not. */
function match(pattern: RegExp, line: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(line) ? pattern.lastIndex : from;
}
