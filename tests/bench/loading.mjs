// Measures how the page loads: the first picture, the moment when the page is alive (answers clicks), and
// how long a click at that moment takes.

import { freshPage } from "./side.mjs";

/** @typedef {import("./side.mjs").Side} Side */
/** @typedef {{ name: string, latencyMs: number, bytesPerSecond: number } | null} Network */

/** 1.6 Mbit/s, 150 ms of latency. */
export const SLOW_4G = { name: "slow 4G", latencyMs: 150, bytesPerSecond: 200_000 };

/** First actions of a user. Each returns a function that tells whether its effect is in the page. */
const ACTIONS = {
  "a box": () => {
    const box = [...document.querySelectorAll("main input[type=checkbox]")].find(
      (box) => !box.closest("[data-first-picture]"),
    );
    const before = window.pictureText?.();
    if (box instanceof HTMLElement) box.click();
    return () => window.pictureText?.() !== before;
  },
  "a bar": () => {
    const bar = document.querySelector("main [data-at]");
    bar?.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    return () => document.querySelector('main [aria-selected="true"]') !== null;
  },
  "a paste": () => {
    const before = window.pictureText?.();
    const field = [...document.querySelectorAll("textarea")].find((it) => it.ariaLabel !== null);
    const text = `spec: {services: {values: [{serviceRef: web}, {serviceRef: api}]}, environments: {values: [{environmentRef: eu, infrastructureDefinitions: [{identifier: one}]}]}}`;
    if (field) {
      field.focus();
      field.select();
      document.execCommand("insertText", false, text);
    } else {
      const host = document.querySelector(".dl-editor-host")?.shadowRoot?.querySelector(".cm-content");
      const data = new DataTransfer();
      data.setData("text/plain", text);
      if (host instanceof HTMLElement) host.focus();
      document.execCommand("selectAll");
      host?.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
    }
    return () => window.pictureText?.() !== before;
  },
};

/** @typedef {keyof typeof ACTIONS} Action */
export const ACTION_NAMES = /** @type {Action[]} */ (Object.keys(ACTIONS));

/**
 * Returns milliseconds: from the navigation to the first painted bar, from the navigation until the page is
 * alive, and from then until the effect of the action is painted.
 * @param {Side} side
 * @param {Network} network
 * @param {Action} action
 */
export async function loading({ address, bar }, network, action) {
  const page = await freshPage(async (page) => {
    await page.addInitScript(watch, bar);
    await page.addInitScript(`window.firstAction = ${ACTIONS[action]}`);
    if (network) {
      const session = await page.context().newCDPSession(page);
      await session.send("Network.enable");
      await session.send("Network.emulateNetworkConditions", {
        offline: false,
        latency: network.latencyMs,
        downloadThroughput: network.bytesPerSecond,
        uploadThroughput: network.bytesPerSecond,
      });
    }
  });
  await page.goto(address, { waitUntil: "commit" });
  const times = await page.waitForFunction(() => window.loadTimes?.done && window.loadTimes, null, {
    timeout: 60_000,
  });
  const { firstBar, alive, done } = /** @type {NonNullable<Window["loadTimes"]>} */ (await times.jsonValue());
  await page.context().close();
  return { first: firstBar, alive, action: done - alive };
}

/** Runs in the page: records the times, and starts the action as soon as there is a checkbox to click. */
function watch(/** @type {string} */ bar) {
  const times = (window.loadTimes = { firstBar: 0, alive: 0, done: 0 });
  window.pictureText = () => {
    const picture = [...document.querySelectorAll('section[aria-label="Timeline"]')].at(-1);
    const bars = [...(picture?.querySelectorAll(bar) ?? [])];
    const places = bars.map((it) => ["x", "y", "width"].map((name) => it.getAttribute(name)));
    return `${picture?.textContent} ${places.join(";")}`;
  };
  /** @type {(() => boolean) | undefined} */
  let isDone;
  const look = () => {
    const { port1, port2 } = new MessageChannel();
    // A message posted in a frame arrives after the frame is painted.
    port1.onmessage = () => {
      const now = performance.now();
      if (!times.firstBar && document.querySelector(bar)) times.firstBar = now;
      const box = [...document.querySelectorAll("main input[type=checkbox]")].some(
        (box) => !box.closest("[data-first-picture]"),
      );
      if (!times.alive && box) {
        times.alive = now;
        isDone = window.firstAction?.();
      } else if (isDone?.()) {
        times.done = now;
        return;
      }
      requestAnimationFrame(look);
    };
    port2.postMessage(null);
  };
  requestAnimationFrame(look);
}
