// Links as docs/link.md has them, made without the page.

import { crc32, deflateRawSync } from "node:zlib";

/**
 * The part behind `#` of a link to a text.
 * @param {string} text
 */
export function linkTo(text) {
  const state = `text\t${Buffer.byteLength(text)}\t\n\n${text}`;
  const checksum = crc32(state).toString(16).padStart(8, "0");
  return `v1.${deflateRawSync(`${checksum}\n${state}`).toString("base64url")}`;
}
