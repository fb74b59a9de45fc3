// Saves files by the browser.

/** Limit of a name without its extension: file systems take 255 bytes, and a character has up to four. */
const MAX_CHARS = 60;

/** Names that Windows reserves. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** Returns a file name that every system takes, as close to `title` as possible. */
export function fileName(title: string, extension: string): string {
  const plain = title
    .normalize("NFC")
    // Characters that systems forbid, that are invisible or that turn the direction of text.
    .replace(/[\p{C}\p{Z}<>:"/\\|?*]+/gu, "-")
    .replace(/-{2,}/g, "-");
  const short = [...plain].slice(0, MAX_CHARS).join("");
  const stem = short.replace(/^[-.~]+|[-.~]+$/g, "");
  return `${!stem || RESERVED.test(stem) ? `pipeline${stem && "-"}${stem}` : stem}.${extension}`;
}

export function save(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // Browsers read the blob after the click.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
