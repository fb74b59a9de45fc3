// The page or the floor: opens it, and times its actions.

import { chromium } from "@playwright/test";
import { launchOptions } from "../browser.mjs";

/** @typedef {import("@playwright/test").Page} Page */
/** @typedef {{ address: string, bar: string, quiet: number }} Side */

/** Milliseconds from frame to frame. */
export const FRAME = 1_000 / 60;

const browser = await chromium.launch(launchOptions);

export function close() {
  return browser.close();
}

/**
 * Returns an empty page with an empty cache.
 * @param {(page: Page) => Promise<unknown>} [prepare]
 */
export async function freshPage(prepare) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await prepare?.(page);
  return page;
}

/**
 * Opens a side and waits until everything that loads later is there, too.
 * @param {Side} side
 * @param {(page: Page) => Promise<unknown>} [prepare]
 */
export async function open({ address, bar }, prepare) {
  const page = await freshPage(prepare);
  await page.goto(address);
  await page.locator(bar).first().waitFor();
  await page.waitForFunction(() => window.__bench);
  await draw(page, 8);
  return page;
}

/**
 * Draws `n` deployments, untimed.
 * @param {Page} page
 * @param {number} n
 */
export function draw(page, n) {
  return page.evaluate((n) => window.__bench.render(n), n);
}

/** Waits until the page is idle: it delays some work until a pause in typing. */
export function settle(/** @type {Page} */ page, /** @type {Side} */ { quiet }) {
  return page.waitForTimeout(quiet);
}

/**
 * Milliseconds until the effect of an action is painted. They depend on when the action starts between two
 * frames, so this is not left to chance: `phase` is the place between them, from 0 to 1.
 * @param {Page} page
 * @param {number} phase
 * @param {{ render: number } | "update"} action
 */
export async function paintTime(page, phase, action) {
  const [time, isChanged] = await page.evaluate(
    async ([action, offset]) => {
      const bench = window.__bench;
      const before = bench.scrollTarget.textContent;
      const frame = await new Promise(requestAnimationFrame);
      await new Promise((resolve) => setTimeout(resolve, frame + offset - performance.now() - 2));
      while (performance.now() < frame + offset);
      const start = performance.now();
      await (action === "update" ? bench.update() : bench.render(action.render));
      const time = performance.now() - start;
      return /** @type {const} */ ([time, bench.scrollTarget.textContent !== before]);
    },
    /** @type {const} */ ([action, (6 + phase) * FRAME]),
  );
  if (!isChanged) throw new Error(`${JSON.stringify(action)} changed nothing on the screen`);
  return time;
}

/** Returns a function for the milliseconds that the main thread has worked so far. */
export async function workMeter(/** @type {Page} */ page) {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  return async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return 1_000 * (metrics.find(({ name }) => name === "TaskDuration")?.value ?? NaN);
  };
}
