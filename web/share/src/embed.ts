// Code to paste into other pages. Everything from the YAML is escaped.

/** Returns `<deploy-line>` with the YAML as its first child (docs/embedding.md). */
export function elementCode(page: string, attributes: string, yaml: string): string {
  const pairs = attributes.split("\n").filter((line) => line.includes("="));
  const markup = pairs.map((pair) => {
    const [name = ""] = pair.split("=", 1);
    return ` ${name}="${escape(pair.slice(name.length + 1))}"`;
  });
  // HTML drops the first line break in a `pre`.
  return (
    `<script type="module" src="${escape(siblingOf(page, "deployline.js"))}"></script>\n` +
    `<deploy-line controls="checkboxes"${markup.join("")}>\n<pre>\n${escape(yaml)}</pre>\n</deploy-line>\n`
  );
}

/** Returns an `<iframe>` of the picture, with the state in its address. */
export function frameCode(page: string, fragment: string, title: string): string {
  const source = `${siblingOf(page, "embed.html")}#${fragment}`;
  return `<iframe title="${escape(title)}" width="800" height="400" src="${escape(source)}"></iframe>\n`;
}

const siblingOf = (page: string, name: string) => new URL(name, page).href;

const escape = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
