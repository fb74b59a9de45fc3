// What the page tells of what it shows.

/** A format that is text; pictures by their colours, `system` for both. */
export type Format =
  | "yaml"
  | "system"
  | "light"
  | "dark"
  | "html"
  | "markdown"
  | "pull-request"
  | "mermaid"
  | "csv"
  | "json";

export interface Ask {
  /** What the pipeline is called. */
  (what: "title"): string;
  /** `name=value` in each line: what `<deploy-line>` is told. */
  (what: "attributes"): string;
  /** The fragment of a link, without its `#`; empty where there can be none. */
  (what: "link"): Promise<string>;
  /** The text, and what is to be said of it; the note may be empty. */
  (what: Format): [text: string, note: string];
}
