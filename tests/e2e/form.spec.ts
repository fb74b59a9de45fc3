// The pipeline as a form: what each control does to the text, by pointer and by keys.

import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import {
  bars,
  boxes,
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

const BUILD = `    - stage:
        name: Build   # first
        identifier: build
        type: Custom
        spec: {execution: {steps: []}}
`;

const STAGING = `    # Everything is tried out here.
    - stage:
        name: Staging
        identifier: staging
        type: Deployment
        spec:
          services:
            values:
              - serviceRef: web # the shop
              - serviceRef: "api"
              - serviceRef: cart
            metadata: {parallel: true}
          environments:
            metadata:
              parallel: false
            values:
              - environmentRef: stage
                infrastructureDefinitions:
                  - identifier: eu
                  - identifier: us
        when:
          pipelineStatus: Success
`;

const PRODUCTION = `    - stage:
        name: Production
        identifier: production
        type: Deployment
        spec:
          service:
            serviceRef: web
          environment:
            environmentRef: prod
            deployToAll: true
        strategy:
          matrix:
            zone: [a, b]   # both
            size:
              - small
              - large
            maxConcurrency: 2
`;

/** Three stages, with comments, quotes and blank lines that no edit may touch. */
const SHOP = `# The nightly release.
pipeline:
  name: Shop
  stages:
${BUILD}
${STAGING}
${PRODUCTION}`;

const form = (page: Page) => page.getByRole("tabpanel", { name: "Form" });
const strip = (page: Page) => form(page).getByRole("group", { name: "Stages", exact: true });
const card = (page: Page, name: string) =>
  strip(page).getByRole("button", { name: new RegExp(`^${name} `) });
const chosen = (page: Page) => strip(page).locator("[aria-current]");
const tools = (page: Page) => form(page).getByRole("toolbar");
const tool = (page: Page, name: string) => tools(page).getByRole("button", { name });
const section = (page: Page, name: string) => form(page).getByRole("region", { name });
const list = (page: Page, name: string) =>
  form(page).getByRole("list", { name, exact: true }).first();
const said = (page: Page) => form(page).getByRole("status");

/** The names that a list's fields hold. */
const values = (list: Locator, noun: string) =>
  list.getByRole("textbox", { name: `Name of ${noun}` }).evaluateAll((fields) =>
    fields.map((field) => (field as HTMLInputElement).value),
  );

async function openForm(page: Page, yaml = SHOP): Promise<void> {
  await open(page);
  await paste(page, yaml);
  await expectText(page, yaml);
  await page.getByRole("tab", { name: "Form" }).click();
}

/** Expects what was done to have made this text, and one step to take it back. */
async function expectStep(page: Page, expected: string, before = SHOP): Promise<void> {
  await expectText(page, expected);
  await undo(page);
  await expectText(page, before);
}

/** Drags by the pointer, slowly enough to be seen. */
async function drag(page: Page, from: Locator, to: { x: number; y: number }): Promise<void> {
  const box = (await from.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(to.x, to.y, { steps: 8 });
}

async function say(field: Locator, value: string): Promise<void> {
  await field.fill(value);
  await field.press("Enter");
}

test.describe("stages", () => {
  test.beforeEach(({ page }) => openForm(page));

  const swapped = SHOP.replace(`${STAGING}\n${PRODUCTION}`, `${PRODUCTION}${STAGING}\n`);

  test("are moved by keys, and followed where they go", async ({ page }) => {
    await card(page, "Staging").click();
    await page.keyboard.press("Alt+ArrowRight");
    await expect(said(page)).toHaveText("Moved Staging after Production");
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
    await expect(said(page)).toHaveText("Moved Production before Staging");
    await expect(tool(page, "Move left")).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(said(page)).toHaveText("Moved Production before Build");
    await expect(tool(page, "Move left")).toHaveAttribute("aria-disabled", "true");
    await expect(strip(page).locator(".dl-flow-name")).toHaveText(["Production", "Build", "Staging"]);
  });

  test("are dragged between others, and let go of by Escape", async ({ page }) => {
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
    await expect(said(page)).toHaveText("Moved Staging before Build");
    await expect(strip(page).locator(".dl-flow-name")).toHaveText(["Staging", "Build", "Production"]);
    await undo(page);
    await expectText(page, SHOP);
  });

  test("go into a parallel group and out of it", async ({ page }) => {
    const target = (await card(page, "Build").boundingBox())!;
    const below = { x: target.x + 60, y: target.y + target.height + 12 };
    await drag(page, card(page, "Staging"), below);
    await page.mouse.up();
    await expect(said(page)).toHaveText("Staging runs in parallel with Build now");
    await expect(strip(page).getByRole("button", { name: /^2 in parallel/ })).toBeVisible();
    const grouped = await text(page);
    expect(grouped).toContain("    - parallel:\n");
    expect(grouped).toContain("name: Build   # first");
    expect(grouped).toContain("- serviceRef: web # the shop");
    await undo(page);
    await expectText(page, SHOP);

    // The same by keys, and back.
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
    await expect(said(page)).toHaveText("Removed Staging");
    await expect(chosen(page)).toHaveAccessibleName(/^Production/);
    await expect(chosen(page)).toBeFocused();
    const removed = await text(page);
    expect(removed).not.toContain("staging");
    expect(removed.startsWith(SHOP.slice(0, SHOP.indexOf(BUILD) + BUILD.length))).toBe(true);
    expect(removed.endsWith(PRODUCTION)).toBe(true);
    await undo(page);
    await expectText(page, SHOP);
  });

  test("are added where a plus is, after it was asked which", async ({ page }) => {
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

  test("are found by keys, from the timeline, and in the YAML", async ({ page }) => {
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

  test("have names, conditions and limits", async ({ page }) => {
    await card(page, "Staging").click();
    await say(form(page).getByLabel("Name", { exact: true }), "Try out");
    await expectStep(page, SHOP.replace("name: Staging", "name: Try out"));
    await form(page).getByLabel("Pipeline status").selectOption("All");
    await expectStep(page, SHOP.replace("pipelineStatus: Success", "pipelineStatus: All"));
    await say(form(page).getByLabel("And this condition holds"), '<+trigger.type> == "Cron"');
    await expect.poll(() => text(page)).toContain("condition: <+trigger.type> == \"Cron\"\n");
    await undo(page);

    const limit = section(page, "Limits").getByLabel("Max concurrency");
    await expect(limit).toHaveAttribute("placeholder", "3, computed");
    await say(limit, "none");
    await expect(form(page).getByRole("alert")).toHaveText("Expected a whole number of at least 1.");
    await limit.press("Escape");
    await expect(form(page).getByRole("alert")).toHaveCount(0);
    await say(limit, "2");
    await expect.poll(() => text(page)).toMatch(/multiDeploymentConfig:\n +maxConcurrency: 2\n/);
    await section(page, "Limits").getByLabel("On failure").selectOption("SkipQueued");
    await expect.poll(() => text(page)).toMatch(/maxConcurrency: 2\n +onFailure: SkipQueued\n/);
    await say(limit, "");
    await expect.poll(() => text(page)).not.toContain("maxConcurrency: 2\n          ");
    await expect(limit).toHaveValue("");
  });
});

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
    await expect(said(page)).toHaveText("Added search");
    await expect(add).toBeFocused();
    await expect(add).toHaveValue("");
    await expectStep(page, SHOP.replace(cart, `${cart}              - serviceRef: search\n`));
  });

  test("are renamed in place, as one thinks better of it too", async ({ page }) => {
    await row(page, 2).fill("api-v2");
    await row(page, 2).press("Escape");
    await expect(row(page, 2)).toHaveValue("api");
    await say(row(page, 2), "api-v2");
    await expect(said(page)).toHaveText("api is api-v2 now");
    await expectStep(page, SHOP.replace('"api"', '"api-v2"'));
  });

  test("are moved by keys and buttons, and removed", async ({ page }) => {
    await row(page, 1).focus();
    await page.keyboard.press("Alt+ArrowDown");
    await expect(said(page)).toHaveText("Moved web to place 2 of 3");
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

  test("known from other stages are offered", async ({ page }) => {
    await card(page, "Production").click();
    const add = form(page).getByRole("textbox", { name: "Add a service" });
    await add.pressSequentially("ca");
    const offer = form(page).getByRole("group", { name: "Names used elsewhere" });
    await expect(offer.getByRole("button")).toHaveText(["cart"]);
    await page.keyboard.press("ArrowDown");
    await expect(offer.getByRole("button", { name: "cart" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(said(page)).toHaveText("Added cart");
    expect(await values(list(page, "Services"), "service")).toEqual(["web", "cart"]);
  });

  test("become one, after it was asked which, and several again", async ({ page }) => {
    const services = section(page, "Services");
    await services.getByRole("button", { name: "One" }).click();
    await services.getByLabel("Keep only").selectOption("cart");
    await services.getByRole("button", { name: "Keep", exact: true }).click();
    await expect(said(page)).toHaveText("One service");
    expect(await values(list(page, "Services"), "service")).toEqual(["cart"]);
    await expect(services.getByRole("button", { name: "One" })).toHaveAttribute("aria-pressed", "true");
    await services.getByRole("button", { name: "Several" }).click();
    await expect.poll(() => text(page)).toMatch(/services:\n +values:\n +- serviceRef: cart\n/);
  });

  test("and places are deployed in parallel or not", async ({ page }) => {
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

  test("hold infrastructures, which move, go and come", async ({ page }) => {
    const inner = list(page, "Infrastructures of stage");
    await inner.getByLabel("Name of infrastructure 2").focus();
    await page.keyboard.press("Alt+ArrowUp");
    await expectStep(page, SHOP.replace(eu + us, us + eu));
    await inner.getByRole("button", { name: "Remove eu" }).click();
    await expectStep(page, SHOP.replace(eu, ""));
    await say(form(page).getByRole("textbox", { name: "Add an infrastructure" }), "asia");
    await expectStep(page, SHOP.replace(us, `${us}                  - identifier: asia\n`));

    const first = (await inner.getByLabel("Name of infrastructure 1").boundingBox())!;
    await drag(page, inner.locator(".dl-grip").nth(1), { x: first.x + 20, y: first.y + 2 });
    await page.mouse.up();
    await expectStep(page, SHOP.replace(eu + us, us + eu));
  });

  test("are deployed to in all of their infrastructures", async ({ page }) => {
    const all = section(page, "Environments").getByLabel("Deploy to all infrastructures");
    await all.check();
    await expect.poll(() => text(page)).toMatch(/deployToAll: true\n/);
    await undo(page);
    await expectText(page, SHOP);
    await card(page, "Production").click();
    await expect(all).toBeChecked();
    await say(form(page).getByRole("textbox", { name: "Add an infrastructure" }), "eu");
    await expect(all).not.toBeChecked();
    expect(await values(list(page, "Infrastructures of prod"), "infrastructure")).toEqual(["eu"]);
  });

  test("come in one, several and a group", async ({ page }) => {
    const environments = section(page, "Environments");
    await say(form(page).getByRole("textbox", { name: "Add an environment" }), "qa");
    expect(await values(list(page, "Environments"), "environment")).toContain("qa");
    await environments.getByRole("button", { name: "One" }).click();
    await environments.getByRole("button", { name: "Cancel" }).click();
    await environments.getByRole("button", { name: "Group" }).click();
    await say(form(page).getByLabel("Environment group", { exact: true }), "europe");
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

  test("have axes and values in a grid", async ({ page }) => {
    await say(axis(page, "zone").getByRole("textbox", { name: "Add a value" }), "c");
    await expectStep(page, SHOP.replace("[a, b]", "[a, b, c]"));
    await axis(page, "size").getByLabel("Name of value 2").focus();
    await page.keyboard.press("Alt+ArrowUp");
    const [small, large] = ["              - small\n", "              - large\n"];
    await expectStep(page, SHOP.replace(small + large, large + small));
    await say(axis(page, "zone").getByLabel("Name of the axis"), "area");
    await expectStep(page, SHOP.replace("zone: [a, b]", "area: [a, b]"));
    await form(page).getByRole("button", { name: "Remove the axis zone" }).click();
    await expectStep(page, SHOP.replace("            zone: [a, b]   # both\n", ""));
    await say(form(page).getByRole("textbox", { name: "Add an axis" }), "color");
    await expect(axis(page, "color").getByLabel("Name of value 1")).toHaveValue("value");
  });

  test("leave combinations out", async ({ page }) => {
    await form(page).getByRole("button", { name: "Leave out a combination" }).click();
    const rule = form(page).getByRole("group", { name: "Left out: rule 1" });
    await rule.getByLabel("size").selectOption("large");
    await rule.getByLabel("zone").selectOption("any");
    await expect.poll(() => text(page)).toMatch(/exclude:\n +- size: large\n/);
    await rule.getByRole("button", { name: "Remove rule 1" }).click();
    await expectText(page, SHOP);
  });

  test("are exchanged, and have their own settings", async ({ page }) => {
    const looping = section(page, "Looping strategy");
    await say(looping.getByLabel("Max concurrency"), "1");
    await expectStep(page, SHOP.replace("maxConcurrency: 2", "maxConcurrency: 1"));
    await looping.getByRole("button", { name: "Repeat" }).click();
    await say(looping.getByLabel("Times"), "3");
    await expect.poll(() => text(page)).toMatch(/strategy:\n +repeat:\n +times: 3\n/);
    await looping.getByRole("button", { name: "Parallelism" }).click();
    await say(looping.getByLabel("How many"), "4");
    await expect.poll(() => text(page)).toMatch(/strategy:\n +parallelism: 4\n/);
    await looping.getByRole("button", { name: "None" }).click();
    await expectText(page, SHOP.slice(0, SHOP.indexOf("        strategy:")));
  });
});

test("what can't be changed says why, and shows the line", async ({ page }) => {
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
  // It can be moved and removed all the same.
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

test("line endings and all other bytes stay", async ({ page }) => {
  const crlf = SHOP.replaceAll("\n", "\r\n");
  await open(page);
  await drop(page, "shop.yaml", crlf);
  await expectText(page, crlf);
  await page.getByRole("tab", { name: "Form" }).click();
  await card(page, "Staging").click();
  await say(form(page).getByRole("textbox", { name: "Add a service" }), "search");
  const cart = "              - serviceRef: cart\r\n";
  await expectStep(page, crlf.replace(cart, `${cart}              - serviceRef: search\r\n`), crlf);
});

test("broken YAML closes the form until it is fixed", async ({ page }) => {
  await openForm(page);
  await card(page, "Staging").click();
  await paste(page, `${SHOP}: "\n`);
  await expect(form(page)).toContainText("Fix the YAML errors first");
  await expect(form(page).getByLabel("Name", { exact: true })).toBeDisabled();
  await undo(page);
  await expect(form(page).getByLabel("Name", { exact: true })).toBeEnabled();
});

test("from no stage to a deployment by keys alone", async ({ page }) => {
  await openForm(page, "pipeline:\n  name: New\n  stages: []\n");
  await form(page).getByRole("button", { name: "Deployment", exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect(chosen(page)).toBeFocused();
  // A run asks for its service, until it is given one.
  const first = list(page, "Services").getByLabel("Name of service 1");
  await expect(first).toHaveValue("<+input>");
  const isFocused = () => first.evaluate((field) => field === document.activeElement);
  for (let stops = 0; stops < 25 && !(await isFocused()); stops++) await page.keyboard.press("Tab");
  await page.keyboard.type("web");
  await page.keyboard.press("Enter");
  await expect(said(page)).toHaveText("<+input> is web now");
  await page.keyboard.press("Tab");
  const add = form(page).getByRole("textbox", { name: "Add a service" });
  await expect(add).toBeFocused();
  await page.keyboard.type("api");
  await page.keyboard.press("Enter");
  await expect(said(page)).toHaveText("Added api");
  await expect(add).toBeFocused();
  await list(page, "Services").getByLabel("Name of service 2").press("Alt+ArrowUp");
  await expect.poll(() => values(list(page, "Services"), "service")).toEqual(["api", "web"]);
  await expect(first).toBeFocused();
});

test.describe("with a finger", () => {
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
    test(`axe finds nothing in ${name}, and nothing is too wide, at ${width} pixels`, async ({ page }) => {
      await page.setViewportSize({ width, height: 900 });
      await openForm(page, yaml);
      if (stage) await card(page, stage).click();
      const { violations } = await new AxeBuilder({ page }).include(".dl-form").analyze();
      expect(violations).toEqual([]);
      expect(await overflow(page)).toBe(0);
    });
  }
}

test("the line is shown where the form has the YAML's place", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await openForm(page, SHOP.replace("- serviceRef: cart", "- serviceRef: <+pipeline.name>"));
  await expect(editor(page)).toBeHidden();
  await section(page, "Services").getByRole("button", { name: "Show the line" }).click();
  await expect(editor(page)).toBeFocused();
  await expect(page.locator(".cm-activeLine")).toContainText("serviceRef: <+pipeline.name>");
});

test("five hundred services and a hundred stages are at hand", async ({ page }) => {
  await openForm(page, pipeline(names("S", 500), ["i1"]));
  const rows = () => list(page, "Services").getByRole("listitem").count();
  await expect.poll(rows).toBe(200);
  await form(page).getByRole("button", { name: "Show 200 more of 300" }).click();
  await expect.poll(rows).toBe(400);
  await form(page).getByRole("button", { name: "Show 100 more of 100" }).click();
  await list(page, "Services").getByLabel("Name of service 500", { exact: true }).press("Alt+ArrowUp");
  await expect(said(page)).toHaveText("Moved S500 to place 499 of 500");

  const stages = names("T", 100).map(
    (name) => `  - stage: {name: ${name}, identifier: ${name}, type: Custom}\n`,
  );
  await paste(page, `pipeline:\n  stages:\n${stages.join("")}`);
  await card(page, "T1").click();
  await page.keyboard.press("End");
  await expect(chosen(page)).toHaveAccessibleName(/^T100/);
  await expect(chosen(page)).toBeInViewport();
  await page.keyboard.press("Alt+ArrowLeft");
  await expect(said(page)).toHaveText("Moved T100 before T99");
});
