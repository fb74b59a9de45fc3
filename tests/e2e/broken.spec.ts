// Half-typed, empty and hostile text.

import { bounded } from "./hostile";
import {
  bars,
  boxes,
  choose,
  drop,
  editor,
  expect,
  expectPicture,
  expectText,
  names,
  open,
  order,
  overflow,
  paste,
  picture,
  pipeline,
  problems,
  test,
  text,
  timeline,
  undo,
} from "./page";

const example = "Scenario 3: infrastructures in parallel";
const drawn = [
  "1 S1 → I1: 0s to 1m",
  "2 S1 → I2: 0s to 1m",
  "3 S2 → I1: 1m to 2m",
  "4 S2 → I2: 1m to 2m",
];

test("broken YAML keeps the last picture, dimmed, and names the line; fixed YAML is drawn again", async ({
  page,
}) => {
  await open(page);
  await choose(page, example);
  await page.getByText("name: Deploy", { exact: true }).click();
  await page.keyboard.press("End");
  await page.keyboard.press("ControlOrMeta+Shift+ArrowLeft");
  await page.keyboard.type('"Deploy');

  const picturePane = page.getByRole("region", { name: "Timeline", exact: true });
  await expect(picturePane).toHaveClass(/dl-stale/);
  await expect(page.locator(".dl-shape").first()).toHaveCSS("opacity", "0.35");
  await expectPicture(page, drawn);
  await expect(picturePane.getByRole("status").first()).toHaveText(
    "The picture of the last valid YAML. Line 8: The quote that opens here is never closed. " +
      "Add the closing quote.",
  );
  const problem = problems(page).getByRole("button").first();
  await expect(problem).toContainText("error8:15The quote that opens here is never closed.");
  // The message is one or two lines high, beside its line number.
  expect((await problem.boundingBox())?.height).toBeLessThan(60);
  await expect(page.locator(".cm-lintRange-error").first()).toBeVisible();
  for (const box of Object.values(boxes(page))) {
    await expect(box).toBeDisabled();
    await expect(box).toHaveAccessibleName(/Fix the YAML errors first\./);
  }

  // A click on the problem moves the cursor to it.
  await page.getByRole("heading", { name: "Deployline" }).click();
  await problem.click();
  await expect(editor(page)).toBeFocused();
  await page.keyboard.press("End");
  await page.keyboard.type('"');
  await expect(picturePane).not.toHaveClass(/dl-stale/);
  await expect(problems(page)).toHaveCount(0);
  await expect(page.locator(".cm-lintRange-error")).toHaveCount(0);
  await boxes(page).services.check();
  await expect(order(page)).toHaveText(["S1 I1, S2 I1, S1 I2, S2 I2"]);
});

test("a bar of an old picture does not move the cursor", async ({ page }) => {
  await open(page);
  await choose(page, example);
  await page.getByText("name: Deploy", { exact: true }).click();
  await page.keyboard.press("End");
  await page.keyboard.type(': "');
  await expect(page.locator(".dl-stale")).toBeVisible();
  const before = await text(page);
  await bars(page).nth(3).click();
  await expect(page.getByRole("status").getByText("4. S2 I2")).toBeVisible();
  await editor(page).focus();
  await page.keyboard.type("here");
  await expectText(page, before.replace(': "', ': "here'));
});

test("opening a broken document shows nothing of the document before", async ({ page }) => {
  await open(page);
  await choose(page, example);
  await expect(bars(page)).toHaveCount(4);
  await drop(page, "broken.yaml", 'a: "b\n');
  await expect(problems(page)).toContainText("The quote that opens here is never closed.");
  await expect(bars(page)).toHaveCount(0);
  await expect(order(page)).toHaveCount(0);
  await choose(page, example);
  await expectPicture(page, drawn);
  await expect(problems(page)).toHaveCount(0);
});

test.describe("an empty editor", () => {
  test.beforeEach(async ({ page }) => {
    await open(page);
    await editor(page).focus();
    await page.keyboard.press("ControlOrMeta+a");
    await page.keyboard.press("Delete");
    await expect(page.getByRole("heading", { name: "Paste a pipeline" })).toBeVisible();
    await expect(page.getByText("or drop a file anywhere on this page")).toBeVisible();
    await expect(bars(page)).toHaveCount(0);
  });

  test("takes a paste", async ({ page }) => {
    await paste(page, pipeline(["web"], ["east", "west"]));
    await expect(order(page)).toHaveText(["web east, web west"]);
  });

  for (const [name, first] of [
    ["Show a small example", "# Scenario 3"],
    ["Show a shop's release", "# The nightly release of an online shop"],
  ] as const) {
    test(`offers: ${name}`, async ({ page }) => {
      await page.getByRole("button", { name }).click();
      await expect(bars(page).first()).toBeVisible();
      expect(await text(page)).toContain(first);
    });
  }

  test("returns to the text before with one undo", async ({ page }) => {
    await undo(page);
    await expect(bars(page)).toHaveCount(8);
  });
});

test("a text without a pipeline is reported", async ({ page }) => {
  await open(page);
  await paste(page, "shopping:\n  - milk\n  - bread\n");
  await expect(page.getByRole("heading", { name: "No stages to draw yet" })).toBeVisible();
  await expect(page.getByText("Expected a pipeline, or a part of one")).toBeVisible();
});

for (const [what, kind, yaml] of [
  ["entities alone are", "service", "service: {identifier: cart}\n"],
  ["comments alone are", "but comments", "# nothing so far\n"],
  ["an empty list of stages is", "stages is empty", "stages: []\n"],
] as const) {
  test(`${what} named`, async ({ page }) => {
    await open(page);
    await paste(page, yaml);
    await expect(problems(page)).toContainText(kind);
    await expect(page.getByRole("heading", { name: "No stages to draw yet" })).toBeVisible();
  });
}

test("a paste that is too large is refused with its size", async ({ page }) => {
  await open(page);
  const before = await text(page);
  await paste(page, "#".repeat((4 << 20) + 1));
  await expect(page.getByText("4,194,305 characters; at most 4,194,304 are read")).toBeVisible();
  expect(await text(page)).toBe(before);
  await expect(bars(page)).toHaveCount(8);
});

/** Names that would do harm if they were read as markup, or change the direction of text. */
const hostile = {
  image: "<img src=x onerror=alert(1)>",
  script: '"><script>alert(1)</script>',
  vector: "</text></svg><svg onload=alert(1)>",
  address: "javascript:alert(1)",
  expression: "<+input>${alert(1)}{{alert(1)}}",
  "right to left": "abc\u202egnp.exe\u202c\u2066",
  "very long": "long".repeat(2_560),
};

for (const [kind, name] of Object.entries(hostile)) {
  test(`a hostile name stays text: ${kind}`, async ({ page }) => {
    // A name that changes the direction of text is isolated, and its open embeddings are closed.
    // A very long one is cut to its start and its end.
    const text = bounded(name);
    const shown = kind === "right to left" ? `\u2068${text}\u2069\u2069` : text;
    await open(page);
    await paste(page, pipeline([JSON.stringify(name), "api"], [JSON.stringify(name)]));
    await expect(order(page)).toHaveText([`${shown} ${shown}, api ${shown}`]);
    await expect(page.getByRole("list", { name: "Services" }).getByRole("listitem")).toHaveText([
      text,
      "api",
    ]);
    // A long name leaves room for the bars.
    await expect(bars(page).first()).toBeInViewport();
    await bars(page).first().hover();
    await expect(page.getByRole("tooltip")).toContainText(`1. ${shown} ${shown}`);
    await expect(page.getByRole("tooltip")).toBeInViewport({ ratio: 1 });
    await expect(page.getByRole("tooltip").getByText("0s to 1m")).toBeInViewport();
    await bars(page).first().click();
    await expect(page.getByRole("status").filter({ hasText: "takes 1m" })).toContainText(text);
    await boxes(page).services.check();
    await expect(order(page)).toHaveText([`${shown} ${shown}, api ${shown}`]);
    const made = page.locator(":is(img[src], script:not([src]), iframe, [onload], [onerror])");
    await expect(made).toHaveCount(0);
    expect(await overflow(page)).toBe(0);
  });
}

test("a hundred lines of nonsense are reported, and the page goes on working", async ({ page }) => {
  await open(page);
  await paste(page, names("}{][ : - & * ! % \t@ `", 100).join("\n"));
  await expect(problems(page).getByRole("button").first()).toBeVisible();
  await paste(page, pipeline(["web"], ["east", "west"]));
  await expect.poll(() => picture(page)).toHaveLength(2);
  await expect(timeline(page)).toBeVisible();
});
