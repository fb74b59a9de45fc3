// The used part of the bindings of crates/embed, which wasm-bindgen generates in a build.

export class Plan {
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
  barExtent(at: string, width: number): Float64Array | undefined;
  describe(at: string): string | undefined;
  readLink(inflated: Uint8Array): string | undefined;
  writeLink(): Uint8Array<ArrayBuffer>;
}

interface Fence {
  free(): void;
  readonly html: string;
  readonly mistakes: string;
}

export function fence(text: string, info: string): Fence;
export function styleSheet(): string;
export function inflatedBytesLimit(): number;
/** Throws a string. */
export function deflatedBytes(fragment: string): Uint8Array<ArrayBuffer> | undefined;
export function linkFragment(deflated: Uint8Array): string;

export function initSync(options: { module: BufferSource | WebAssembly.Module }): unknown;
export default function init(options: {
  module_or_path: WebAssembly.Module | Promise<WebAssembly.Module>;
}): Promise<unknown>;
