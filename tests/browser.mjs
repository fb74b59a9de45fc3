// What the end-to-end tests and the benchmark ask of the browser, and of the page in it.

/** How Chromium is started. */
export const launchOptions = {
  executablePath: process.env.DEPLOYLINE_CHROMIUM ?? "/usr/bin/chromium",
  args: [
    // Chromium's sandbox refuses to run as root.
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

/** What the page must live with: WebAssembly may run, and nothing comes from or goes elsewhere. */
export const pagePolicy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; " +
  "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'";
