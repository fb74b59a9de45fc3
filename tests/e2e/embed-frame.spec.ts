// embed.html in an iframe: its messages to and from the parent.

import type { Page } from "@playwright/test";
import { linkTo } from "../link.mjs";
import { expect, test as base } from "./page";

type Message = { type: string; [key: string]: unknown };

declare global {
  interface Window {
    messages: Message[];
    addFrame(address: string): void;
    postToFrame(message: unknown, origin: string): void;
  }
}

const here = "http://127.0.0.1:4176";
/** Another origin. */
const elsewhere = "http://127.0.0.1:4177";

// The page requests a frame of another origin.
const ofFrame = /^elsewhere: http:\/\/127\.0\.0\.1:417[67]\//;
const test = base.extend({ expectedComplaints: ofFrame });

const yaml = "stage: {name: Ask, identifier: ask, type: Approval}";
const link = (text: string) => `#${linkTo(text)}`;

const frame = (page: Page) => page.frameLocator("iframe");
const messages = (page: Page, type?: string) =>
  page.evaluate((type) => window.messages.filter((it) => !type || it.type === `deployline:${type}`), type);

async function openFrame(page: Page, from: string, address: string): Promise<void> {
  await page.goto(`${from}/frame.html`);
  await page.evaluate((address) => window.addFrame(address), `${here}/embed.html${address}`);
}

test("the plan of a link is shown, and posted to the parent", async ({ page }) => {
  await openFrame(page, elsewhere, `?origin=${elsewhere}&theme=dark&controls=checkboxes${link(yaml)}`);
  await expect(frame(page).getByRole("option", { name: "1. Ask, 0s to 1m" })).toBeVisible();
  await expect.poll(() => messages(page, "planchange")).toHaveLength(1);
  expect((await messages(page))[0]).toEqual({ type: "deployline:ready", version: 1 });
  const [change] = await messages(page, "planchange");
  expect(change).toMatchObject({ by: "link", text: yaml, facts: { duration: 60_000 } });
  await expect(frame(page).getByRole("listbox")).toHaveCSS("background-color", "rgb(20, 23, 28)");
  // The parent sets the height from the message: nothing scrolls.
  await expect.poll(() => messages(page, "resize")).not.toHaveLength(0);
  const inner = frame(page).locator("html");
  const hidden = () => inner.evaluate((it) => it.scrollHeight - it.clientHeight);
  await expect.poll(hidden).toBe(0);
  const before = (await messages(page, "resize")).at(-1)?.height as number;
  await frame(page).getByText("Deployments in order").click();
  await expect(frame(page).getByRole("table")).toBeVisible();
  await expect.poll(async () => (await messages(page, "resize")).at(-1)?.height).toBeGreaterThan(before);
  await expect.poll(hidden).toBe(0);
});

test("without `origin`, messages go to the origin of the referrer", async ({ page }) => {
  await openFrame(page, here, link(yaml));
  await expect.poll(() => messages(page, "planchange")).toHaveLength(1);
});

test("the parent sets texts and options", async ({ page }) => {
  await openFrame(page, elsewhere, `?origin=${elsewhere}`);
  await expect.poll(() => messages(page, "ready")).toHaveLength(1);
  const post = (message: Message) =>
    page.evaluate(([message, origin]) => window.postToFrame(message, origin), [message, here] as const);
  await post({ type: "deployline:text", text: yaml });
  await expect(frame(page).getByRole("option", { name: "1. Ask, 0s to 1m" })).toBeVisible();
  await post({ type: "deployline:set", name: "duration", value: "5m" });
  await expect(frame(page).getByRole("option", { name: "1. Ask, 0s to 5m" })).toBeVisible();
  await post({ type: "deployline:link", fragment: link(yaml.replace("Ask", "Linked")) });
  await expect(frame(page).getByRole("option", { name: "1. Linked, 0s to 5m" })).toBeVisible();
  await post({ type: "deployline:set", name: "onclick", value: "alert(1)" });
  await post({ type: "deployline:set", name: "view", value: "lanes" });
  await expect(frame(page).getByText("slot 1")).toBeVisible();
  expect(await frame(page).locator("deploy-line").getAttribute("onclick")).toBeNull();
});

test.describe("with another origin", () => {
  test.use({ expectedComplaints: new RegExp(`${ofFrame.source}|target origin provided`) });

  test("messages neither go to nor come from an origin that is not allowed", async ({ page }) => {
    await openFrame(page, elsewhere, `?origin=https://example.com${link(yaml)}`);
    const ask = frame(page).getByRole("option", { name: "1. Ask, 0s to 1m" });
    await expect(ask).toBeVisible();
    await page.evaluate((origin) => window.postToFrame({ type: "deployline:text", text: "stage: {name: B, type: X}" }, origin), here);
    // The message has been handled by the next task.
    await frame(page).locator("html").evaluate(() => new Promise((done) => setTimeout(done)));
    await expect(ask).toBeVisible();
    expect(await messages(page)).toEqual([]);
  });
});

test("messages from windows other than the parent are ignored", async ({ page }) => {
  await openFrame(page, elsewhere, `?origin=${elsewhere}${link(yaml)}`);
  const ask = frame(page).getByRole("option", { name: "1. Ask, 0s to 1m" });
  await expect(ask).toBeVisible();
  await frame(page).locator("html").evaluate(
    () =>
      new Promise((done) => {
        addEventListener("message", () => setTimeout(done), { once: true });
        postMessage({ type: "deployline:text", text: "stage: {name: B, type: X}" });
      }),
  );
  await expect(ask).toBeVisible();
});

test("a damaged link is reported in the frame and to the parent", async ({ page }) => {
  await openFrame(page, elsewhere, `?origin=${elsewhere}${link(yaml).slice(0, -6)}`);
  await expect(frame(page).getByRole("note")).toHaveText(/This link is damaged/);
  await expect.poll(() => messages(page, "error")).toHaveLength(1);
  await openFrame(page, elsewhere, `?origin=${elsewhere}#v9.abc`);
  await expect(frame(page).getByRole("note")).toHaveText(/This link is of version 9/);
});
