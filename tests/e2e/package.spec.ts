// The npm package in a fresh project, as Vite built it from the tarball.

import { expect, test } from "./documents";

test("the element comes to life from the package", async ({ page }) => {
  await page.goto("vite/index.html");
  const bars = page.getByRole("option");
  await expect(bars).toHaveCount(4);
  await expect(bars.first()).toHaveAccessibleName(/^1\. web I1, 0s to 4m/);
  await expect(page.locator("output")).toHaveText("1 stage, 4 deployments, 10m, by script");

  await page.getByLabel("Deploy services in parallel").check();
  await expect(page.locator("output")).toHaveText("1 stage, 4 deployments, 5m, by checkbox");
});

test("Vite takes the WebAssembly along, under a name of its own, and it is loaded once", async ({ page }) => {
  const loaded: string[] = [];
  page.on("response", (response) => loaded.push(new URL(response.url()).pathname));
  await page.goto("vite/index.html");
  await expect(page.getByRole("option")).toHaveCount(4);
  expect(loaded.filter((path) => path.endsWith(".wasm"))).toEqual([
    expect.stringMatching(/^\/vite\/assets\/deployline_bg-[\w-]+\.wasm$/),
  ]);
});
