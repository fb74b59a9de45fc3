// Bundles what shares and exports into one ES module, web/share/dist/share.js.
import { bundle } from "../bundle.mjs";

await bundle(new URL("src/share.ts", import.meta.url), new URL("dist/share.js", import.meta.url));
