// What each line inherits from those above it, kept from one text to the next: a key changes one line,
// and seldom what follows inherits.

import type { ChangeSet, Text } from "@codemirror/state";
import { fresh, isSameState, type LineState, readLine } from "./line";

/** So many lines further than what is known, reading starts anew instead of reading all between. */
const FAR = 2_000;
/** How many lines above the first one that is asked for reading starts anew. */
const RUN_UP = 500;

export class LineStates {
  /** The number of the line that `states[0]` is of. */
  private first = 1;
  private states: LineState[] = [fresh];

  /** What a line inherits; lines are numbered from 1. */
  before(doc: Text, line: number): LineState {
    const known = this.first + this.states.length - 1;
    if (line < this.first || line > known + FAR) {
      this.first = Math.max(1, line - RUN_UP);
      this.states = [fresh];
    }
    for (let next = this.first + this.states.length - 1; next < line; next++) {
      this.states.push(readLine(doc.line(next).text, this.at(next), () => {}));
    }
    return this.at(line);
  }

  /**
   * Follows a change of the text. True when only the lines that were changed read otherwise now, and
   * as many lines are there as before.
   */
  follow(before: Text, after: Text, changes: ChangeSet): boolean {
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
      if (this.states.length === 0) [this.first, this.states] = [1, [fresh]];
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
    return this.states[line - this.first] ?? fresh;
  }
}
