// The form as a whole: refusals, line endings, keys alone, touch, accessibility, and large pipelines.

import AxeBuilder from "@axe-core/playwright";
import { SHOP, card, chosen, enter, expectStep, form, list, openForm, section, status, values } from "./form";
import {
  corpus,
  drop,
  editor,
  expect,
  expectText,
  names,
  open,
  overflow,
  paste,
  pipeline,
  test,
  text,
  undo,
} from "./page";

test("a field that can't be changed shows the reason and leads to the line", async ({ page }) => {
  const locked = SHOP.replace("- serviceRef: cart", "- serviceRef: <+pipeline.name>");
  await openForm(page, locked);
  await card(page, "Staging").click();
  const field = list(page, "Services").getByLabel("Name of service 3");
  await expect(field).toBeDisabled();
  const services = section(page, "Services");
  await expect(services).toContainText("An expression stands here");
  await services.getByRole("button", { name: "Show the line" }).click();
  await expect(editor(page)).toBeFocused();
  await expect(page.locator(".cm-activeLine")).toContainText("serviceRef: <+pipeline.name>");
  // The row can still be moved and removed.
  await list(page, "Services").getByRole("button", { name: "Remove <+pipeline.name>" }).click();
  await expectStep(page, locked.replace("              - serviceRef: <+pipeline.name>\n", ""), locked);
});

test("a change that can't be made is refused with its reason", async ({ page }) => {
  const lent = SHOP.replace(
    "          service:\n            serviceRef: web\n",
    "          service:\n            useFromStage: {stage: staging}\n",
  );
  await openForm(page, lent);
  await card(page, "Staging").click();
  await page.keyboard.press("Delete");
  await expect(form(page).getByRole("alert")).toContainText("Another stage takes its services");
  await form(page).getByRole("alert").getByRole("button", { name: "Show the line" }).click();
  await expect(page.locator(".cm-activeLine")).toContainText("useFromStage");
  expect(await text(page)).toBe(lent);
});

test("an edit keeps CRLF line endings and all other bytes", async ({ page }) => {
  const crlf = SHOP.replaceAll("\n", "\r\n");
  await open(page);
  await drop(page, "shop.yaml", crlf);
  await expectText(page, crlf);
  await page.getByRole("tab", { name: "Form" }).click();
  await card(page, "Staging").click();
  await enter(form(page).getByRole("textbox", { name: "Add a service" }), "search");
  const cart = "              - serviceRef: cart\r\n";
  await expectStep(page, crlf.replace(cart, `${cart}              - serviceRef: search\r\n`), crlf);
});

test("broken YAML disables the form until it is fixed", async ({ page }) => {
  await openForm(page);
  await card(page, "Staging").click();
  await paste(page, `${SHOP}: "\n`);
  await expect(form(page)).toContainText("Fix the YAML errors first");
  await expect(form(page).getByLabel("Name", { exact: true })).toBeDisabled();
  await undo(page);
  await expect(form(page).getByLabel("Name", { exact: true })).toBeEnabled();
});

test("a deployment stage with two services is made by keyboard alone", async ({ page }) => {
  await openForm(page, "pipeline:\n  name: New\n  stages: []\n");
  await form(page).getByRole("button", { name: "Deployment", exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect(chosen(page)).toBeFocused();
  // A new stage begins with a runtime input as its service.
  const first = list(page, "Services").getByLabel("Name of service 1");
  await expect(first).toHaveValue("<+input>");
  const isFocused = () => first.evaluate((field) => field === document.activeElement);
  for (let stops = 0; stops < 25 && !(await isFocused()); stops++) await page.keyboard.press("Tab");
  await page.keyboard.type("web");
  await page.keyboard.press("Enter");
  await expect(status(page)).toHaveText("<+input> is web now");
  await page.keyboard.press("Tab");
  const add = form(page).getByRole("textbox", { name: "Add a service" });
  await expect(add).toBeFocused();
  await page.keyboard.type("api");
  await page.keyboard.press("Enter");
  await expect(status(page)).toHaveText("Added api");
  await expect(add).toBeFocused();
  await list(page, "Services").getByLabel("Name of service 2").press("Alt+ArrowUp");
  await expect.poll(() => values(list(page, "Services"), "service")).toEqual(["api", "web"]);
  await expect(first).toBeFocused();
});

test.describe("on a touch screen", () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test("a service is dragged by its grip", async ({ page }) => {
    await openForm(page);
    await card(page, "Staging").click();
    const order = () => values(list(page, "Services"), "service");
    const grip = (await list(page, "Services").locator(".dl-grip").nth(2).boundingBox())!;
    const first = (await list(page, "Services").getByLabel("Name of service 1").boundingBox())!;
    const session = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", y: number) =>
      session.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: type === "touchEnd" ? [] : [{ x: grip.x + 8, y }],
      });
    await touch("touchStart", grip.y + 12);
    for (const share of [0.25, 0.5, 0.75, 1]) {
      await touch("touchMove", grip.y + 12 + (first.y - grip.y - 10) * share);
    }
    await touch("touchEnd", 0);
    await expect.poll(order).toEqual(["cart", "web", "api"]);
  });
});

for (const width of [390, 1440]) {
  for (const [name, yaml, stage] of [
    ["a matrix", SHOP, "Production"],
    ["parallel groups", corpus("04-parallel-groups-barriers.yaml"), "Matchmaker"],
    ["environment groups", corpus("07-environment-groups.yaml"), ""],
    ["the newer schema", corpus("08-flat-schema-v1.yaml"), ""],
    ["templates", corpus("14-stage-templates.yaml"), ""],
  ] as const) {
    test(`no accessibility violation and no overflow: ${name} at ${width} pixels`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await openForm(page, yaml);
      if (stage) await card(page, stage).click();
      const { violations } = await new AxeBuilder({ page }).include(".dl-form").analyze();
      expect(violations).toEqual([]);
      expect(await overflow(page)).toBe(0);
    });
  }
}

test('"Show the line" opens the YAML on a narrow screen', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openForm(page, SHOP.replace("- serviceRef: cart", "- serviceRef: <+pipeline.name>"));
  await expect(editor(page)).toBeHidden();
  await section(page, "Services").getByRole("button", { name: "Show the line" }).click();
  await expect(editor(page)).toBeFocused();
  await expect(page.locator(".cm-activeLine")).toContainText("serviceRef: <+pipeline.name>");
});

test("500 services and 100 stages can be edited", async ({ page }) => {
  await openForm(page, pipeline(names("S", 500), ["i1"]));
  const rows = () => list(page, "Services").getByRole("listitem").count();
  await expect.poll(rows).toBe(200);
  await form(page).getByRole("button", { name: "Show 200 more of 300" }).click();
  await expect.poll(rows).toBe(400);
  await form(page).getByRole("button", { name: "Show 100 more of 100" }).click();
  await list(page, "Services").getByLabel("Name of service 500", { exact: true }).press("Alt+ArrowUp");
  await expect(status(page)).toHaveText("Moved S500 to place 499 of 500");

  const stages = names("T", 100).map(
    (name) => `  - stage: {name: ${name}, identifier: ${name}, type: Custom}\n`,
  );
  await paste(page, `pipeline:\n  stages:\n${stages.join("")}`);
  await card(page, "T1").click();
  await page.keyboard.press("End");
  await expect(chosen(page)).toHaveAccessibleName(/^T100/);
  await expect(chosen(page)).toBeInViewport();
  await page.keyboard.press("Alt+ArrowLeft");
  await expect(status(page)).toHaveText("Moved T100 before T99");
});
