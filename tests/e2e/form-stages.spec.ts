// Stages in the form: moving, grouping, adding, removing, and their fields.

import {
  BUILD,
  PRODUCTION,
  SHOP,
  STAGING,
  card,
  chosen,
  drag,
  enter,
  expectStep,
  form,
  openForm,
  section,
  status,
  strip,
  tool,
} from "./form";
import { bars, expect, expectText, test, text, undo } from "./page";

test.describe("stages", () => {
  test.beforeEach(({ page }) => openForm(page));

  const swapped = SHOP.replace(`${STAGING}\n${PRODUCTION}`, `${PRODUCTION}${STAGING}\n`);

  test("are moved by keys, and stay chosen and focused", async ({ page }) => {
    await card(page, "Staging").click();
    await page.keyboard.press("Alt+ArrowRight");
    await expect(status(page)).toHaveText("Moved Staging after Production");
    await expect(chosen(page)).toHaveAccessibleName(/^Staging/);
    await expect(chosen(page)).toBeFocused();
    const moved = await text(page);
    expect(moved.replaceAll("\n\n", "\n")).toBe(swapped.replaceAll("\n\n", "\n"));
    expect(moved).toContain("    # Everything is tried out here.\n    - stage:\n        name: Staging");
    await page.keyboard.press("ControlOrMeta+z");
    await expectText(page, SHOP);
    await expect(chosen(page)).toHaveAccessibleName(/^Staging/);
    await page.keyboard.press("ControlOrMeta+Shift+Z");
    await expectText(page, moved);
  });

  test("are moved by a button, which keeps the focus", async ({ page }) => {
    await card(page, "Production").click();
    await tool(page, "Move left").focus();
    await page.keyboard.press("Enter");
    await expect(status(page)).toHaveText("Moved Production before Staging");
    await expect(tool(page, "Move left")).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(status(page)).toHaveText("Moved Production before Build");
    await expect(tool(page, "Move left")).toHaveAttribute("aria-disabled", "true");
    await expect(strip(page).locator(".dl-flow-name")).toHaveText(["Production", "Build", "Staging"]);
  });

  test("are dragged between others; Escape cancels", async ({ page }) => {
    const target = (await card(page, "Build").boundingBox())!;
    const before = { x: target.x - 6, y: target.y + 20 };
    await drag(page, card(page, "Staging"), before);
    await expect(strip(page).locator(".dl-drop-target")).toHaveCount(1);
    await page.keyboard.press("Escape");
    await expect(strip(page).locator(".dl-drop-target")).toHaveCount(0);
    await page.mouse.up();
    expect(await text(page)).toBe(SHOP);

    await drag(page, card(page, "Staging"), before);
    await page.mouse.up();
    await expect(status(page)).toHaveText("Moved Staging before Build");
    await expect(strip(page).locator(".dl-flow-name")).toHaveText(["Staging", "Build", "Production"]);
    await undo(page);
    await expectText(page, SHOP);
  });

  test("are moved into a parallel group and out of it", async ({ page }) => {
    const target = (await card(page, "Build").boundingBox())!;
    const below = { x: target.x + 60, y: target.y + target.height + 12 };
    await drag(page, card(page, "Staging"), below);
    await page.mouse.up();
    await expect(status(page)).toHaveText("Staging runs in parallel with Build now");
    await expect(strip(page).getByRole("button", { name: /^2 in parallel/ })).toBeVisible();
    const grouped = await text(page);
    expect(grouped).toContain("    - parallel:\n");
    expect(grouped).toContain("name: Build   # first");
    expect(grouped).toContain("- serviceRef: web # the shop");
    await undo(page);
    await expectText(page, SHOP);

    // The same by keys, then out of the group again.
    await card(page, "Staging").click();
    await page.keyboard.press("Alt+Shift+ArrowLeft");
    await expectText(page, grouped);
    await page.keyboard.press("ArrowUp");
    await expect(chosen(page)).toHaveAccessibleName(/^Build/);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Alt+ArrowUp");
    await expect(strip(page).locator(".dl-flow-name")).toHaveText(["Staging", "Build", "Production"]);
    await tool(page, "Out of the group, to the right").click();
    await expect(strip(page).getByRole("button", { name: /^2 in parallel/ })).toHaveCount(0);
    await expect(strip(page).locator(".dl-flow-name")).toHaveText(["Build", "Staging", "Production"]);
    expect(await text(page)).not.toContain("parallel:\n    ");
  });

  test("are duplicated under another name, and removed", async ({ page }) => {
    await card(page, "Build").click();
    await tool(page, "Duplicate").click();
    await expect(strip(page).locator(".dl-flow-name")).toHaveCount(4);
    await expect(chosen(page)).not.toHaveAccessibleName(/^Build Custom/);
    await expect(chosen(page)).toBeFocused();
    await page.keyboard.press("Delete");
    await expectText(page, SHOP);

    await card(page, "Staging").click();
    await page.keyboard.press("Delete");
    await expect(status(page)).toHaveText("Removed Staging");
    await expect(chosen(page)).toHaveAccessibleName(/^Production/);
    await expect(chosen(page)).toBeFocused();
    const removed = await text(page);
    expect(removed).not.toContain("staging");
    expect(removed.startsWith(SHOP.slice(0, SHOP.indexOf(BUILD) + BUILD.length))).toBe(true);
    expect(removed.endsWith(PRODUCTION)).toBe(true);
    await undo(page);
    await expectText(page, SHOP);
  });

  test("are added at a plus sign, after a question which type", async ({ page }) => {
    await strip(page).getByRole("button", { name: "Add a stage before Staging" }).click();
    const asked = form(page).getByRole("group", { name: "Add a stage before Staging" });
    await expect(asked.getByRole("button", { name: "Deployment" })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(asked).toHaveCount(0);
    await expect(chosen(page)).toBeFocused();
    expect(await text(page)).toBe(SHOP);

    await strip(page).getByRole("button", { name: "Add a stage in parallel with Staging" }).click();
    await form(page).getByRole("button", { name: "Approval", exact: true }).click();
    await expect(strip(page).getByRole("button", { name: /^2 in parallel/ })).toBeVisible();
    await expect(chosen(page)).toHaveAccessibleName(/Approval$/);
    await undo(page);
    await expectText(page, SHOP);
  });

  test("are chosen by keys and in the timeline, and marked in the YAML", async ({ page }) => {
    await card(page, "Build").click();
    await page.keyboard.press("End");
    await expect(chosen(page)).toHaveAccessibleName(/^Production/);
    await page.keyboard.press("ArrowLeft");
    await expect(chosen(page)).toHaveAccessibleName(/^Staging/);
    await expect(chosen(page)).toBeFocused();
    const marked = page.locator(".cm-markedLine");
    await expect(marked.first()).toContainText("name: Staging");
    await expect(marked.last()).toContainText("pipelineStatus: Success");

    await bars(page).last().click();
    await expect(chosen(page)).toHaveAccessibleName(/^Production/);
  });

  test("have fields for name, condition, limit and failures", async ({ page }) => {
    await card(page, "Staging").click();
    await enter(form(page).getByLabel("Name", { exact: true }), "Try out");
    await expectStep(page, SHOP.replace("name: Staging", "name: Try out"));
    await form(page).getByLabel("Pipeline status").selectOption("All");
    await expectStep(page, SHOP.replace("pipelineStatus: Success", "pipelineStatus: All"));
    await enter(form(page).getByLabel("And this condition holds"), '<+trigger.type> == "Cron"');
    await expect.poll(() => text(page)).toContain("condition: <+trigger.type> == \"Cron\"\n");
    await undo(page);

    const limit = section(page, "Limits").getByLabel("Max concurrency");
    await expect(limit).toHaveAttribute("placeholder", "3, computed");
    await enter(limit, "none");
    await expect(form(page).getByRole("alert")).toHaveText("Expected a whole number of at least 1.");
    await limit.press("Escape");
    await expect(form(page).getByRole("alert")).toHaveCount(0);
    await enter(limit, "2");
    await expect.poll(() => text(page)).toMatch(/multiDeploymentConfig:\n +maxConcurrency: 2\n/);
    await section(page, "Limits").getByLabel("On failure").selectOption("SkipQueued");
    await expect.poll(() => text(page)).toMatch(/maxConcurrency: 2\n +onFailure: SkipQueued\n/);
    await enter(limit, "");
    await expect.poll(() => text(page)).not.toContain("maxConcurrency: 2\n          ");
    await expect(limit).toHaveValue("");
  });
});
