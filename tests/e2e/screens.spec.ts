// The pictures of the page in docs/pictures/, and that each of them fits its window.
//
//     DEPLOYLINE_PICTURES=1 npx playwright test --project=page screens

import { fileURLToPath } from "node:url";
import { bars, choose, expect, open, overflow, test, timeline } from "./page";

const screens = {
  wide: {
    viewport: { width: 1440, height: 900 },
    example: "Shop release: 16 services, 3 environments",
    stages: "3 stages",
  },
  narrow: {
    viewport: { width: 390, height: 844 },
    example: "Scenario 5: services in parallel, two environments",
    stages: "1 stage",
  },
};

for (const [name, { viewport, example, stages }] of Object.entries(screens)) {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`${name}, ${colorScheme}`, async ({ page }) => {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await open(page);
      await choose(page, example);
      await expect(page.getByText(stages, { exact: true })).toBeVisible();
      expect(await overflow(page)).toBe(0);

      // The picture is what it is about: where it stands below the YAML, down to it.
      await timeline(page).evaluate((element) => {
        const isBelow = element.getBoundingClientRect().bottom > innerHeight;
        if (isBelow) element.scrollIntoView({ block: "center" });
      });
      await expect(bars(page).first()).toBeInViewport();
      expect(await overflow(page)).toBe(0);
      if (process.env.DEPLOYLINE_PICTURES === "1") {
        const file = new URL(`../../docs/pictures/${name}-${colorScheme}.png`, import.meta.url);
        await page.screenshot({ path: fileURLToPath(file), animations: "disabled" });
      }
    });
  }
}
