// Bundles the editor into one ES module, web/editor/dist/editor.js.
import { bundle } from "./bundle.mjs";

const here = (/** @type {string} */ path) => new URL(`../editor/${path}`, import.meta.url);

// CodeMirror's licence asks for its notice in every copy, and its files carry none.
const notice =
  "/*! Includes CodeMirror and Lezer, (c) Marijn Haverbeke and others, MIT licence: https://codemirror.net */";

await bundle(here("src/editor.ts"), here("dist/editor.js"), notice);
