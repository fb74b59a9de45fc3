// Bundles the dialogs that share and export into one ES module, web/share/dist/share.js.
import { bundle } from "./bundle.mjs";

const here = (/** @type {string} */ path) => new URL(`../share/${path}`, import.meta.url);

await bundle(here("src/share.ts"), here("dist/share.js"));
