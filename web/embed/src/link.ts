// Reads and writes the state in a link.

import { deflatedBytes, inflatedBytesLimit, linkFragment, type Plan } from "deployline-wasm";
import { deflate, inflate } from "../../src/share/deflate";

/**
 * Reads the whole state of a link into `plan`.
 * @throws Error with a sentence for people, where the fragment is not a link's
 */
export async function readLink(plan: Plan, fragment: string): Promise<void> {
  const deflated = parseFragment(fragment);
  if (!deflated) throw new Error("This is no link to a plan: it has no `#v2.`.");
  // The core says what is wrong: an empty state is damaged, and one above the limit too large.
  const inflated = await inflate(deflated, inflatedBytesLimit()).catch(() => new Uint8Array());
  const mistake = plan.readLink(inflated);
  if (mistake) throw new Error(mistake);
}

export async function writeLink(plan: Plan): Promise<string> {
  return linkFragment(await deflate(plan.writeLink()));
}

function parseFragment(fragment: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return deflatedBytes(fragment);
  } catch (error) {
    throw typeof error === "string" ? new Error(error) : error;
  }
}
