// What the page exports: the same bytes as those of the command line, as files and on the clipboard.

import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import type { Page, TestInfo } from "@playwright/test";
import { tools } from "./documents";
import { bounded, names as hostileNames, seen, yaml as hostileYaml } from "./hostile";
import { bars, choose, corpus, expect, names, open, order, paste, pipeline, table, test } from "./page";

const dialog = (page: Page) => page.getByRole("dialog", { name: "Export" });
const told = (page: Page) => dialog(page).getByRole("status");
const button = (page: Page, name: string) => dialog(page).getByRole("button", { name, exact: true });

const openDialog = (page: Page) => page.getByRole("button", { name: "Export…" }).click();

/** Returns what the command line prints, whether the pipeline has errors or not. */
function planned(format: string, yaml: string): string {
  const { status, stdout } = spawnSync(tools.deployline, ["plan", "-", "--format", format], {
    input: yaml,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  expect([0, 1]).toContain(status);
  return stdout;
}

/** Returns the content and the name of a download. */
async function download(page: Page, format: string): Promise<{ name: string; bytes: Buffer; path: string }> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    button(page, `Download ${format}`).click(),
  ]);
  const path = await file.path();
  return { name: file.suggestedFilename(), bytes: readFileSync(path), path };
}

const FORMATS = [
  ["SVG", "svg", "svg"],
  ["HTML", "html", "html"],
  ["Markdown", "md", "markdown"],
  ["Mermaid", "mmd", "mermaid"],
  ["CSV", "csv", "csv"],
  ["JSON", "json", "json"],
] as const;

test("each format is a file and on the clipboard, as the command line writes it", async ({ page }) => {
  await open(page);
  const yaml = corpus("03-dev-qa-prod-propagation.yaml");
  await paste(page, yaml);
  await expect(page.getByText("4 stages", { exact: true })).toBeVisible();
  await openDialog(page);
  for (const [format, extension, word] of FORMATS) {
    const expected = planned(word, yaml);
    const { name, bytes } = await download(page, format);
    expect(bytes.toString("utf8"), format).toBe(expected);
    expect(name).toMatch(new RegExp(`^[\\w-]+\\.${extension}$`));
    await expect(told(page)).toHaveText(`Saved ${name}, ${bytes.length.toLocaleString("en")} bytes.`);
    await button(page, `Copy ${format}`).click();
    await expect(told(page)).toContainText(`Copied ${format}`);
    expect(await page.evaluate(() => navigator.clipboard.readText()), format).toBe(expected);
  }
  expect((await download(page, "YAML")).bytes.toString("utf8")).toBe(yaml);
});

test("an exported picture shows the present view", async ({ page }) => {
  await open(page);
  await choose(page, "Shop release: 16 services, 3 environments");
  await page.getByLabel("Rows").selectOption("Services");
  await page.getByLabel("Filter by name").fill("cart");
  await expect(bars(page)).not.toHaveCount(0);
  await openDialog(page);
  const svg = (await download(page, "SVG")).bytes.toString("utf8");
  expect(svg).toContain("@media (prefers-color-scheme:dark)");
  expect(svg).toContain("cart");
  expect(svg.match(/class="dl-bar /g)?.length).toBeLessThan(30);
});

for (const [scheme, paper] of [["light", "255,255,255"], ["dark", "20,23,28"]] as const) {
  test(`PNG has twice the pixels and the page's colours: ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await open(page);
    await openDialog(page);
    const svg = (await download(page, "SVG")).bytes.toString("utf8");
    const height = Number(/ height="([\d.]+)"/.exec(svg)?.[1]);
    const { bytes, name } = await download(page, "PNG");
    expect(name).toBe("Scenario-5.png");
    expect(bytes.subarray(1, 4).toString("latin1")).toBe("PNG");
    expect([bytes.readUInt32BE(16), bytes.readUInt32BE(20)]).toEqual([1920, Math.round(height) * 2]);
    const colors = await page.evaluate(async (address) => {
      const image = new Image();
      image.src = address;
      await image.decode();
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [image.width, image.height];
      const context = canvas.getContext("2d");
      context?.drawImage(image, 0, 0);
      const { data } = context?.getImageData(0, 0, image.width, image.height) ?? { data: [] };
      const found = new Set<string>();
      for (let i = 0; i < data.length; i += 4 * 7) found.add(`${data[i]},${data[i + 1]},${data[i + 2]}`);
      return { corner: `${data[0]},${data[1]},${data[2]}`, found: [...found] };
    }, `data:image/png;base64,${bytes.toString("base64")}`);
    expect(colors.corner).toBe(paper);
    // The colours of two services' bars.
    expect(colors.found).toContain(scheme === "light" ? "37,99,201" : "125,176,255");
    expect(colors.found).toContain(scheme === "light" ? "180,82,15" : "242,163,101");
  });
}

test("100,000 deployments are exported, and a format that can't hold them says why", async ({ page }) => {
  test.setTimeout(120_000);
  await open(page);
  await paste(page, pipeline(names("S", 1000), names("I", 100)));
  await expect(page.getByText("100,000 deployments").first()).toBeVisible();
  await openDialog(page);
  const csv = (await download(page, "CSV")).bytes.toString("utf8");
  expect(csv.split("\r\n")).toHaveLength(100_002);
  const json = (await download(page, "JSON")).bytes;
  expect(JSON.parse(json.toString("utf8")).stages[0].deployments).toHaveLength(100_000);
  const svg = (await download(page, "SVG")).bytes;
  expect(svg.length).toBeLessThan(1 << 20);
  await expect(told(page)).toContainText("There are too many deployments for a row each");
  await download(page, "HTML");
  await expect(told(page)).toContainText("first 2,000 of 100,000");
  await download(page, "Mermaid");
  await expect(told(page)).toContainText("first 1,000 of 100,000");
});

test("a picture that is too high for a PNG says what to do", async ({ page }) => {
  await open(page);
  await paste(page, pipeline(names("S", 100), names("I", 5)));
  await expect(page.getByText("500 deployments").first()).toBeVisible();
  await openDialog(page);
  await button(page, "Download PNG").click();
  await expect(told(page)).toContainText(/The picture is 12,[\d]+ pixels high, and a PNG can have 8,192\./);
  await page.keyboard.press("Escape");
  await page.getByLabel("Filter by name").fill("S1 ");
  await page.getByLabel("Filter by name").fill("I1");
  await openDialog(page);
  expect((await download(page, "PNG")).bytes.length).toBeGreaterThan(1000);
});

test("hostile names are text in the page and in all that it exports", async ({ page }) => {
  const title = hostileNames[0] ?? "";
  const yaml = hostileYaml(title);
  await open(page);
  await paste(page, yaml);
  await expect(bars(page)).toHaveCount(hostileNames.length);
  const services = await table(page).locator("tbody tr td:nth-of-type(2)").allTextContents();
  expect(services.map(seen)).toEqual(hostileNames.map(bounded).map(seen));
  await expect(order(page)).toHaveCount(1);
  // Elements in the editor's shadow root are not counted.
  const made = () => document.querySelectorAll("main :is(script, img, iframe, [onerror], [onload])").length;
  expect(await page.evaluate(made)).toBe(0);
  await openDialog(page);
  for (const [format, , word] of FORMATS) {
    // hostile-exports.spec.ts opens these files.
    const { bytes } = await download(page, format);
    expect(bytes.toString("utf8"), format).toBe(planned(word, yaml));
  }
  expect((await download(page, "PNG")).bytes.length).toBeGreaterThan(1000);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Share…" }).click();
  await page.getByRole("button", { name: "Copy code of the element" }).click();
  const found = await page.evaluate(async () => {
    const html = await navigator.clipboard.readText();
    const { head, body } = new DOMParser().parseFromString(html, "text/html");
    const elements = [...head.querySelectorAll("*"), ...body.querySelectorAll("*")];
    return { names: elements.map((it) => it.localName), yaml: body.querySelector("pre")?.textContent };
  });
  expect(found).toEqual({ names: ["script", "deploy-line", "pre"], yaml });
  await page.getByRole("button", { name: "Copy code of the frame" }).click();
  const frame = await page.evaluate(async () => {
    const html = await navigator.clipboard.readText();
    const { body } = new DOMParser().parseFromString(html, "text/html");
    return [...body.children].map((it) => [it.localName, it.getAttribute("title")]);
  });
  expect(frame).toEqual([["iframe", title]]);
});

test("file names are valid on every system", async ({ page }) => {
  await open(page);
  for (const [title, expected] of [
    ["Shop release", "Shop-release.csv"],
    ["../../etc/passwd", "etc-passwd.csv"],
    ["con", "pipeline-con.csv"],
    ["a\u202ebvsc.exe", "a-bvsc.exe.csv"],
    ["<script>alert(1)</script>", "script-alert(1)-script.csv"],
    ["注文 🚀", "注文-🚀.csv"],
    ["x".repeat(300), `${"x".repeat(60)}.csv`],
    ["...", "pipeline.csv"],
  ] as const) {
    await paste(page, hostileYaml(title));
    await expect(bars(page)).toHaveCount(hostileNames.length);
    await openDialog(page);
    expect((await download(page, "CSV")).name).toBe(expected);
    await page.keyboard.press("Escape");
  }
});

test("the HTML opens from disk, with picture, table and YAML", async ({ page }, info: TestInfo) => {
  await open(page);
  await openDialog(page);
  const { bytes } = await download(page, "HTML");
  const path = info.outputPath("plan.html");
  (await import("node:fs")).writeFileSync(path, bytes);
  const other = await page.context().newPage();
  await other.goto(pathToFileURL(path).href);
  await expect(other.getByRole("heading", { level: 1 })).toHaveText("Scenario 5");
  await expect(other.locator("svg .dl-bar")).toHaveCount(8);
  await expect(other.locator("tbody tr")).toHaveCount(8);
  await other.close();
});

test("printing closes the dialog first", async ({ page }) => {
  await page.addInitScript(() => {
    window.print = () => {
      document.title = `printed, ${document.querySelectorAll("dialog[open]").length} dialogs`;
    };
  });
  await open(page);
  await openDialog(page);
  await button(page, "Print…").click();
  await expect(page).toHaveTitle("printed, 0 dialogs");
});
