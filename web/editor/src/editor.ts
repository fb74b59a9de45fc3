// The YAML editor of the page: its interface, and the extensions that it consists of.

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
import { type AfterPaint, afterPaint } from "./after-paint";
import {
  type Edit,
  editText,
  fromOriginal,
  lineEndings,
  originalText,
  toOriginal,
} from "./line-endings";
import { markedLines, markLines } from "./marked-lines";
import { fullPaste, isReported } from "./full-paste";
import { pasteLimit } from "./paste-limit";
import { theme } from "./theme";
import { yaml } from "./yaml";

export type { Completions, Diagnostic, Edit, Fix, Note };

/** Every offset here and in `EditorHandle` is a UTF-16 offset in the text, "\r\n" counting two. */
export interface EditorOptions {
  text: string;
  /** Number of the document with this `text`. */
  document: number;
  /** The accessible name of the editing area. */
  label: string;
  /**
   * Called after each change of the text; `userEvent` when it was typed, pasted, undone and the like,
   * `pastedAll` when it was pasted over the whole text.
   */
  onChange(text: string, userEvent: boolean, pastedAll: boolean): void;
  /** Called when the cursor has moved. */
  onSelection(offset: number): void;
  /** Called instead of pasting a text of so many characters, which is too large. */
  onRefusedPaste?(characters: number): void;
  /** Returns completions at an offset of the current text; called once per word. */
  complete?: Complete;
  /** Returns a note about an offset of the current text. */
  hover?: Hover;
}

export interface EditorHandle {
  /** The text with its own line endings, byte for byte. */
  text(): string;
  /**
   * Opens a document, with the cursor and the view at its start. One that was open before comes back
   * with its cursor, view and undo history.
   */
  openDocument(document: number, text: string): void;
  /**
   * Applies small edits to this document as one undo step; cursor and view stay where they are.
   * @throws RangeError when edits overlap or lie outside of the text
   */
  applyEdits(edits: readonly Edit[]): void;
  setDiagnostics(list: readonly Diagnostic[]): void;
  /** Selects a range, with the cursor at `from`, scrolls it to the middle of the view, and focuses. */
  select(from: number, to: number): void;
  /** Marks the lines without moving cursor or view; `highlight(0, 0)` clears. */
  highlight(from: number, to: number): void;
  /** Marks the lines and scrolls to them, without moving cursor or focus; `show(0, 0)` clears. */
  show(from: number, to: number): void;
  /** Undoes or redoes the last step, wherever the focus is. */
  undo(): void;
  redo(): void;
  focus(): void;
  destroy(): void;
}

/** Creates an editor that fills `host`, which must have a height, in a shadow root. */
export function createEditor(host: HTMLElement, options: EditorOptions): EditorHandle {
  // In a shadow root CodeMirror adopts its style sheets; in the document it would add <style>
  // elements, which a strict content security policy forbids.
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const pending = afterPaint(host);
  const create = (text: string) =>
    EditorState.create({
      doc: text,
      extensions: [
        lineEndings(text),
        appearance(options.label),
        editing(options),
        changeReports(options, pending),
      ],
    });
  const view = new EditorView({ root, parent: root, state: create(options.text) });
  const documents = keepDocuments(view, options.document, create);

  return {
    text() {
      pending.flush();
      return originalText(view.state);
    },
    openDocument(document, text) {
      pending.flush();
      documents.open(document, text);
      showDiagnostics(view, []);
      options.onSelection(toOriginal(view.state, view.state.selection.main.head));
    },
    applyEdits(edits) {
      // Invalid edits are refused at once.
      if (!pending.hasPending()) editText(view.state, edits);
      pending.schedule(() => apply(view, edits));
    },
    setDiagnostics: (list) => pending.schedule(() => showDiagnostics(view, list)),
    select(from, to) {
      pending.flush();
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
      pending.flush();
      markLines(view, from, to);
    },
    show(from, to) {
      pending.flush();
      markLines(view, from, to);
      if (from === to) return;
      const start = fromOriginal(view.state, from);
      const { top } = view.lineBlockAt(start);
      const { bottom } = view.lineBlockAt(fromOriginal(view.state, to));
      // Lines in sight stay where they are; of lines higher than the view, the first are shown.
      const { scrollTop, clientHeight } = view.scrollDOM;
      if (top < scrollTop || Math.min(bottom, top + clientHeight) > scrollTop + clientHeight) {
        view.scrollDOM.scrollTop = top - Math.max(8, (clientHeight - (bottom - top)) / 2);
      }
    },
    undo() {
      pending.flush();
      undo(view);
    },
    redo() {
      pending.flush();
      redo(view);
    },
    focus: () => view.focus(),
    destroy() {
      pending.flush();
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
  // Lines move: the scroll position is measured, which costs a layout. The effects of a second spec
  // are mapped through the changes of the first.
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
    // Not needed for the focus, but some accessibility checkers ask for it.
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
  // The page opens dropped files; CodeMirror would insert their content. The event still reaches the
  // page.
  drop: (event) => event.dataTransfer?.types.includes("Files") ?? false,
  // Chromium carries the style of replaced text over in a style attribute, which a strict content
  // security policy blocks and reports. So the text is replaced here.
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

function changeReports(options: EditorOptions, pending: AfterPaint): Extension {
  const { onChange, onSelection } = options;
  let lastOffset = 0;
  return [
    pasteLimit((characters) => options.onRefusedPaste?.(characters)),
    fullPaste(pending, (text) => onChange(text, true, true)),
    EditorView.updateListener.of(({ state, transactions }) => {
      const changes = transactions.filter(({ docChanged }) => docChanged);
      if (!changes.every(isReported)) {
        const userEvent = transactions.some(
          (transaction) => transaction.annotation(Transaction.userEvent) !== undefined,
        );
        onChange(originalText(state), userEvent, transactions.some(isFullPaste));
      }
      const offset = toOriginal(state, state.selection.main.head);
      if (offset !== lastOffset) onSelection((lastOffset = offset));
    }),
  ];
}

function isFullPaste(transaction: Transaction): boolean {
  if (!transaction.isUserEvent("input.paste")) return false;
  let isFull = false;
  transaction.changes.iterChangedRanges((from, to) => {
    isFull = from === 0 && to === transaction.startState.doc.length;
  });
  return isFull;
}
