// What the YAML leaves open, filled in by hand.

import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import {
  addressOf,
  assumptions,
  bars,
  corpus,
  editor,
  expect,
  expectText,
  open,
  order,
  overflow,
  paste,
  test,
  text,
  undo,
} from "./page";

const tab = (page: Page) => page.getByRole("tab", { name: /^Inputs/ });
const panel = (page: Page) => page.getByRole("tabpanel", { name: "Inputs" });
const ofStage = (page: Page, name: string) =>
  panel(page).getByRole("group", { name, exact: true });
const given = (page: Page) => panel(page).getByRole("region", { name: "Given by hand" });
const button = (page: Page, name: string) => panel(page).getByRole("button", { name, exact: true });

async function openInputs(page: Page, yaml: string): Promise<void> {
  await open(page);
  await paste(page, yaml);
  await tab(page).click();
  await expect(panel(page)).toBeVisible();
}

/** A list of services, one of three, a flag, and all infrastructures of an environment. */
const yaml = `pipeline:
  identifier: shop
  stages:
    - stage:
        name: Test
        identifier: test
        type: Deployment
        spec:
          services:
            values: <+input> # which?
            metadata:
              parallel: <+input>
          environments:
            metadata: {parallel: false}
            values:
              - environmentRef: prod
                deployToAll: true
    - stage:
        name: Live
        identifier: live
        type: Deployment
        spec:
          service:
            serviceRef: <+input>.allowedValues(cart,web,search)
          environment:
            environmentRef: live
            infrastructureDefinitions:
              - identifier: eu
`;

test("answers are drawn, listed and removed again", async ({ page }) => {
  await openInputs(page, yaml);
  await expect(tab(page)).toHaveText(/^Inputs4 open$/);
  await expect(bars(page)).toHaveCount(2);

  const services = ofStage(page, "Test").getByLabel("Which services?", { exact: true });
  await services.fill("cart, web");
  await services.press("Enter");
  await expect(order(page).first()).toContainText("cart all infrastructures, web all infrastructures");
  await expect(bars(page)).toHaveCount(3);

  // Two, and one more.
  const more = ofStage(page, "Test").getByRole("button", { name: "More" });
  const infrastructures = page.getByRole("spinbutton", {
    name: "How many infrastructures has prod?",
  });
  await more.click();
  await expect(infrastructures).toHaveValue("1");
  await more.click();
  await more.click();
  await expect(infrastructures).toHaveValue("3");
  await expect(bars(page)).toHaveCount(7);
  await ofStage(page, "Test").getByRole("button", { name: "Fewer" }).click();
  await expect(bars(page)).toHaveCount(5);

  await ofStage(page, "Test").getByLabel("Services in parallel?").selectOption("In sequence");
  await expect(order(page).first()).toContainText(
    "cart all_of_prod_1, web all_of_prod_1, cart all_of_prod_2, web all_of_prod_2",
  );
  const choice = ofStage(page, "Live").getByLabel("Which service?");
  await expect(choice.locator("option")).toHaveText(["Open", "cart", "web", "search"]);
  await choice.selectOption("search");
  await expect(order(page).last()).toHaveText("search eu");
  await expect(tab(page)).toHaveText("Inputs");
  expect(await text(page)).toBe(yaml);

  // They stand with all else that is assumed, and go one by one.
  const assumed = assumptions(page).getByRole("list", { name: "Assumed" }).getByRole("listitem");
  await expect(assumed).toHaveCount(4);
  await assumptions(page).getByRole("button", { name: "Remove: Live: Which service? search" }).click();
  await expect(assumed).toHaveCount(3);
  await expect(choice).toHaveValue("");
  await ofStage(page, "Test").getByRole("button", { name: "Remove: Which services?" }).click();
  await expect(services).toHaveValue("");
  await expect(bars(page)).toHaveCount(3);
  await button(page, "Reset").click();
  await expect(assumed).toHaveCount(0);
  await expect(bars(page)).toHaveCount(2);
});

test("a link opens with its answers", async ({ page, context }) => {
  await openInputs(page, yaml);
  await expect(bars(page)).toHaveCount(2);
  const services = ofStage(page, "Test").getByLabel("Which services?", { exact: true });
  await services.fill("cart, web");
  await services.press("Enter");
  await expect(bars(page)).toHaveCount(3);
  const address = await addressOf(page);
  const other = await context.newPage();
  await other.goto(address);
  await expect(bars(other)).toHaveCount(3);
});

test("answers are copied as YAML, and added to the text as one undo step", async ({ page }) => {
  await openInputs(page, yaml);
  const services = ofStage(page, "Test").getByLabel("Which services?", { exact: true });
  await services.fill("cart, web");
  await services.press("Enter");
  await ofStage(page, "Test").getByRole("button", { name: "More" }).click();
  await ofStage(page, "Test").getByRole("button", { name: "More" }).click();
  await expect(bars(page)).toHaveCount(5);
  const before = await order(page).allTextContents();

  const documents = `inputSet:
  name: Given by hand
  identifier: given_by_hand
  pipeline:
    identifier: shop
    stages:
      - stage:
          identifier: test
          spec:
            services:
              values:
                - serviceRef: cart
                - serviceRef: web
---
infrastructureDefinition:
  name: all_of_prod_1
  identifier: all_of_prod_1
  environmentRef: prod
---
infrastructureDefinition:
  name: all_of_prod_2
  identifier: all_of_prod_2
  environmentRef: prod
`;
  await button(page, "Copy as YAML").click();
  await expect(given(page).getByRole("status")).toHaveText("Copied.");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(documents);

  await button(page, "Add to the text").click();
  await expectText(page, `${yaml}---\n${documents}`);
  await expect(given(page)).toHaveCount(0);
  await expect.poll(() => order(page).allTextContents()).toEqual(before);
  await expect(bars(page)).toHaveCount(5);
  await expect(ofStage(page, "Test").getByText("from an input set")).toBeVisible();

  await undo(page);
  await expectText(page, yaml);
  // What had been given is given again.
  await expect(services).toHaveValue("cart, web");
  await expect(bars(page)).toHaveCount(5);
});

test("a name leads to its place in the YAML", async ({ page }) => {
  await openInputs(page, yaml);
  await ofStage(page, "Test")
    .getByRole("button", { name: "Show services › values in the YAML" })
    .click();
  await editor(page).focus();
  await page.keyboard.press("ControlOrMeta+c");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("<+input>");
});

test("inputs are answered by keys alone", async ({ page }) => {
  await openInputs(page, yaml);
  await tab(page).focus();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowRight");
  await expect(tab(page)).toBeFocused();
  await ofStage(page, "Test").getByLabel("Which services?", { exact: true }).focus();
  await page.keyboard.type("one");
  await page.keyboard.press("Tab");
  await expect(order(page).first()).toContainText("one all infrastructures");
  await ofStage(page, "Test").getByRole("button", { name: "More" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Space");
  await expect(bars(page)).toHaveCount(3);
  await button(page, "Reset").focus();
  await page.keyboard.press("Enter");
  await expect(bars(page)).toHaveCount(2);
});

test("a text without open inputs says so", async ({ page }) => {
  await openInputs(page, corpus("01-single-service.yaml"));
  await expect(panel(page).getByRole("status")).toHaveText(
    "Nothing: everything it needs is in it.",
  );
});

test("it fits a narrow screen without accessibility faults", async ({ page }) => {
  await openInputs(page, corpus("11-runtime-inputs.yaml"));
  const services = ofStage(page, "pick services").getByLabel("Which services?", { exact: true });
  await services.fill("2");
  await services.press("Enter");
  await expect(given(page)).toBeVisible();
  for (const width of [1280, 380]) {
    await page.setViewportSize({ width, height: 800 });
    expect(await overflow(page)).toBe(0);
    const found = await new AxeBuilder({ page }).include(".dl-beside").analyze();
    expect(found.violations).toEqual([]);
  }
});
