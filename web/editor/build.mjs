// Bundles the editor into two ES modules: web/editor/dist/editor.js, and help.js, which is loaded when
// someone turns to the editor or something is wrong, and imports all that both use from editor.js. A
// second copy of CodeMirror's state would not know the first one's.
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { bundle } from "../bundle.mjs";

const here = (path) => new URL(path, import.meta.url);

// The licence asks for its notice in every copy, and the packages carry none in their files.
const notice =
  "/*! Includes CodeMirror and Lezer, (c) Marijn Haverbeke and others, MIT licence: https://codemirror.net */";

/** What help.js has to itself: its folder too. Of crelt, a few lines without a state, both have a copy. */
const ownOfHelp = /^(@codemirror\/(autocomplete|lint|search)|crelt|\.\/.*)$/;

/** @type {import("esbuild").Plugin} */
const restFromEditor = {
  name: "rest-from-editor",
  setup({ onResolve }) {
    onResolve({ filter: /.*/ }, ({ kind, path }) => {
      const isOwn = kind === "entry-point" || ownOfHelp.test(path);
      return isOwn ? undefined : { path: "./editor.js", external: true };
    });
  },
};

await bundle(here("src/editor.ts"), here("dist/editor.js"), notice);
await bundle(here("src/help/help.ts"), here("dist/help.js"), notice, [restFromEditor]);
await checkThatTheyFit();

/** What help.js imports must be there, or a browser would refuse it: esbuild looks it up. */
async function checkThatTheyFit() {
  const entryPoints = [fileURLToPath(here("dist/help.js"))];
  try {
    await build({ entryPoints, bundle: true, format: "esm", write: false, logLevel: "silent" });
  } catch ({ errors, message }) {
    const found = new Set(errors?.map(({ text }) => text) ?? [message]);
    throw new Error(
      `help.js imports what web/editor/src/shared.ts does not export:\n${[...found].join("\n")}`,
    );
  }
}
