// Splits one line of YAML to tokens for syntax highlighting. The planner reads the meaning; this has to
// be fast, and right about where a token ends.

export type Kind = "key" | "string" | "constant" | "name" | "comment" | "mark";

/** The state at the start of a line, inherited from those above it. */
export interface LineState {
  /** The column that the lines of the open block scalar are deeper than; null outside of one. */
  readonly block: number | null;
  /** The quote that is open, or "". */
  readonly quote: "" | "'" | '"';
  /** Number of open brackets and braces. */
  readonly depth: number;
  /** The column of the last key or dash, which a block scalar would belong to. */
  readonly column: number;
}

export const initialState: LineState = { block: null, quote: "", depth: 0, column: -1 };

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
const spaces = /[ \t]+/y;
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

/** Longest part of a line that is highlighted: regular expressions have limits. */
const MAX_CHARACTERS = 10_000;

type Emit = (from: number, to: number, kind: Kind) => void;

/**
 * Calls `emit` for each token of a line without its break, from the left.
 * @returns the state at the start of the next line
 */
export function readLine(whole: string, before: LineState, emit: Emit): LineState {
  const line = whole.slice(0, MAX_CHARACTERS);
  const indent = match(spaces, line, 0);
  if (before.block !== null && (indent === line.length || indent > before.block)) {
    if (indent < line.length) emit(indent, line.length, "string");
    return before;
  }
  const reader = new LineReader(line, indent, before, emit);
  if (indent === 0) reader.readMarker();
  while (reader.at < line.length) reader.readToken();
  const { block, quote, depth, column } = reader;
  return { block, quote, depth, column };
}

class LineReader implements LineState {
  block: number | null = null;
  quote: LineState["quote"];
  depth: number;
  column: number;

  constructor(
    private readonly line: string,
    public at: number,
    { quote, depth, column }: LineState,
    private readonly emit: Emit,
  ) {
    this.quote = quote;
    this.depth = depth;
    this.column = column;
  }

  /** Reads a directive, `---` or `...` at the start of the line, where documents begin and end. */
  readMarker(): void {
    if (this.quote !== "") return;
    const end = this.line[0] === "%" ? this.line.length : this.match(marker);
    if (end === 0) return;
    this.take(end, "mark");
    this.depth = 0;
    this.column = -1;
  }

  readToken(): void {
    if (this.quote !== "") return this.readQuoted(this.quote, this.at);
    const end = this.match(spaces);
    if (end > this.at) {
      this.at = end;
      return;
    }
    const first = this.line[this.at] as string;
    if (first === "'" || first === '"') this.readQuoted(first, this.at + 1);
    else if (first === "#") this.take(this.line.length, "comment");
    else if ("[]{}".includes(first) || (this.depth > 0 && first === ",")) this.readBracket(first);
    else if (this.match(indicator) > this.at || (this.depth > 0 && first === ":")) {
      if (first === "-") this.column = this.at;
      this.take(this.at + 1, "mark");
    } else if (this.match(nameOf) > this.at) this.take(this.match(nameOf), "name");
    else if (this.depth === 0 && this.match(blockHeader) > this.at) {
      this.block = this.column;
      this.take(this.match(blockHeader), "mark");
    } else this.readPlain();
  }

  private readQuoted(quote: "'" | '"', contentStart: number): void {
    const contentEnd = this.match(quoted[quote], contentStart);
    const isClosed = this.line[contentEnd] === quote;
    this.quote = isClosed ? "" : quote;
    const end = isClosed ? contentEnd + 1 : contentEnd;
    const isKey = isClosed && this.match(this.depth > 0 ? quotedKeyEndInFlow : keyEnd, end) > end;
    this.takeScalar(end, isKey, "string");
  }

  private readBracket(first: string): void {
    if (first !== ",") this.depth = Math.max(0, this.depth + ("[{".includes(first) ? 1 : -1));
    this.take(this.at + 1, "mark");
  }

  private readPlain(): void {
    const end = Math.max(this.at + 1, this.match(this.depth > 0 ? plainInFlow : plain));
    const isKey = this.match(this.depth > 0 ? keyEndInFlow : keyEnd, end) > end;
    const isConstant = !isKey && constant.test(this.line.slice(this.at, end));
    this.takeScalar(end, isKey, isConstant ? "constant" : "string");
  }

  private takeScalar(end: number, isKey: boolean, kind: Kind): void {
    if (isKey && this.depth === 0) this.column = this.at;
    this.take(end, isKey ? "key" : kind);
  }

  private take(end: number, kind: Kind): void {
    this.emit(this.at, end, kind);
    this.at = end;
  }

  private match(pattern: RegExp, from = this.at): number {
    return match(pattern, this.line, from);
  }
}

/** Returns the end of the pattern's match at `from`; `from` itself where there is none. */
function match(pattern: RegExp, line: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(line) ? pattern.lastIndex : from;
}
