// YAML in the editor: syntax highlighting, folding, indentation.
//
// Not by CodeMirror's grammar of YAML, which takes 4 ms a key press in a long text, a quarter of all the
// work, and 12 KB of download. Lines and columns are enough here; the planner reads the meaning.

import type { Extension } from "@codemirror/state";
import { colors } from "./colors";
import { structure } from "./structure";

export const yaml: Extension = [colors, structure];
