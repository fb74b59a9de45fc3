// What the page says about a run: why a deployment starts when it does, waves, playing.

import type { Page } from "@playwright/test";
import { bar, choose, details, expect, open, test, timeline, total } from "./page";

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

test.describe("why a deployment starts when it does", () => {
  test("a picked bar shows the chain of deployments it waited for, in picture and words", async ({
    page,
  }) => {
    await open(page);
    await bar(page, 7).click();
    await expect(details(page)).toContainText(
      "Starts at 3m: slot 1 was taken by S1 K82 until then.",
    );
    await expect(page.locator(".dl-in-chain")).toHaveCount(4);
    await expect(page.locator(".dl-chain-line")).toHaveCount(3);
    await details(page).getByText("What led to it: 3 links").click();
    await expect(details(page).getByRole("listitem")).toHaveText([
      "S1 I1 Starts with the pipeline.",
      "S1 I2 Starts at 1m: slot 1 was taken by S1 I1 until then.",
      "S1 K82 Starts at 2m: slot 1 was taken by S1 I2 until then.",
      "S1 K81 Starts at 3m: slot 1 was taken by S1 K82 until then.",
    ]);
    await details(page).getByRole("button", { name: "S1 I2" }).click();
    await expect(details(page)).toContainText("3. S1 I2");
    await expect(page.locator(".dl-in-chain")).toHaveCount(2);
  });

  test("the chain crosses stages", async ({ page }) => {
    await open(page);
    await choose(page, "Shop release: 16 services, 3 environments");
    await expect(page.getByText("3 stages")).toBeVisible();
    await timeline(page).focus();
    await page.keyboard.press("End");
    await expect(details(page)).toContainText(/Starts at .*: (slot|the stage|waits)/);
  });

  test("the critical path is shown on demand", async ({ page }) => {
    await open(page);
    await expect(page.locator(".dl-critical")).toHaveCount(0);
    const toggle = button(page, "Critical path");
    await toggle.click();
    await expect(toggle).toHaveAttribute("aria-pressed", "true");
    await expect(page.locator(".dl-critical")).toHaveCount(4);
    await expect(page.locator(".dl-critical-line")).toHaveCount(3);
    await toggle.click();
    await expect(page.locator(".dl-critical")).toHaveCount(0);
  });

  test("the graph below the rows shows the limit as a line", async ({ page }) => {
    await open(page);
    await expect(page.locator(".dl-graph")).toContainText("Limit");
    for (const shape of [".dl-level-running", ".dl-level-waiting", ".dl-level-limit"]) {
      await expect(page.locator(`.dl-graph path${shape}`)).toHaveAttribute("d", /^M/);
    }
  });
});

test("deployments that start before an earlier target is finished are counted, and drawn as waves", async ({
  page,
}) => {
  await open(page);
  const note = page.getByRole("region", { name: "Sequential is not wave by wave" });
  await expect(note).toHaveCount(0);
  // S1 takes 3m on the first target: S2 goes on to the second one after a minute.
  await bar(page, 1).click();
  await details(page).getByLabel("Takes").fill("3m");
  await page.keyboard.press("Enter");
  await expect(note).toContainText(
    "2 deployments start on a later target before an earlier one is finished: " +
      "S1 I2 starts at 1m, S1 I1 ends at 3m.",
  );
  await expect(total(page)).toHaveText("5m");
  await note.getByLabel(/Show it as waves/).check();
  await expect(total(page)).toHaveText("6m");
  await expect(note).toContainText("as waves it would take 6m, really it takes 5m");
  await expect(page.locator(".dl-ghost").first()).toBeVisible();
  await note.getByLabel(/Show it as waves/).uncheck();
  await expect(total(page)).toHaveText("5m");
  await expect(page.locator(".dl-ghost")).toHaveCount(0);
});

test.describe("playing", () => {
  const counts = (page: Page) =>
    page.getByRole("list", { name: "At this time" }).getByRole("listitem");
  const slider = (page: Page) => page.getByLabel("Time in the run");

  test("by the slider shows what runs, waits and is done at that time", async ({ page }) => {
    await open(page);
    await slider(page).fill("90000");
    await expect(counts(page)).toHaveText(["2 running", "4 waiting", "2 done"]);
    await expect(slider(page)).toHaveAttribute("aria-valuetext", "1m 30s");
    await expect(page.locator(".dl-bar.dl-running")).toHaveCount(2);
    await expect(page.locator(".dl-bar.dl-waiting")).toHaveCount(4);
    await expect(page.locator(".dl-bar.dl-done")).toHaveCount(2);
    await expect(page.locator(".dl-graph")).toContainText("Running 2");
    await page.keyboard.press("Tab");
    await slider(page).focus();
    await page.keyboard.press("End");
    await expect(counts(page)).toHaveText(["0 running", "0 waiting", "8 done"]);
    await button(page, "Show all").click();
    await expect(page.locator(".dl-bar.dl-done")).toHaveCount(0);
    await expect(counts(page)).toHaveCount(0);
  });

  test("runs by itself until it is paused", async ({ page }) => {
    await open(page);
    await button(page, "Play the run").click();
    await expect(page.locator(".dl-bar.dl-done")).not.toHaveCount(0);
    await button(page, "Pause").click();
    await expect(button(page, "Play the run")).toBeVisible();
    const time = Number(await slider(page).inputValue());
    expect(time).toBeGreaterThanOrEqual(60_000);
    expect(time).toBeLessThan(240_000);
  });

  test("goes from event to event with reduced motion", async ({ page }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    await open(page);
    const seen = new Set<string>();
    await page.exposeFunction("saw", (time: string) => seen.add(time));
    await slider(page).evaluate((element) => {
      const saw = (window as unknown as { saw: (time: string) => void }).saw;
      const observer = new MutationObserver(() => saw(element.ariaValueText ?? ""));
      observer.observe(element, { attributes: true, attributeFilter: ["aria-valuetext"] });
    });
    await button(page, "Play the run").click();
    await expect(counts(page)).toHaveText(["0 running", "0 waiting", "8 done"]);
    expect([...seen]).toEqual(["1m", "2m", "3m", "4m"]);
  });
});
