// What could stand at the cursor, from the page: shown while a word is typed and on Ctrl-Space.

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
  /** The word that a choice replaces. */
  from: number;
  to: number;
  /** Whether what is typed next is among these too. */
  isComplete: boolean;
  items: CompletionItem[];
}

export interface CompletionItem {
  label: string;
  detail: string;
  insert: string;
  kind: "key" | "value" | "reference" | "expression";
  /** In words, with `code`; may be empty. */
  doc: string;
}

/** A promise while the page still loads what knows them. */
export type Complete = (offset: number) => Completions | null | Promise<Completions | null>;

export function completion(complete: Complete): Extension {
  const completions = autocompletion({
    override: [source(complete)],
    icons: false,
    // What is behind a key that was just chosen can be chosen as well.
    activateOnCompletion: ({ apply }) => typeof apply === "string" && /[:\s] *$/.test(apply),
  });
  return [completions, completionTheme];
}

/** Where typing asks for something: in a word, behind `key: ` or `- `, behind an open bracket. */
const asks = /[\w<+"'-]$|[:-] +$|[{[,] *$/;

function source(complete: Complete): CompletionSource {
  return ({ state, pos, explicit }) => {
    if (!explicit && !asks.test(state.sliceDoc(Math.max(0, pos - 3), pos))) return null;
    const found = complete(toOriginal(state, pos));
    const offer = (found: Completions | null) => found && offered(found, state, pos, explicit);
    return found instanceof Promise ? found.then(offer) : offer(found);
  };
}

function offered(
  found: Completions,
  state: EditorState,
  pos: number,
  explicit: boolean,
): CompletionResult | null {
  const [from, to] = [fromOriginal(state, found.from), fromOriginal(state, found.to)];
  // A word that is all there is not offered again: Enter is to start the next line.
  const whole = new Set(found.items.filter(({ kind }) => kind !== "key").map(({ label }) => label));
  if (!explicit && whole.has(state.sliceDoc(from, pos))) return null;
  return {
    from,
    to,
    options: found.items.map(option),
    validFor: (text) => found.isComplete && /^[\w.<+>-]*$/.test(text) && !whole.has(text),
  };
}

function option({ label, detail, insert, doc }: CompletionItem, index: number): Completion {
  return {
    label,
    apply: insert,
    // The page has put the likely ones first.
    boost: Math.max(-99, 99 - index),
    ...(detail && { detail }),
    ...(doc && { info: () => ({ dom: richText("div", doc) }) }),
  };
}
