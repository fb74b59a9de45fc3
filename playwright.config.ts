import { defineConfig } from "@playwright/test";
import { launchOptions, pagePolicy } from "./tests/browser.mjs";

const page = { port: 4173, url: "http://127.0.0.1:4173/" };
const documents = { port: 4175, url: "http://127.0.0.1:4175/" };
/** Pages of others, with elements and frames; the second origin does without WebAssembly. */
const embed = { port: 4176, url: "http://127.0.0.1:4176/" };
const noWasm = { port: 4177, url: "http://127.0.0.1:4177/" };
const fixtures = { port: 4174, url: "http://127.0.0.1:4174/" };

/** What the editor must live with: no inline script or style, nothing from elsewhere. */
const strictPolicy = "default-src 'none'; script-src 'self'; style-src 'self'";

/** As strict as a page can be that has our elements and frames. */
const hostPolicy = (script: string) =>
  `default-src 'none'; script-src ${script}; style-src 'self'; connect-src 'self'; ` +
  `frame-src ${embed.url} ${noWasm.url}`;
const editorSpecs = /\/editor[\w-]*\.spec\.ts$/;
const embedSpecs = /\/embed[\w-]*\.spec\.ts$/;

/** What documentation tools built, and files that the command line wrote. */
const documentSpecs = ["documents.spec.ts", "hostile-exports.spec.ts", "package.spec.ts"];

const server = "node tests/e2e/server.mjs";

export default defineConfig({
  testDir: "tests/e2e",
  outputDir: "test-results",
  forbidOnly: true,
  retries: 0,
  workers: 2,
  fullyParallel: true,
  reporter: "list",
  // Named at the end: what takes longest.
  reportSlowTests: { max: 5, threshold: 20_000 },
  use: {
    trace: "retain-on-failure",
    launchOptions,
  },
  projects: [
    { name: "editor", testMatch: editorSpecs, use: { baseURL: fixtures.url } },
    { name: "documents", testMatch: documentSpecs, use: { baseURL: documents.url } },
    { name: "embed", testMatch: embedSpecs, use: { baseURL: embed.url } },
    {
      name: "page",
      testIgnore: [editorSpecs, ...documentSpecs, embedSpecs],
      use: {
        baseURL: page.url,
        viewport: { width: 1280, height: 900 },
        permissions: ["clipboard-read", "clipboard-write"],
      },
    },
  ],
  // By port, not by address: without a release build the first one has nothing to answer with.
  webServer: [
    { command: `${server} --port ${page.port} --csp "${pagePolicy}" dist`, port: page.port },
    // Their own scripts are inline: these sites have no policy.
    { command: `${server} --port ${documents.port} target/documents`, port: documents.port },
    {
      command: `${server} --port ${embed.port} --csp "${hostPolicy("'self' 'wasm-unsafe-eval'")}" tests/e2e/fixtures/embed dist`,
      port: embed.port,
    },
    {
      command: `${server} --port ${noWasm.port} --csp "${hostPolicy("'self'")}" tests/e2e/fixtures/embed dist`,
      port: noWasm.port,
    },
    {
      command: `${server} --port ${fixtures.port} --csp "${strictPolicy}" tests/e2e/fixtures web/editor/dist`,
      port: fixtures.port,
    },
  ],
});
