// What is asked for and typed before search, completions, notes and what is wrong are there. They make
// up for it when they come (help/make-up.ts).

import { type EditorState, type Extension, Prec } from "@codemirror/state";
import { EditorView, type KeyBinding, keymap } from "@codemirror/view";

export interface Early {
  /** Stands in their place. */
  extension: Extension;
  wishes: Wishes;
  /** They don't come: nothing is asked for any more. */
  forget(): void;
}

export interface Wishes {
  /** A key that asked for one of them. */
  asked?: KeyboardEvent | undefined;
  /** What was typed behind a search key: it is meant for the field that the key opens. */
  held?: string | undefined;
  /** As it was when something was typed into the text. */
  typed?: EditorState;
  /** Where the pointer is in the text. */
  pointed?: { target: EventTarget | null; clientX: number; clientY: number } | undefined;
}

/** Those of `searchKeymap` that open a field: what is typed behind them is meant for it. */
const fieldKeys = ["Mod-f", "F3", "Shift-F3", "Mod-g", "Shift-Mod-g", "Mod-Alt-g"];

/**
 * Those that select more of the same, those of completions that do something before a list is open, that
 * of notes, and those of what is wrong. They mean the place as it is: who types on has given them up.
 */
const otherKeys: readonly KeyBinding[] = [
  { key: "Mod-d" },
  { key: "Shift-Mod-l" },
  { key: "Ctrl-Space" },
  { mac: "Alt-`" },
  { mac: "Alt-i" },
  { key: "Shift-F1" },
  { key: "F8" },
  { key: "Shift-F8" },
  { key: "Shift-Mod-m" },
];

/** `load` is called when a key asks for what is not there. */
export function early(load: (view: EditorView) => void): Early {
  const wishes: Wishes = {};
  let pressed: KeyboardEvent | undefined;

  const forget = () => {
    wishes.asked = wishes.held = undefined;
  };
  const ask = (held?: string) => (view: EditorView) => {
    wishes.asked = pressed;
    wishes.held = held;
    load(view);
    return true;
  };
  const keydown = (event: KeyboardEvent) => {
    pressed = event;
    if (event.key === "Escape") forget();
    if (!isText(event)) return false;
    if (wishes.held === undefined) {
      forget();
      return false;
    }
    // In a field of one line, Enter would only look for what is found anyway.
    wishes.held = event.key === "Backspace" ? wishes.held.slice(0, -1) : wishes.held + textOf(event);
    return true;
  };

  return {
    extension: [
      Prec.highest(
        EditorView.domEventHandlers({
          keydown,
          pointerdown: forget,
          mousemove({ target, clientX, clientY }) {
            wishes.pointed = { target, clientX, clientY };
          },
          mouseleave() {
            wishes.pointed = undefined;
          },
        }),
      ),
      keymap.of([
        ...fieldKeys.map((key) => ({ key, run: ask("") })),
        ...otherKeys.map((key) => ({ ...key, run: ask() })),
      ]),
      EditorView.updateListener.of(({ state, transactions }) => {
        if (transactions.some((transaction) => transaction.isUserEvent("input.type"))) {
          wishes.typed = state;
        }
      }),
    ],
    wishes,
    forget,
  };
}

function isText({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  // Ctrl with Alt may be AltGr, which types.
  const isCommand = metaKey || (ctrlKey && !altKey);
  return !isCommand && (key.length === 1 || key === "Enter" || key === "Backspace");
}

const textOf = ({ key }: KeyboardEvent) => (key === "Enter" ? "" : key);
