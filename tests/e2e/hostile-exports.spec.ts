// Names that mean something to every format a plan is exported to. Each export is opened in the
// browser: nothing runs, and each name reads as it was written.

import { execFileSync, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page, TestInfo } from "@playwright/test";
import { astroSite, expect, test, tools } from "./documents";
import { bounded, legible, names, seen, yaml } from "./hostile";

/** The names as a plan holds them. */
const planned = names.map(bounded);

// mdBook's highlighter warns that it does not know Mermaid.
test.use({ expectedComplaints: /language 'mermaid'|no-highlight mode/ });

/** Runs the command line on a pipeline that has an error: one of its names is too long. */
function run(args: string[], input: string): string {
  const { status, stdout } = spawnSync(tools.deployline, args, { input, encoding: "utf8" });
  expect(status).toBe(1);
  return stdout;
}

const plan = (format: string, title = names[0] ?? "") =>
  run(["plan", "-", "--format", format], yaml(title));

/** Writes a file and opens it from disk. */
async function openFile(page: Page, info: TestInfo, name: string, content: string): Promise<void> {
  const path = info.outputPath(name);
  writeFileSync(path, content);
  await page.goto(pathToFileURL(path).href);
}

/** Builds a book of one chapter by the real mdBook, and opens it. */
async function openBook(page: Page, info: TestInfo, chapter: string): Promise<void> {
  const folder = info.outputPath("book");
  mkdirSync(join(folder, "src"), { recursive: true });
  // Without curly quotes and long dashes, which mdBook would make of names.
  const plain = "[output.html]\nsmart-punctuation = false\n";
  writeFileSync(join(folder, "book.toml"), `[book]\ntitle = "Hostile"\n${plain}`);
  writeFileSync(join(folder, "src/SUMMARY.md"), "- [Chapter](chapter.md)\n");
  writeFileSync(join(folder, "src/chapter.md"), chapter);
  execFileSync(tools.mdbook, ["build", folder], { stdio: "ignore" });
  await page.goto(pathToFileURL(join(folder, "book/chapter.html")).href);
}

/** Builds a site of one page by the real Astro, and opens it. */
async function openSite(page: Page, info: TestInfo, name: `page.${string}`, text: string): Promise<void> {
  const folder = info.outputPath(name);
  mkdirSync(join(folder, "src/pages"), { recursive: true });
  for (const file of ["package.json", "astro.config.mjs"]) {
    copyFileSync(join(astroSite, file), join(folder, file));
  }
  symlinkSync(join(astroSite, "node_modules"), join(folder, "node_modules"), "junction");
  writeFileSync(join(folder, "src/pages", name), text);
  execFileSync(process.execPath, [join(astroSite, "node_modules/astro/astro.js"), "build", "--silent"], {
    cwd: folder,
    env: { ...process.env, ASTRO_TELEMETRY_DISABLED: "1" },
    stdio: "ignore",
  });
  await page.goto(pathToFileURL(join(folder, "dist/page.html")).href);
}

/** Expects that no name became an element, a link or an event handler. */
async function expectInert(page: Page, within: string): Promise<void> {
  const found = await page.locator(within).evaluateAll((roots) =>
    roots.flatMap((root) =>
      [...root.querySelectorAll("*")]
        .filter((element) => {
          const made = ["script", "img", "iframe", "b", "a"].includes(element.localName);
          return made || [...element.attributes].some(({ name }) => name.startsWith("on"));
        })
        .map((element) => element.outerHTML.slice(0, 80)),
    ),
  );
  expect(found).toEqual([]);
}

const texts = async (page: Page, selector: string) =>
  (await page.locator(selector).allTextContents()).map(seen);

test("hostile names are text in SVG", async ({ page }, info) => {
  for (const title of names) {
    await openFile(page, info, "plan.svg", plan("svg", title));
    await expectInert(page, "svg");
    expect(await texts(page, "svg > title")).toEqual([seen(`${title}: timeline of its deployments`)]);
  }
  const labels = await texts(page, "text.dl-name");
  expect(labels).toHaveLength(names.length);
  // Long names are cut in the column of names.
  labels.forEach((label, i) => {
    const shown = label.replace(/…$/, "");
    expect(shown.length).toBeGreaterThan(5);
    expect(seen(`${planned[i]} → I`).startsWith(shown), label).toBe(true);
  });
});

test("hostile names are text in HTML", async ({ page }, info) => {
  for (const title of names) {
    await openFile(page, info, "plan.html", plan("html", title));
    await expectInert(page, "main");
    expect(await texts(page, "h1")).toEqual([seen(title)]);
    expect(seen(await page.title())).toBe(seen(`${title}: its deployments in order`));
  }
  expect(await texts(page, "tbody td:nth-child(3)")).toEqual(planned.map(seen));
  const pre = (await page.locator("pre").textContent()) ?? "";
  expect(pre).toBe(yaml(names.at(-1) ?? ""));
});

/** Expects the block with its names as text, between two paragraphs. */
async function expectBlock(page: Page, title: string): Promise<void> {
  await expectInert(page, ".deployline-fence");
  expect(await texts(page, "figcaption strong")).toEqual([seen(title)]);
  expect(await texts(page, ".deployline-fence tbody td:nth-child(3)")).toEqual(planned.map(seen));
  expect((await page.locator("deploy-line > pre").textContent())?.trim()).toBe(yaml(title).trim());
  const paragraphs = page.locator(":is(main, body) > p");
  await expect(paragraphs).toHaveText(["before", "after"]);
}

const hostileOptions = `live durations="<script>alert(1)</script>=1m"`;

test("hostile names are text in a fence of mdBook", async ({ page }, info) => {
  const title = names[3] ?? "";
  const fence = run(["fence", "-", "--info", hostileOptions], yaml(title));
  await openBook(page, info, `# Chapter\n\nbefore\n\n${fence}\nafter\n`);
  await expectBlock(page, title);
});

for (const name of ["page.md", "page.mdx"] as const) {
  test(`hostile names are text in a fence of remark, in ${name}`, async ({ page }, info) => {
    // Astro builds a whole site.
    test.slow();
    const title = names[3] ?? "";
    const block = `\`\`\`\`\`deployline ${hostileOptions}\n${yaml(title)}\`\`\`\`\`\n`;
    await openSite(page, info, name, `# Page\n\nbefore\n\n${block}\nafter\n`);
    await expectBlock(page, title);
  });
}

test("hostile names are text in rendered Markdown", async ({ page }, info) => {
  for (const format of ["markdown", "pull-request"]) {
    await openBook(page, info, `# Chapter\n\n${plan(format, names[4])}\nafter\n`);
    await expectInert(page, "main > :not(h1)");
    expect(await texts(page, "main > p:nth-of-type(1) strong")).toEqual([seen(names[4] ?? "")]);
    const labels = planned.map((name) => legible(`${name} I`));
    expect((await texts(page, "main td:nth-child(2)")).map(legible)).toEqual(labels);
    await expect(page.locator("main > p").last()).toHaveText("after");
  }
});

test("hostile names stay inside their line in Mermaid", async ({ page }, info) => {
  await openBook(page, info, `# Chapter\n\n${plan("pull-request", names[10])}\nafter\n`);
  const chart = (await page.locator("code.language-mermaid").textContent()) ?? "";
  // Reads the chart as Mermaid does: one task per line, its name up to the colon, codes for characters.
  const tasks = chart.split("\n").filter((line) => / :(crit, |done, )?s0d\d+, /.test(line));
  const read = tasks.map((line) =>
    (line.split(" :")[0] ?? "").trim().replace(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code))),
  );
  expect(read.map(legible)).toEqual(planned.map((name, i) => legible(`${i + 1} ${name} I`)));
  expect(chart.trimEnd().split("\n")).toHaveLength(5 + names.length);
});
