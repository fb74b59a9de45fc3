// Bundles the editor into one ES module, web/editor/dist/editor.js.
import { bundle } from "../bundle.mjs";

await bundle(
  new URL("src/editor.ts", import.meta.url),
  new URL("dist/editor.js", import.meta.url),
  // The licence asks for its notice in every copy, and the packages carry none in their files.
  "/*! Includes CodeMirror and Lezer, (c) Marijn Haverbeke and others, MIT licence: https://codemirror.net */",
);
