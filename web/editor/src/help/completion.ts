// Completions from the page: shown while a word is typed and on Ctrl-Space.

import {
  autocompletion,
  type Completion,
  type CompletionResult,
  type CompletionSource,
} from "@codemirror/autocomplete";
import type { EditorState, Extension } from "@codemirror/state";
import { fromOriginal, toOriginal } from "../line-endings";
import { richText } from "../rich-text";
import { completionTheme } from "./completion-theme";

/** Offsets are UTF-16 offsets in the original text. */
export interface Completions {
  /** The word that an item replaces. */
  from: number;
  to: number;
  /** Whether the items stay the same while more of the word is typed. */
  isComplete: boolean;
  items: CompletionItem[];
}

export interface CompletionItem {
  label: string;
  detail: string;
  insert: string;
  kind: "key" | "value" | "reference" | "expression";
  /** Text with `code`; may be empty. */
  doc: string;
}

/** Returns a promise while the page still loads the module that has the completions. */
export type Complete = (offset: number) => Completions | null | Promise<Completions | null>;

export function completion(complete: Complete): Extension {
  const completions = autocompletion({
    override: [source(complete)],
    icons: false,
    // After a key, its value can be completed as well.
    activateOnCompletion: ({ apply }) => typeof apply === "string" && /[:\s] *$/.test(apply),
  });
  return [completions, completionTheme];
}

/** Matches before the cursor where typing opens completions: in a word, behind `key: `, `- ` or a bracket. */
const triggers = /[\w<+"'-]$|[:-] +$|[{[,] *$/;

function source(complete: Complete): CompletionSource {
  return ({ state, pos, explicit }) => {
    if (!explicit && !triggers.test(state.sliceDoc(Math.max(0, pos - 3), pos))) return null;
    const found = complete(toOriginal(state, pos));
    const convert = (found: Completions | null) => found && toResult(found, state, pos, explicit);
    return found instanceof Promise ? found.then(convert) : convert(found);
  };
}

function toResult(
  found: Completions,
  state: EditorState,
  pos: number,
  explicit: boolean,
): CompletionResult | null {
  const [from, to] = [fromOriginal(state, found.from), fromOriginal(state, found.to)];
  // A complete word closes the list, so that Enter starts the next line.
  const whole = new Set(found.items.filter(({ kind }) => kind !== "key").map(({ label }) => label));
  if (!explicit && whole.has(state.sliceDoc(from, pos))) return null;
  return {
    from,
    to,
    options: found.items.map(toOption),
    validFor: (text) => found.isComplete && /^[\w.<+>-]*$/.test(text) && !whole.has(text),
  };
}

function toOption({ label, detail, insert, doc }: CompletionItem, index: number): Completion {
  return {
    label,
    apply: insert,
    // The page has sorted the items.
    boost: Math.max(-99, 99 - index),
    ...(detail && { detail }),
    ...(doc && { info: () => ({ dom: richText("div", doc) }) }),
  };
}
