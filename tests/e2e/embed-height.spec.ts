// The height of `<deploy-line>` where the page gives it none.

import type { Locator } from "@playwright/test";
import { openTwo, picture, setText } from "./embed";
import { expect, pipeline, test } from "./page";

/** The heights of the element, and what its rows and all of it would need beyond what they have. */
const heights = async (element: Locator) => {
  const inner = (node: Element) => node.scrollHeight - node.clientHeight;
  return {
    element: (await element.boundingBox())?.height ?? 0,
    rows: await picture(element).evaluate(inner),
    all: await element.evaluate((node) => {
      const all = node.shadowRoot?.querySelector(".dl");
      return all ? all.scrollHeight - all.clientHeight : -1;
    }),
  };
};

test("a small plan is shown whole, and of a large one the rows scroll", async ({ page }) => {
  const [first] = await openTwo(page);
  await first.evaluate((element) => element.removeAttribute("height"));
  await setText(first, pipeline(["a", "b", "c"], ["eu", "us"]));
  await expect(first.getByText("1 stage, 6 deployments")).toBeVisible();
  await expect.poll(() => heights(first)).toMatchObject({ rows: 0, all: 0 });
  expect((await heights(first)).element).toBeLessThanOrEqual(480);

  const many = Array.from({ length: 20 }, (_, i) => `service-${i}`);
  await setText(first, pipeline(many, ["eu", "us", "ap"]));
  await expect(first.getByText("1 stage, 60 deployments")).toBeVisible();
  await expect.poll(() => heights(first)).toMatchObject({ element: 480, all: 0 });
  expect((await heights(first)).rows).toBeGreaterThan(480);
  // What stands below the rows is in sight.
  const [box, table] = [await first.boundingBox(), await first.getByText("Deployments in order").boundingBox()];
  expect((table?.y ?? Infinity) + (table?.height ?? 0)).toBeLessThan((box?.y ?? 0) + (box?.height ?? 0));

  // A small one again is lower than that.
  await setText(first, pipeline(["a"], ["eu"]));
  await expect.poll(async () => (await heights(first)).element).toBeLessThan(300);
});
