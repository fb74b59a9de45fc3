// How one begins: dropping, picking, pasting, several texts at once, and coming back.

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessibility";
import {
  bars,
  choose,
  drop,
  editor,
  expect,
  expectText,
  open,
  paste,
  pipeline,
  reload,
  table,
  test,
  text,
  total,
  undo,
} from "./page";

const release = pipeline(["cart"], ["east"]);
const rollback = pipeline(["shop"], ["west", "south"]);
const service = "service:\n  identifier: cart\n  name: Cart\n";

const tabs = (page: Page) => page.getByRole("tablist", { name: "Open texts" }).getByRole("tab");
const tab = (page: Page, name: string) => tabs(page).filter({ hasText: name });
const notice = (page: Page) => page.locator(".dl-notice");
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

async function typeMine(page: Page) {
  await editor(page).focus();
  await page.keyboard.type("# mine\n");
}

/** Undoes what `typeMine` typed; the line break is a separate undo step. */
async function undoMine(page: Page) {
  await undo(page);
  await undo(page);
}

async function expectNames(page: Page, names: string[]) {
  await expect(tabs(page).locator(".dl-file-name")).toHaveText(names);
}

const files = (given: Record<string, string>) =>
  Object.entries(given).map(([name, text]) => ({
    name,
    mimeType: "text/yaml",
    buffer: Buffer.from(text),
  }));

const pick = (page: Page, given: Record<string, string>) =>
  page.getByLabel("Open file…").setInputFiles(files(given));

const openTwo = async (page: Page) => {
  await pick(page, { "release.yaml": release, "rollback.yaml": rollback });
  await expectNames(page, ["release.yaml", "rollback.yaml"]);
};

test.describe("several texts", () => {
  test.beforeEach(({ page }) => open(page));

  test("are tabs, each with its own plan, assumptions and undo history", async ({ page }) => {
    await expect(tabs(page)).toHaveCount(0);
    await openTwo(page);
    await expect(notice(page)).toContainText("Opened 2 pipelines.");
    await expect(tab(page, "release")).toHaveAttribute("aria-selected", "true");
    await expectText(page, release);
    await expect(bars(page)).toHaveCount(1);
    await typeMine(page);
    await page.getByLabel("Each deployment takes").fill("7m");
    await page.keyboard.press("Enter");
    await expect(total(page)).toHaveText("7m");

    await tab(page, "rollback").click();
    await expectText(page, rollback);
    await expect(bars(page)).toHaveCount(2);
    await expect(total(page)).toHaveText("2m");
    await undo(page);
    await expectText(page, rollback);

    await tab(page, "release").click();
    await expectText(page, `# mine\n${release}`);
    await expect(total(page)).toHaveText("7m");
    await undoMine(page);
    await expectText(page, release);
    await expectAccessible(page);
  });

  test("are switched, renamed and closed by keys", async ({ page }) => {
    await openTwo(page);
    await tab(page, "release").focus();
    await page.keyboard.press("ArrowRight");
    await expect(tab(page, "rollback")).toBeFocused();
    await expectText(page, rollback);
    await page.keyboard.press("Home");
    await expect(tab(page, "release")).toBeFocused();

    await page.keyboard.press("F2");
    const field = page.getByLabel("Name of the text");
    await expect(field).toBeFocused();
    await expectAccessible(page);
    await field.fill("first");
    await page.keyboard.press("Enter");
    await expectNames(page, ["first", "rollback.yaml"]);
    await expect(tab(page, "first")).toBeFocused();
    await page.keyboard.press("F2");
    await field.fill("other");
    await page.keyboard.press("Escape");
    await expectNames(page, ["first", "rollback.yaml"]);

    await button(page, "New text").click();
    await expectNames(page, ["first", "Untitled", "rollback.yaml"]);
    await expect(page.getByRole("heading", { name: "Paste a pipeline" })).toBeVisible();
    await tab(page, "Untitled").focus();
    await page.keyboard.press("Delete");
    await expectNames(page, ["first", "rollback.yaml"]);
    await expect(tab(page, "rollback")).toBeFocused();
  });

  test("a closed one can be reopened as it was", async ({ page }) => {
    await openTwo(page);
    await typeMine(page);
    await tab(page, "release").locator(".dl-file-close").click();
    await expect(tabs(page)).toHaveCount(0);
    await expectText(page, rollback);
    await expect(notice(page)).toContainText("Closed release.yaml.");
    await button(page, "Open again").click();
    await expectNames(page, ["rollback.yaml", "release.yaml"]);
    await expectText(page, `# mine\n${release}`);
    await undoMine(page);
    await expectText(page, release);
  });

  test("an example replaces an untouched example, and never a typed text", async ({
    page,
  }) => {
    await choose(page, "Scenario 1: one after the other");
    await expect(tabs(page)).toHaveCount(0);
    await typeMine(page);
    await choose(page, "Scenario 2: services in parallel");
    await expectNames(page, ["Scenario 1", "Scenario 2"]);
    await tab(page, "Scenario 1").click();
    await expect.poll(() => text(page)).toContain("# mine\n");
  });

  test("an example with assumptions stays open beside another one", async ({ page }) => {
    await page.getByLabel("Each deployment takes").fill("7m");
    await page.keyboard.press("Enter");
    await choose(page, "Scenario 2: services in parallel");
    await expect(tabs(page)).toHaveCount(2);
    await tabs(page).first().click();
    await expect(page.getByRole("textbox", { name: "Each deployment takes" })).toHaveValue("7m");
  });
});

test.describe("files", () => {
  test.beforeEach(({ page }) => open(page));

  test("entities opened with one pipeline become documents of its text", async ({ page }) => {
    await pick(page, { "cart.yaml": service, "release.yaml": release, "ci.yml": "on: push\n" });
    await expectText(page, `${release}---\n${service}`);
    await expect(notice(page)).toContainText(
      "Opened release.yaml with 1 file of services, environments and the like; left out 1 file",
    );
    await expect(tabs(page)).toHaveCount(0);
  });

  test("entities opened alone are added to the open pipeline", async ({ page }) => {
    await drop(page, "release.yaml", release);
    await expectText(page, release);
    await drop(page, "cart.yaml", service);
    await expectText(page, `${release}---\n${service}`);
    await button(page, "Undo").click();
    await expectText(page, release);
    await undo(page);
    await expectText(page, `${release}---\n${service}`);
  });

  test("JSON indented by tabs is opened unchanged", async ({ page }) => {
    const stages = [{ stage: { type: "Approval", name: "Ask", identifier: "ask" } }];
    const json = JSON.stringify({ pipeline: { name: "Tabs", stages } }, null, "\t");
    await drop(page, "release.json", json);
    await expectText(page, json);
    await expect(page.getByText("1 stage", { exact: true })).toBeVisible();
    await expect(page.getByRole("region", { name: "Problems" })).toHaveCount(0);
    await expect(notice(page)).toHaveCount(0);
  });

  const folder = {
    ".harness/pipelines/release.yaml": release,
    ".harness/pipelines/rollback.yml": rollback,
    ".harness/services/cart.yaml": service,
    ".harness/readme.md": "# no pipeline\n",
    ".harness/node_modules/x/pipeline.yaml": pipeline(["x"], ["x"]),
  };

  test("a folder is picked with everything in it", async ({ page }, info) => {
    for (const [path, content] of Object.entries(folder)) {
      if (path.includes("node_modules")) continue;
      const file = info.outputPath(path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
    await page.getByLabel("Open folder…").setInputFiles(info.outputPath(".harness"));
    await expectNames(page, ["release.yaml", "rollback.yml"]);
    // Only one of them refers to the service.
    await expectText(page, `${release}---\n${service}`);
    await tab(page, "rollback").click();
    await expectText(page, rollback);
  });

  test("a folder is dropped with everything in it", async ({ page }) => {
    await dropFolder(page, folder);
    await expectNames(page, ["release.yaml", "rollback.yml"]);
    await expectText(page, `${release}---\n${service}`);
    await expect(notice(page)).toContainText("Opened 2 pipelines with 1 file of services");
  });

  test("a folder without YAML shows a message", async ({ page }) => {
    const before = await text(page);
    await dropFolder(page, { "docs/readme.md": "# none\n" });
    await expect(page.getByRole("alert")).toContainText("There is no YAML or JSON file in it.");
    await expectText(page, before);
  });
});

/** Drops a folder by the entries that a browser would give for one; scripts can't drop a real one. */
async function dropFolder(page: Page, files: Record<string, string>) {
  await page.getByRole("main").evaluate((main, files) => {
    type Entry = { name: string; isFile: boolean; isDirectory: boolean };
    const entries = (prefix: string): Entry[] => {
      const below = Object.keys(files).filter((path) => path.startsWith(prefix));
      const names = new Set(below.map((path) => path.slice(prefix.length).split("/")[0] ?? ""));
      return [...names].map((name) => {
        const content = files[prefix + name];
        const file = (done: (file: File) => void) => done(new File([content ?? ""], name));
        const left = content === undefined ? entries(`${prefix}${name}/`) : [];
        const createReader = () => ({
          // One at a time, since a reader may return fewer than all.
          readEntries: (done: (some: Entry[]) => void) => done(left.splice(0, 1)),
        });
        const isFile = content !== undefined;
        return { name, isFile, isDirectory: !isFile, file, createReader };
      });
    };
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([], "folder"));
    DataTransferItem.prototype.webkitGetAsEntry = () => entries("")[0] as unknown as FileSystemEntry;
    main.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  }, files);
}

test.describe("pasting", () => {
  test.beforeEach(({ page }) => open(page));

  test("takes the YAML out of its fence; a button and undo restore the pasted text", async ({
    page,
  }) => {
    const pasted = `Here it is:\n\n\`\`\`yaml\n${release}\`\`\`\n`;
    await paste(page, pasted);
    await expectText(page, release);
    await expect(bars(page)).toHaveCount(1);
    await expect(notice(page)).toContainText("Took the YAML out of its Markdown fence.");
    await expectAccessible(page);
    await button(page, "Undo").click();
    await expectText(page, pasted);

    await paste(page, pasted);
    await expectText(page, release);
    await undo(page);
    await expectText(page, pasted);
    await expect(notice(page)).toHaveCount(0);
  });

  test("recovers a pipeline cut out of a larger file", async ({ page }) => {
    const lines = release.split("\n");
    const from = lines.findIndex((line) => line.includes("name: Deploy"));
    const cut = lines.slice(from).join("\n");
    await paste(page, cut.trimStart());
    await expectText(page, cut);
    await expect(bars(page)).toHaveCount(1);
  });

  test("inserts text into other text, and valid YAML, unchanged", async ({ page }) => {
    await paste(page, release);
    await expectText(page, release);
    await expect(notice(page)).toHaveCount(0);
    await page.evaluate(() => navigator.clipboard.writeText("```\n"));
    await page.keyboard.press("ControlOrMeta+End");
    await page.keyboard.press("ControlOrMeta+v");
    await expectText(page, `${release}\`\`\`\n`);
    await expect(notice(page)).toHaveCount(0);
  });
});

test.describe("the last visit", () => {
  test("its texts are restored, with a button to start fresh and one to return", async ({ page }) => {
    await open(page);
    await openTwo(page);
    await tab(page, "rollback").click();
    await typeMine(page);
    await expectText(page, `# mine\n${rollback}`);
    // Without a pause: the last typed characters are saved when the page is closed.
    await reload(page);
    await expectNames(page, ["release.yaml", "rollback.yaml"]);
    await expectText(page, `# mine\n${rollback}`);
    await expect(notice(page)).toContainText("Your texts of the last visit");
    await expectAccessible(page);

    await button(page, "Start afresh").click();
    await expect(tabs(page)).toHaveCount(0);
    await expect(bars(page)).toHaveCount(8);
    await button(page, "Open again").click();
    await expectNames(page, ["release.yaml", "rollback.yaml"]);
    await expectText(page, `# mine\n${rollback}`);
  });

  test("a notice names the texts that are too large to keep, and the others are restored", async ({ page }) => {
    await open(page);
    const large = release + `${"# ".padEnd(99, ".")}\n`.repeat(22_000);
    await pick(page, { "large.yaml": large, "rollback.yaml": rollback });
    await expectNames(page, ["large.yaml", "rollback.yaml"]);
    await expect(notice(page)).toContainText("Opened 2 pipelines. Too large for this browser to keep");
    await expect(notice(page)).toContainText("until the next visit: large.yaml.");
    await reload(page);
    await expectText(page, rollback);
    await expect(tabs(page)).toHaveCount(0);
  });

  test("an untouched example is not restored", async ({ page }) => {
    await open(page);
    await editor(page).focus();
    await page.keyboard.type("x");
    await reload(page);
    await expect(notice(page)).toContainText("Your text of the last visit");
    await button(page, "Start afresh").click();
    await reload(page);
    await expect(notice(page)).toHaveCount(0);
    await expect(bars(page)).toHaveCount(8);
  });

  test("the page works with a broken or damaged storage", async ({ page }) => {
    await page.addInitScript(() => {
      localStorage.setItem("deployline-texts-v1", '{"no": [array');
      Storage.prototype.setItem = () => {
        throw new DOMException("full", "QuotaExceededError");
      };
    });
    await open(page);
    await expect(bars(page)).toHaveCount(8);
    await paste(page, release);
    await expect(bars(page)).toHaveCount(1);
    // Opened without the fragment that the address may have by now.
    await open(page);
    await expect(bars(page)).toHaveCount(8);
  });
});

test("several texts and a notice fit a narrow screen", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  await openTwo(page);
  await expect(table(page)).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectAccessible(page);
});
