// Notes from the page about keys and values: on hover, and with Shift-F1 at the cursor.

import { type EditorState, type Extension, StateEffect, StateField } from "@codemirror/state";
import { EditorView, hoverTooltip, keymap, showTooltip, type Tooltip } from "@codemirror/view";
import { applyFix, type Fix } from "../fixes";
import { fromOriginal, toOriginal } from "../line-endings";
import { richText } from "../rich-text";

/** Offsets are UTF-16 offsets in the original text. */
export interface Note {
  from: number;
  to: number;
  title: string;
  /** Paragraphs with `code`. */
  text: string[];
  actions: Fix[];
}

/** Returns a promise while the page still loads the module that has the notes. */
export type Hover = (offset: number) => Note | null | Promise<Note | null>;

export function notes(hover: Hover): Extension {
  return [
    hoverTooltip((view, pos) => tooltipAt(view, hover, pos)),
    openNote,
    keymap.of([
      { key: "Shift-F1", run: (view) => open(view, hover) },
      { key: "Escape", run: close },
    ]),
  ];
}

const setNote = StateEffect.define<Tooltip | null>();

/** The note opened by key; it closes when the cursor moves or the text changes. */
const openNote = StateField.define<Tooltip | null>({
  create: () => null,
  update(note, { effects, docChanged, selection }) {
    const set = effects.find((effect) => effect.is(setNote));
    if (set) return set.value;
    return docChanged || selection ? null : note;
  },
  provide: (field) => showTooltip.from(field),
});

function open(view: EditorView, hover: Hover): boolean {
  const { doc, selection } = view.state;
  const tooltip = tooltipAt(view, hover, selection.main.head);
  if (tooltip instanceof Promise) {
    // In a text that has changed meanwhile the note would stand at a wrong place.
    void tooltip.then((tooltip) => view.state.doc === doc && show(view, tooltip));
  } else {
    show(view, tooltip);
  }
  return true;
}

function show(view: EditorView, tooltip: NoteTooltip | null): void {
  const note = tooltip ? `${tooltip.note.title}: ${tooltip.note.text.join(" ")}` : "No note here.";
  const announcement = note.replaceAll("`", "");
  view.dispatch({ effects: [setNote.of(tooltip), EditorView.announce.of(announcement)] });
}

function close(view: EditorView): boolean {
  if (!view.state.field(openNote)) return false;
  view.dispatch({ effects: setNote.of(null) });
  return true;
}

type NoteTooltip = Tooltip & { note: Note };

function tooltipAt(
  { state }: EditorView,
  hover: Hover,
  pos: number,
): NoteTooltip | null | Promise<NoteTooltip | null> {
  const note = hover(toOriginal(state, pos));
  const convert = (note: Note | null) => note && toTooltip(state, note);
  return note instanceof Promise ? note.then(convert) : convert(note);
}

function toTooltip(state: EditorState, note: Note): NoteTooltip {
  return {
    note,
    pos: fromOriginal(state, note.from),
    end: fromOriginal(state, note.to),
    above: true,
    create: (view) => ({ dom: render(view, note) }),
  };
}

function render(view: EditorView, { title, text, actions }: Note): HTMLElement {
  const dom = document.createElement("div");
  dom.className = "cm-note";
  dom.appendChild(document.createElement("strong")).textContent = title;
  dom.append(...text.map((line) => richText("p", line)));
  const { doc } = view.state;
  for (const fix of actions) {
    const button = dom.appendChild(richText("button", fix.title)) as HTMLButtonElement;
    button.type = "button";
    button.className = "cm-diagnosticAction";
    button.onclick = () => {
      applyFix(view, fix, doc);
      view.focus();
    };
  }
  dom.onkeydown = (event) => {
    if (event.key === "Escape" && close(view)) view.focus();
  };
  return dom;
}
