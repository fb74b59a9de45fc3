// How much of the page a large pipeline takes, driven as `cargo xtask bench page` drives it. How long
// it takes is for the benchmark.

import type { Page } from "@playwright/test";
import { bars, expect, expectEditor, open, order, table, test, text, timeline } from "./page";
import { openForm } from "./form";

/** Height of all rows in pixels. */
const ROW = 24;

test.describe("with ?bench", () => {
  test.beforeEach(async ({ page }) => {
    await page.goto("?bench");
    await expectEditor(page);
  });

  test("with 100,000 deployments only the visible rows are in the page", async ({ page }) => {
    await render(page, 1_000);
    const most = (await nodes(page)) * 1.1;
    await render(page, 100_000);
    expect(await nodes(page)).toBeLessThanOrEqual(most);
    await expect(table(page).locator("tbody tr")).toHaveCount(100);

    const { clientHeight, scrollHeight } = await size(page);
    expect(scrollHeight).toBeGreaterThan(100_000 * ROW);
    const inSight = clientHeight / ROW;
    for (const share of [0, 0.5, 1]) {
      await timeline(page).evaluate((it, share) => it.scrollTo(0, share * it.scrollHeight), share);
      await expect.poll(() => coversSight(page)).toBe(true);
      expect(await bars(page).count()).toBeLessThan(2 * inSight);
    }
    expect(await nodes(page)).toBeLessThanOrEqual(most);
  });

  test("an update changes the times of all bars, in the same rows", async ({ page }) => {
    await render(page, 100_000);
    const name = () => timeline(page).getAttribute("aria-label");
    const [before, count] = [await name(), await nodes(page)];
    await page.evaluate(() => window.__bench.update());
    expect(await name()).not.toBe(before);
    expect(await nodes(page)).toBeLessThanOrEqual(count * 1.1);
    await page.evaluate(() => window.__bench.update());
    expect(await name()).toBe(before);
  });

  test("typed characters go into the name of a service", async ({ page }) => {
    await render(page, 8);
    for (const char of "-v2") {
      await page.evaluate((char) => window.__bench.type?.(char), char);
    }
    expect(await text(page)).toContain("- serviceRef: service_1-v2\n");
    await expect(order(page)).toHaveText(/^service_1-v2 infra_1, service_2 infra_1, /);
  });
});

test("with 10,000 stages only a part of each list is in the page", async ({ page }) => {
  const stage = (_: unknown, i: number) =>
    `- stage: {name: s${i}, identifier: s${i}, spec: {service: {serviceRef: a}, ` +
    `environment: {environmentRef: e, infrastructureDefinitions: [{identifier: i}]}}}\n`;
  await openForm(page, `stages:\n${Array.from({ length: 10_000 }, stage).join("")}`);
  await expect(page.getByText("10,000 stages", { exact: true })).toBeVisible();
  await expect(page.getByText("9,900 later", { exact: true })).toBeVisible();
  expect(await nodes(page)).toBeLessThan(12_000);
  await page.getByText("9,900 later", { exact: true }).click();
  await expect(page.getByRole("button", { name: /^s100\b/ })).toHaveAttribute("aria-current", "true");
  await expect(page.getByText("100 earlier", { exact: true })).toBeVisible();
});

test("without ?bench, nothing of the benchmark is loaded", async ({ page }) => {
  const paths: string[] = [];
  page.on("request", (request) => paths.push(new URL(request.url()).pathname));
  await open(page);
  expect(paths.filter((path) => path.startsWith("/boot-"))).toHaveLength(1);
  expect(paths.filter((path) => path.includes("bench"))).toEqual([]);
  expect(await page.evaluate(() => "__bench" in window)).toBe(false);
});

/** Draws `n` deployments and waits for the table, which is drawn last. */
async function render(page: Page, n: number) {
  await page.evaluate((n) => window.__bench.render(n), n);
  if (n > 100) await expect(page.getByText(`1 to 100 of ${n}`, { exact: true })).toBeVisible();
}

/** Returns the number of elements, including the editor's. */
function nodes(page: Page) {
  return page.evaluate(() => {
    const roots = [document, ...[...document.querySelectorAll("*")].map((it) => it.shadowRoot)];
    return roots.reduce((sum, root) => sum + (root?.querySelectorAll("*").length ?? 0), 0);
  });
}

function size(page: Page) {
  return timeline(page).evaluate(({ clientHeight, scrollHeight }) => ({ clientHeight, scrollHeight }));
}

/** Tells whether bars fill the visible rows. */
function coversSight(page: Page) {
  return timeline(page).evaluate((it) => {
    const frame = it.getBoundingClientRect();
    const middle = (frame.top + frame.bottom) / 2;
    const rows = [...it.querySelectorAll(".dl-bar")].map((bar) => bar.getBoundingClientRect());
    return rows.some(({ top, bottom }) => top <= middle && middle <= bottom);
  });
}
