// Raw deflate, by the browser itself, for the page and the element. The streams take a copy of what they
// are given: the bytes of the page are those of its WebAssembly, and good for the moment of the call.

/** @param {Uint8Array<ArrayBuffer>} bytes */
export async function deflate(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/**
 * Stops when more than `most` bytes have come out, and returns those.
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {number} most
 */
export async function inflate(bytes, most) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const reader = stream.getReader();
  const chunks = [];
  let length = 0;
  while (length <= most) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    length += value.length;
  }
  // After the end it does nothing.
  await reader.cancel();
  return new Uint8Array(await new Blob(chunks).arrayBuffer());
}
