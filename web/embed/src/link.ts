// The state in a link: raw deflate, by the browser itself.

import { able } from "./able";
import { bytesOf } from "./bytes";
import { ask, core } from "./core";
import type { Plan } from "./plan";

/** Takes all that a link carries. Throws, with a sentence, where it is none. */
export async function readLink(plan: Plan, fragment: string): Promise<void> {
  await core();
  const deflated = deflatedOf(fragment);
  if (!deflated) throw new Error("This is no link to a plan: it has no `#v1.`.");
  const mistake = plan.readLink(await inflated(deflated, ask((glue) => glue.inflatedBytesLimit())));
  if (mistake) throw new Error(mistake);
}

export async function writeLink(plan: Plan): Promise<string> {
  const bytes = await able(() => plan.ask((plan) => plan.writeLink()));
  const stream = through(bytes, new CompressionStream("deflate-raw"));
  const deflated = new Uint8Array(await new Response(stream).arrayBuffer());
  return able(() => ask((glue) => glue.linkFragment(deflated)));
}

function deflatedOf(fragment: string): Uint8Array | undefined {
  try {
    return ask((glue) => glue.deflatedBytes(fragment));
  } catch (error) {
    throw typeof error === "string" ? new Error(error) : error;
  }
}

/** Stops at `most` bytes, whatever the link would unfold to. */
async function inflated(deflated: Uint8Array, most: number): Promise<Uint8Array> {
  const stream = through(deflated, new DecompressionStream("deflate-raw"));
  const bytes = await bytesOf(stream, most).catch(() => {
    throw new Error("This link is damaged: a part of it is missing or changed. Copy it again as a whole.");
  });
  if (!bytes) throw new Error(`This link unfolds to more than ${most >> 20} MiB, and is not opened.`);
  return bytes;
}

function through(bytes: Uint8Array, by: CompressionStream | DecompressionStream): ReadableStream<Uint8Array> {
  return new Blob([bytes as BlobPart]).stream().pipeThrough(by);
}
