// The wasm comes in two files: what usual texts call, and the rest of its functions. How they fit
// together is said in crates/xtask/src/arrange/seldom.rs.

import { Missing } from "./able";

/** A number in a wasm that may be overwritten by any other. */
const LENGTH_BYTES = 5;
/** The numbers that say what fits where, and the length that the code then has. */
const HEAD_BYTES = 4 * 4 + LENGTH_BYTES;

/** The whole wasm. `Missing` where the one is not the rest of the other. */
export function whole(first: Uint8Array, rest: Uint8Array): Uint8Array<ArrayBuffer> {
  // `\0asm` and a version, a section's kind, how long it is in steps of seven bits, and its name.
  let at = 9;
  while ((rest[at++] ?? 0) >= 0x80);
  at += 1 + "rest".length;
  const head = new DataView(new ArrayBuffer(HEAD_BYTES));
  rest.subarray(at, at + HEAD_BYTES).forEach((byte, place) => head.setUint8(place, byte));
  const [length, lengthAt, stubsAt, stubsEnd] = [0, 4, 8, 12].map((place) => head.getUint32(place, true));
  if (length !== first.length) throw new Missing("the files of its WebAssembly are not of one build");
  const parts = [
    first.subarray(0, lengthAt),
    rest.subarray(at + HEAD_BYTES - LENGTH_BYTES, at + HEAD_BYTES),
    first.subarray((lengthAt ?? 0) + LENGTH_BYTES, stubsAt),
    rest.subarray(at + HEAD_BYTES),
    first.subarray(stubsEnd),
  ];
  const made = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let end = 0;
  for (const part of parts) {
    made.set(part, end);
    end += part.length;
  }
  return made;
}
