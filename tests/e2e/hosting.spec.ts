// The page's folder on any static host: below any path, under its own policy, and without a network.

import { spawn, type ChildProcess } from "node:child_process";
import { cpSync, readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test as base, type Page } from "@playwright/test";
import { pagePolicy } from "../browser.mjs";

const dist = new URL("../../dist", import.meta.url).pathname;

type Host = {
  /** Address of the page, below `/a/b/`. */
  address: string;
  /** The folder with its files. */
  folder: string;
  /** Ends the server. */
  stop: () => Promise<void>;
};

/** A copy of the page below a path, on a plain server that sends no policy. */
const test = base.extend<{ host: Host }>({
  host: async ({}, use, info) => {
    const root = info.outputPath("root");
    const folder = join(root, "a/b");
    cpSync(dist, folder, { recursive: true });
    const server = spawn("node", ["tests/e2e/server.mjs", root], { stdio: ["ignore", "pipe", "inherit"] });
    const origin = await new Promise<string>((resolve) =>
      server.stdout.once("data", (line) => resolve(String(line).trim())),
    );
    await use({ address: `${origin}a/b/`, folder, stop: () => ended(server) });
    await ended(server);
  },
});

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const closed = new Promise((resolve) => server.once("close", resolve));
  server.kill();
  await closed;
}

const bars = (page: Page) => page.locator("main .dl-bar");
const offline = (page: Page) => page.getByRole("checkbox", { name: /^Keep for offline use/ });
const told = (page: Page) => page.getByRole("dialog").getByRole("status");

async function expectPage(page: Page) {
  await expect(page.getByRole("textbox", { name: "Pipeline YAML" })).toHaveAttribute("contenteditable", "true");
  await expect(bars(page)).toHaveCount(8);
}

test("the page works below any path, and its own files have hashed names", async ({ page, host }) => {
  const problems: string[] = [];
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("request", (request) => {
    if (!request.url().startsWith(host.address)) problems.push(request.url());
  });
  page.on("response", (response) => response.status() >= 400 && problems.push(response.url()));
  await page.goto(host.address);
  await expectPage(page);
  await page.getByRole("button", { name: "Share…" }).click();
  await expect(page.getByRole("textbox", { name: "Link" })).toHaveValue(new RegExp(`^${host.address}#v2\\.`));
  expect(problems).toEqual([]);
  const names = readdirSync(host.folder).filter((name) => !/^(index\.html|sw\.js|deployline\.(js|d\.ts)|embed\..*)$/.test(name));
  expect(names.filter((name) => !/-[0-9a-f]{16}(_bg)?\.\w+$/.test(name))).toEqual([]);
});

test("its own policy lets nothing else run", async ({ page, host }) => {
  const index = readFileSync(join(host.folder, "index.html"), "utf8");
  expect(index).toContain(`<meta http-equiv="Content-Security-Policy" content="${pagePolicy}">`);
  const smuggled = `<script>document.title = "ran"</script><style>body { display: none }</style></body>`;
  writeFileSync(join(host.folder, "index.html"), index.replace("</body>", smuggled));
  const blocked: string[] = [];
  page.on("console", (message) => message.type() === "error" && blocked.push(message.text()));
  await page.goto(host.address);
  await expectPage(page);
  await expect(page).toHaveTitle(/^Deployline/);
  await expect(page.locator("body")).toBeVisible();
  expect(blocked).toHaveLength(2);
});

test.describe("offline", () => {
  test("nothing is kept for offline use unless someone asks", async ({ page, host }) => {
    await page.goto(host.address);
    await expectPage(page);
    await page.getByRole("button", { name: "Export…" }).click();
    await expect(offline(page)).toBeEnabled();
    await expect(offline(page)).not.toBeChecked();
    expect(await kept(page)).toEqual([0, 0]);
  });

  test("the page opens offline with all its parts, and is removed on request", async ({ page, host }) => {
    await page.goto(host.address);
    await keepOffline(page);
    await host.stop();

    await page.goto(`${host.address}?again`);
    await expectPage(page);
    await page.getByRole("button", { name: "Export…" }).click();
    await expect(offline(page)).toBeChecked();
    await offline(page).uncheck();
    await expect(told(page)).toHaveText("The page is kept no longer.");
    expect(await kept(page)).toEqual([0, 0]);
  });

  test("a new version comes one visit later, and the old one is gone two later", async ({ page, host }) => {
    // Five visits, each of which loads the whole page.
    test.slow();
    await page.goto(host.address);
    await keepOffline(page);
    let shown = await page.title();
    for (const title of ["Second", "Third"]) {
      publish(host.folder, title);
      await page.reload();
      await expectPage(page);
      await expect(page).toHaveTitle(shown);
      await becomesKept(page, `deployline ${host.address} v${title}`);
      await page.reload();
      await expectPage(page);
      await expect(page).toHaveTitle(title);
      shown = title;
    }
    // The current version and the one before, which may still be open in a tab.
    expect(await kept(page)).toEqual([1, 2]);
  });
});

async function keepOffline(page: Page) {
  await expectPage(page);
  await page.getByRole("button", { name: "Export…" }).click();
  await offline(page).check();
  await expect(told(page)).toHaveText("The page is kept for offline use.");
  await page.keyboard.press("Escape");
}

/** Waits until a version is stored completely and its service worker is active, which the browser says by events. */
const becomesKept = (page: Page, cache: string) =>
  page.evaluate(async (cache) => {
    const registration = await navigator.serviceWorker.getRegistration();
    if (!registration) throw new Error("The page has no service worker.");
    await new Promise<void>((resolve) => {
      const look = async () => {
        const isActive = !registration.installing && !registration.waiting && registration.active?.state === "activated";
        if (isActive && (await caches.has(cache))) resolve();
      };
      const follow = (worker: ServiceWorker | null) => worker?.addEventListener("statechange", look);
      registration.addEventListener("updatefound", () => follow(registration.installing));
      [registration.installing, registration.waiting, registration.active].forEach(follow);
      void look();
    });
  }, cache);

/** Returns the numbers of service workers and of caches. */
const kept = (page: Page) =>
  page.evaluate(async () => {
    const registrations = await navigator.serviceWorker.getRegistrations();
    return [registrations.length, (await caches.keys()).length];
  });

/** Publishes another build, with another title and name of the style sheet, so with another version. */
function publish(folder: string, title: string) {
  const names = readdirSync(folder);
  const style = names.find((name) => name.startsWith("style-")) ?? "";
  const next = `style-${title}.css`;
  renameSync(join(folder, style), join(folder, next));
  const rewrite = (name: string, change: (text: string) => string) =>
    writeFileSync(join(folder, name), change(readFileSync(join(folder, name), "utf8")));
  rewrite("index.html", (text) => text.replace(style, next).replace(/<title>[^<]*/, `<title>${title}`));
  rewrite("sw.js", (text) => text.replace(style, next).replace(/"[0-9a-f]{16}"|"v\w+"/, `"v${title}"`));
}
