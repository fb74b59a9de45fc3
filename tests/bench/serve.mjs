// The servers of the page and the floor, on ports of their own.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { pagePolicy } from "../browser.mjs";

/** @type {import("node:child_process").ChildProcess[]} */
const servers = [];

/**
 * Returns the address at which a folder is served.
 * @param {string} folder
 */
export async function serve(folder) {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const server = spawn("node", ["tests/e2e/server.mjs", "--csp", pagePolicy, "--gzip", folder], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  servers.push(server);
  const [address] = await once(server.stdout, "data");
  return String(address).trim();
}

export function stopServers() {
  servers.forEach((server) => server.kill());
}
