// Lists in the form: services, environments, infrastructures, and the axes of a looping strategy.

import type { Page } from "@playwright/test";
import { SHOP, card, drag, enter, expectStep, form, list, openForm, section, status, values } from "./form";
import { boxes, expect, expectText, test, text, undo } from "./page";

test.describe("services", () => {
  test.beforeEach(async ({ page }) => {
    await openForm(page);
    await card(page, "Staging").click();
  });

  const [web, api, cart] = [
    "              - serviceRef: web # the shop\n",
    '              - serviceRef: "api"\n',
    "              - serviceRef: cart\n",
  ];
  const row = (page: Page, number: number) =>
    list(page, "Services").getByLabel(`Name of service ${number}`);

  test("are added, and the field is ready for the next", async ({ page }) => {
    const add = form(page).getByRole("textbox", { name: "Add a service" });
    await add.fill("search");
    await add.press("Enter");
    await expect(status(page)).toHaveText("Added search");
    await expect(add).toBeFocused();
    await expect(add).toHaveValue("");
    await expectStep(page, SHOP.replace(cart, `${cart}              - serviceRef: search\n`));
  });

  test("are renamed in place; Escape keeps the old name", async ({ page }) => {
    await row(page, 2).fill("api-v2");
    await row(page, 2).press("Escape");
    await expect(row(page, 2)).toHaveValue("api");
    await enter(row(page, 2), "api-v2");
    await expect(status(page)).toHaveText("api is api-v2 now");
    await expectStep(page, SHOP.replace('"api"', '"api-v2"'));
  });

  test("are moved by keys and buttons, and removed", async ({ page }) => {
    await row(page, 1).focus();
    await page.keyboard.press("Alt+ArrowDown");
    await expect(status(page)).toHaveText("Moved web to place 2 of 3");
    await expect(row(page, 2)).toBeFocused();
    await expectStep(page, SHOP.replace(web + api, api + web));

    await row(page, 3).hover();
    await list(page, "Services").getByRole("button", { name: "Move cart up" }).click();
    await expectStep(page, SHOP.replace(api + cart, cart + api));

    await list(page, "Services").getByRole("button", { name: "Remove api" }).click();
    await expectStep(page, SHOP.replace(api, ""));
  });

  test("are dragged by their grip", async ({ page }) => {
    const first = (await row(page, 1).boundingBox())!;
    const grip = list(page, "Services").locator(".dl-grip").nth(2);
    await drag(page, grip, { x: first.x + 20, y: first.y + 2 });
    await expect(list(page, "Services").locator(".dl-drop-target")).toHaveCount(1);
    await page.mouse.up();
    await expectStep(page, SHOP.replace(web + api + cart, cart + web + api));
  });

  test("of other stages are suggested while typing", async ({ page }) => {
    await card(page, "Production").click();
    const add = form(page).getByRole("textbox", { name: "Add a service" });
    await add.pressSequentially("ca");
    const offer = form(page).getByRole("group", { name: "Names used elsewhere" });
    await expect(offer.getByRole("button")).toHaveText(["cart"]);
    await page.keyboard.press("ArrowDown");
    await expect(offer.getByRole("button", { name: "cart" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(status(page)).toHaveText("Added cart");
    expect(await values(list(page, "Services"), "service")).toEqual(["web", "cart"]);
  });

  test("become one, after a question which to keep, and several again", async ({ page }) => {
    const services = section(page, "Services");
    await services.getByRole("button", { name: "One" }).click();
    await services.getByLabel("Keep only").selectOption("cart");
    await services.getByRole("button", { name: "Keep", exact: true }).click();
    await expect(status(page)).toHaveText("One service");
    expect(await values(list(page, "Services"), "service")).toEqual(["cart"]);
    await expect(services.getByRole("button", { name: "One" })).toHaveAttribute("aria-pressed", "true");
    await services.getByRole("button", { name: "Several" }).click();
    await expect.poll(() => text(page)).toMatch(/services:\n +values:\n +- serviceRef: cart\n/);
  });

  test("and targets have checkboxes for parallel", async ({ page }) => {
    await expect(page.getByRole("group", { name: "Deployment stages" })).toHaveCount(0);
    await boxes(page, "Staging").services.uncheck();
    await expectStep(page, SHOP.replace("{parallel: true}", "{parallel: false}"));
    await boxes(page, "Staging").targets.check();
    await expectStep(page, SHOP.replace("parallel: false", "parallel: true"));
  });
});

test.describe("environments", () => {
  test.beforeEach(async ({ page }) => {
    await openForm(page);
    await card(page, "Staging").click();
  });

  const eu = "                  - identifier: eu\n";
  const us = "                  - identifier: us\n";

  test("list infrastructures, which can be moved, removed and added", async ({ page }) => {
    const inner = list(page, "Infrastructures of stage");
    await inner.getByLabel("Name of infrastructure 2").focus();
    await page.keyboard.press("Alt+ArrowUp");
    await expectStep(page, SHOP.replace(eu + us, us + eu));
    await inner.getByRole("button", { name: "Remove eu" }).click();
    await expectStep(page, SHOP.replace(eu, ""));
    await enter(form(page).getByRole("textbox", { name: "Add an infrastructure" }), "asia");
    await expectStep(page, SHOP.replace(us, `${us}                  - identifier: asia\n`));

    const first = (await inner.getByLabel("Name of infrastructure 1").boundingBox())!;
    await drag(page, inner.locator(".dl-grip").nth(1), { x: first.x + 20, y: first.y + 2 });
    await page.mouse.up();
    await expectStep(page, SHOP.replace(eu + us, us + eu));
  });

  test('have a checkbox "Deploy to all infrastructures", cleared by adding one', async ({ page }) => {
    const all = section(page, "Environments").getByLabel("Deploy to all infrastructures");
    await all.check();
    await expect.poll(() => text(page)).toMatch(/deployToAll: true\n/);
    await undo(page);
    await expectText(page, SHOP);
    await card(page, "Production").click();
    await expect(all).toBeChecked();
    await enter(form(page).getByRole("textbox", { name: "Add an infrastructure" }), "eu");
    await expect(all).not.toBeChecked();
    expect(await values(list(page, "Infrastructures of prod"), "infrastructure")).toEqual(["eu"]);
  });

  test("can be one, several or a group", async ({ page }) => {
    const environments = section(page, "Environments");
    await enter(form(page).getByRole("textbox", { name: "Add an environment" }), "qa");
    expect(await values(list(page, "Environments"), "environment")).toContain("qa");
    await environments.getByRole("button", { name: "One" }).click();
    await environments.getByRole("button", { name: "Cancel" }).click();
    await environments.getByRole("button", { name: "Group" }).click();
    await enter(form(page).getByLabel("Environment group", { exact: true }), "europe");
    await expect.poll(() => text(page)).toMatch(/environmentGroup:\n/);
    await expect.poll(() => text(page)).toContain("envGroupRef: europe\n");
    await undo(page);
    await undo(page);
    await undo(page);
    await expectText(page, SHOP);
  });
});

test.describe("looping strategies", () => {
  test.beforeEach(async ({ page }) => {
    await openForm(page);
    await card(page, "Production").click();
  });

  const axis = (page: Page, name: string) =>
    form(page).getByRole("group", { name: `Axis ${name}`, exact: true });

  test("have axes and values that can be changed", async ({ page }) => {
    await enter(axis(page, "zone").getByRole("textbox", { name: "Add a value" }), "c");
    await expectStep(page, SHOP.replace("[a, b]", "[a, b, c]"));
    await axis(page, "size").getByLabel("Name of value 2").focus();
    await page.keyboard.press("Alt+ArrowUp");
    const [small, large] = ["              - small\n", "              - large\n"];
    await expectStep(page, SHOP.replace(small + large, large + small));
    await enter(axis(page, "zone").getByLabel("Name of the axis"), "area");
    await expectStep(page, SHOP.replace("zone: [a, b]", "area: [a, b]"));
    await form(page).getByRole("button", { name: "Remove the axis zone" }).click();
    await expectStep(page, SHOP.replace("            zone: [a, b]   # both\n", ""));
    await enter(form(page).getByRole("textbox", { name: "Add an axis" }), "color");
    await expect(axis(page, "color").getByLabel("Name of value 1")).toHaveValue("value");
  });

  test("can leave out combinations", async ({ page }) => {
    await form(page).getByRole("button", { name: "Leave out a combination" }).click();
    const rule = form(page).getByRole("group", { name: "Left out: rule 1" });
    await rule.getByLabel("size").selectOption("large");
    await rule.getByLabel("zone").selectOption("any");
    await expect.poll(() => text(page)).toMatch(/exclude:\n +- size: large\n/);
    await rule.getByRole("button", { name: "Remove rule 1" }).click();
    await expectText(page, SHOP);
  });

  test("can be replaced by another kind with its own settings", async ({ page }) => {
    const looping = section(page, "Looping strategy");
    await enter(looping.getByLabel("Max concurrency"), "1");
    await expectStep(page, SHOP.replace("maxConcurrency: 2", "maxConcurrency: 1"));
    await looping.getByRole("button", { name: "Repeat" }).click();
    await enter(looping.getByLabel("Times"), "3");
    await expect.poll(() => text(page)).toMatch(/strategy:\n +repeat:\n +times: 3\n/);
    await looping.getByRole("button", { name: "Parallelism" }).click();
    await enter(looping.getByLabel("How many"), "4");
    await expect.poll(() => text(page)).toMatch(/strategy:\n +parallelism: 4\n/);
    await looping.getByRole("button", { name: "None" }).click();
    await expectText(page, SHOP.slice(0, SHOP.indexOf("        strategy:")));
  });
});
