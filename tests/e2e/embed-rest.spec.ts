// The core comes in two files: what usual texts need of it, and the rest once something else is asked for.

import type { Locator, Page } from "@playwright/test";
import { linkTo } from "../link.mjs";
import { as, ask, elements, heard, hold, names, openTwo, option, picture, set, setText, text } from "./embed";
import { expect, test } from "./page";

const REST = /deployline_rest-[0-9a-f]{16}\.wasm$/;

/** Twice the same, which few texts ask for. */
const LOOP = "stage: {name: Ask, identifier: ask, type: Approval, strategy: {repeat: {times: 2}}}";

const NOT_SHOWN = /^Not shown: .*deployline_rest-\w+\.wasm could not be loaded\.$/;

/** How often the rest was loaded so far. */
function countRest(page: Page): () => number {
  let count = 0;
  page.on("request", (request) => (count += Number(REST.test(request.url()))));
  return () => count;
}

test("what is asked for first makes do with the first file", async ({ page }) => {
  const rests = countRest(page);
  const [first, second] = await openTwo(page);
  await picture(first).focus();
  await page.keyboard.press("End");
  await expect(option(first)).toHaveAccessibleName(/^4\. api us_1/);
  await set(first, "durations", "web=7m");
  await expect(first.getByText("1 stage, 4 deployments, 8m.")).toBeVisible();
  await setText(second, ask("Another"));
  await expect(names(second)).toHaveText(["slot 1"]);
  expect(rests()).toBe(0);
});

test("the rest comes once for all, and what was there stays as it was", async ({ page }) => {
  const rests = countRest(page);
  const [first, second] = await openTwo(page);
  await setText(first, `${await text(first)}# mine`);
  await expect.poll(() => text(first)).toMatch(/# mine$/);
  const release = await hold(page, REST);
  await setText(second, LOOP);
  const flipped = as(first, (it) => it.flip(0, "services", false), null);
  // Meanwhile all goes on with what is there.
  await picture(first).focus();
  await page.keyboard.press("Home");
  await expect(option(first)).toHaveAccessibleName(/^1\. web eu_1, 0s to 4m/);
  await expect(second.getByText("2 stages, 0 deployments, 2m.")).toBeVisible();
  release();
  await expect(second.getByText("2 runs")).toBeVisible();
  expect(await flipped).toBeNull();
  await expect(first.getByText("1 stage, 4 deployments, 10m.")).toBeVisible();
  expect(await text(first)).toMatch(/\{parallel: false\} # both at once[^]*# mine$/);
  await page.keyboard.press("End");
  await expect(option(first)).toHaveAccessibleName(/^4\. api us_1, 9m to 10m/);
  expect(rests()).toBe(1);
});

for (const [what, take] of [
  ["text", (element: Locator) => setText(element, LOOP)],
  ["link", (element: Locator) => as(element, (it, link) => void it.openLink(link), `#${linkTo(LOOP)}`)],
] as const) {
  test(`a ${what} that waits for the rest gives way to a later text`, async ({ page }) => {
    const [, second] = await openTwo(page);
    const release = await hold(page, REST);
    const asked = page.waitForRequest(REST);
    await take(second);
    await asked;
    await setText(second, ask("Newer"));
    await expect(second.getByText("Newer")).not.toHaveCount(0);
    release();
    // Not before the rest is there.
    expect(await as(second, (it) => it.plan(), null)).toMatchObject({ version: 1 });
    expect(await text(second)).toBe(ask("Newer"));
    expect((await heard(page)).filter(({ number }) => number === 1)).toHaveLength(2);
  });
}

test.describe("where the rest does not come", () => {
  test.use({ expectedComplaints: /ERR_FAILED|failed: .*deployline_rest-/ });

  let isOffline: boolean;

  test.beforeEach(async ({ page }) => {
    isOffline = true;
    await page.route(REST, (route) => (isOffline ? route.abort() : route.fallback()));
  });

  test("the reason is said, and everything else goes on", async ({ page }) => {
    const [first, second] = await openTwo(page);
    const box = first.getByLabel("Deploy services in parallel");
    const before = await text(first);
    await box.click();
    await expect(first.getByRole("status")).toHaveText(NOT_SHOWN);
    await expect(box).toBeChecked();
    expect(await text(first)).toBe(before);
    expect((await heard(page)).at(-1)?.type).toBe("planerror");
    await expect(as(first, (it) => it.flip(0, "services", false), null)).rejects.toThrow("could not be loaded");
    await set(second, "view", "services");
    await expect(names(second)).toHaveText(["Ask", "Test"]);

    isOffline = false;
    await box.click();
    await expect(first.getByText("1 stage, 4 deployments, 10m.")).toBeVisible();
    await expect(first.getByRole("status")).toBeHidden();
    await expect(names(second)).toHaveText(["Ask", "Test"]);
  });

  test("a table or an editor that can't be opened says so, and changes nothing", async ({ page }) => {
    const [first] = await openTwo(page);
    const table = first.getByText("Deployments in order");
    await table.click();
    await expect(first.getByRole("status")).toHaveText(NOT_SHOWN);
    await expect(first.getByRole("group", { name: "Deployments in order" })).toHaveCount(0);
    await setText(first, ask("Another"));
    await expect(names(first)).toHaveText(["Another"]);
    await expect(first.getByRole("status")).toBeHidden();
    await set(first, "controls", "full");
    await first.getByRole("button", { name: "Open the editor" }).click();
    await expect(first.getByRole("status")).toHaveText(NOT_SHOWN);
    await expect(picture(first)).toBeVisible();
    expect((await heard(page)).map(({ type }) => type)).not.toContain("planerror");

    isOffline = false;
    await table.click();
    await expect(first.getByRole("row")).toHaveCount(2);
    await expect(first.getByRole("status")).toBeHidden();
  });

  test("a wait in vain is none of a later text's business", async ({ page }) => {
    const [first] = await openTwo(page);
    const release = await hold(page, REST);
    const asked = page.waitForRequest(REST);
    await first.getByLabel("Deploy services in parallel").click();
    await asked;
    await setText(first, ask("Newer"));
    await expect(names(first)).toHaveText(["Newer"]);
    release();
    await expect(as(first, (it) => it.plan(), null)).rejects.toThrow("could not be loaded");
    await expect(first.getByRole("status")).toBeHidden();
    expect((await heard(page)).map(({ type }) => type)).not.toContain("planerror");
  });

  test("a script that hears of it may give another text", async ({ page }) => {
    const [, second] = await openTwo(page);
    const summary = await as(
      second,
      async (it, [text, other]) => {
        it.addEventListener("planerror", () => (it.text = other), { once: true });
        const failed = new Promise((told) => it.addEventListener("planerror", told, { once: true }));
        it.text = text;
        await failed;
        return (await it.ready).summary;
      },
      [LOOP, ask("Other")] as const,
    );
    expect(summary).toBe("1 stage, 0 deployments, 1m");
    await expect(second.getByText("Other")).not.toHaveCount(0);
  });

  test("a link that comes first leaves the others their pictures", async ({ page }) => {
    await page.goto(`embed.html#${linkTo(LOOP)}`);
    const note = elements(page).getByRole("note");
    await expect(note).toHaveText(/^No live picture: .*deployline_rest-\w+\.wasm could not be loaded\.$/);
    await page.evaluate((text) => {
      const added = document.createElement("deploy-line");
      added.text = text;
      document.body.append(added);
    }, ask("Beside"));
    await expect(names(elements(page).nth(1))).toHaveText(["Beside"]);
  });

  test("what is no rest is refused", async ({ page }) => {
    await page.route(REST, (route) => route.fulfill({ contentType: "text/html", body: "<h1>Welcome</h1>" }));
    const [, second] = await openTwo(page);
    await setText(second, LOOP);
    const reason = "This is the plan before: the files of its WebAssembly are not of one build.";
    await expect(second.getByRole("status")).toHaveText(reason);
    await expect(names(second)).toHaveText(["slot 1", "slot 1"]);
  });

  test("a first text that needs it stays as it is", async ({ page }) => {
    await openTwo(page);
    await page.evaluate((text) => {
      const added = document.createElement("deploy-line");
      added.innerHTML = "<pre></pre>";
      added.firstElementChild!.textContent = text;
      document.querySelector("main")?.append(added);
    }, LOOP);
    const third = elements(page).nth(2);
    await expect(third.getByRole("note")).toHaveText(/^No live picture: .*could not be loaded\.$/);
    await expect(third.getByText("repeat: {times: 2}")).toBeVisible();
    await expect(picture(third)).toBeHidden();
    await expect(as(third, (it) => it.ready, null)).rejects.toThrow("could not be loaded");
  });
});
