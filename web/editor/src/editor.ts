// The YAML editor of the page: all that the page may ask of it, and how its parts are put together.

import {
  defaultKeymap,
  history,
  historyKeymap,
  isolateHistory,
  redo,
  undo,
} from "@codemirror/commands";
import { bracketMatching, foldGutter, foldKeymap } from "@codemirror/language";
import { search, searchKeymap } from "@codemirror/search";
import {
  EditorSelection,
  EditorState,
  type Extension,
  type SelectionRange,
  Transaction,
} from "@codemirror/state";
import {
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { keepDocuments } from "./documents";
import type { Fix } from "./fixes";
import { type Complete, completion, type Completions } from "./help/completion";
import { type Diagnostic, diagnosticsKeymap, marks, showDiagnostics } from "./help/diagnostics";
import { type Hover, type Note, notes } from "./help/notes";
import { afterPaint, type Later } from "./later";
import {
  type Edit,
  editText,
  fromOriginal,
  lineEndings,
  originalText,
  toOriginal,
} from "./line-endings";
import { markedLines, markLines } from "./marked-lines";
import { isTold, pasteAll } from "./paste-all";
import { theme } from "./theme";
import { yaml } from "./yaml";

export type { Completions, Diagnostic, Edit, Fix, Note };

/** Every offset here and in `EditorHandle` is a UTF-16 offset in the text, "\r\n" counting two. */
export interface EditorOptions {
  text: string;
  /** The number of the document that `text` is. */
  document: number;
  /** The accessible name of the editing area. */
  label: string;
  /**
   * After each change of the text; `userEvent` when it was typed, pasted, undone and the like,
   * `pastedAll` when it was pasted in the place of all there was.
   */
  onChange(text: string, userEvent: boolean, pastedAll: boolean): void;
  /** When the offset of the cursor is another one. */
  onSelection(offset: number): void;
  /** What could stand at an offset of the text as it is now; it is asked once for a word. */
  complete?: Complete;
  /** What stands at an offset of the text as it is now. */
  hover?: Hover;
}

export interface EditorHandle {
  /** The text with its own line endings, byte for byte. */
  text(): string;
  /**
   * Another document, with the cursor and the view at its start. One that was open before comes back
   * with its cursor, its view and its steps to undo.
   */
  openDocument(document: number, text: string): void;
  /**
   * Small edits of this document: one step to undo, the cursor and the view where they were.
   * @throws RangeError when they overlap or lie outside of the text
   */
  applyEdits(edits: readonly Edit[]): void;
  setDiagnostics(list: readonly Diagnostic[]): void;
  /** Selects, with the cursor at `from`, scrolls to the middle of the view, and focuses. */
  select(from: number, to: number): void;
  /** Marks the lines without moving cursor or view; `highlight(0, 0)` clears. */
  highlight(from: number, to: number): void;
  /** Marks the lines and scrolls to them, without moving cursor or focus; `show(0, 0)` clears. */
  show(from: number, to: number): void;
  /** Takes the last step back, or does it once more, wherever the focus is. */
  undo(): void;
  redo(): void;
  focus(): void;
  destroy(): void;
}

/** The editor fills `host`, which must have a height, from inside a shadow root of its own. */
export function createEditor(host: HTMLElement, options: EditorOptions): EditorHandle {
  // In a shadow root CodeMirror adopts its style sheets; in the document it would add <style>
  // elements, which a strict content security policy forbids.
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const later = afterPaint(host);
  const create = (text: string) =>
    EditorState.create({
      doc: text,
      extensions: [
        lineEndings(text),
        appearance(options.label),
        editing(options),
        reports(options, later),
      ],
    });
  const view = new EditorView({ root, parent: root, state: create(options.text) });
  const documents = keepDocuments(view, options.document, create);

  return {
    text() {
      later.catchUp();
      return originalText(view.state);
    },
    openDocument(document, text) {
      later.catchUp();
      documents.open(document, text);
      showDiagnostics(view, []);
      options.onSelection(toOriginal(view.state, view.state.selection.main.head));
    },
    applyEdits(edits) {
      // What are no edits of this text is refused at once.
      if (!later.isWaiting()) editText(view.state, edits);
      later.wait(() => apply(view, edits));
    },
    setDiagnostics: (list) => later.wait(() => showDiagnostics(view, list)),
    select(from, to) {
      later.catchUp();
      // The cursor goes to the start: the end may already belong to the next line.
      const range = EditorSelection.range(
        fromOriginal(view.state, to),
        fromOriginal(view.state, from),
      );
      view.dispatch({
        selection: EditorSelection.create([range]),
        effects: EditorView.scrollIntoView(range),
      });
      scrollToMiddle(view, range);
      view.focus();
    },
    highlight(from, to) {
      later.catchUp();
      markLines(view, from, to);
    },
    show(from, to) {
      later.catchUp();
      markLines(view, from, to);
      if (from === to) return;
      const start = fromOriginal(view.state, from);
      const { top } = view.lineBlockAt(start);
      const { bottom } = view.lineBlockAt(fromOriginal(view.state, to));
      // What is in sight stays where it is; of what is higher than the view, the start is shown.
      const { scrollTop, clientHeight } = view.scrollDOM;
      if (top < scrollTop || Math.min(bottom, top + clientHeight) > scrollTop + clientHeight) {
        view.scrollDOM.scrollTop = top - Math.max(8, (clientHeight - (bottom - top)) / 2);
      }
    },
    undo() {
      later.catchUp();
      undo(view);
    },
    redo() {
      later.catchUp();
      redo(view);
    },
    focus: () => view.focus(),
    destroy() {
      later.catchUp();
      view.destroy();
    },
  };
}

function apply(view: EditorView, edits: readonly Edit[]): void {
  const annotations = isolateHistory.of("full");
  const edited = view.state.update(editText(view.state, edits), { annotations });
  if (edited.newDoc.lines === view.state.doc.lines) {
    view.dispatch(edited);
    return;
  }
  // Lines move: the place scrolled to is measured, which costs a layout. A spec beside the one
  // with the changes is mapped through them, and so is that place.
  const effects = view.scrollSnapshot();
  view.dispatch(editText(view.state, edits), { effects, annotations });
}

/** CodeMirror's own scrolling to the middle moves the page as well, near the ends of the text. */
function scrollToMiddle(view: EditorView, { from, to }: SelectionRange): void {
  const { top } = view.lineBlockAt(from);
  const height = view.lineBlockAt(to).bottom - top;
  view.scrollDOM.scrollTop = top - Math.max(0, view.scrollDOM.clientHeight - height) / 2;
}

function appearance(label: string): Extension {
  return [
    // It can be focused without, but not every accessibility checker knows.
    EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
    marks,
    lineNumbers(),
    foldGutter(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    bracketMatching(),
    markedLines,
    yaml,
    theme,
  ];
}

function editing({ complete, hover }: EditorOptions): Extension {
  return [
    history(),
    // Tab stays unbound, so that it leaves the editor; Mod-] and Mod-[ indent.
    keymap.of([...defaultKeymap, ...historyKeymap, ...foldKeymap, ...searchKeymap]),
    search({ top: true }),
    complete ? completion(complete) : [],
    hover ? notes(hover) : [],
    diagnosticsKeymap,
    eventHandlers,
  ];
}

const eventHandlers: Extension = EditorView.domEventHandlers({
  // A dropped file is the page's to open, and CodeMirror would insert its content. Handled here,
  // the event still reaches the page.
  drop: (event) => event.dataTransfer?.types.includes("Files") ?? false,
  // Chromium carries the style of replaced text over in a style attribute, which a strict content
  // security policy blocks and reports: the text is replaced before it comes to that.
  beforeinput(event, view) {
    const replaces = event.inputType === "insertText" && !view.state.selection.main.empty;
    if (!replaces || event.data === null) return false;
    view.dispatch(view.state.replaceSelection(event.data), {
      userEvent: "input.type",
      scrollIntoView: true,
    });
    return true;
  },
});

function reports({ onChange, onSelection }: EditorOptions, later: Later): Extension {
  let reported = 0;
  const tell = (state: EditorState, transactions: readonly Transaction[]) => {
    if (transactions.some((transaction) => transaction.docChanged)) {
      const userEvent = transactions.some(
        (transaction) => transaction.annotation(Transaction.userEvent) !== undefined,
      );
      onChange(originalText(state), userEvent, transactions.some(isPasteOfAll));
    }
    const offset = toOriginal(state, state.selection.main.head);
    if (offset !== reported) onSelection((reported = offset));
  };
  return [
    pasteAll(later, (transaction) => tell(transaction.state, [transaction])),
    EditorView.updateListener.of(({ state, transactions }) => {
      if (!transactions.some(isTold)) tell(state, transactions);
    }),
  ];
}

function isPasteOfAll(transaction: Transaction): boolean {
  if (!transaction.isUserEvent("input.paste")) return false;
  let isOfAll = false;
  transaction.changes.iterChangedRanges((from, to) => {
    isOfAll = from === 0 && to === transaction.startState.doc.length;
  });
  return isOfAll;
}
