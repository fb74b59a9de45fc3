// Options of the browser and the page policy, for end-to-end tests and the benchmark.

/** Options that start Chromium. */
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

/** The policy that the page must work with: WebAssembly runs, and no other origin is requested. */
export const pagePolicy =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; " +
  "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'";
