// Documents as a reader opens them, and the programs that make them.

import { fileURLToPath } from "node:url";
import { test as base, expect } from "@playwright/test";

export { expect };

/** Programs that tests run: the command line, and mdBook for those of documents. `cargo xtask test` names them. */
export const tools = {
  deployline:
    process.env["DEPLOYLINE_COMMAND"] ?? fileURLToPath(new URL("../../target/debug/deployline", import.meta.url)),
  mdbook: process.env["DEPLOYLINE_MDBOOK"] ?? "mdbook",
};

/** Projects with their tools and the npm package in node_modules, as they were built. */
export const astroSite = fileURLToPath(new URL("../../target/sites/astro/", import.meta.url));
export const viteProject = fileURLToPath(new URL("../../target/sites/vite/", import.meta.url));

/** What a test expects a site's own scripts to complain about. */
type Options = { expectedComplaints: RegExp | null };

/** No document may throw, complain, open a dialog, or ask for anything but its own files. */
export const test = base.extend<Options>({
  expectedComplaints: [null, { option: true }],
  page: async ({ page, baseURL, expectedComplaints }, use) => {
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (["error", "warning", "assert"].includes(message.type())) complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(`thrown: ${error}`));
    page.on("popup", (popup) => complaints.push(`popup: ${popup.url()}`));
    page.on("dialog", async (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      await dialog.dismiss();
    });
    page.on("request", (request) => {
      const url = request.url();
      const isOwn = ["file:", "data:", `${baseURL}`].some((start) => url.startsWith(start));
      if (!isOwn) complaints.push(`elsewhere: ${url}`);
    });
    page.on("response", (response) => {
      if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
    });
    await use(page);
    const unexpected = complaints.filter((complaint) => !expectedComplaints?.test(complaint));
    expect(unexpected).toEqual([]);
  },
});
