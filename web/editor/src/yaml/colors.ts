// Syntax highlighting of the visible lines.

import type { Range, Text } from "@codemirror/state";
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";
import { type Kind, readLine } from "./line";
import { LineStates } from "./states";

const marks: Record<Kind, Decoration> = {
  key: markOf("key"),
  string: markOf("string"),
  constant: markOf("constant"),
  name: markOf("name"),
  comment: markOf("comment"),
  mark: markOf("mark"),
};

function markOf(kind: Kind): Decoration {
  return Decoration.mark({ class: `cm-yaml-${kind}` });
}

class Highlighter {
  private readonly states = new LineStates();
  decorations: DecorationSet;

  constructor(view: EditorView) {
    this.decorations = this.highlightVisible(view);
  }

  update(update: ViewUpdate): void {
    const { docChanged, viewportChanged, changes, startState, state, view } = update;
    const isLocal = !docChanged || this.states.update(startState.doc, state.doc, changes);
    if (viewportChanged || !isLocal) this.decorations = this.highlightVisible(view);
    else if (docChanged) this.decorations = this.highlightChanged(update);
  }

  private highlightVisible({ state: { doc }, visibleRanges }: EditorView): DecorationSet {
    const found: Range<Decoration>[] = [];
    let next = 0;
    for (const { from, to } of visibleRanges) {
      // A very long line may have several visible ranges: it is read once.
      if (to < next) continue;
      this.addLines(doc, Math.max(from, next), to, found);
      next = doc.lineAt(to).to + 1;
    }
    return Decoration.set(found);
  }

  /** Reads the changed lines alone: CodeMirror skips decorations that stay the same object. */
  private highlightChanged({ changes, state: { doc } }: ViewUpdate): DecorationSet {
    let decorations = this.decorations.map(changes);
    changes.iterChangedRanges((_fromA, _toA, fromB, toB) => {
      const [filterFrom, filterTo] = [doc.lineAt(fromB).from, doc.lineAt(toB).to];
      const add: Range<Decoration>[] = [];
      this.addLines(doc, filterFrom, filterTo, add);
      decorations = decorations.update({ filterFrom, filterTo, filter: () => false, add });
    });
    return decorations;
  }

  private addLines(doc: Text, from: number, to: number, found: Range<Decoration>[]): void {
    for (let line = doc.lineAt(from); ; line = doc.line(line.number + 1)) {
      const { number, text, from: start } = line;
      readLine(text, this.states.before(doc, number), (from, to, kind) => {
        found.push(marks[kind].range(start + from, start + to));
      });
      if (line.to >= to) break;
    }
  }
}

export const colors = ViewPlugin.fromClass(Highlighter, {
  decorations: (plugin) => plugin.decorations,
});
