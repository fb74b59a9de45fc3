// Documents as a reader opens them, and the programs that make them.

import { fileURLToPath } from "node:url";
import { test as base, expect } from "@playwright/test";
import { type ComplaintOptions, expectNoComplaints, watchComplaints } from "./complaints";

export { expect };

/** Programs that tests run: the command line and mdBook. `cargo xtask test` sets their paths. */
export const tools = {
  deployline:
    process.env["DEPLOYLINE_COMMAND"] ?? fileURLToPath(new URL("../../target/debug/deployline", import.meta.url)),
  mdbook: process.env["DEPLOYLINE_MDBOOK"] ?? "mdbook",
};

/** Projects with their tools and the npm package in node_modules, as they were built. */
export const astroSite = fileURLToPath(new URL("../../target/sites/astro/", import.meta.url));
export const viteProject = fileURLToPath(new URL("../../target/sites/vite/", import.meta.url));

/** No document may throw, complain, open a dialog, or request anything but its own files. */
export const test = base.extend<ComplaintOptions>({
  expectedComplaints: [null, { option: true }],
  page: async ({ page, baseURL, expectedComplaints }, use) => {
    const complaints = watchComplaints(page, ["file:", "data:", `${baseURL}`]);
    await use(page);
    expectNoComplaints(complaints, expectedComplaints);
  },
});
