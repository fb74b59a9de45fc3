// YAML in the editor: syntax highlighting, folding, indentation.
//
// CodeMirror's YAML grammar is not used: it takes 4 ms per key press in a long text, a quarter of all the
// work, and adds 12 KB to the download. Lines and columns are enough here; the planner reads the meaning.

import type { Extension } from "@codemirror/state";
import { colors } from "./colors";
import { structure } from "./structure";

export const yaml: Extension = [colors, structure];
