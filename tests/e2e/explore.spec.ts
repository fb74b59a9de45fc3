// Looking at a run: visible time, overview, rows, full screen, print, links.

import type { Page } from "@playwright/test";
import {
  addressOf,
  axis,
  bar,
  bars,
  boxes,
  details,
  expect,
  names,
  open,
  overflow,
  paste,
  pipeline,
  table,
  test,
  text,
  timeline,
  total,
} from "./page";

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const number = async (page: Page, selector: string, name: string) =>
  Number(await page.locator(selector).first().getAttribute(name));
const scrollTop = (page: Page) => timeline(page).evaluate((element) => element.scrollTop);

/** Returns the middle of an element. */
async function middle(page: Page, selector: string) {
  const box = await page.locator(selector).first().boundingBox();
  if (!box) throw new Error(`${selector} is not there`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2, box };
}

const all = ["0s", "30s", "1m", "1m 30s", "2m", "2m 30s", "3m", "3m 30s", "4m"];

test.describe("the visible time", () => {
  test.beforeEach(({ page }) => open(page));

  test("is zoomed and moved by buttons, and fitted again", async ({ page }) => {
    expect(await axis(page)).toEqual(all);
    await expect(button(page, "Fit the whole run")).toBeDisabled();
    await button(page, "Zoom in").click();
    // Zooming in by 1.6 about the middle of 4m: 45s to 3m 15s.
    await expect.poll(() => axis(page)).toEqual(["1m", "1m 30s", "2m", "2m 30s", "3m"]);
    await button(page, "Earlier").click();
    await expect.poll(async () => (await axis(page))[0]).toBe("30s");
    await button(page, "Earlier").click();
    await expect.poll(async () => (await axis(page))[0]).toBe("0s");
    await expect(button(page, "Earlier")).toBeDisabled();
    await button(page, "Later").click();
    await button(page, "Zoom in").click();
    await button(page, "Zoom out").click();
    await button(page, "Fit the whole run").click();
    await expect.poll(() => axis(page)).toEqual(all);
  });

  test("is zoomed and moved by keys", async ({ page }) => {
    await timeline(page).focus();
    await page.keyboard.press("+");
    await expect.poll(() => axis(page)).toEqual(["1m", "1m 30s", "2m", "2m 30s", "3m"]);
    await page.keyboard.press("Shift+ArrowLeft");
    await expect.poll(async () => (await axis(page))[0]).toBe("30s");
    await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("-");
    await expect.poll(() => axis(page)).toEqual(all);
    await page.keyboard.press("+");
    await page.keyboard.press("0");
    await expect.poll(() => axis(page)).toEqual(all);
  });

  test("is zoomed about the pointer by Ctrl and the wheel, and moved sideways", async ({ page }) => {
    const { x, y } = await middle(page, ".dl-bar .dl-shape");
    await page.mouse.move(x, y);
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -400);
    await page.keyboard.up("Control");
    await expect.poll(async () => (await axis(page)).length).not.toBe(all.length);
    const after = await middle(page, ".dl-bar .dl-shape");
    expect(after.box.width).toBeGreaterThan(150);
    const before = await axis(page);
    await page.mouse.wheel(300, 0);
    await expect.poll(() => axis(page)).not.toEqual(before);
    expect(await page.evaluate(() => visualViewport?.scale)).toBe(1);
  });

  test("stays when the YAML is edited, and so do the rows", async ({ page }) => {
    await paste(page, pipeline(names("S", 20), names("I", 20)));
    await expect(page.getByText("400 deployments", { exact: true })).toBeVisible();
    await button(page, "Zoom in").click();
    await timeline(page).evaluate((element) => (element.scrollTop = 1_200));
    await expect(bar(page, 60)).toBeInViewport();
    const before = await axis(page);
    await boxes(page).targets.check();
    await expect(total(page)).toHaveText("20m");
    await boxes(page).targets.uncheck();
    await expect(total(page)).toHaveText("6h 40m");
    expect(await axis(page)).toEqual(before);
    expect(await scrollTop(page)).toBe(1_200);
    await expect(bar(page, 60)).toBeInViewport();
  });
});

test("the wheel without Ctrl scrolls the rows and the page", async ({ page }) => {
  await open(page);
  await paste(page, pipeline(names("S", 100), names("I", 10)));
  await expect(page.getByText("1,000 deployments", { exact: true })).toBeVisible();
  const before = await axis(page);
  const { x, y } = await middle(page, ".dl-timeline");
  await page.mouse.move(x, y);
  await page.mouse.wheel(0, 900);
  await expect.poll(() => scrollTop(page)).toBe(900);
  expect(await axis(page)).toEqual(before);
});

test("the overview shows the whole run, and its window can be dragged", async ({ page }) => {
  await open(page);
  await paste(page, pipeline(names("S", 100), names("I", 100)));
  await expect(page.getByText("10,000 deployments", { exact: true })).toBeVisible();
  const { box } = await middle(page, ".dl-strip");
  await page.mouse.move(box.x + box.width / 2, box.y + 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height + 40, { steps: 4 });
  await page.mouse.up();
  await expect(bar(page, 10_000)).toBeInViewport();

  await button(page, "Zoom in").click();
  const middleOfRun = (await axis(page))[0];
  await page.mouse.click(box.x + box.width - 2, box.y + box.height / 2);
  await expect.poll(async () => (await axis(page))[0]).not.toBe(middleOfRun);
  const right = async () =>
    (await number(page, ".dl-strip-window", "x")) +
    (await number(page, ".dl-strip-window", "width"));
  await expect.poll(right).toBeGreaterThan(box.width - 4);
});

test("dragging an empty place moves through the time and picks nothing", async ({ page }) => {
  await open(page);
  await button(page, "Zoom in").click();
  const before = await axis(page);
  const { x, y } = await middle(page, ".dl-rows");
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 200, y, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => axis(page)).not.toEqual(before);
  await expect(details(page)).toContainText("Pick a bar");
});

test.describe("on a touch screen", () => {
  test.use({ hasTouch: true });

  test("two fingers zoom in time", async ({ page }) => {
    await open(page);
    const { x, y } = await middle(page, ".dl-rows");
    const session = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", apart: number | null) =>
      session.send("Input.dispatchTouchEvent", {
        type,
        touchPoints:
          apart === null ? [] : [-1, 1].map((side, id) => ({ x: x + side * apart, y, id })),
      });
    await touch("touchStart", 60);
    for (const apart of [80, 100, 120]) await touch("touchMove", apart);
    await touch("touchEnd", null);
    // Fingers move apart, so less time is visible. How much depends on which moves the browser merges.
    await expect.poll(() => axis(page)).not.toEqual(all);
    await expect(button(page, "Fit the whole run")).toBeEnabled();
    expect(await page.evaluate(() => visualViewport?.scale)).toBe(1);
  });
});

test("full screen shows only the picture, and can be left", async ({ page }) => {
  await open(page);
  const isFull = () => page.evaluate(() => document.fullscreenElement?.className ?? null);
  await button(page, "Full screen").click();
  await expect.poll(isFull).toBe("dl-stage");
  await expect(bars(page)).toHaveCount(8);
  await button(page, "Full screen").click();
  await expect.poll(isFull).toBe(null);
});

test.describe("rows", () => {
  const heads = (page: Page) => page.locator(".dl-group-header, .dl-slot-header");
  test.beforeEach(({ page }) => open(page));

  test("by slot show the slot of each deployment, and idle time", async ({ page }) => {
    await page.getByLabel("Rows").selectOption("Slots");
    await expect(heads(page)).toHaveText([/^slot 1/, /^slot 2/]);
    await expect(bars(page)).toHaveCount(8);
    await expect(page.locator(".dl-idle")).toHaveCount(0);
    await bars(page).first().click();
    await expect(details(page)).toContainText("1. S1 I1");
    await details(page).getByLabel("Takes").fill("2m");
    await page.keyboard.press("Enter");
    // Nine minutes of work in two slots: one of them is idle in the last minute.
    await expect(page.locator(".dl-idle").first()).toBeVisible();
  });

  test("by service and by environment fold, by click and by key", async ({ page }) => {
    await page.getByLabel("Rows").selectOption("Services");
    await expect(heads(page)).toHaveText([/^S1/, /^S2/]);
    await page.getByLabel("Rows").selectOption("Environments");
    await expect(heads(page)).toHaveText([/^E1/, /^I1/, /^I2/, /^E2/, /^K82/, /^K81/]);
    await expect(table(page).locator("tbody tr")).toHaveCount(8);
    const name = { position: { x: 24, y: 10 } };
    await heads(page).filter({ hasText: "E1" }).click(name);
    await expect(heads(page)).toHaveText([/^E1/, /^E2/, /^K82/, /^K81/]);
    await heads(page).filter({ hasText: "E1" }).click(name);
    await expect(heads(page)).toHaveCount(6);

    await timeline(page).focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("c");
    await expect(heads(page)).toHaveText([/^E1/, /^I1/, /^I2/, /^E2/, /^K82/, /^K81/]);
    await expect(page.locator(".dl-name").filter({ hasText: "S1 → I1" })).toHaveCount(0);
    await page.keyboard.press("c");
    await expect(page.locator(".dl-name").filter({ hasText: "S1 → I1" })).toHaveCount(1);
    await page.keyboard.press("Shift+C");
    await expect(heads(page)).toHaveCount(0);
  });

  test("are filtered by text, and the counts say so", async ({ page }) => {
    await page.getByLabel("Filter by name").fill("k8");
    await expect(bars(page)).toHaveCount(4);
    await expect(page.locator(".dl-band-title")).toHaveText(/4 of 8 deployments, 2 at a time$/);
    await page.getByLabel("Filter by name").fill("nothing like it");
    await expect(bars(page)).toHaveCount(0);
    await expect(page.getByText("No deployment has “nothing like it” in its name.")).toBeVisible();
    await page.getByLabel("Filter by name").fill("");
    await expect(bars(page)).toHaveCount(8);
  });

  test("are coloured by service, environment or status", async ({ page }) => {
    const legend = (name: string) => page.getByRole("list", { name }).getByRole("listitem");
    const colour = (index: number) =>
      bars(page).nth(index).locator(".dl-shape").evaluate((it) => getComputedStyle(it).fill);
    await expect(legend("Services")).toHaveText(["S1", "S2"]);
    expect(await colour(0)).not.toBe(await colour(1));
    await page.getByLabel("Colour").selectOption("Environment");
    await expect(legend("Environments")).toHaveText(["E1", "E2"]);
    expect(await colour(0)).toBe(await colour(1));
    expect(await colour(0)).not.toBe(await colour(7));
    await page.getByLabel("Colour").selectOption("Status");
    await expect(legend("How each ends")).toHaveText(["succeeded", "failed", "skipped", "ignored", "aborted"]);
  });
});

test("printed, the picture has its full width and the table all rows", async ({ page }) => {
  await open(page);
  await paste(page, pipeline(names("S", 10), names("I", 25)));
  await expect(table(page).locator("tbody tr")).toHaveCount(100);
  const yaml = await text(page);
  await page.emulateMedia({ media: "print" });
  await expect(table(page).locator("tbody tr")).toHaveCount(250);
  await expect(bars(page)).toHaveCount(250);
  await expect(page.getByRole("textbox", { name: "Pipeline YAML" })).toBeHidden();
  await expect(page.getByRole("toolbar")).toBeHidden();
  const { box } = await middle(page, ".dl-timeline");
  const width = await page.evaluate(() => innerWidth);
  expect(box.width).toBeGreaterThan(width * 0.9);
  expect(await overflow(page)).toBe(0);
  await page.emulateMedia({ media: "screen" });
  await expect(table(page).locator("tbody tr")).toHaveCount(100);
  expect(await text(page)).toBe(yaml);
});

/** Returns all shapes of the rows, with their attributes sorted. */
const shapes = (page: Page) =>
  page.locator(".dl-rows").evaluate((rows) => {
    const written = (element: Element): string => {
      const attributes = [...element.attributes].map(({ name, value }) => `${name}=${value}`).sort();
      const inside = [...element.childNodes].map((node) =>
        node instanceof Element ? written(node) : (node.textContent ?? ""),
      );
      return `<${element.tagName} ${attributes.join(" ")}>${inside.join("")}`;
    };
    // The ids differ from page to page, and a link does not carry the editor's cursor.
    return written(rows).replaceAll(/ dl-at-cursor|(?<= id=)dl-\w+/g, "").split("<");
  });

test("a link opens the same picture", async ({
  page,
  context,
}) => {
  // Each step waits until the address has changed.
  test.slow();
  await open(page);
  const other = await context.newPage();
  const rows = (by: string) => page.getByLabel("Rows").selectOption(by);
  const steps: [string, () => Promise<unknown>][] = [
    ["flip", () => boxes(page).targets.check()],
    ["pick", () => bar(page, 3).click()],
    ["rows that bars share", () => rows("Slots")],
    ["groups", () => rows("Services")],
    ["filter", () => page.getByLabel("Filter by name").fill("S1")],
    ["critical path", () => button(page, "Critical path").click()],
    ["zoom", () => button(page, "Zoom in").click()],
    // Opening a link scrolls to the picked bar.
    ["nothing picked", () => timeline(page).press("Escape")],
    ["fewer bars", () => paste(page, pipeline(["S1", "web"], ["east"]))],
    ["no filter", () => page.getByLabel("Filter by name").fill("")],
    ["more bars", () => paste(page, pipeline(["a", "b", "S1"], ["east", "west", "north"]))],
    ["order", () => rows("Order")],
  ];
  for (const [name, step] of steps) {
    await step();
    const address = await test.step(name, () => addressOf(page));
    await other.goto("about:blank");
    await other.goto(address);
    await expect.poll(() => shapes(other), { message: name }).toEqual(await shapes(page));
  }
});
