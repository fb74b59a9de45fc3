// A link carries all there is, in the address and in what the dialog gives, and is read with suspicion.

import { deflateRawSync } from "node:zlib";
import type { Browser, Page } from "@playwright/test";
import { linkTo, linkWith } from "../link.mjs";
import { expectAccessible } from "./accessibility";
import {
  addressOf,
  assumptions,
  axis,
  bars,
  boxes,
  choose,
  compare,
  details,
  editor,
  expect,
  expectEditor,
  expectText,
  handOutEditor,
  open,
  paste,
  picture,
  pipeline,
  table,
  test,
  timeline,
} from "./page";

const dialog = (page: Page) => page.getByRole("dialog", { name: "Share" });
const notice = (page: Page) => page.locator(".dl-notice");
const openTexts = (page: Page) => page.getByRole("tablist", { name: "Open texts" }).getByRole("tab");
const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

/** A text of a person's own, on the page and in its address. */
async function pasteMine(page: Page): Promise<string> {
  const mine = pipeline(["web", "api"], ["east", "west"]);
  await paste(page, mine);
  await expect(bars(page)).toHaveCount(4);
  return mine;
}

/** Watches what is written into the address; returns a function that reads it. */
async function watchAddress(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const written: unknown[] = [];
    const { replaceState } = history;
    history.replaceState = (...given) => {
      written.push(given[2]);
      replaceState.apply(history, given);
    };
    Object.assign(window, { written });
  });
  return () => page.evaluate(() => (window as unknown as { written: string[] }).written);
}

/** Someone else opens an address: a browser that was never here. */
async function elsewhere(browser: Browser, address: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await handOutEditor(page);
  await page.goto(address);
  await expectEditor(page);
  return page;
}

/** A link of anything, made without the page. */
const linkOf = (payload: string) => `#${linkWith(payload)}`;

test.describe("the address", () => {
  test("opens with the same text, assumptions and view in another browser", async ({ page, browser }) => {
    await open(page);
    const mine = await pasteMine(page);
    await assumptions(page).getByRole("textbox", { name: "Each deployment takes" }).fill("90s");
    await page.keyboard.press("Enter");
    await bars(page).nth(1).click();
    await details(page).getByLabel("Let it fail").check();
    await compare(page).getByRole("button", { name: "Pin this plan" }).click();
    await boxes(page).services.check();
    await page.getByLabel("Rows").selectOption("Services");
    await page.getByLabel("Colour").selectOption("Status");
    await page.getByRole("button", { name: "Critical path" }).click();
    await page.getByLabel("Filter by name").fill("web");
    const drawn = await picture(page);
    const link = await addressOf(page);

    const other = await elsewhere(browser, link);
    await expectText(other, mine.replace("parallel: false", "parallel: true"));
    expect(await picture(other)).toEqual(drawn);
    await expect(assumptions(other).getByRole("textbox", { name: "Each deployment takes" })).toHaveValue("1m 30s");
    await expect(details(other).getByLabel("Let it fail")).toBeChecked();
    await expect(other.getByLabel("Rows")).toHaveValue("Services");
    await expect(other.getByLabel("Colour")).toHaveValue("Status");
    await expect(other.getByLabel("Filter by name")).toHaveValue("web");
    await expect(other.getByRole("button", { name: "Critical path" })).toHaveAttribute("aria-pressed", "true");
    await expect(compare(other).getByRole("button", { name: "Unpin" })).toBeVisible();
    await expect(notice(other)).toHaveCount(0);
    await other.context().close();
  });

  test("keeps the visible time, even when the picked bar is out of sight", async ({ page, browser }) => {
    await open(page);
    await pasteMine(page);
    await bars(page).first().click();
    await timeline(page).focus();
    for (const key of ["+", "+", "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight"]) {
      await page.keyboard.press(key);
    }
    await expect.poll(async () => (await axis(page))[0]).toMatch(/^[23]m/);
    const looked = await axis(page);

    const other = await elsewhere(browser, await addressOf(page));
    await expect(details(other)).toContainText("1. web east");
    await expect(other.locator(".dl-bar.dl-selected")).toBeAttached();
    expect(await axis(other)).toEqual(looked);
    // Picked here, it comes into sight.
    await table(other).getByRole("button").first().click();
    await expect.poll(async () => (await axis(other))[0]).toBe("0s");
    await other.context().close();
  });

  test("carries no link until something is changed, and adds no entries to the history", async ({ page }) => {
    const written = await watchAddress(page);
    await open(page);
    const length = await page.evaluate(() => history.length);
    await choose(page, "Scenario 1: one after the other");
    await expect(bars(page)).toHaveCount(4);
    await editor(page).focus();
    await page.keyboard.type("# a line of my own\n", { delay: 20 });
    await addressOf(page);
    // One pause, one change of the address.
    expect(await written()).toHaveLength(1);
    await page.getByLabel("Examples").selectOption("Empty, to paste into");
    await expect.poll(() => page.url()).not.toContain("#");
    expect(await page.evaluate(() => history.length)).toBe(length);
  });

  test("never shows a link of an older text", async ({ page }) => {
    const written = await watchAddress(page);
    await open(page);
    await pasteMine(page);
    const before = await addressOf(page);
    await editor(page).focus();
    await page.keyboard.press("ControlOrMeta+Home");
    await page.keyboard.type("#");
    const after = await addressOf(page);
    // It is empty for a moment, and never the old one until it is the new one.
    const hashes = [before, "", after].map((address) => address && new URL(address).hash);
    expect((await written()).slice(-3)).toEqual(hashes.map((hash) => `/${hash}`));
  });

  test("restores the text on reload in a browser without storage", async ({ page }) => {
    await page.addInitScript(() => {
      Storage.prototype.getItem = Storage.prototype.setItem = () => {
        throw new DOMException("none", "SecurityError");
      };
    });
    await open(page);
    const mine = await pasteMine(page);
    await addressOf(page);
    await page.reload();
    await expectEditor(page);
    await expectText(page, mine);
    await expect(openTexts(page)).toHaveCount(0);
  });

  test("carries no link when the text is too long, and the dialog says why", async ({ page }) => {
    await open(page);
    await pasteMine(page);
    await addressOf(page);
    // Nothing that could be compressed.
    const random = Array.from({ length: 4000 }, (_, i) => `# ${Math.sin(i)} ${Math.cos(i)}\n`).join("");
    await paste(page, `${random}${pipeline(["web"], ["east"])}`);
    await expect(bars(page)).toHaveCount(1);
    await expect.poll(() => page.url()).not.toContain("#");
    await page.getByRole("button", { name: "Share…" }).click();
    await expect(dialog(page)).toContainText(/The link would have [\d,]+ characters/);
    await expect(dialog(page).getByRole("textbox")).toHaveCount(0);
    await dialog(page).getByRole("button", { name: "Export…" }).click();
    await expect(page.getByRole("dialog", { name: "Export" })).toBeVisible();
    expect(page.url()).not.toContain("#");
  });
});

test.describe("a link", () => {
  test("pasted into the address opens beside the open texts", async ({ page, browser }) => {
    await open(page);
    const mine = await pasteMine(page);
    const link = await addressOf(page);
    const other = await elsewhere(browser, new URL(page.url()).origin);
    await boxes(other).targets.check();
    await addressOf(other);
    await other.evaluate((hash) => (location.hash = hash), new URL(link).hash);
    await expect(bars(other)).toHaveCount(4);
    await expectText(other, mine);
    await expect(openTexts(other)).toHaveCount(2);
    await expect(notice(other)).toContainText("Opened from a link");
    // Back to it, the text is there and not there twice.
    await other.goBack();
    await expect(bars(other)).toHaveCount(8);
    await expect(openTexts(other)).toHaveCount(2);
    await other.context().close();
  });

  test("to an open text replaces its assumptions, with an undo", async ({ page }) => {
    await open(page);
    const mine = await pasteMine(page);
    const takes = assumptions(page).getByRole("textbox", { name: "Each deployment takes" });
    await takes.fill("90s");
    await page.keyboard.press("Enter");
    await expect(takes).toHaveValue("1m 30s");
    await page.evaluate((hash) => (location.hash = hash), linkTo(mine));
    await expect(notice(page)).toContainText("This text was open already.");
    await expect(takes).toHaveValue("1m");
    await notice(page).getByRole("button", { name: "Undo" }).click();
    await expect(takes).toHaveValue("1m 30s");
    await expectText(page, mine);
    await expect(openTexts(page)).toHaveCount(0);
  });

  test("that was pasted last is opened, though an earlier one takes longer", async ({ page }) => {
    // The first one takes its time.
    await page.addInitScript(() => {
      const released = new Promise<void>((resolve) => Object.assign(window, { release: resolve }));
      const { arrayBuffer } = Blob.prototype;
      let isFirst = true;
      Blob.prototype.arrayBuffer = async function () {
        if (isFirst) {
          isFirst = false;
          document.documentElement.dataset["held"] = "";
          await released;
        }
        return arrayBuffer.call(this);
      };
    });
    await open(page);
    const put = (text: string) =>
      page.evaluate(async (hash) => {
        const changed = new Promise((resolve) => addEventListener("hashchange", resolve, { once: true }));
        location.hash = hash;
        await changed;
      }, linkTo(text));
    await put("# first\n");
    await expect(page.locator("html[data-held]")).toBeAttached();
    await put("# second\n");
    await expectText(page, "# second\n");
    await page.evaluate(() => (window as unknown as { release: () => void }).release());
    // It is read before a third one.
    await put("# third\n");
    await expectText(page, "# third\n");
    await expect(openTexts(page)).toHaveCount(2);
  });

  test("is shown instead of the texts of the last visit, which stay open as tabs", async ({ page, browser }) => {
    await open(page);
    const mine = await pasteMine(page);
    await page.reload();
    await expectEditor(page);
    await expectText(page, mine);
    await expect(openTexts(page)).toHaveCount(0);

    const other = await elsewhere(browser, new URL(page.url()).origin);
    await choose(other, "Scenario 2: services in parallel");
    await boxes(other).targets.check();
    const link = await addressOf(other);
    await other.context().close();

    await page.goto("about:blank");
    await page.goto(link);
    await expectEditor(page);
    await expect(openTexts(page)).toHaveCount(2);
    await expect(boxes(page).targets).toBeChecked();
    await openTexts(page).first().click();
    await expectText(page, mine);
  });

  for (const [what, hash, said] of [
    ["cut off", linkOf('{"plan":{}}').slice(0, -3), "This link is damaged"],
    ["without contents", "#v2.", "This link is damaged"],
    ["of a newer version", "#v7.abc", "version 7, which is newer than this page"],
    ["that unpacks to 64 MiB", linkOf(" ".repeat(64 << 20)), "more than 8 MiB"],
    ["with other contents", linkOf("[]"), "This link is damaged"],
  ] as const) {
    test(`${what} shows an error, and the page works`, async ({ page }) => {
      await page.goto(`/${hash}`);
      await expectEditor(page);
      await expect(page.getByRole("alert")).toContainText(said);
      await expect(bars(page)).toHaveCount(8);
      await boxes(page).targets.check();
      await expect(page.getByText("Max concurrency 8")).toBeVisible();
      await expect.poll(() => new URL(page.url()).hash).not.toBe(hash);
    });
  }

  for (const [version, hash] of [
    [1, `#v1.${deflateRawSync("cc6215fa\ntext\t12\t\n\npipeline: {}").toString("base64url")}`],
    [2, `#${linkTo("pipeline: {}")}`],
  ]) {
    test(`of version ${version}, made by another program, opens`, async ({ page }) => {
      await page.goto(`/${hash}`);
      await expectEditor(page);
      await expectText(page, "pipeline: {}");
      await expect(page.getByRole("alert")).toHaveCount(0);
    });
  }
});

test.describe("the Share dialog", () => {
  test("warns about the YAML in the link, and copies link, code and Markdown by keyboard", async ({ page }) => {
    await open(page);
    const mine = await pasteMine(page);
    const link = await addressOf(page);
    const button = page.getByRole("button", { name: "Share…" });
    await button.focus();
    await page.keyboard.press("Enter");
    await expect(dialog(page)).toContainText("The YAML travels in the link");
    const field = dialog(page).getByRole("textbox", { name: "Link" });
    await expect(field).toHaveValue(link);
    await expect(dialog(page)).toContainText(`${link.length.toLocaleString("en")} characters`);

    const told = dialog(page).getByRole("status");
    const press = async (name: string) => {
      await dialog(page).getByRole("button", { name, exact: true }).focus();
      await page.keyboard.press("Enter");
    };
    await press("Copy link");
    await expect(told).toHaveText("Copied the link.");
    expect(await clipboard(page)).toBe(link);

    await press("Copy code of the element");
    await expect(told).toHaveText("Copied the code of the element.");
    const read = await parsed(page, await clipboard(page));
    expect(read.map(({ name }) => name)).toEqual(["script", "deploy-line", "pre"]);
    expect(read[0]?.attributes["src"]).toBe(new URL("deployline.js", link).href);
    expect(read[2]?.text).toBe(mine);

    await press("Copy code of the frame");
    await expect(told).toHaveText("Copied the code of the frame.");
    const [frame] = await parsed(page, await clipboard(page));
    expect(frame?.attributes["src"]).toBe(link.replace("#", "embed.html#"));

    await press("Copy as Markdown");
    await expect(told).toHaveText("Copied the Markdown.");
    expect(await clipboard(page)).toMatch(/^\*\*.+\*\*: 1 stage, 4 deployments, 4m\n[^]*```mermaid\ngantt\n/);

    await page.keyboard.press("Escape");
    await expect(dialog(page)).toHaveCount(0);
    await expect(button).toBeFocused();
  });

  test("keeps the focus while it is open", async ({ page }) => {
    await open(page);
    await page.getByRole("button", { name: "Share…" }).click();
    await expect(dialog(page).getByRole("button", { name: "Copy code of the frame" })).toBeEnabled();
    for (let i = 0; i < 12; i += 1) {
      await page.keyboard.press("Tab");
      const isOutside = await page.evaluate(() => {
        const focused = document.activeElement;
        return focused !== document.body && !focused?.closest("dialog");
      });
      expect(isOutside).toBe(false);
    }
    await dialog(page).getByRole("button", { name: "Close" }).click();
    await expect(dialog(page)).toHaveCount(0);
  });

  for (const [scheme, width] of [["light", 1280], ["dark", 1280], ["light", 320]] as const) {
    test(`and the Export dialog have no accessibility violations: ${scheme}, ${width} pixels`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height: 800 });
      await open(page);
      for (const name of ["Share", "Export"]) {
        await page.getByRole("button", { name: `${name}…` }).click();
        const shown = page.getByRole("dialog", { name });
        await expect(shown).toBeVisible();
        await expectAccessible(page);
        const overflow = await shown.evaluate((it) => it.scrollWidth - it.clientWidth);
        expect(overflow).toBeLessThanOrEqual(0);
        await page.keyboard.press("Escape");
      }
    });
  }
});

/** Elements that a piece of HTML comes to, without running it. */
function parsed(page: Page, html: string) {
  return page.evaluate((html) => {
    const { head, body } = new DOMParser().parseFromString(html, "text/html");
    return [...head.querySelectorAll("*"), ...body.querySelectorAll("*")].map((element) => ({
      name: element.localName,
      attributes: Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])),
      text: element.textContent ?? "",
    }));
  }, html);
}
