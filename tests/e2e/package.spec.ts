// The npm package in a fresh project, as Vite built it from the tarball.

import { expect, test } from "./documents";

test("the element comes to life from the package", async ({ page }) => {
  await page.goto("vite/index.html");
  await expect(page.getByRole("option", { name: "1. Ask, 0s to 1m" })).toBeVisible();
  await expect(page.getByRole("status").last()).toHaveText("1 stage, 0 deployments, 1m, by script");
});
