// Reads and writes the state in a link: raw deflate, by the browser itself.

import { deflatedBytes, inflatedBytesLimit, linkFragment, type Plan } from "deployline-wasm";
import { readBytes } from "./bytes";

/**
 * Reads the whole state of a link into `plan`.
 * @throws Error with a sentence for people, where the fragment is not a link's
 */
export async function readLink(plan: Plan, fragment: string): Promise<void> {
  const deflated = parseFragment(fragment);
  if (!deflated) throw new Error("This is no link to a plan: it has no `#v2.`.");
  const mistake = plan.readLink(await inflate(deflated, inflatedBytesLimit()));
  if (mistake) throw new Error(mistake);
}

export async function writeLink(plan: Plan): Promise<string> {
  const stream = pipe(plan.writeLink(), new CompressionStream("deflate-raw"));
  return linkFragment(new Uint8Array(await new Response(stream).arrayBuffer()));
}

function parseFragment(fragment: string): Uint8Array | undefined {
  try {
    return deflatedBytes(fragment);
  } catch (error) {
    throw typeof error === "string" ? new Error(error) : error;
  }
}

/** Stops at `limit` bytes, however large the inflated link would be. */
async function inflate(deflated: Uint8Array, limit: number): Promise<Uint8Array> {
  const stream = pipe(deflated, new DecompressionStream("deflate-raw"));
  const bytes = await readBytes(stream, limit).catch(() => {
    throw new Error("This link is damaged: a part of it is missing or changed. Copy it again as a whole.");
  });
  if (!bytes) throw new Error(`This link unfolds to more than ${limit >> 20} MiB, and is not opened.`);
  return bytes;
}

function pipe(bytes: Uint8Array, transform: CompressionStream | DecompressionStream): ReadableStream<Uint8Array> {
  return new Blob([bytes as BlobPart]).stream().pipeThrough(transform);
}
