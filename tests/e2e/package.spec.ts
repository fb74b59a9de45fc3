// The npm package in a fresh project, as Vite built it from the tarball.

import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { expect, test, viteProject } from "./documents";

test("the element comes to life from the package", async ({ page }) => {
  await page.goto("vite/index.html");
  const bars = page.getByRole("option");
  await expect(bars).toHaveCount(4);
  await expect(bars.first()).toHaveAccessibleName(/^1\. web I1, 0s to 4m/);
  await expect(page.locator("output")).toHaveText("1 stage, 4 deployments, 10m, by script");

  await page.getByLabel("Deploy services in parallel").check();
  await expect(page.locator("output")).toHaveText("1 stage, 4 deployments, 5m, by checkbox");
});

test("Vite takes the WebAssembly along, under a name of its own", async ({ page }) => {
  const loaded: string[] = [];
  page.on("response", (response) => loaded.push(new URL(response.url()).pathname));
  await page.goto("vite/index.html");
  await expect(page.getByRole("option")).toHaveCount(4);
  await page.getByLabel("Deploy services in parallel").check();
  await expect(page.locator("output")).toHaveText("1 stage, 4 deployments, 5m, by checkbox");
  expect(loaded.filter((path) => path.endsWith(".wasm"))).toEqual([
    expect.stringMatching(/^\/vite\/assets\/deployline_bg-[\w-]+\.wasm$/),
  ]);
});

test("it holds what is used, and names no folder of whoever built it", () => {
  const folder = join(viteProject, "node_modules/deployline");
  const files = readdirSync(folder).sort();
  expect(files).toEqual([
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "deployline.d.ts",
    "deployline.js",
    "deployline_bg.wasm",
    "package.json",
    "remark.d.ts",
    "remark.js",
  ]);
  for (const file of files) {
    const text = readFileSync(join(folder, file), "latin1");
    for (const place of [homedir(), process.cwd()]) expect(text.includes(place), `${place} in ${file}`).toBe(false);
  }
});

test.describe("with the development server", () => {
  test.use({ expectedComplaints: /^elsewhere: http:\/\/127\.0\.0\.1:/ });

  test("the element comes to life too", async ({ page }) => {
    const script = join(viteProject, "node_modules/vite/bin/vite.js");
    const vite = spawn(process.execPath, [script, "--host", "127.0.0.1"], {
      cwd: viteProject,
      env: { ...process.env, NO_COLOR: "1" },
      stdio: ["ignore", "pipe", "ignore"],
    });
    try {
      await page.goto(await addressIn(vite.stdout));
      await expect(page.getByRole("option")).toHaveCount(4);
    } finally {
      vite.kill();
    }
  });
});

/** Returns the first address that a program prints. */
const addressIn = (output: Readable) =>
  new Promise<string>((resolve, reject) => {
    let printed = "";
    output.on("data", (chunk) => {
      printed += chunk;
      const address = /http:\/\/\S+/.exec(printed);
      if (address) resolve(address[0]);
    });
    output.on("close", () => reject(new Error(`no address in: ${printed}`)));
  });
