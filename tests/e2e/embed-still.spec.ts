// What stands in a `<deploy-line>` before there is a picture, and where there can be none.

import { elements, embedEvents, names, painted, shift } from "./embed";
import { expect, hold, test } from "./page";

const REASON =
  "No live picture: this page's content-security policy forbids WebAssembly; its script-src needs 'wasm-unsafe-eval'.";

for (const file of ["two.html", "still.html"]) {
  test(`nothing moves when the pictures of ${file} come`, async ({ page }) => {
    const [script, wasm] = [await hold(page, "**/deployline.js"), await hold(page, /\.wasm$/)];
    await page.goto(file, { waitUntil: "commit" });
    const last = page.getByText("Below both.");
    await expect(last).toBeVisible();
    await painted(page);
    const before = await last.boundingBox();
    script();
    await expect(page.locator("deploy-line:defined")).toHaveCount(2);
    await painted(page);
    expect(await last.boundingBox()).toEqual(before);
    wasm();
    await expect(elements(page).getByRole("listbox")).toHaveCount(2);
    await painted(page);
    expect(await last.boundingBox()).toEqual(before);
    expect(await shift(page)).toBe(0);
  });
}

test("a live picture replaces a static one", async ({ page }) => {
  await page.goto("still.html");
  const first = elements(page).nth(0);
  await expect(names(first)).toHaveText(["slot 1", "slot 1"]);
  await expect(first.getByRole("img", { name: "A still picture" })).toBeHidden();
  await expect(page.getByText("stage: {name: Written out")).toBeHidden();
});

test.describe("without scripts", () => {
  test.use({ javaScriptEnabled: false });

  test("the static content stays, with the reason", async ({ page }) => {
    await page.goto("still.html");
    await expect(page.getByRole("img", { name: "A still picture" })).toBeVisible();
    const why = page.locator("noscript");
    await expect(why).toBeVisible();
    expect(await why.textContent()).toBe("Without scripts, this picture stays as it is.");
    const text = page.getByText("stage: {name: Written out");
    await expect(text).toBeVisible();
    const [inner, outer] = [await text.boundingBox(), await elements(page).nth(1).boundingBox()];
    expect(inner?.height).toBeLessThanOrEqual(outer?.height ?? 0);
  });
});

test.describe("with a policy that forbids WebAssembly", () => {
  test.use({ baseURL: "http://127.0.0.1:4177/", expectedComplaints: /Content Security Policy|CSP/ });

  test("the static content stays, with the reason", async ({ page }) => {
    await page.goto("still.html");
    const first = elements(page).nth(0);
    await expect(first.getByRole("note")).toHaveText(REASON);
    await expect(first.getByRole("img", { name: "A still picture" })).toBeVisible();
    await expect(page.getByText("stage: {name: Written out")).toBeVisible();
    await expect(elements(page).nth(1).getByRole("note")).toHaveText(REASON);
    expect((await embedEvents(page)).map(({ type }) => type)).toEqual(["planerror", "planerror"]);
  });
});

test.describe("in a browser without WebAssembly", () => {
  test("the static content stays, with the reason", async ({ page }) => {
    await page.addInitScript(() => Reflect.deleteProperty(globalThis, "WebAssembly"));
    await page.goto("still.html");
    const first = elements(page).nth(0);
    await expect(first.getByRole("note")).toHaveText(
      "No live picture: this browser has no WebAssembly, or it is switched off.",
    );
    await expect(first.getByRole("img", { name: "A still picture" })).toBeVisible();
  });
});
