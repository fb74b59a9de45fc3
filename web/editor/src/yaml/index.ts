// YAML in the editor: its colours, what folds, where a new line begins.
//
// Not by a grammar: CodeMirror's own takes 4 ms a key in a long text, a quarter of all the work, and
// 12 KB of what everyone loads. Lines and columns are enough for this; what the text means comes from
// the planner.

import type { Extension } from "@codemirror/state";
import { colors } from "./colors";
import { structure } from "./structure";

export const yaml: Extension = [colors, structure];
