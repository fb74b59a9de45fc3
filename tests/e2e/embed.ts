// Reads and drives `<deploy-line>` in another page. Shared by its tests.

import type { Locator, Page } from "@playwright/test";
import type { DeployLine, PlanChange } from "../../web/embed/deployline";
import { expect } from "./page";

declare global {
  interface Window {
    embedEvents: { type: string; number: number; detail: PlanChange & { reason?: string } }[];
    shift: number;
  }
}

export const elements = (page: Page) => page.locator("deploy-line");
export const picture = (element: Locator) => element.getByRole("listbox", { name: /^Deployments of / });
export const names = (element: Locator) => picture(element).locator(".dl-listed .dl-name");
/** The names from the top of the picture down, which is not the order of its markup. */
export const namesDownwards = (element: Locator) =>
  names(element).evaluateAll((names) =>
    names
      .map((name) => ({ text: name.textContent, top: name.getBoundingClientRect().top }))
      .sort((a, b) => a.top - b.top)
      .map(({ text }) => text),
  );
export const option = (element: Locator) => element.locator('[role=option][aria-selected="true"]');
export const tooltip = (element: Locator) => element.getByRole("tooltip");
/** The events so far, in order. */
export const embedEvents = (page: Page) => page.evaluate(() => window.embedEvents);
/** Returns the sum of layout shifts. */
export const shift = (page: Page) => page.evaluate(() => window.shift);

/** Runs a script of the page on an element. */
export const as = <T, A>(element: Locator, act: (element: DeployLine, argument: A) => T, argument: A) =>
  element.evaluate(act as never, argument) as Promise<Awaited<T>>;
export const text = (element: Locator) => as(element, (it) => it.text, null);
export const setText = (element: Locator, text: string) => as(element, (it, text) => void (it.text = text), text);
export const set = (element: Locator, name: string, value: string) =>
  as(element, (it, [name, value]) => it.setAttribute(name, value), [name, value] as const);

export async function openTwo(page: Page): Promise<[Locator, Locator]> {
  await page.goto("two.html");
  const [first, second] = [elements(page).nth(0), elements(page).nth(1)];
  await expect(picture(first)).toBeVisible();
  await expect(picture(second)).toBeVisible();
  return [first, second];
}

/** Waits until what is there has been painted. */
export const painted = (page: Page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** A pipeline of one step, without a line break in it. */
export const ask = (name: string) => `stage: {name: ${name}, identifier: ask, type: Approval}`;
