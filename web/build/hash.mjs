import { createHash } from "node:crypto";

/**
 * Returns the hash that goes into the name of a file with these contents.
 * @param {(string | Uint8Array)[]} contents
 */
export function hashOf(...contents) {
  const hash = createHash("sha256");
  for (const content of contents) hash.update(content);
  return hash.digest("hex").slice(0, 16);
}
