// Turns text with `code` to elements. Names from the YAML are in it: nothing in it is ever markup.

export function richText(tag: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  text.split("`").forEach((part, index) => {
    if (index % 2 === 0) element.append(part);
    else element.appendChild(document.createElement("code")).textContent = part;
  });
  return element;
}
