// The questions that the dialogs ask the page.

/** Text formats; `system`, `light` and `dark` are SVG pictures in these colours. */
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
  /** The name of the pipeline. */
  (what: "title"): string;
  /** The attributes of `<deploy-line>`, as a line `name=value` each. */
  (what: "attributes"): string;
  /** The fragment of a link, without its `#`; empty where there can be none. */
  (what: "link"): Promise<string>;
  /** The text, and a note for the user, which may be empty. */
  (what: Format): [text: string, note: string];
}
