// Words with `code` in them, as elements. Names from a text are in them: nothing is ever markup.

export function richText(tag: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  text.split("`").forEach((part, index) => {
    if (index % 2 === 0) element.append(part);
    else element.appendChild(document.createElement("code")).textContent = part;
  });
  return element;
}
