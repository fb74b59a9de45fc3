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

/** What a file says. Broken, with a sentence for people, where it can't be had. */
export async function fileAt(address: string, signal: AbortSignal): Promise<string> {
  const broken = () => new Error(`${address} could not be loaded`);
  const response = await fetch(address, { signal }).catch(() => {
    throw broken();
  });
  if (!response.ok) throw new Error(`${address} could not be loaded: ${response.status}`);
  // Not as a stream: browsers list a file that is read so as one that was given up.
  const file = await response.blob().catch(() => {
    throw broken();
  });
  if (file.size > MOST_BYTES) throw new Error(`${address} is larger than 8 MiB`);
  return file.text();
}
