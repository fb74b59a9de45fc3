// The example documents, as the real tools built them.

import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "./documents";

const sites = [
  {
    tool: "mdBook",
    regions: "mdbook/two-regions.html",
    options: "mdbook/options.html",
    // Its themes follow the system.
    inTheDark: "rgb(20, 23, 28)",
    isAlive: false,
  },
  {
    tool: "MkDocs",
    regions: "mkdocs/index.html",
    options: "mkdocs/options.html",
    // Its theme is set to light, whatever the system's is.
    inTheDark: "rgb(255, 255, 255)",
    isAlive: false,
  },
  {
    // The second page is MDX.
    tool: "Astro",
    regions: "astro/index.html",
    options: "astro/options.html",
    // It follows the system.
    inTheDark: "rgb(20, 23, 28)",
    // It loads the element.
    isAlive: true,
  },
];

const blocks = (page: Page) => page.locator(".deployline-fence");
const paper = (block: Locator) => block.locator(".dl-paper");

for (const { tool, regions, options, inTheDark, isAlive } of sites) {
  test.describe(tool, () => {
    test("a block is a picture with names that are text, its facts, and a table", async ({
      page,
    }) => {
      await page.goto(regions);
      const block = blocks(page);
      const picture = block.getByRole("img", {
        name: "Two regions: timeline of its deployments: 1 stage, 4 deployments, 5m 30s",
      });
      await expect(picture).toBeVisible();
      const names = await picture.locator("text.dl-name").allTextContents();
      expect(names).toEqual(["web → eu_1", "api → eu_1", "web → us_1", "api → us_1"]);
      const bars = await picture.locator(".dl-shape").all();
      const boxes = await Promise.all(bars.map((bar) => bar.boundingBox()));
      const widths = boxes.map((box) => Math.round(box?.width ?? 0));
      // 4m, 90s, 4m, 90s
      expect(widths[0]).toBe(widths[2]);
      expect((widths[0] ?? 0) / (widths[1] ?? 1)).toBeCloseTo(240 / 90, 1);
      await expect(block.locator("figcaption")).toHaveText(
        "Two regions: 1 stage, 4 deployments, 5m 30s. Each deployment is assumed to take 1m. " +
          "api: 1m 30s. web: 4m",
      );

      await block.getByText("Deployments in order").click();
      const rows = block.getByRole("row");
      await expect(rows).toHaveCount(5);
      await expect(rows.nth(3)).toHaveText(
        /^3\s*Production\s*web\s*prod\s*us_1\s*1m 30s\s*5m 30s\s*Starts at 1m 30s: slot 2 was taken by api eu_1 until then\.$/,
      );
      await expect(page.getByText("So api is in the second region")).toBeVisible();
    });

    test("it is light or dark as the page around it, unless the block sets a theme", async ({ page }) => {
      const [light, dark] = ["rgb(255, 255, 255)", "rgb(20, 23, 28)"];
      await page.emulateMedia({ colorScheme: "light" });
      await page.goto(options);
      await expect(paper(blocks(page).nth(0))).toHaveCSS("fill", dark);
      await expect(paper(blocks(page).nth(1))).toHaveCSS("fill", light);
      await page.emulateMedia({ colorScheme: "dark" });
      await page.reload();
      await expect(paper(blocks(page).nth(0))).toHaveCSS("fill", dark);
      await expect(paper(blocks(page).nth(1))).toHaveCSS("fill", inTheDark);
    });

    test("a block in a list belongs to its item, and shows its errors", async ({
      page,
    }) => {
      await page.goto(options);
      const items = page.locator("main li, [role=main] li").filter({ has: blocks(page) });
      await expect(items).toHaveCount(2);
      await expect(items.nth(0).getByText("slot 1", { exact: true })).toBeVisible();
      await expect(items.nth(1).getByRole("list", { name: "Notes" })).toHaveText(
        /Error, line 5: The \{ that opens here is never closed\. Add \}\./,
      );
    });

    test("a live block keeps its static picture on a page without the element", async ({ page }) => {
      // Without scripts, the element is not defined.
      await page.route("**/*.js", (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
      await page.goto(options);
      const element = page.locator("deploy-line");
      await expect(element).toHaveAttribute("view", "order");
      await expect(element.getByRole("img", { name: /^Pipeline: timeline/ })).toBeVisible();
      const yaml = element.locator("> pre").first();
      await expect(yaml).toBeHidden();
      expect((await yaml.textContent())?.trim()).toBe(
        "stages:\n  - stage: {name: Ask, identifier: ask, type: Approval}\n" +
          "  - stage: {name: Test, identifier: test, type: Custom}",
      );
    });

    test("a narrow window scrolls the picture and not the page", async ({ page }) => {
      await page.setViewportSize({ width: 380, height: 700 });
      await page.goto(regions);
      const region = blocks(page).getByRole("group", { name: "Timeline" });
      const overflow = (element: Element) => element.scrollWidth - element.clientWidth;
      expect(await region.evaluate(overflow)).toBeGreaterThan(100);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(380);
    });

    test("axe finds no violation", async ({ page }) => {
      await page.goto(options);
      if (isAlive) await expect(page.locator("deploy-line").getByRole("option")).toHaveCount(2);
      const details = await page.locator(".deployline-fence summary").filter({ visible: true }).all();
      expect(details).toHaveLength(3);
      for (const summary of details) await summary.click();
      const { violations } = await new AxeBuilder({ page }).include(".deployline-fence").analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    });
  });
}

test("a live block becomes interactive in Astro, where the page loads the element", async ({ page }) => {
  await page.goto("astro/options.html");
  const element = page.locator("deploy-line");
  await expect(element.getByRole("option")).toHaveCount(2);
  await expect(element.getByRole("option", { name: /^1\. Test, 1m to 2m/ })).toBeVisible();
  await expect(element.getByRole("img", { name: /^Pipeline: timeline/ })).toBeHidden();
  // The other blocks stay static pictures.
  await expect(blocks(page).getByRole("img")).toHaveCount(2);
});

test("an included file is drawn, in a box that scrolls", async ({ page }) => {
  await page.goto("mdbook/release.html");
  const region = blocks(page).getByRole("group", { name: "Timeline" });
  expect((await region.boundingBox())?.height).toBeLessThanOrEqual(421);
  await expect(region.locator(".dl-bar")).toHaveCount(112);
  await blocks(page).getByText("Deployments in order").click();
  await expect(blocks(page).getByRole("row")).toHaveCount(113);
});
