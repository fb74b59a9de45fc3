// Files that the browser saves.

/** The longest name without its extension: file systems take 255 bytes, of which a letter may be four. */
const MOST_CHARS = 60;

/** Names that Windows keeps for itself. */
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

/** A file name that every system takes, as like `title` as can be. */
export function fileName(title: string, extension: string): string {
  const plain = title
    .normalize("NFC")
    // What systems forbid, and what is not seen or turns the writing around.
    .replace(/[\p{C}\p{Z}<>:"/\\|?*]+/gu, "-")
    .replace(/-{2,}/g, "-");
  const short = [...plain].slice(0, MOST_CHARS).join("");
  const stem = short.replace(/^[-.~]+|[-.~]+$/g, "");
  return `${!stem || RESERVED.test(stem) ? `pipeline${stem && "-"}${stem}` : stem}.${extension}`;
}

export function save(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // Browsers read it after the click.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
