// Caches the state that each line inherits from those above it. Most edits change one line, and seldom
// the state after it.

import type { ChangeSet, Text } from "@codemirror/state";
import { initialState, isSameState, type LineState, readLine } from "./line";

/** Beyond so many lines below the cached ones, reading starts anew instead of reading all between. */
const MAX_GAP = 2_000;
/** Number of lines above a requested one at which reading starts anew. */
const RUN_UP = 500;

export class LineStates {
  /** Number of the line that `states[0]` belongs to. */
  private first = 1;
  private states: LineState[] = [initialState];

  /** Returns the state at the start of a line; lines are numbered from 1. */
  before(doc: Text, line: number): LineState {
    const known = this.first + this.states.length - 1;
    if (line < this.first || line > known + MAX_GAP) {
      this.first = Math.max(1, line - RUN_UP);
      this.states = [initialState];
    }
    for (let next = this.first + this.states.length - 1; next < line; next++) {
      this.states.push(readLine(doc.line(next).text, this.at(next), () => {}));
    }
    return this.at(line);
  }

  /**
   * Updates the cache after a change of the text. Returns true when only the changed lines have other
   * tokens now, and the number of lines is the same.
   */
  update(before: Text, after: Text, changes: ChangeSet): boolean {
    let [start, endBefore, endAfter] = [Infinity, 0, 0];
    changes.iterChangedRanges((fromA, toA, _fromB, toB) => {
      start = Math.min(start, fromA);
      [endBefore, endAfter] = [toA, toB];
    });
    if (start === Infinity) return true;
    const line = before.lineAt(start).number;
    const [lastBefore, last] = [before.lineAt(endBefore).number, after.lineAt(endAfter).number];
    const inherited = this.states[lastBefore + 1 - this.first];
    if (line < this.first || inherited === undefined) {
      this.states.length = Math.max(0, Math.min(this.states.length, line + 1 - this.first));
      if (this.states.length === 0) [this.first, this.states] = [1, [initialState]];
      return false;
    }
    const rest = this.states.slice(lastBefore + 1 - this.first);
    this.states.length = line + 1 - this.first;
    if (!isSameState(this.before(after, last + 1), inherited)) return false;
    this.states.pop();
    this.states = this.states.concat(rest);
    return last === lastBefore;
  }

  private at(line: number): LineState {
    return this.states[line - this.first] ?? initialState;
  }
}
