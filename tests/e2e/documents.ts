// Documents as a reader opens them, and the programs that make them.

import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { test as base, expect } from "@playwright/test";

export { expect };

/** Where the programs are, as `cargo xtask test documents` wrote it down. */
export const tools: { deployline: string; mdbook: string } = JSON.parse(
  readFileSync(new URL("../../target/documents/tools.json", import.meta.url), "utf8"),
);

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
