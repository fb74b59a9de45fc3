// `<deploy-line>` while files are on their way, where they don't come, and while others move it about.

import { ask, as, elements, embedEvents, names, openTwo, picture, set, setText } from "./embed";
import { expect, hold, test } from "./page";

const WASM = /deployline-[0-9a-f]{16}\.wasm$/;

test.describe("while a file loads", () => {
  test.use({ expectedComplaints: /failed: .*two\.yaml/ });

  test("attributes and text set meanwhile apply to the first picture", async ({ page }) => {
    const release = await hold(page, WASM);
    await page.goto("two.html", { waitUntil: "commit" });
    const [first, second] = [elements(page).nth(0), elements(page).nth(1)];
    await expect(page.locator("deploy-line:defined")).toHaveCount(2);
    await set(first, "view", "lanes");
    await set(first, "controls", "none");
    await setText(second, ask("First"));
    await setText(second, ask("Second"));
    release();
    await expect(names(first)).toHaveText(["slot 1", "slot 2"]);
    await expect(first.getByRole("checkbox")).toHaveCount(0);
    await set(second, "view", "order");
    await expect(names(second)).toHaveText(["Second"]);
    // Of what was overtaken nothing is embedEvents.
    const events = (await embedEvents(page)).map(({ number, detail }) => [number, detail.by, detail.facts.stages[0]?.name]);
    expect(events.sort()).toEqual([
      [0, "content", "Production"],
      [1, "script", "Second"],
    ]);
  });
});

test("a moved element keeps its plan, and follows changes made meanwhile", async ({ page }) => {
  const [first, second] = await openTwo(page);
  await first.getByLabel("Deploy services in parallel").uncheck();
  await expect(first.getByText("1 stage, 4 deployments, 10m.")).toBeVisible();
  const count = (await embedEvents(page)).length;
  await as(first, (it) => document.querySelector("main")?.append(it), null);
  const moved = elements(page).nth(1);
  await expect(moved.getByText("1 stage, 4 deployments, 10m.")).toBeVisible();
  await expect(moved.getByLabel("Deploy services in parallel")).not.toBeChecked();
  // A child of another kind is no other plan either.
  await as(moved, (it) => it.append("Another child"), null);
  await expect(picture(moved)).toBeVisible();
  expect((await embedEvents(page)).length).toBe(count);

  await page.evaluate((text) => {
    const element = document.querySelectorAll("deploy-line")[1] as HTMLElement;
    element.remove();
    element.setAttribute("view", "lanes");
    element.querySelector("script")?.replaceChildren(text);
    document.querySelector("main")?.append(element);
  }, ask("Changed"));
  await expect(moved.getByText("1 stage, 0 deployments, 1m.")).toBeVisible();
  await expect(names(moved)).toHaveText(["slot 1"]);
  await expect(picture(second)).toBeVisible();
});

test("an element removed before its picture comes does no harm", async ({ page }) => {
  const release = await hold(page, WASM);
  await page.goto("two.html", { waitUntil: "commit" });
  await expect(page.locator("deploy-line:defined")).toHaveCount(2);
  await page.evaluate(() => document.querySelector("deploy-line")?.remove());
  release();
  await expect(names(elements(page))).toHaveText(["slot 1", "slot 1"]);
});

test("an element created by a script works outside of the page", async ({ page }) => {
  await openTwo(page);
  const summary = await page.evaluate(async (text) => {
    const made = document.createElement("deploy-line");
    made.text = text;
    const { summary } = await made.ready;
    document.querySelector("main")?.append(made);
    return summary;
  }, ask("Made"));
  expect(summary).toBe("1 stage, 0 deployments, 1m");
  await expect(names(elements(page).nth(2))).toHaveText(["Made"]);
});

test("properties set before the element is defined are applied", async ({ page }) => {
  const release = await hold(page, "**/deployline.js");
  await page.goto("two.html", { waitUntil: "commit" });
  await setText(elements(page).nth(1), ask("Early"));
  release();
  await set(elements(page).nth(1), "view", "order");
  await expect(names(elements(page).nth(1))).toHaveText(["Early"]);
});

test("an element that was hidden shows the latest plan", async ({ page }) => {
  const [, second] = await openTwo(page);
  await set(second, "view", "order");
  await expect(names(second)).toHaveText(["Ask", "Test"]);
  await as(second, (it) => void (it.hidden = true), null);
  await setText(second, ask("Behind"));
  await expect.poll(async () => (await embedEvents(page)).at(-1)?.detail.text).toBe(ask("Behind"));
  await as(second, (it) => void (it.hidden = false), null);
  await expect(names(second)).toHaveText(["Behind"]);
});

test("a second copy of the script does not redefine the element", async ({ page }) => {
  const [first] = await openTwo(page);
  const isSame = await page.evaluate(async () => {
    const first = customElements.get("deploy-line");
    const copy = "/deployline.js?copy";
    await import(copy);
    return customElements.get("deploy-line") === first;
  });
  expect(isSame).toBe(true);
  await setText(first, ask("Still"));
  await expect(names(first)).toHaveText(["Still"]);
});

test("a page with trusted types needs to allow one policy", async ({ page }) => {
  await page.route("**/two.html", async (route) => {
    const response = await route.fetch();
    const policy = `${response.headers()["content-security-policy"]}; require-trusted-types-for 'script'; trusted-types deployline`;
    await route.fulfill({ response, headers: { ...response.headers(), "content-security-policy": policy } });
  });
  const [first] = await openTwo(page);
  await first.getByText("Deployments in order").click();
  await expect(first.getByRole("row")).toHaveCount(5);
});

test.describe("when a file is missing", () => {
  test.use({ expectedComplaints: /404|failed: .*gone\.yaml/ });

  test("the plan before stays with the reason, and another file replaces it", async ({ page }) => {
    const [, second] = await openTwo(page);
    await page.route("**/large.yaml", (route) => route.fulfill({ body: "#".repeat(8 * 1024 * 1024 + 1) }));
    for (const [file, reason] of [
      ["gone.yaml", "could not be loaded: 404."],
      ["large.yaml", "is larger than 8 MiB."],
    ] as const) {
      await set(second, "src", file);
      const status = `This is the plan before: http://127.0.0.1:4176/${file} ${reason}`;
      await expect(second.getByRole("status")).toHaveText(status);
      await expect(names(second)).toHaveText(["slot 1", "slot 1"]);
      expect((await embedEvents(page)).at(-1)?.detail.reason).toBe(status.slice("This is the plan before: ".length, -1));
      // Of the plan that is there.
      expect(await as(second, (it) => it.link(), null)).toMatch(/^v2\./);
    }
    await set(second, "src", "two.yaml");
    await expect(second.getByRole("status")).toBeHidden();
  });
});

test.describe("without a network", () => {
  test.use({ expectedComplaints: /ERR_FAILED|failed: / });

  test("the static content stays until the network is back", async ({ page }) => {
    let isOffline = true;
    await page.route(WASM, (route) => (isOffline ? route.abort() : route.fallback()));
    await page.goto("two.html");
    const [first, second] = [elements(page).nth(0), elements(page).nth(1)];
    const reason = /^No live picture: .*deployline-\w+\.wasm could not be loaded\.$/;
    await expect(first.getByRole("note")).toHaveText(reason);
    await expect(second.getByRole("note")).toHaveText(reason);
    isOffline = false;
    await set(second, "src", "two.yaml");
    await expect(names(second)).toHaveText(["slot 1", "slot 1"]);
    await expect(second.getByRole("note")).toBeHidden();
  });
});
