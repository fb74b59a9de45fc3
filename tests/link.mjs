// Links as docs/link.md has them, made without the page.

import { crc32, deflateRawSync } from "node:zlib";

/**
 * The part behind `#` of a link to a text.
 * @param {string} text
 */
export function linkTo(text) {
  return linkWith(JSON.stringify({ plan: { texts: [{ text }] } }));
}

/**
 * The part behind `#` of a link with any payload.
 * @param {string} payload
 */
export function linkWith(payload) {
  const deflated = deflateRawSync(payload);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(deflated));
  return `v2.${Buffer.concat([deflated, checksum]).toString("base64url")}`;
}
