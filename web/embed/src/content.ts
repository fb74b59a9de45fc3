// Where an element's YAML is.

const MOST_BYTES = 8 * 1024 * 1024;

/** What a child says: the first `<script type="application/yaml">` or `<pre>`. */
export function contentOf(host: HTMLElement): string | null {
  for (const child of host.children) {
    const isYaml = child.localName === "script" && /ya?ml/i.test(child.getAttribute("type") ?? "");
    if (isYaml || child.localName === "pre") return child.textContent ?? "";
  }
  return null;
}

/** What a file says. */
export async function fileAt(address: string, signal: AbortSignal): Promise<string> {
  const response = await fetch(address, { signal }).catch((error) => {
    if (signal.aborted) throw error;
    throw new Error(`${address} could not be loaded`);
  });
  if (!response.ok) throw new Error(`${address} could not be loaded: ${response.status}`);
  const bytes = await response.arrayBuffer();
  if (bytes.byteLength > MOST_BYTES) throw new Error(`${address} is larger than 8 MiB`);
  return new TextDecoder().decode(bytes);
}

/** How high the static picture is that stands in the element, in pixels; 0 for none. */
export function staticHeight(host: HTMLElement): number {
  return host.querySelector("svg, img") ? host.getBoundingClientRect().height : 0;
}
