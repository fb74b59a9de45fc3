// The text drives the picture, and the picture leads back to the text.

import {
  bar,
  bars,
  boxes,
  choose,
  corpus,
  drop,
  editor,
  expect,
  expectPicture,
  expectText,
  names,
  open,
  order,
  paste,
  picture,
  pipeline,
  rows,
  selected,
  table,
  test,
  text,
  timeline,
  tooltip,
  undo,
} from "./page";

test("opens with an example drawn", async ({ page }) => {
  await open(page);
  await expect(bars(page)).toHaveCount(8);
  await expect(order(page)).toHaveText([
    "S1 I1, S2 I1, S1 I2, S2 I2, S1 K82, S2 K82, S1 K81, S2 K81",
  ]);
  await expectPicture(page, [
    "1 S1 → I1: 0s to 1m",
    "2 S2 → I1: 0s to 1m",
    "3 S1 → I2: 1m to 2m",
    "4 S2 → I2: 1m to 2m",
    "5 S1 → K82: 2m to 3m",
    "6 S2 → K82: 2m to 3m",
    "7 S1 → K81: 3m to 4m",
    "8 S2 → K81: 3m to 4m",
  ]);
  await expect(timeline(page)).toHaveAccessibleName(
    "Deployments over time: 8 deployments, 4m in all",
  );
  await expect(timeline(page)).toHaveAccessibleDescription(
    "At the most 2 run at once and 6 wait; the limit is 2.",
  );
  expect(await text(page)).toContain("# Scenario 5: services side by side, two environments.\n");
});

test("a service typed into the YAML is drawn", async ({ page }) => {
  await open(page);
  await choose(page, "Scenario 3: infrastructures in parallel");
  const before = await text(page);
  await page.getByText("- serviceRef: S2").click();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  // The new line starts below the key; the dash belongs one step to the left.
  await page.keyboard.press("Backspace");
  await page.keyboard.type("- serviceRef: S3");
  const added = "              - serviceRef: S2\n              - serviceRef: S3\n";
  await expectText(page, before.replace(/ *- serviceRef: S2\n/, added));
  await expectPicture(page, [
    "1 S1 → I1: 0s to 1m",
    "2 S1 → I2: 0s to 1m",
    "3 S2 → I1: 1m to 2m",
    "4 S2 → I2: 1m to 2m",
    "5 S3 → I1: 2m to 3m",
    "6 S3 → I2: 2m to 3m",
  ]);
  await expect(page.getByRole("list", { name: "Services" }).getByRole("listitem")).toHaveText([
    "S1",
    "S2",
    "S3",
  ]);
});

test("a pasted pipeline replaces the text", async ({ page }) => {
  await open(page);
  const mixes = corpus("05-services-environments-mixes.yaml");
  await paste(page, mixes);
  await expectText(page, mixes);
  await expect(order(page)).toHaveText([
    "radar lab_a, tides lab_a, radar lab_b, tides lab_b",
    "radar fjord, tides fjord, pollen fjord, radar glacier, tides glacier, pollen glacier, " +
      "radar dune, tides dune, pollen dune",
    "radar dune, radar delta, radar fjord, tides dune, tides delta, tides fjord",
    "alerts dune, archive dune, alerts delta, archive delta",
  ]);
  await expect(bars(page)).toHaveCount(23);
  await expect(page.getByText("4 stages")).toBeVisible();

  await undo(page);
  await expect(bars(page)).toHaveCount(8);
});

test("an example chosen after another starts at the top of its own text", async ({ page }) => {
  await open(page);
  await choose(page, "Shop release: 16 services, 3 environments");
  await expect(page.getByText("# The nightly release of an online shop")).toBeInViewport();
  await expect(page.getByText("3 stages")).toBeVisible();
  await choose(page, "Scenario 1: one after the other");
  await expect(page.getByText("# Scenario 1: one after the other.")).toBeInViewport();
  await expectPicture(page, [
    "1 S1 → I1: 0s to 1m",
    "2 S2 → I1: 1m to 2m",
    "3 S1 → I2: 2m to 3m",
    "4 S2 → I2: 3m to 4m",
  ]);
});

test("a dropped file keeps its CRLF when a box changes it", async ({ page }) => {
  await open(page);
  const dropped = pipeline(["web", "api"], ["east", "west"]).replaceAll("\n", "\r\n");
  await drop(page, "release.yaml", dropped);
  await expect(order(page)).toHaveText(["web east, api east, web west, api west"]);
  await expectText(page, dropped);
  await boxes(page).targets.check();
  await expect(order(page)).toHaveText(["web east, web west, api east, api west"]);
  await expectText(page, dropped.replace(/(environments:\r\n.*\r\n.*parallel:) false/, "$1 true"));
});

test("a file picked with the button is opened", async ({ page }) => {
  await open(page);
  await page.getByLabel("Open file…").setInputFiles({
    name: "release.yaml",
    mimeType: "text/yaml",
    buffer: Buffer.from(pipeline(["web"], ["east", "west"])),
  });
  await expect(order(page)).toHaveText(["web east, web west"]);
});

test("a binary file is refused, and nothing else changes", async ({ page }) => {
  await open(page);
  const before = await text(page);
  await page.getByLabel("Open file…").setInputFiles({
    name: "picture.yaml",
    mimeType: "application/octet-stream",
    buffer: Buffer.from([0xff, 0xfe, 0x00, 0xc3]),
  });
  await expect(page.getByRole("alert")).toContainText("picture.yaml is no UTF-8 text");
  await expectText(page, before);
  await page.getByRole("button", { name: "Close" }).click();
  await expect(page.getByRole("alert")).toHaveCount(0);
});

test.describe("a bar", () => {
  test.beforeEach(async ({ page }) => {
    await open(page);
    await paste(page, pipeline(["web", "api"], ["east", "west"]));
    await expect(bars(page)).toHaveCount(4);
  });

  test("has a tooltip with its times and what it waited for", async ({ page }) => {
    await bar(page, 2).hover();
    await expect(tooltip(page)).toContainText("2. api east");
    await expect(tooltip(page)).toContainText("1m to 2m, takes 1m");
    await expect(tooltip(page)).toContainText("slot 1 was taken by web east until then");
    await expect(tooltip(page)).toBeInViewport({ ratio: 1 });
    await bar(page, 1).hover();
    await expect(tooltip(page)).toContainText("Starts with the pipeline.");
    await order(page).hover();
    await expect(tooltip(page)).toHaveCount(0);
  });

  test("selects its lines and marks its target's when clicked", async ({ page }) => {
    await bar(page, 4).click();
    await expect(editor(page)).toBeFocused();
    expect(await selected(page)).toContain("serviceRef: api");
    await expect(page.locator(".cm-markedLine")).toHaveText([/identifier: west/]);
    const details = page.getByRole("status").filter({ hasText: "4. api west" });
    await expect(details).toContainText("Starts at 3m: slot 1 was taken by web west until then.");
    const isWhole = (box: HTMLElement) => box.scrollHeight <= box.clientHeight;
    expect(await details.evaluate(isWhole)).toBe(true);
  });

  test("is reachable in the table by keyboard", async ({ page }) => {
    const button = page.getByRole("button", { name: "Show number 3 of Deploy in the YAML" });
    await button.focus();
    await page.keyboard.press("Enter");
    await expect(editor(page)).toBeFocused();
    expect(await selected(page)).toContain("serviceRef: web");
    await expect(page.locator(".cm-markedLine")).toHaveText([/identifier: west/]);
    await expect(bar(page, 3)).toHaveClass(/dl-selected/);
  });
});

test("the table has pages of a hundred", async ({ page }) => {
  await open(page);
  await paste(page, pipeline(names("S", 10), names("I", 25)));
  const shown = async () => (await rows(page)).map((row) => Number(row.split(" ")[0]));
  const [previous, next] = ["Previous", "Next"].map((name) =>
    page.getByRole("button", { name, exact: true }),
  ) as [ReturnType<typeof page.getByRole>, ReturnType<typeof page.getByRole>];
  await expect(page.getByText("1 to 100 of 250")).toBeVisible();
  await expect(previous).toBeDisabled();
  await next.click();
  await expect(page.getByText("101 to 200 of 250")).toBeVisible();
  await next.click();
  await expect(page.getByText("201 to 250 of 250")).toBeVisible();
  await expect(next).toBeDisabled();
  expect(await shown()).toEqual(Array.from({ length: 50 }, (_, index) => 201 + index));
  await previous.click();
  await expect(page.getByText("101 to 200 of 250")).toBeVisible();

  // A shorter pipeline has no second page, so the first one is shown.
  await paste(page, pipeline(["S1"], ["I1", "I2"]));
  await expect(table(page).locator("tbody tr")).toHaveCount(2);
});

test("a hundred thousand deployments make no more elements than a thousand", async ({
  page,
}) => {
  const nodes = () =>
    page.evaluate(() => {
      const roots = [document, ...[...document.querySelectorAll("*")].map((it) => it.shadowRoot)];
      return roots.reduce((sum, root) => sum + (root?.querySelectorAll("*").length ?? 0), 0);
    });
  await open(page);
  await paste(page, pipeline(names("S", 100), names("I", 10)));
  await expect(page.getByText("1,000 deployments", { exact: true })).toBeVisible();
  await expect(page.getByText("1 to 100 of 1000", { exact: true })).toBeVisible();
  const most = (await nodes()) * 1.1;

  await paste(page, pipeline(names("S", 250), names("I", 400)));
  await expect(page.getByText("100,000 deployments", { exact: true })).toBeVisible();
  await expect(bar(page, 1)).toBeInViewport();
  await expect(page.getByText("1 to 100 of 100000", { exact: true })).toBeVisible();
  expect(await nodes()).toBeLessThan(most);

  await timeline(page).focus();
  await page.keyboard.press("End");
  await expect(bar(page, 100_000)).toBeInViewport();
  await expect(bar(page, 100_000)).toContainText("S250 → I400");
  await expect(bar(page, 1)).toHaveCount(0);
  expect(await nodes()).toBeLessThan(most);
  expect((await picture(page)).at(-1)).toMatch(/^100000 S250 → I400: /);
  for (const rows of ["Slots", "Services", "Environments"]) {
    await page.getByLabel("Rows").selectOption(rows);
    await expect(page.locator(".dl-group-header, .dl-slot-header").first()).toBeAttached();
    expect(await nodes()).toBeLessThan(most * 2);
  }
});
