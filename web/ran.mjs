/**
 * The numbers of the stretches of code that ran, as a watched wasm exports them
 * (crates/xtask/src/arrange/watch.rs). It is also run inside a browser, and so knows nothing around it.
 *
 * @param {WebAssembly.Exports} wasm
 */
export function ran(wasm) {
  const numbers = [];
  for (const [name, flags] of Object.entries(wasm)) {
    if (!name.startsWith("ran ") || !(flags instanceof WebAssembly.Global)) continue;
    const first = 64 * Number(name.slice("ran ".length));
    for (let bits = BigInt.asUintN(64, flags.value), bit = 0; bits > 0n; bits >>= 1n, bit++) {
      if (bits & 1n) numbers.push(first + bit);
    }
  }
  return numbers;
}
