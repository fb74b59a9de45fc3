// The pictures of the page in docs/pictures/, and that each of them fits its window.
//
//     DEPLOYLINE_PICTURES=1 npx playwright test --project=page screens

import { fileURLToPath } from "node:url";
import type { Locator, Page } from "@playwright/test";
import {
  assumptions,
  bar,
  bars,
  boxes,
  choose,
  compare,
  details,
  expect,
  names,
  open,
  overflow,
  paste,
  pipeline,
  recovering,
  table,
  test,
  timeline,
} from "./page";

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

      // Where the timeline is below the YAML, scroll down to it.
      await timeline(page).evaluate((element) => {
        const isBelow = element.getBoundingClientRect().bottom > innerHeight;
        if (isBelow) element.scrollIntoView({ block: "center" });
      });
      await expect(bars(page).first()).toBeInViewport();
      expect(await overflow(page)).toBe(0);
      await keep(page, `${name}-${colorScheme}`);
    });
  }
}

test("on a telephone the page ends with what is seen last, and all of it is drawn", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  await shop(page);
  await expect(table(page)).toBeAttached();
  await expect(page.locator(".dl-table tbody tr")).toHaveCount(100);
  const { end, height, hidden } = await page.evaluate(() => {
    const main = document.querySelector("main");
    const seen = [...(main?.querySelectorAll("section, p, table, button") ?? [])].filter((it) =>
      it.checkVisibility({ contentVisibilityAuto: true }),
    );
    const hidden = [...(main?.querySelectorAll("section td") ?? [])].filter(
      (it) => !it.checkVisibility({ contentVisibilityAuto: true }),
    );
    const ends = seen.map((it) => it.getBoundingClientRect().bottom + scrollY);
    return { end: Math.max(...ends), height: document.documentElement.scrollHeight, hidden: hidden.length };
  });
  expect(hidden).toBe(0);
  expect(height - end).toBeLessThan(40);
  expect(await overflow(page)).toBe(0);
});

/** Saves a screenshot for the docs when DEPLOYLINE_PICTURES is set. */
async function keep(shown: Page | Locator, name: string) {
  if (process.env.DEPLOYLINE_PICTURES !== "1") return;
  const file = new URL(`../../docs/pictures/${name}.png`, import.meta.url);
  await shown.screenshot({ path: fileURLToPath(file), animations: "disabled" });
}

const shop = async (page: Page) => {
  await choose(page, "Shop release: 16 services, 3 environments");
  await expect(page.getByText("3 stages", { exact: true })).toBeVisible();
};
const uneven = (page: Page) =>
  assumptions(page).getByRole("button", { name: /^(Other u|U)neven durations$/ }).click();
const picture = (page: Page) => page.locator(".dl-stage");

/** One screenshot for each view: the actions, and the part of the page to show. */
const views: Record<string, (page: Page) => Promise<Locator>> = {
  slots: async (page) => {
    await uneven(page);
    await page.getByLabel("Rows").selectOption("Slots");
    await expect(page.locator(".dl-idle").first()).toBeAttached();
    return picture(page);
  },
  environments: async (page) => {
    await shop(page);
    await page.getByLabel("Rows").selectOption("Environments");
    await page.getByLabel("Colour").selectOption("Environment");
    await expect(page.locator(".dl-group-header, .dl-slot-header").first()).toBeVisible();
    return picture(page);
  },
  why: async (page) => {
    await uneven(page);
    await bar(page, 8).click();
    await details(page).getByText(/^What led to it/).click();
    return page.locator(".dl-picture");
  },
  "critical-path": async (page) => {
    await uneven(page);
    await page.getByRole("button", { name: "Critical path" }).click();
    await expect(page.locator(".dl-critical").first()).toBeVisible();
    return picture(page);
  },
  failure: async (page) => {
    const skipping = pipeline(["web", "api", "cart"], ["east", "west"]).replace(
      "          services:",
      "          multiDeploymentConfig: {onFailure: SkipQueued}\n          services:",
    );
    await paste(page, skipping);
    await boxes(page).services.check();
    await bar(page, 2).click();
    await details(page).getByLabel("Let it fail").check();
    await page.getByLabel("Colour").selectOption("Status");
    await expect(page.locator(".dl-bar.dl-skipped")).toHaveCount(2);
    return picture(page);
  },
  parts: async (page) => {
    await paste(page, recovering(["web", "api", "cart"], ["east", "west"]));
    await boxes(page).services.check();
    for (const number of [3, 1]) {
      await bar(page, number).click();
      await details(page).getByLabel("Let it fail").check();
      if (number === 3) await page.getByLabel("Error type").selectOption("Timeout");
    }
    await expect(page.locator(".dl-rollback").first()).toBeAttached();
    await expect(page.getByRole("group", { name: "How it fails" })).toBeVisible();
    return page.locator(".dl-picture");
  },
  waves: async (page) => {
    await uneven(page);
    await page.getByLabel(/Show it as waves/).check();
    await expect(page.locator(".dl-ghost").first()).toBeVisible();
    return page.locator(".dl-picture");
  },
  pinned: async (page) => {
    await compare(page).getByRole("button", { name: "Pin this plan" }).click();
    await boxes(page).services.uncheck();
    await expect(page.locator(".dl-ghost").first()).toBeVisible();
    return picture(page);
  },
  panels: async (page) => {
    await uneven(page);
    await expect(assumptions(page).getByRole("list", { name: "Assumed", exact: true }).getByRole("listitem")).toHaveCount(1);
    return page.locator(".dl-panels");
  },
  play: async (page) => {
    await shop(page);
    await page.getByLabel("Time in the run").fill("90000");
    await expect(page.locator(".dl-bar.dl-running").first()).toBeAttached();
    return picture(page);
  },
  many: async (page) => {
    await paste(page, pipeline(names("service_", 250), names("infra_", 400)));
    await boxes(page).services.check();
    await uneven(page);
    await expect(page.getByText("100,000 deployments", { exact: true })).toBeVisible();
    await expect(page.getByText("1 to 100 of 100000", { exact: true })).toBeAttached();
    return picture(page);
  },
};

for (const [name, show] of Object.entries(views)) {
  test(`the view ${name}`, async ({ page }) => {
    await page.setViewportSize({ width: 1440, height: ["why", "waves"].includes(name) ? 1150 : 1000 });
    await open(page);
    const shown = await show(page);
    await expect(shown).toBeVisible();
    expect(await overflow(page)).toBe(0);
    await keep(shown, name);
  });
}
