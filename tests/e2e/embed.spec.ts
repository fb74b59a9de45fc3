// `<deploy-line>` in pages of others, under a policy as strict as can be.

import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import type { PlanChange } from "../../web/embed/deployline";
import { expect, pipeline, test } from "./page";

declare global {
  interface Window {
    heard: { type: string; number: number; detail: PlanChange & { reason?: string } }[];
    shift: number;
  }
}

const elements = (page: Page) => page.locator("deploy-line");
const picture = (element: Locator) => element.getByRole("listbox", { name: /^Deployments of / });
const names = (element: Locator) => picture(element).locator(".dl-listed .dl-name");
const option = (element: Locator) => element.locator('[role=option][aria-selected="true"]');
const tooltip = (element: Locator) => element.getByRole("tooltip");
const heard = (page: Page) => page.evaluate(() => window.heard);
const text = (element: Locator) => element.evaluate((it) => (it as HTMLElement & { text: string }).text);

const setText = (element: Locator, text: string) =>
  element.evaluate((it, text) => ((it as HTMLElement & { text: string }).text = text), text);

async function openTwo(page: Page): Promise<[Locator, Locator]> {
  await page.goto("two.html");
  const [first, second] = [elements(page).nth(0), elements(page).nth(1)];
  await expect(picture(first)).toBeVisible();
  await expect(picture(second)).toBeVisible();
  return [first, second];
}

test("two elements share one wasm, load no editor and move nothing", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const [first, second] = await openTwo(page);
  await expect(names(first)).toHaveText(["web → eu_1", "api → eu_1", "web → us_1", "api → us_1"]);
  await expect(names(second)).toHaveText(["slot 1", "slot 1"]);
  expect(asked.filter((path) => path.endsWith(".wasm"))).toHaveLength(1);
  expect(asked.filter((path) => /editor|deployline-web/.test(path))).toEqual([]);
  const events = (await heard(page)).map(({ type, number, detail }) => [type, number, detail.by, detail.facts.summary]);
  expect(events.sort()).toEqual([
    ["planchange", 0, "content", "1 stage, 4 deployments, 5m"],
    ["planchange", 1, "content", "2 stages, 0 deployments, 2m"],
  ]);
  expect(await page.evaluate(() => window.shift)).toBe(0);
});

test("a checkbox changes the fewest bytes of its own plan", async ({ page }) => {
  const [first, second] = await openTwo(page);
  const before = await text(first);
  const box = first.getByLabel("Deploy services in parallel");
  await box.focus();
  await page.keyboard.press("Space");
  await expect(first.getByText("1 stage, 4 deployments, 10m.")).toBeVisible();
  expect(await text(first)).toBe(before.replace("{parallel: true} # both", "{parallel: false} # both"));
  await expect(box).not.toBeChecked();
  await expect(box).toBeFocused();
  expect((await heard(page)).at(-1)).toMatchObject({
    number: 0,
    detail: { by: "checkbox", facts: { duration: 600_000, stages: [{ maxConcurrency: 1 }] } },
  });
  await expect(second.getByText("2 stages, 0 deployments, 2m.")).toBeVisible();
});

test("bars are reached by keys, and say what they are", async ({ page }) => {
  const [first] = await openTwo(page);
  await picture(first).focus();
  await page.keyboard.press("ArrowDown");
  await expect(option(first)).toHaveAccessibleName(
    "1. web eu_1, 0s to 4m, takes 4m, Starts with the pipeline.",
  );
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  const third = "Starts at 1m: slot 2 was taken by api eu_1 until then.";
  await expect(option(first)).toHaveAccessibleName(new RegExp(`^3\\. web us_1, 1m to 5m, .*${third}$`));
  await expect(picture(first)).toHaveAttribute("aria-activedescendant", "active");
  await expect(tooltip(first)).toContainText(third);
  await page.keyboard.press("Escape");
  await expect(tooltip(first)).toBeHidden();
  await page.keyboard.press("End");
  await expect(option(first)).toHaveAccessibleName(/^4\. api us_1/);
  await expect(picture(first)).toBeFocused();
});

test("a bar under the pointer says the same", async ({ page }) => {
  const [first] = await openTwo(page);
  await picture(first).locator(".dl-bar").nth(1).hover();
  await expect(tooltip(first)).toHaveText("2. api eu_10s to 1m, takes 1mStarts with the pipeline.");
  await page.mouse.move(0, 0);
  await expect(tooltip(first)).toBeHidden();
});

test("the table holds all of it", async ({ page }) => {
  const [first] = await openTwo(page);
  await first.getByText("Deployments in order").click();
  const rows = first.getByRole("row");
  await expect(rows).toHaveCount(5);
  await expect(rows.nth(3)).toHaveText(/^3Productionwebprodus_11m5mStarts at 1m: slot 2/);
});

test("attributes and content may change at any time", async ({ page }) => {
  const [first] = await openTwo(page);
  const set = (name: string, value: string) =>
    first.evaluate((it, [name, value]) => it.setAttribute(name, value), [name, value] as const);
  await set("view", "services");
  await expect(names(first)).toHaveText(["web2", "web → eu_1", "web → us_1", "api2", "api → eu_1", "api → us_1"]);
  await set("durations", "web=2m, api=soon");
  await expect(first.getByRole("list", { name: "Attributes" })).toHaveText(/`soon` is no duration/);
  await set("durations", "web=2m");
  await expect(first.getByRole("list", { name: "Attributes" })).toHaveCount(0);
  await expect(first.getByText("1 stage, 4 deployments, 3m.")).toBeVisible();
  await set("controls", "none");
  await expect(first.getByRole("checkbox")).toHaveCount(0);
  await set("height", "300");
  expect((await first.boundingBox())?.height).toBe(300);
  await set("height", "auto");
  await expect.poll(async () => (await first.boundingBox())?.height).toBeLessThan(300);
  await set("theme", "dark");
  await expect(picture(first)).toHaveCSS("background-color", "rgb(20, 23, 28)");

  await first.evaluate((it) => {
    const script = it.querySelector("script");
    if (script) script.textContent = "stage: {name: Ask, identifier: ask, type: Approval}";
  });
  await expect(names(first)).toHaveText(["Ask"]);
  await setText(first, "stage: {name: Given, identifier: given, type: Approval}");
  await expect(names(first)).toHaveText(["Given"]);
  expect((await heard(page)).at(-1)?.detail.by).toBe("script");
});

test("a mistake is named with its line, and the picture stays as far as it goes", async ({ page }) => {
  const [first] = await openTwo(page);
  await setText(first, "stage:\n  name: Ask\n  identifier: ask\n  type: Approval\n  spec: {a: [1\n");
  await expect(first.getByRole("list", { name: "Notes" })).toContainText("Error, line 5:");
  await expect(names(first)).toHaveText(["Ask"]);
});

test("names are text, whatever they hold", async ({ page }) => {
  const [first] = await openTwo(page);
  const hostile = [
    "<script>alert(1)</script>",
    `"><img src=x onerror=alert(1)>`,
    "]]> </title></style></svg><script>alert(1)</script>",
    "&amp; &lt;b&gt;",
    "\u202egnp.exe",
    "👩‍🚀 注文 é",
  ];
  await first.evaluate((it) => it.setAttribute("height", "auto"));
  await setText(first, pipeline(hostile.map((name) => JSON.stringify(name)), ["I"]));
  await expect(names(first)).toHaveCount(hostile.length);
  await first.getByText("Deployments in order").click();
  const cells = first.locator("tbody td:nth-child(3)");
  await expect(cells).toHaveCount(hostile.length);
  expect(await cells.allTextContents()).toEqual(hostile);
  await picture(first).focus();
  await page.keyboard.press("Home");
  await expect(tooltip(first)).toContainText(`1. ${hostile[0]} I`);
  const made = await first.evaluate((it) =>
    [...(it.shadowRoot?.querySelectorAll("script, img, b, a, [onerror], [onload], style") ?? [])].map((el) => el.outerHTML),
  );
  expect(made).toEqual([]);
});

test("what is out of sight costs no nodes", async ({ page }) => {
  const [, second] = await openTwo(page);
  const list = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
  await second.evaluate((it) => it.setAttribute("view", "order"));
  await setText(second, pipeline(list("S", 100), list("I", 100)));
  await expect(second.getByText("1 stage, 10,000 deployments")).toBeVisible();
  const bars = picture(second).locator("[data-at]");
  expect(await bars.count()).toBeLessThan(120);
  await picture(second).evaluate((it) => it.scrollTo(0, it.scrollHeight));
  await expect(picture(second).locator('[data-at="0 9999"]')).toBeInViewport();
  expect(await bars.count()).toBeLessThan(120);
});

test("the picture is as wide as its place", async ({ page }) => {
  const [first] = await openTwo(page);
  await page.setViewportSize({ width: 420, height: 800 });
  const svg = picture(first).locator(".dl-listed");
  await expect.poll(async () => (await svg.boundingBox())?.width).toBeLessThan(420);
  // Without room for a column of names, they stand at the bars.
  await expect(svg).toContainText("1 web → eu_1");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(420);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`everyone can read it in the ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const [first] = await openTwo(page);
    await first.getByText("Deployments in order").click();
    await picture(first).focus();
    await page.keyboard.press("ArrowDown");
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  });
}

test("with forced colours, bars have edges", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  const [first] = await openTwo(page);
  const bar = picture(first).locator(".dl-bar").first();
  const [fill, stroke] = await bar.evaluate((it) => [getComputedStyle(it).fill, getComputedStyle(it).stroke]);
  expect(stroke).not.toBe("none");
  expect(stroke).not.toBe(fill);
});

test("a live picture takes the place of a still one without moving what is below", async ({ page }) => {
  await page.goto("still.html");
  const first = elements(page).nth(0);
  await expect(names(first)).toHaveText(["slot 1", "slot 1"]);
  await expect(first.getByRole("img", { name: "A still picture" })).toBeHidden();
  const height = (await first.boundingBox())?.height ?? 0;
  expect(height).toBeGreaterThan(240);
  // The second one has nothing that says how high it will be, and is the last on its page.
  const above = await page.getByText("Below it.").boundingBox();
  await page.reload();
  await expect(names(first)).toHaveText(["slot 1", "slot 1"]);
  expect(await page.getByText("Below it.").boundingBox()).toEqual(above);
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("the content stays", async ({ page }) => {
    await page.goto("still.html");
    await expect(page.getByRole("img", { name: "A still picture" })).toBeVisible();
    await expect(page.getByText("stage: {name: Written out")).toBeVisible();
  });
});

test.describe("where a policy forbids WebAssembly", () => {
  test.use({ baseURL: "http://127.0.0.1:4177/", expectedComplaints: /Content Security Policy|CSP/ });

  test("the content stays, and the reason is said", async ({ page }) => {
    await page.goto("still.html");
    const first = elements(page).nth(0);
    await expect(first.getByRole("note")).toHaveText(
      "No live picture: this page's content-security policy forbids WebAssembly; its script-src needs 'wasm-unsafe-eval'.",
    );
    await expect(first.getByRole("img", { name: "A still picture" })).toBeVisible();
    await expect(page.getByText("stage: {name: Written out")).toBeVisible();
    expect((await heard(page)).map(({ type }) => type)).toEqual(["planerror", "planerror"]);
  });
});

test.describe("where its file is missing", () => {
  test.use({ expectedComplaints: /404/ });

  test("the reason is said, and another file brings the picture", async ({ page }) => {
    const [, second] = await openTwo(page);
    await second.evaluate((it) => it.setAttribute("src", "gone.yaml"));
    await expect(second.getByRole("note")).toHaveText(/^No live picture: .*gone\.yaml could not be loaded: 404\.$/);
    await second.evaluate((it) => it.setAttribute("src", "two.yaml"));
    await expect(second.getByRole("note")).toBeHidden();
    await expect(names(second)).toHaveText(["slot 1", "slot 1"]);
  });
});

test("the whole page comes when it is asked for, and not before", async ({ page }) => {
  const [, second] = await openTwo(page);
  await second.evaluate((it) => it.setAttribute("controls", "full"));
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await expect(second.getByRole("button", { name: "Open the editor" })).toBeVisible();
  expect(asked).toEqual([]);
  await second.getByRole("button", { name: "Open the editor" }).click();
  const frame = second.locator("iframe");
  await expect(frame).toHaveAttribute("src", /^http:\/\/127\.0\.0\.1:4176\/#v1\./);
  await expect(frame.contentFrame().getByRole("main")).toBeVisible();
});
