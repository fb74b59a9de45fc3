// Collects what a browser complains about during a test: console messages, exceptions, dialogs, requests.

import { expect, type Page, type Request } from "@playwright/test";

export interface ComplaintOptions {
  /** Complaints that a test expects; all others fail it. */
  expectedComplaints: RegExp | null;
}

/** Collects the complaints of a page, which may request addresses that begin with one of `ownAddresses`. */
export function watchComplaints(page: Page, ownAddresses: string[]): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    const isComplaint = ["error", "warning", "assert"].includes(message.type());
    if (isComplaint) complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`thrown: ${error}`));
  page.on("popup", (popup) => complaints.push(`popup: ${popup.url()}`));
  page.on("dialog", async (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on("request", (request) => {
    const isOwn = ownAddresses.some((start) => request.url().startsWith(start));
    if (!isOwn) complaints.push(`elsewhere: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  });
  return complaints;
}

/** Adds requests that fail to the complaints. */
export function watchFailedRequests(page: Page, complaints: string[]): void {
  page.on("requestfailed", (request) => {
    if (!isAbortedBackgroundLoad(request)) complaints.push(`failed: ${request.url()}`);
  });
}

export function expectNoComplaints(complaints: string[], expected: RegExp | null): void {
  expect(complaints.filter((complaint) => !expected?.test(complaint))).toEqual([]);
}

/** Navigation aborts requests of modules that load in the background, and of the icon, which the browser loads at will. */
function isAbortedBackgroundLoad(request: Request): boolean {
  // Code that several modules share is in files like `deployline-web-shared-5-0123456789abcdef.wasm`.
  const module = /\/deployline-web-([a-z]+|shared-\d+)-[0-9a-f]{16}\.wasm$/;
  const script = /\/(editor|share)-[0-9a-f]{16}\.js$/;
  const icon = /\/icon-[0-9a-f]{16}\.svg$/;
  const isBackground = [module, script, icon].some((file) => file.test(request.url()));
  return isBackground && request.failure()?.errorText === "net::ERR_ABORTED";
}
