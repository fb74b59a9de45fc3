// What axe finds in each state of the page, the keyboard's way through it, light and dark.

import type { Page } from "@playwright/test";
import { expectAccessible } from "./accessibility";
import {
  assumptions,
  bars,
  boxes,
  choose,
  compare,
  corpus,
  details,
  editor,
  expect,
  expectEditor,
  open,
  openWithoutEditor,
  order,
  paste,
  pipeline,
  problems,
  recovering,
  reload,
  test,
  timeline,
} from "./page";

const background = { light: "rgb(255, 255, 255)", dark: "rgb(20, 23, 28)" };

type Bring = (page: Page) => Promise<void>;

const start: Bring = async () => {};

const shopRelease: Bring = async (page) => {
  await choose(page, "Shop release: 16 services, 3 environments");
  await expect(page.getByText("3 stages")).toBeVisible();
};

const pickedBar: Bring = async (page) => {
  await bars(page).nth(2).click();
  // A picked bar has its details instead of a tooltip; other bars keep theirs.
  await expect(page.getByRole("tooltip")).toHaveCount(0);
  await bars(page).nth(3).hover();
  await expect(page.getByRole("tooltip")).toBeVisible();
};

const brokenYaml: Bring = async (page) => {
  await page.getByText("name: Deploy", { exact: true }).click();
  await page.keyboard.press("End");
  await page.keyboard.type(': "');
  await expect(page.locator(".dl-stale")).toBeVisible();
};

const empty: Bring = async (page) => {
  await paste(page, "\n");
  await expect(page.getByRole("heading", { name: "Paste a pipeline" })).toBeVisible();
};

const expressions: Bring = async (page) => {
  await paste(page, corpus("06-metadata-missing.yaml"));
  await expect(problems(page)).toBeVisible();
};

const environmentGroup: Bring = async (page) => {
  await paste(page, corpus("07-environment-groups.yaml"));
  await expect(boxes(page, "Depots and services").targets).toBeDisabled();
};

const notice: Bring = async (page) => {
  const file = { name: "a.yaml", mimeType: "text/yaml", buffer: Buffer.from([0xff]) };
  await page.getByLabel("Open file…").setInputFiles(file);
  await expect(page.getByRole("alert")).toBeVisible();
};

const slots: Bring = async (page) => {
  await page.getByLabel("Rows").selectOption("Slots");
  await page.getByLabel("Colour").selectOption("Status");
  await assumptions(page).getByRole("button", { name: "Uneven durations" }).click();
  await expect(page.locator(".dl-idle").first()).toBeVisible();
  await expect(page.getByRole("region", { name: "Sequential is not wave by wave" })).toBeVisible();
};

const folded: Bring = async (page) => {
  await page.getByLabel("Rows").selectOption("Environments");
  await timeline(page).focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("c");
  await page.keyboard.press("+");
  await page.getByText("Keys", { exact: true }).click();
};

const explained: Bring = async (page) => {
  await page.getByRole("button", { name: "Critical path" }).click();
  await bars(page).last().click();
  await details(page).getByText(/^What led to it/).click();
  await details(page).getByLabel("Let it fail").check();
  await expect(page.locator(".dl-bar.dl-failed")).toHaveCount(1);
};

const recovered: Bring = async (page) => {
  await paste(page, recovering(["web", "api"], ["east"]));
  await expect(bars(page)).toHaveCount(2);
  await bars(page).first().click();
  await details(page).getByLabel("Let it fail").check();
  await expect(page.getByRole("list", { name: "Marks" })).toBeVisible();
  await expect(page.getByRole("group", { name: "How it fails" })).toBeVisible();
};

const filteredAway: Bring = async (page) => {
  await page.getByLabel("Filter by name").fill("nothing like it");
  await expect(bars(page)).toHaveCount(0);
};

const played: Bring = async (page) => {
  await page.getByLabel("Time in the run").fill("90000");
  await expect(page.locator(".dl-bar.dl-running")).toHaveCount(2);
};

const pinnedAndWaves: Bring = async (page) => {
  await compare(page).getByRole("button", { name: "Pin this plan" }).click();
  await boxes(page).services.uncheck();
  await expect(page.locator(".dl-ghost")).not.toHaveCount(0);
  await boxes(page).services.check();
  await assumptions(page).getByRole("button", { name: "Uneven durations" }).click();
  await page.getByLabel(/Show it as waves/).check();
};

const wrongDuration: Bring = async (page) => {
  await assumptions(page).getByLabel("Each deployment takes").fill("soon");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("alert")).toBeVisible();
};

const wide = { width: 1280, height: 900 };
const narrow = { width: 390, height: 844 };

for (const [name, bring, colorScheme, viewport] of [
  ["start", start, "light", wide],
  ["a shop's release", shopRelease, "light", wide],
  ["a shop's release, dark", shopRelease, "dark", wide],
  ["a shop's release, narrow", shopRelease, "light", narrow],
  ["a picked bar, dark", pickedBar, "dark", wide],
  ["a picked bar, narrow", pickedBar, "light", narrow],
  ["broken YAML", brokenYaml, "light", wide],
  ["broken YAML, dark and narrow", brokenYaml, "dark", narrow],
  ["empty", empty, "light", wide],
  ["expressions", expressions, "light", wide],
  ["an environment group, dark", environmentGroup, "dark", wide],
  ["a notice", notice, "light", wide],
  ["slots", slots, "light", wide],
  ["slots, dark", slots, "dark", wide],
  ["folded and zoomed", folded, "light", wide],
  ["explained", explained, "light", wide],
  ["explained, dark and narrow", explained, "dark", narrow],
  ["a failure with parts", recovered, "light", wide],
  ["a failure with parts, dark and narrow", recovered, "dark", narrow],
  ["filtered away", filteredAway, "light", wide],
  ["played", played, "light", wide],
  ["played, dark", played, "dark", wide],
  ["pinned, and as waves", pinnedAndWaves, "light", wide],
  ["a duration that is none", wrongDuration, "light", wide],
] as const) {
  test(`axe finds no violation: ${name}`, async ({ page }) => {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme });
    await open(page);
    await bring(page);
    await expectAccessible(page);
  });
}

test("axe finds no violation before the editor is there", async ({ page }) => {
  const release = await openWithoutEditor(page);
  await expect(bars(page)).toHaveCount(8);
  await expectAccessible(page);
  release();
  await expectEditor(page);
});

test("light and dark follow the system until the user chooses one, and the choice is kept", async ({
  page,
}) => {
  const root = page.locator(".dl");
  const theme = page.getByLabel("Theme");
  await page.emulateMedia({ colorScheme: "light" });
  await open(page);
  await expect(theme).toHaveValue("system");
  await expect(root).toHaveCSS("background-color", background.light);
  await page.emulateMedia({ colorScheme: "dark" });
  await expect(root).toHaveCSS("background-color", background.dark);
  await expect(page.locator(".cm-editor")).toHaveCSS("background-color", background.dark);

  await theme.selectOption("Light");
  await expect(root).toHaveCSS("background-color", background.light);
  await expect(page.locator(".cm-editor")).toHaveCSS("background-color", background.light);
  await reload(page);
  await expect(theme).toHaveValue("light");
  await expect(root).toHaveCSS("background-color", background.light);

  await page.emulateMedia({ colorScheme: "light" });
  await theme.selectOption("Dark");
  await reload(page);
  await expect(root).toHaveCSS("background-color", background.dark);
  await theme.selectOption("System theme");
  await expect(root).toHaveCSS("background-color", background.light);
  await reload(page);
  await expect(theme).toHaveValue("system");
  await expect(root).toHaveCSS("background-color", background.light);
});

test("the keyboard reaches everything, in the order of the page", async ({ page }) => {
  await open(page);
  await paste(page, pipeline(["web", "api"], ["east", "west"]));
  await expect(bars(page)).toHaveCount(4);
  await page.getByLabel("Examples").focus();
  const stops = [
    page.getByLabel("Open file…"),
    page.getByLabel("Open folder…"),
    page.getByRole("button", { name: "Share…" }),
    page.getByRole("button", { name: "Export…" }),
    page.getByLabel("Theme"),
    page.getByRole("tab", { name: "YAML" }),
    page.getByRole("group", { name: "Deployment stages" }),
    boxes(page).services,
    boxes(page).targets,
    page.getByRole("button", { name: "Outline" }),
    editor(page),
    page.getByLabel("Rows"),
    page.getByLabel("Colour"),
    page.getByLabel("Filter by name"),
    page.getByRole("button", { name: "Critical path" }),
    page.getByRole("button", { name: "Zoom in" }),
    page.getByRole("button", { name: "Full screen" }),
    timeline(page),
    page.getByRole("button", { name: "Play the run" }),
    page.getByLabel("Time in the run"),
    page.getByText("Keys", { exact: true }),
    page.getByLabel("Each deployment takes"),
    page.getByLabel("Account's limit in a stage"),
    page.getByRole("button", { name: "Uneven durations" }),
    page.getByLabel("Account plan"),
    ...["Services and targets in sequence", "Services parallel", "Services in sequence, targets", "Services and targets parallel"].map((name) => compare(page).getByRole("button", { name })),
    page.getByRole("button", { name: "Pin this plan" }),
    page.getByRole("region", { name: "Deployments in order" }),
    page.getByRole("button", { name: "Show number 1 of Deploy in the YAML" }),
  ];
  for (const stop of stops) {
    await page.keyboard.press("Tab");
    await expect(stop).toBeFocused();
  }
  await boxes(page).services.focus();
  await page.keyboard.press("Space");
  await expect(boxes(page).services).toBeChecked();
  await expect(boxes(page).services).toBeFocused();
  await expect(order(page)).toHaveText(["web east, api east, web west, api west"]);
  await expect(page.getByText("Max concurrency 2")).toBeVisible();
});

test("bars and names stay visible with forced colours", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await open(page);
  const css = (selector: string, name: string) =>
    page.locator(selector).first().evaluate(
      (element, name) => getComputedStyle(element).getPropertyValue(name),
      name,
    );
  const shape = await css(".dl-shape", "fill");
  const background = await css(".dl", "background-color");
  expect(shape).not.toBe(background);
  expect(shape).not.toBe(await css(".dl-inside", "fill"));

  await page.getByRole("button", { name: "Critical path" }).click();
  await bars(page).last().click();
  await page.getByLabel("Time in the run").fill("90000");
  for (const line of [".dl-chain-line", ".dl-critical-line", ".dl-playhead", ".dl-level-limit"]) {
    expect(await css(line, "stroke"), line).not.toBe(background);
  }
  expect(await css(".dl-level-running", "fill")).not.toBe(await css(".dl-level-waiting", "fill"));
  expect(await css(".dl-waiting .dl-shape", "fill")).not.toBe(shape);
});
