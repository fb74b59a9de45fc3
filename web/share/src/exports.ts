// The rows of the export dialog: each format as a file, and text formats on the clipboard as well.

import { copy, type Dialog, formatNumber, row } from "./dialog";
import { fileName, save } from "./files";
import { offlineRow } from "./offline";
import type { Ask, Format } from "./page";
import { png } from "./png";

const TEXT_FORMATS: [title: string, description: string, extension: string, type: string, format: Format][] = [
  ["SVG", "The picture as you see it, sharp at any size, light and dark.", "svg", "image/svg+xml", "system"],
  ["HTML", "One file that opens from disk: picture, order, table and YAML.", "html", "text/html", "html"],
  ["Markdown", "A table for documents.", "md", "text/markdown", "markdown"],
  ["Mermaid", "A Gantt chart for places that draw those.", "mmd", "text/plain", "mermaid"],
  ["CSV", "A row for each deployment, for spreadsheets.", "csv", "text/csv", "csv"],
  ["JSON", "The plan for programs.", "json", "application/json", "json"],
  ["YAML", "The text itself.", "yaml", "text/yaml", "yaml"],
];

export function exportRows(dialog: Dialog, root: Element, ask: Ask): Node[] {
  const title = ask("title");
  const rows = TEXT_FORMATS.map(([name, description, extension, type, format]) =>
    row(
      name,
      description,
      dialog.button("Copy", name, async () => {
        const [text, note] = ask(format);
        return withNote(await copy(text, `${name}, ${formatNumber(text.length)} characters`), note);
      }),
      dialog.button("Download", name, () => {
        const [text, note] = ask(format);
        return withNote(saveBlob(new Blob([text], { type }), fileName(title, extension)), note);
      }),
    ),
  );
  const picture = row(
    "PNG",
    "The picture at twice its size, for slides and chats.",
    dialog.button("Download", "PNG", async () => {
      const [svg, note] = ask(isDark(root) ? "dark" : "light");
      return withNote(saveBlob(await png(svg), fileName(title, "png")), note);
    }),
  );
  const paper = row(
    "Paper",
    "The picture in full width and the table below it.",
    dialog.button("Print…", "", () => {
      dialog.close();
      print();
      return "";
    }),
  );
  rows.splice(1, 0, picture);
  return [...rows, paper, ...offlineRow(dialog)];
}

function saveBlob(blob: Blob, name: string): string {
  save(blob, name);
  return `Saved ${name}, ${formatNumber(blob.size)} bytes.`;
}

const withNote = (sentence: string, note: string) => (note ? `${sentence} ${note}` : sentence);

/** Tells whether the page is dark now, by the system or by choice. */
const isDark = (root: Element) => getComputedStyle(root).colorScheme === "dark";
