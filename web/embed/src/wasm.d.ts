// What web/embed/build.mjs makes of what wasm-bindgen makes of crates/embed, as far as it is used: it is not
// there before a build.

/** Something new each time, of which a wasm can be started. */
export function glue(): Glue;

export interface WasmPlan {
  free(): void;
  setText(text: string): void;
  readonly text: string;
  set(name: string, value?: string): string | undefined;
  facts(): string;
  json(): string;
  table(): string;
  notes(): string;
  flip(stage: number, isServices: boolean, parallel: boolean): string | undefined;
  height(width: number): number;
  rows(width: number, top: number, height: number): string;
  axis(width: number): string;
  neighbour(at: string | undefined, key: string): string | undefined;
  placeOf(at: string, width: number): Float64Array | undefined;
  describe(at: string): string | undefined;
  readLink(inflated: Uint8Array): string | undefined;
  writeLink(): Uint8Array;
}

interface Fence {
  free(): void;
  readonly html: string;
  readonly mistakes: string;
}

export interface Glue {
  Plan: new () => WasmPlan;
  fence(text: string, info: string): Fence;
  styleSheet(): string;
  inflatedBytesLimit(): number;
  /** Throws a string. */
  deflatedBytes(fragment: string): Uint8Array | undefined;
  linkFragment(deflated: Uint8Array): string;
  initSync(options: { module: BufferSource | WebAssembly.Module }): unknown;
}
