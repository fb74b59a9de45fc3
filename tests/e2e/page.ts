// Reads and drives the page as a user does: bars, texts, YAML. Shared by the tests of the release build.

import { readFileSync } from "node:fs";
import { test as base, expect, type Page } from "@playwright/test";
import type { EditorHandle } from "../../web/editor/src/editor";
import { type ComplaintOptions, expectNoComplaints, watchComplaints, watchFailedRequests } from "./complaints";

export { expect };

declare global {
  interface Window {
    /** The page's editor, set by `withHandle`. */
    editor: EditorHandle;
  }
}

/**
 * No test may leave anything in the console, throw, open a dialog, request another origin or a missing
 * file. A violation of the content-security policy is an error in the console.
 */
export const test = base.extend<ComplaintOptions>({
  expectedComplaints: [null, { option: true }],
  page: async ({ page, baseURL, expectedComplaints }, use) => {
    const complaints = watchComplaints(page, [`${baseURL}`, "data:", "blob:"]);
    watchFailedRequests(page, complaints);
    await handOutEditor(page);
    await use(page);
    expectNoComplaints(complaints, expectedComplaints);
  },
});

/** Makes the page's editor available to tests as `window.editor`. */
export const handOutEditor = (page: Page) =>
  page.route(isEditorBundle, (route) =>
    route.fulfill({ contentType: "text/javascript", body: withHandle(route.request().url()) }),
  );

/** Matches the bundle as the page requests it; `withHandle` requests the original with a query. */
export const isEditorBundle = (url: URL) =>
  /\/editor-[0-9a-f]{16}\.js$/.test(url.pathname) && !url.search;

/** Wraps the bundle to expose the editor, which has the text byte for byte: line endings can't be seen. */
const withHandle = (address: string) => `
  import { createEditor as create } from "${address}?real";
  export * from "${address}?real";
  export const createEditor = (host, options) => (window.editor = create(host, options));
`;

/** Opens the page and waits until its editor is there. */
export async function open(page: Page): Promise<void> {
  await page.goto("");
  await expectEditor(page);
}

/** Expects the editor to be there, and the plain field to be gone. */
export async function expectEditor(page: Page): Promise<void> {
  await expect(editor(page)).toHaveAttribute("contenteditable", "true");
}

/** Reloads the page and waits until its editor is there. */
export async function reload(page: Page): Promise<void> {
  await page.reload();
  await expectEditor(page);
}

/** Opens the page with the editor's JavaScript held back; returns the function that releases it. */
export async function openWithoutEditor(page: Page): Promise<() => void> {
  const release = await hold(page, isEditorBundle);
  // The event `load` may wait for it too.
  await page.goto("", { waitUntil: "commit" });
  return release;
}

/** Holds requests back; returns the function that releases them. */
export async function hold(page: Page, url: string | RegExp | ((url: URL) => boolean)): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(url, async (route) => {
    await released;
    await route.fallback();
  });
  return release;
}

export const editor = (page: Page) => page.getByRole("textbox", { name: "Pipeline YAML" });
export const text = (page: Page) => page.evaluate(() => window.editor.text());
export const stage = (page: Page, name: string) => page.getByRole("group", { name, exact: true });
export const bars = (page: Page) => page.locator(".dl-bar");
export const problems = (page: Page) => page.getByRole("region", { name: "Problems" });
export const timeline = (page: Page) =>
  page.getByRole("listbox", { name: /^Deployments over time/ });
export const details = (page: Page) => page.getByRole("region", { name: "Picked deployment" });
export const assumptions = (page: Page) => page.getByRole("region", { name: "Assumptions" });
export const compare = (page: Page) => page.getByRole("region", { name: "Compare" });
export const tooltip = (page: Page) => page.getByRole("tooltip");
export const table = (page: Page) => page.getByRole("table", { name: "Deployments in order" });

/** The two checkboxes of a stage. */
export const boxes = (page: Page, name = "Deploy") => ({
  services: stage(page, name).getByLabel("Deploy services in parallel"),
  targets: stage(page, name).getByLabel("Deploy to environments or infrastructures in parallel"),
});

/** The bar with a number in the order; for pipelines of one stage. */
export const bar = (page: Page, number: number) =>
  bars(page).filter({ has: page.getByText(String(number), { exact: true }) });

export const choose = (page: Page, example: string) =>
  page.getByLabel("Examples").selectOption(example);

/** The order in words, a line per stage. */
export const order = (page: Page) =>
  page.getByRole("region", { name: "Order in words" }).getByRole("definition");

/** The duration of the run. */
export const total = (page: Page) => page.locator(".dl-facts strong");

/** The labels of the time axis, from the left. */
export const axis = (page: Page) => page.locator(".dl-axis .dl-tick").allTextContents();

/** Reads the bars against the time axis: `1 S1 → I1: 0s to 1m`. */
export function picture(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const number = (element: Element | null, name: string) => Number(element?.getAttribute(name));
    const ticks = [...document.querySelectorAll(".dl-axis .dl-tick")];
    const at = (x: number) =>
      ticks.find((tick) => Math.abs(number(tick, "x") - x) < 1.5)?.textContent ?? `${x}px`;
    return [...document.querySelectorAll(".dl-bar")].map((bar) => {
      const words = [...bar.querySelectorAll(".dl-number, .dl-name")].map((it) => it.textContent);
      const shape = bar.querySelector(".dl-shape");
      const left = number(shape, "x");
      return `${words.join(" ")}: ${at(left)} to ${at(left + number(shape, "width"))}`;
    });
  });
}

/** Reads the table in the same form: `1 S1 → I1: 0s to 1m`. */
export async function rows(page: Page): Promise<string[]> {
  const rows = await table(page).locator("tbody tr").all();
  const read = rows.map(async (row) => {
    const cells = await row.locator("th, td").allInnerTexts();
    const [number, , service, , infrastructure, start, end] = cells;
    return `${number} ${service} → ${infrastructure}: ${start} to ${end}`;
  });
  return Promise.all(read);
}

/** Expects these deployments in the picture and in the table. */
export async function expectPicture(page: Page, expected: string[]): Promise<void> {
  await expect.poll(() => picture(page)).toEqual(expected);
  await expect.poll(() => rows(page)).toEqual(expected);
}

/** Expects the YAML to be this, byte for byte. */
export async function expectText(page: Page, expected: string): Promise<void> {
  await expect.poll(() => text(page)).toBe(expected);
}

/** Replaces the whole text by selecting all and pasting. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await editor(page).focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("ControlOrMeta+v");
}

/**
 * The address once it carries what is shown. The address is written after a pause: what it holds before may
 * be of an earlier moment, and only the link of the dialog is of this one.
 */
export async function addressOf(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Share…" }).click();
  const dialog = page.getByRole("dialog", { name: "Share" });
  const field = dialog.getByRole("textbox", { name: "Link" });
  await expect(field).toHaveValue(/#v2\.[\w-]+$/);
  const link = await field.inputValue();
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect.poll(() => page.url()).toBe(link);
  return link;
}

/** Returns the selected text, by copying it. */
export async function selected(page: Page): Promise<string> {
  await page.keyboard.press("ControlOrMeta+c");
  return page.evaluate(() => navigator.clipboard.readText());
}

/** Drops a file on the page. */
export async function drop(page: Page, name: string, content: string): Promise<void> {
  await page.getByRole("main").evaluate(
    (main, [name, content]) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([content], name));
      for (const type of ["dragenter", "dragover", "drop"]) {
        const init = { dataTransfer, bubbles: true, cancelable: true };
        main.dispatchEvent(new DragEvent(type, init));
      }
    },
    [name, content] as const,
  );
}

export const undo = async (page: Page) => {
  await editor(page).focus();
  await page.keyboard.press("ControlOrMeta+z");
};

/** Returns by how many pixels the page is wider than the window. */
export const overflow = (page: Page) =>
  page.evaluate(() => Math.max(0, (document.scrollingElement?.scrollWidth ?? 0) - innerWidth));

/** A file of the corpus. */
export const corpus = (name: string) =>
  readFileSync(new URL(`../corpus/${name}`, import.meta.url), "utf8");

/** `S1` to `S100`. */
export const names = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}${index + 1}`);

/** A pipeline of one stage, `Deploy`, with services and infrastructures one after the other. */
export function pipeline(services: string[], infrastructures: string[]): string {
  const list = (indent: string, key: string, names: string[]) =>
    names.map((name) => `${indent}- ${key}: ${name}\n`).join("");
  return `pipeline:
  stages:
    - stage:
        name: Deploy
        identifier: deploy
        type: Deployment
        spec:
          services:
            metadata:
              parallel: false
            values:
${list(" ".repeat(14), "serviceRef", services)}\
          environments:
            metadata:
              parallel: false
            values:
              - environmentRef: E1
                infrastructureDefinitions:
${list(" ".repeat(18), "identifier", infrastructures)}\
        failureStrategies:
          - onFailure: {errors: [AllErrors], action: {type: MarkAsFailure}}
`;
}

/** The same; a failure is retried twice, then waits for a person, then is rolled back. A timeout is ignored. */
export const recovering = (services: string[], infrastructures: string[]) =>
  pipeline(services, infrastructures)
    .replace("          services:", "          multiDeploymentConfig: {onFailure: RunAll}\n          services:")
    .replace(/( *)- onFailure: .*\n/, (_, indent) => `\
${indent}- onFailure:
${indent}    errors: [AllErrors]
${indent}    action:
${indent}      type: Retry
${indent}      spec:
${indent}        retryCount: 2
${indent}        retryIntervals: [10s]
${indent}        onRetryFailure:
${indent}          action:
${indent}            type: ManualIntervention
${indent}            spec: {timeout: 3m, onTimeout: {action: {type: StageRollback}}}
${indent}- onFailure: {errors: [Timeout], action: {type: Ignore}}
`);
