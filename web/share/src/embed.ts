// Code for other pages. All that comes from the YAML is escaped: whoever pastes the code trusts it.

/** `<deploy-line>` with the YAML, which it takes from its first child (docs/embedding.md). */
export function elementCode(page: string, attributes: string, yaml: string): string {
  const given = attributes.split("\n").filter((line) => line.includes("="));
  const written = given.map((line) => {
    const [name = ""] = line.split("=", 1);
    return ` ${name}="${escaped(line.slice(name.length + 1))}"`;
  });
  // The first line break in a `pre` is dropped.
  return (
    `<script type="module" src="${escaped(beside(page, "deployline.js"))}"></script>\n` +
    `<deploy-line controls="checkboxes"${written.join("")}>\n<pre>\n${escaped(yaml)}</pre>\n</deploy-line>\n`
  );
}

export function frameCode(page: string, fragment: string, title: string): string {
  const source = `${beside(page, "embed.html")}#${fragment}`;
  return `<iframe title="${escaped(title)}" width="800" height="400" src="${escaped(source)}"></iframe>\n`;
}

const beside = (page: string, name: string) => new URL(name, page).href;

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
