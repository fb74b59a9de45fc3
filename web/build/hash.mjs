import { createHash } from "node:crypto";

/** Returns the hash of a file's contents, for its name. */
export function hashOf(...contents) {
  const hash = createHash("sha256");
  for (const content of contents) hash.update(content);
  return hash.digest("hex").slice(0, 16);
}
