// Two `<deploy-line>` in a page of others, under a policy as strict as can be.

import AxeBuilder from "@axe-core/playwright";
import { linkTo } from "../link.mjs";
import { ask, as, elements, embedEvents, names, namesDownwards, openTwo, option, picture, set, setText, shift, text, tooltip } from "./embed";
import { bidirectional, bounded, read } from "./hostile";
import { expect, pipeline, test } from "./page";

test("two elements share one wasm, load no editor and move nothing", async ({ page }) => {
  const files: string[] = [];
  page.on("response", (response) => files.push(new URL(response.url()).pathname));
  const [first, second] = await openTwo(page);
  await expect(names(first)).toHaveText(["web → eu_1", "api → eu_1", "web → us_1", "api → us_1"]);
  await expect(names(second)).toHaveText(["slot 1", "slot 1"]);
  // What each of them weighs is checked with each build.
  expect(files.map((name) => name.replace(/-[0-9a-f]{16}/, "")).sort()).toEqual([
    "/deployline.js",
    "/deployline.wasm",
    "/host.css",
    "/host.js",
    "/two.html",
    "/two.yaml",
  ]);
  const events = (await embedEvents(page)).map(({ type, number, detail }) => [type, number, detail.by, detail.facts.summary]);
  expect(events.sort()).toEqual([
    ["planchange", 0, "content", "1 stage, 4 deployments, 5m"],
    ["planchange", 1, "content", "2 stages, 0 deployments, 2m"],
  ]);
  expect(await shift(page)).toBe(0);
});

test("a checkbox changes only the needed bytes of its own plan", async ({ page }) => {
  const [first, second] = await openTwo(page);
  const before = await text(first);
  const box = first.getByLabel("Deploy services in parallel");
  await box.focus();
  await page.keyboard.press("Space");
  await expect(first.getByText("1 stage, 4 deployments, 10m.")).toBeVisible();
  expect(await text(first)).toBe(before.replace("{parallel: true} # both", "{parallel: false} # both"));
  await expect(box).not.toBeChecked();
  await expect(box).toBeFocused();
  expect((await embedEvents(page)).at(-1)).toMatchObject({
    number: 0,
    detail: { by: "checkbox", facts: { duration: 600_000, stages: [{ maxConcurrency: 1 }] } },
  });
  await expect(second.getByText("2 stages, 0 deployments, 2m.")).toBeVisible();
});

test("a script reads and flips checkboxes, too", async ({ page }) => {
  const [first] = await openTwo(page);
  expect(await as(first, (it) => it.flip(0, "targets", true), null)).toBeNull();
  expect((await embedEvents(page)).at(-1)?.detail).toMatchObject({ by: "script", facts: { duration: 240_000 } });
  expect(await as(first, (it) => it.flip(4, "targets", true), null)).toBe("There is no such checkbox.");
  await expect(first.getByRole("status")).toHaveText("There is no such checkbox.");
  expect(await as(first, (it) => it.plan(), null)).toMatchObject({ version: 1 });
  // A link carries the text and the attributes to another element.
  const link = await as(first, (it) => it.link(), null);
  const opened = await as(
    first,
    async (it, link) => {
      const other = document.createElement("deploy-line");
      await other.openLink(`#${link}`);
      return [other.text === it.text, other.facts?.summary];
    },
    link,
  );
  expect(opened).toEqual([true, "1 stage, 4 deployments, 4m"]);
});

test("a link is that of the plan as it is when the link is there", async ({ page }) => {
  const [first] = await openTwo(page);
  const [opened, shown] = await as(
    first,
    async (it) => {
      const link = it.link();
      // The link is being compressed by now.
      for (let turn = 0; turn < 20; turn++) await null;
      await it.flip(0, "targets", true);
      it.setAttribute("duration", "7m");
      const other = document.createElement("deploy-line");
      await other.openLink(`#${await link}`);
      return [other, it].map(({ text, facts }) => [text, facts?.summary]);
    },
    null,
  );
  expect(opened).toEqual(shown);
});

test("bars are reachable by keys, and describe themselves", async ({ page }) => {
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

test("a bar under the pointer has the same description", async ({ page }) => {
  const [first] = await openTwo(page);
  await picture(first).locator(".dl-shape").nth(1).hover();
  await expect(tooltip(first)).toHaveText("2. api eu_10s to 1m, takes 1mStarts with the pipeline.");
  await page.mouse.move(0, 0);
  await expect(tooltip(first)).toBeHidden();
});

test("the table lists all deployments", async ({ page }) => {
  const [first] = await openTwo(page);
  await first.getByText("Deployments in order").click();
  const rows = first.getByRole("row");
  await expect(rows).toHaveCount(5);
  await expect(rows.nth(3)).toHaveText(/^3Productionwebprodus_11m5mStarts at 1m: slot 2/);
});

test("the picture keeps its height, however much text there is below", async ({ page }) => {
  const [first] = await openTwo(page);
  const height = async () => (await picture(first).boundingBox())?.height;
  const before = await height();
  await first.getByText("Deployments in order").click();
  await expect(first.getByRole("table")).toBeVisible();
  expect(await height()).toBe(before);
});

test("attributes and content may change at any time", async ({ page }) => {
  const [first] = await openTwo(page);
  await set(first, "view", "services");
  await expect.poll(() => namesDownwards(first)).toEqual([
    "web2",
    "web → eu_1",
    "web → us_1",
    "api2",
    "api → eu_1",
    "api → us_1",
  ]);
  const mistakes = first.getByRole("list", { name: "Attributes" });
  for (const [name, wrong, right] of [
    ["durations", "web=2m, api=soon", "web=2m"],
    ["fail", "production:3,error=soon", "production:3"],
    ["account-limit", "0", "4"],
    ["assume", "rollback=soon", "rollback=30s"],
    ["view", "pie", "order"],
    ["theme", "pink", "dark"],
    ["height", "tall", "400"],
    ["controls", "all", "none"],
  ] as const) {
    await set(first, name, wrong);
    await expect(mistakes).toContainText(`${wrong.split("=").at(-1)} is no`);
    await set(first, name, right);
    await expect(mistakes).toHaveCount(0);
  }
  await expect(first.getByText("1 stage, 4 deployments, 3m.")).toBeVisible();
  await expect(first.getByText("Number 4 of production fails. A rollback takes 30s.")).toBeVisible();
  await expect(first.getByRole("checkbox")).toHaveCount(0);
  await expect(picture(first)).toHaveCSS("background-color", "rgb(20, 23, 28)");
  expect((await first.boundingBox())?.height).toBe(400);
  await set(first, "height", "auto");
  await expect.poll(async () => (await first.boundingBox())?.height).toBeLessThan(400);
  // Only another plan is told of.
  const by = (await embedEvents(page)).map(({ detail }) => detail.by);
  expect(by).toEqual(["content", "content", ...Array(4).fill("attribute")]);

  await as(first, (it) => (it.querySelector("script") ?? it).replaceChildren("stage: {name: Ask, type: Approval}"), null);
  await expect(names(first)).toHaveText(["Ask"]);
  await setText(first, ask("Given"));
  await expect(names(first)).toHaveText(["Given"]);
  expect((await embedEvents(page)).at(-1)?.detail.by).toBe("script");
});

test("an error is shown with its line, beside the part that can be drawn", async ({ page }) => {
  const [first] = await openTwo(page);
  await setText(first, "stage:\n  name: Ask\n  identifier: ask\n  type: Approval\n  spec: {a: [1\n");
  await expect(first.getByRole("list", { name: "Notes" })).toContainText("Error, line 5:");
  await expect(names(first)).toHaveText(["Ask"]);
});

test("names with markup stay text", async ({ page }) => {
  const [first] = await openTwo(page);
  const hostile = [
    "<script>alert(1)</script>",
    `"><img src=x onerror=alert(1)>`,
    "]]> </title></style></svg><script>alert(1)</script>",
    "&amp; &lt;b&gt;",
    "\u202egnp.exe",
    "👩‍🚀 注文 é",
    "a\u0000\u001b[31m\u0007b",
    `10 KB ${"<b>x</b>".repeat(1280)}`,
  ];
  await set(first, "height", "auto");
  await setText(first, pipeline(hostile.map((name) => JSON.stringify(name)), ["I"]));
  await expect(picture(first).locator("[data-at]")).toHaveCount(hostile.length);
  await first.getByText("Deployments in order").click();
  const cells = first.locator("tbody td:nth-child(3)");
  await expect(cells).toHaveCount(hostile.length);
  // Control characters can be in no markup; they are left out.
  const read = hostile.map((name) => bounded(name).replace(/[\u0000-\u001f]/g, ""));
  expect(await cells.allTextContents()).toEqual(read);
  await picture(first).focus();
  for (const [index, name] of read.entries()) {
    await page.keyboard.press(index === 0 ? "Home" : "ArrowDown");
    // What turns the direction of writing is set apart from what stands beside it.
    const shown = name.startsWith("\u202e") ? `\u2068${name}\u2069` : name;
    await expect(tooltip(first).locator("p").first()).toHaveText(`${index + 1}. ${shown} I`);
  }
  const made = await as(
    first,
    (it) =>
      [...(it.shadowRoot?.querySelectorAll("script, img, b, a, [onerror], [onload], style") ?? [])].map(
        (element) => element.outerHTML,
      ),
    null,
  );
  expect(made).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
});

test("a right-to-left name does not affect the text beside it", async ({ page }) => {
  const [first] = await openTwo(page);
  await set(first, "height", "auto");
  await setText(first, pipeline(Object.keys(bidirectional).map((name) => JSON.stringify(name)), ["יעד"]));
  const labels = names(first);
  await expect(labels).toHaveCount(Object.keys(bidirectional).length);
  await picture(first).focus();
  for (const [index, name] of Object.values(bidirectional).entries()) {
    expect(await read(labels.nth(index))).toBe(`${name} → דעי`);
    await page.keyboard.press(index === 0 ? "Home" : "ArrowDown");
    const title = tooltip(first).locator("p").first();
    await expect(title).toContainText(`${index + 1}. `);
    expect(await read(title)).toBe(`${index + 1}. ${name} דעי`);
  }
});

test("rows out of sight have no nodes", async ({ page }) => {
  const [, second] = await openTwo(page);
  const list = (prefix: string, count: number) => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
  await set(second, "view", "order");
  await setText(second, pipeline(list("S", 100), list("I", 100)));
  await expect(second.getByText("1 stage, 10,000 deployments")).toBeVisible();
  const bars = picture(second).locator("[data-at]");
  expect(await bars.count()).toBeLessThan(120);
  await second.scrollIntoViewIfNeeded();
  await picture(second).evaluate((it) => it.scrollTo(0, it.scrollHeight));
  await expect(picture(second).locator('[data-at="0 9999"]')).toBeInViewport();
  expect(await bars.count()).toBeLessThan(120);
});

test("the picture follows the width of its container", async ({ page }) => {
  const [first] = await openTwo(page);
  await page.setViewportSize({ width: 320, height: 800 });
  const svg = picture(first).locator(".dl-listed");
  await expect.poll(async () => (await svg.boundingBox())?.width).toBeLessThan(320);
  // Without room for a column of names, they stand at the bars.
  await expect(svg).toContainText("1 web → eu_1");
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`axe finds no violation, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    const [first, second] = await openTwo(page);
    await set(second, "controls", "full");
    await first.getByText("Deployments in order").click();
    await picture(first).focus();
    await page.keyboard.press("ArrowDown");
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  });
}

test("it is light or dark as the page around it, or as `theme` sets it", async ({ page }) => {
  const [first, second] = await openTwo(page);
  const [light, dark] = ["rgb(255, 255, 255)", "rgb(20, 23, 28)"];
  await expect(picture(first)).toHaveCSS("background-color", light);
  await expect(picture(second)).toHaveCSS("background-color", dark);
  // The page's own switch, whatever the system says.
  await page.evaluate(() => (document.documentElement.style.colorScheme = "dark"));
  await expect(picture(first)).toHaveCSS("background-color", dark);
  await set(first, "theme", "light");
  await expect(picture(first)).toHaveCSS("background-color", light);
});

test("the page's text styles do not apply to the picture", async ({ page }) => {
  const [first] = await openTwo(page);
  const facts = first.getByText("1 stage, 4 deployments, 5m.");
  const seen = async () => {
    const [box, name, words] = await Promise.all(
      [picture(first), names(first).first(), facts].map((it) => it.boundingBox()),
    );
    return [(name?.x ?? 0) - (box?.x ?? 0), name?.width, words?.height];
  };
  const before = await seen();
  await page.evaluate(() => {
    const { style } = document.body;
    Object.assign(style, { font: "30px/3 serif", letterSpacing: "9px", textTransform: "uppercase", whiteSpace: "pre" });
    // Time goes from left to right all the same.
    document.body.dir = "rtl";
  });
  expect(await seen()).toEqual(before);
});

test("bars have outlines with forced colours", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  const [first] = await openTwo(page);
  const bar = picture(first).locator(".dl-shape").first();
  const [fill, stroke] = await bar.evaluate((it) => [getComputedStyle(it).fill, getComputedStyle(it).stroke]);
  expect(stroke).not.toBe("none");
  expect(stroke).not.toBe(fill);
});

test("in print nothing is cut off, and all is light", async ({ page }) => {
  const [, second] = await openTwo(page);
  await set(second, "view", "order");
  await setText(second, pipeline(Array.from({ length: 60 }, (_, i) => `S${i}`), ["I"]));
  await expect(second.getByText("1 stage, 60 deployments")).toBeVisible();
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  await expect(picture(second).locator("[data-at]")).toHaveCount(60);
  const last = await picture(second).locator('[data-at="0 59"]').boundingBox();
  const box = await second.boundingBox();
  expect((last?.y ?? Infinity) + (last?.height ?? 0)).toBeLessThan((box?.y ?? 0) + (box?.height ?? 0));
  await expect(picture(second)).toHaveCSS("background-color", "rgb(255, 255, 255)");
});

test.describe("in full", () => {
  // The page has an icon, and this one allows no images.
  test.use({ expectedComplaints: /image '[^']*icon-\w+\.svg' violates|failed: .*icon-/ });

  test("the whole page opens on demand, and its edits come back", async ({ page }) => {
    const [, second] = await openTwo(page);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await set(second, "controls", "full");
    const link = second.getByRole("link", { name: "Open in a new tab" });
    await expect(link).toHaveAttribute("href", /^http:\/\/127\.0\.0\.1:4176\/#v2\./);
    // A link is written by the element's own rest.
    expect(asked.filter((path) => !/^\/deployline-[0-9a-f]{16}\.wasm$/.test(path))).toEqual([]);
    const href = await link.getAttribute("href");
    await second.getByRole("button", { name: "Open the editor" }).click();
    const frame = second.locator("iframe");
    await expect(frame).toHaveAttribute("src", `${href}`);
    await expect(frame.contentFrame().locator(".cm-editor")).toBeVisible();
    await expect(picture(second)).toBeHidden();
    // Nothing that happens outside closes it.
    await set(second, "view", "order");
    await expect(frame).toBeVisible();

    // The page keeps what was edited in its address.
    await frame.evaluate((it, edited) => {
      (it as HTMLIFrameElement).contentWindow?.history.replaceState(null, "", `#${edited}`);
      it.parentElement?.querySelector("button")?.click();
    }, linkTo(ask("Edited")));
    await expect(names(second)).toHaveText(["Edited"]);
    await expect(second.getByRole("button", { name: "Open the editor" })).toBeFocused();
    expect((await embedEvents(page)).at(-1)?.detail).toMatchObject({ by: "link", text: ask("Edited") });
  });
});

test("without the address of the page there is a message", async ({ page }) => {
  const [, second] = await openTwo(page);
  await set(second, "page", "javascript:alert(1)");
  await set(second, "controls", "full");
  await expect(second.getByText('page="javascript:alert(1)" is no address of a page.')).toBeVisible();
  await expect(second.getByText("in an attribute")).toHaveCount(0);
  await expect(second.getByRole("button")).toHaveCount(0);
  expect(await elements(page).count()).toBe(2);
});
