// The picture comes first: nothing waits for the editor, and nothing needs it.

import type { Page, Route } from "@playwright/test";
import {
  bars,
  boxes,
  drop,
  editor,
  expect,
  expectEditor,
  expectPicture,
  expectText,
  handOutEditor,
  hold,
  isEditorBundle,
  open,
  openWithoutEditor,
  order,
  paste,
  picture,
  pipeline,
  problems,
  test,
} from "./page";

const oneByOne = [
  "1 web → east: 0s to 1m",
  "2 api → east: 1m to 2m",
  "3 web → west: 2m to 3m",
  "4 api → west: 3m to 4m",
];

test.describe("while the editor's JavaScript loads", () => {
  /** Lets the JavaScript arrive. */
  let release: () => void;

  test.beforeEach(async ({ page }) => {
    release = await openWithoutEditor(page);
  });

  test("the bars are drawn, and a plain text field holds the YAML", async ({ page }) => {
    await expect(bars(page)).toHaveCount(8);
    const plain = editor(page);
    await expect(plain).toHaveJSProperty("tagName", "TEXTAREA");
    await expect(plain).toHaveValue(/^# Scenario 5/);

    // Its last line is that of the infrastructure.
    await plain.fill(pipeline(["web", "api"], ["east"]).replace(/ +failureStrategies:[^]*$/, ""));
    await expect(order(page)).toHaveText(["web east, api east"]);
    await plain.press("ControlOrMeta+End");
    await page.keyboard.type("                  - identifier: west\n");
    await expectPicture(page, oneByOne);
    await boxes(page).services.check();
    await expect(page.getByText("Max concurrency 2")).toBeVisible();
    const written = await plain.inputValue();

    release();
    await expectEditor(page);
    await expectText(page, written);
    await expect(bars(page)).toHaveCount(4);
    await expect(page.getByText("Max concurrency 2")).toBeVisible();
  });

  test("typing continues in the editor when it arrives", async ({ page }) => {
    const plain = editor(page);
    const before = pipeline(["web", "api"], ["east"]);
    await plain.fill(before);
    await putCursorBehind(page, "web");
    await page.keyboard.type("-f");
    release();
    await expectEditor(page);
    await expect(editor(page)).toBeFocused();
    await page.keyboard.type("ront");
    await expectText(page, before.replace("web", "web-front"));
    await expect(order(page)).toHaveText(["web-front east, api east"]);
  });

  test("the arriving editor does not take the focus", async ({ page }) => {
    await boxes(page).services.focus();
    release();
    await expectEditor(page);
    await expect(boxes(page).services).toBeFocused();
  });

  test("a dropped file keeps its CRLF when a checkbox changes it or someone types", async ({ page }) => {
    const dropped = pipeline(["web", "api"], ["east"]).replaceAll("\n", "\r\n");
    await drop(page, "release.yaml", dropped);
    await expect(order(page)).toHaveText(["web east, api east"]);
    await boxes(page).services.check();
    await expect(page.getByText("Max concurrency 2")).toBeVisible();
    await putCursorBehind(page, "api");
    await page.keyboard.type("-v2");
    release();
    await expectEditor(page);
    await expect(editor(page)).toBeFocused();
    await page.keyboard.type("b");
    const expected = dropped.replace("parallel: false", "parallel: true").replace("api", "api-v2b");
    await expectText(page, expected);
    await expect(order(page)).toHaveText(["web east, api-v2b east"]);
  });
});

test.describe("when the editor's JavaScript fails to load", () => {
  test.use({ expectedComplaints: /^failed: .*\/editor-[0-9a-f]+\.js$|^error: .*ERR_FAILED/ });

  test("a plain text field takes its place, with a message", async ({ page }) => {
    await page.route(isEditorBundle, (route) => route.abort());
    await page.goto("");
    await expect(page.getByText("The editor could not be loaded")).toBeVisible();
    const plain = editor(page);
    await plain.fill(pipeline(["web", "api"], ["east", "west"]));
    await expectPicture(page, oneByOne);
    await boxes(page).targets.check();
    await expect(page.getByText("Max concurrency 2")).toBeVisible();
    await expect(plain).toHaveValue(/environments:\n.*\n *parallel: true\n/);
    await page.getByRole("button", { name: "Show number 3 of Deploy in the YAML" }).click();
    await expect(page.getByRole("status").filter({ hasText: "takes 1m" })).toBeVisible();
  });

  test('"Try again" loads the editor', async ({ page }) => {
    const abort = (route: Route) => route.abort();
    await page.route(isEditorBundle, abort);
    await page.goto("");
    await expect(page.getByText("The editor could not be loaded")).toBeVisible();
    await editor(page).fill("stages: []\n");
    await page.unroute(isEditorBundle, abort);
    await page.getByRole("button", { name: "Try again" }).click();
    await expectEditor(page);
    await expectText(page, "stages: []\n");
  });
});

async function putCursorBehind(page: Page, word: string) {
  await editor(page).focus();
  await editor(page).evaluate((area: HTMLTextAreaElement, word) => {
    const end = area.value.indexOf(word) + word.length;
    area.setSelectionRange(end, end);
  }, word);
}

test.describe("while the WebAssembly loads", () => {
  /** Opens the page with its WebAssembly held back; returns the function that releases it. */
  async function openWithoutWasm(page: Page): Promise<() => void> {
    const release = await hold(page, /\.wasm$/);
    await page.goto("", { waitUntil: "commit" });
    return release;
  }

  test("the first picture is drawn, and becomes interactive later", async ({ page }) => {
    const release = await openWithoutWasm(page);
    await expect(bars(page)).toHaveCount(8);
    await expect(bars(page).first()).toBeVisible();
    const drawn = await picture(page);
    // There is no control yet that would not answer.
    await expect(page.getByRole("checkbox")).toHaveCount(0);

    release();
    await boxes(page).targets.check();
    await expect(page.getByText("Max concurrency 8")).toBeVisible();
    await boxes(page).targets.uncheck();
    await expect.poll(() => picture(page)).toEqual(drawn);
  });

  test("a chosen theme applies from the first paint", async ({ page }) => {
    await open(page);
    await page.getByLabel("Theme").selectOption("dark");
    const release = await openWithoutWasm(page);
    await page.waitForLoadState("domcontentloaded");
    await expect(bars(page).first()).toBeHidden();
    release();
    await expect(bars(page).first()).toBeVisible();
  });
});

/** Returns the list of files that the page requests, as it grows. */
function requested(page: Page): string[] {
  const files: string[] = [];
  page.on("request", (request) => {
    // Chromium asks for the icon again whenever the address changes.
    const isIcon = /\/icon-[0-9a-f]+\.svg$/.test(request.url());
    if (!request.isNavigationRequest() && !isIcon) files.push(request.url());
  });
  return files;
}

for (const suffix of ["?x=1", "?utm_source=mail&x", "#top", "?x=1#nothing"]) {
  test(`an address with ${suffix} loads the same files`, async ({ page, context }) => {
    const plain = requested(page);
    await open(page);
    await expectEditor(page);
    const other = await context.newPage();
    await handOutEditor(other);
    const files = requested(other);
    await other.goto(suffix);
    await expectEditor(other);
    await expect.poll(() => [...files].sort()).toEqual([...plain].sort());
  });
}

test("no file is requested twice, and none by a synchronous request", async ({ page }) => {
  const files = requested(page);
  const kinds = new Set<string>();
  page.on("request", (request) => kinds.add(request.resourceType()));
  await open(page);
  await boxes(page).targets.check();
  await expectEditor(page);
  for (const name of ["Form", "Inputs", "Resolved"]) {
    await page.getByRole("tab", { name }).click();
    await expect(page.getByRole("tabpanel", { name }).getByRole("heading").first()).toBeVisible();
  }
  await page.getByRole("button", { name: "Export…" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  expect(files.filter((file, at) => files.indexOf(file) !== at)).toEqual([]);
  // A synchronous request can only be made this way.
  expect([...kinds]).not.toContain("xhr");
});

test.describe("modules that load later", () => {
  const isPanels = /\/deployline-web-panels-[0-9a-f]{16}\.wasm$/;
  const isReport = /\/deployline-web-report-[0-9a-f]{16}\.wasm$/;
  const isTools = /\/deployline-web-tools-[0-9a-f]{16}\.wasm$/;
  const isShare = /\/share-[0-9a-f]{16}\.js$/;
  const panel = (page: Page, name: string) => page.getByRole("tabpanel", { name });

  test("are loaded in the background, each file once", async ({ page }) => {
    const loaded = requested(page);
    await open(page);
    for (const later of [isReport, isTools, isPanels, isShare]) {
      await expect.poll(() => loaded.filter((url) => later.test(url))).toHaveLength(1);
    }
    await page.getByRole("tab", { name: "Form" }).click();
    await expect(panel(page, "Form").getByRole("heading", { name: "Services" })).toBeVisible();
    await page.getByRole("tab", { name: "Resolved" }).click();
    await expect(page.getByRole("heading", { name: "As it would run" })).toBeVisible();
    await page.getByRole("button", { name: "Export…" }).click();
    await expect(page.getByRole("dialog", { name: "Export" })).toBeVisible();
    expect(loaded.filter((url, at) => loaded.indexOf(url) !== at)).toEqual([]);
  });

  test("are loaded at once when the pointer is on their button or tab", async ({ page }) => {
    const loaded: string[] = [];
    page.on("request", (request) => loaded.push(request.url()));
    // Loading in the background starts after the editor is there.
    const release = await openWithoutEditor(page);
    await expect(bars(page)).toHaveCount(8);
    await page.getByRole("tab", { name: "Form" }).hover();
    await expect.poll(() => loaded.some((url) => isPanels.test(url))).toBe(true);
    await page.getByRole("button", { name: "Share…" }).hover();
    await expect.poll(() => loaded.some((url) => isShare.test(url))).toBe(true);
    release();
  });

  test("open what was clicked on before they arrived", async ({ page }) => {
    const releases = [await hold(page, isPanels), await hold(page, isTools)];
    await open(page);
    const share = page.getByRole("button", { name: "Share…" });
    await share.click();
    await expect(share).toHaveAttribute("aria-busy", "true");
    // Everything else works meanwhile.
    await boxes(page).targets.check();
    await expect(page.getByText("Max concurrency 8")).toBeVisible();
    await page.getByRole("tab", { name: "Resolved" }).click();
    await expect(panel(page, "Resolved").getByRole("status").first()).toHaveText("Loading…");
    for (const release of releases) release();
    await expect(page.getByRole("dialog", { name: "Share" })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(share).not.toHaveAttribute("aria-busy");
    await expect(page.getByRole("heading", { name: "As it would run" })).toBeVisible();
  });

  test("open one dialog, with the text as it is when they arrive", async ({ page }) => {
    const release = await hold(page, isTools);
    await open(page);
    await page.getByRole("button", { name: "Share…" }).click();
    await page.getByRole("button", { name: "Export…" }).click();
    await boxes(page).targets.check();
    await expect(page.getByText("Max concurrency 8")).toBeVisible();
    release();
    const link = page.getByRole("dialog", { name: "Share" }).getByRole("textbox", { name: "Link" });
    await expect(link).toHaveValue(/#v2\./);
    await expect(page.getByRole("dialog")).toHaveCount(1);
    // The address follows what is shown.
    await expect.poll(() => page.url()).toBe(await link.inputValue());
  });

  test("list and underline what only checks find, which the picture does not wait for", async ({ page }) => {
    const release = await hold(page, isTools);
    await open(page);
    await paste(page, pipeline(["web", "web"], ["east"]));
    await expect(bars(page)).toHaveCount(2);
    await expect(problems(page)).toHaveCount(0);
    release();
    await expect(problems(page)).toContainText("1 warning");
    await expect(problems(page)).toContainText("is listed twice in this stage");
    await expect(page.locator(".cm-lintRange-warning")).toHaveText("serviceRef: web");
    await page.getByRole("button", { name: "Remove the second one" }).click();
    await expect(problems(page)).toHaveCount(0);
    await expect(bars(page)).toHaveCount(1);
  });

  test("say that problems are loaded where some are known", async ({ page }) => {
    const release = await hold(page, isTools);
    await open(page);
    await paste(page, "stages:\n  - stage: {type: Deployment, spec: {service: {serviceRef: A}}}\n");
    await expect(problems(page).getByRole("status")).toHaveText("Loading…");
    release();
    await expect(problems(page)).toContainText("The stage names no environment.");
  });

  test("don't move the picture when they arrive", async ({ page }) => {
    const release = await hold(page, isReport);
    await open(page);
    await bars(page).first().click();
    const place = () => page.getByRole("region", { name: "Picked deployment" }).boundingBox();
    await expect(page.getByText("takes 1m").first()).toBeVisible();
    const before = await place();
    release();
    await expect(page.getByRole("heading", { name: "Compare" })).toBeVisible();
    expect(await place()).toEqual(before);
  });

  test.describe("that fail to load", () => {
    test.use({
      expectedComplaints:
        /(panels|report|tools)-[0-9a-f]+\.wasm$|share-[0-9a-f]+\.js$|ERR_FAILED|Failed to fetch/,
    });

    for (const [name, file, tab, heading] of [
      ["a panel", isPanels, "Inputs", "What the YAML leaves open"],
      ["the report", isReport, "YAML", "Compare"],
    ] as const) {
      test(`show a message and load on "Try again": ${name}`, async ({ page }) => {
        await page.route(file, (route) => route.abort());
        await open(page);
        await page.getByRole("tab", { name: tab }).click();
        const message = page.getByRole("alert");
        await expect(message).toContainText("could not be loaded");
        // The rest of the page works.
        await boxes(page).targets.check();
        await expect(page.getByText("Max concurrency 8")).toBeVisible();
        await page.unroute(file);
        await message.getByRole("button", { name: "Try again" }).click();
        await expect(page.getByRole("heading", { name: heading })).toBeVisible();
      });
    }

    test('show a message and load on "Try again": the problems', async ({ page }) => {
      await page.route(isTools, (route) => route.abort());
      await open(page);
      await paste(page, pipeline(["web", "web"], ["east"]));
      await expect(bars(page)).toHaveCount(2);
      await expect(problems(page).getByRole("alert")).toContainText("could not be loaded");
      await page.unroute(isTools);
      await problems(page).getByRole("button", { name: "Try again" }).click();
      await expect(problems(page)).toContainText("is listed twice in this stage");
      await expect(page.locator(".cm-lintRange-warning")).toHaveText("serviceRef: web");
    });

    test('show the number of open inputs after "Try again"', async ({ page }) => {
      await page.route(isPanels, (route) => route.abort());
      await open(page);
      await paste(page, "spec:\n  service: {serviceRef: <+input>}\n");
      const tab = page.getByRole("tab", { name: /^Inputs/ });
      await tab.click();
      const message = page.getByRole("alert");
      await expect(message).toContainText("could not be loaded");
      await page.unroute(isPanels);
      await message.getByRole("button", { name: "Try again" }).click();
      await expect(tab).toHaveText(/^Inputs1 open$/);
    });

    for (const [name, file] of [
      ["the WebAssembly of a dialog", isTools],
      ["the JavaScript of a dialog", isShare],
    ] as const) {
      test(`show a message and load on "Try again": ${name}`, async ({ page }) => {
        await page.route(file, (route) => route.abort());
        await open(page);
        await page.getByRole("button", { name: "Share…" }).click();
        const message = page.getByRole("alert").filter({ hasText: "The dialog could not be loaded." });
        await expect(message).toBeVisible();
        await page.unroute(file);
        await message.getByRole("button", { name: "Try again" }).click();
        await expect(page.getByRole("dialog", { name: "Share" })).toBeVisible();
      });
    }
  });
});
