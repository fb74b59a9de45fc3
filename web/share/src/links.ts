// A link, and what others put into their pages and reviews.

import { copied, type Dialog, grouped, make, row } from "./dialog";
import { elementCode, frameCode } from "./embed";
import type { Ask } from "./page";

const WARNING =
  "The YAML travels in the link: whoever has the link can read it. " +
  "It stands behind the # of the address, which no server gets.";

export function shareRows(dialog: Dialog, ask: Ask, mostChars: number, openExport: () => void): Node[] {
  const address = here();
  const link = make("section", { className: "dl-dialog-row" }, make("h3", {}, "Link"));
  const field = make("input", { className: "dl-control dl-dialog-link", readOnly: true, ariaLabel: "Link" });
  field.addEventListener("focus", () => field.select());
  const length = make("p", { className: "dl-muted" });
  const copyLink = dialog.button("Copy link", "", () => copied(field.value, "the link"));
  const title = ask("title");
  // Until there is one, there is nothing to copy.
  const copyFrame = dialog.button("Copy", "code of the frame", () =>
    copied(frameCode(address, fragment, title), "the code of the frame"),
  );
  copyLink.disabled = copyFrame.disabled = true;
  let fragment = "";
  link.append(
    make("p", { className: "dl-dialog-warning" }, WARNING),
    make("div", { className: "dl-dialog-buttons" }, field, copyLink),
    length,
  );

  void ask("link").then((made) => {
    if (made && made.length <= mostChars) {
      fragment = made;
      field.value = `${address}#${made}`;
      length.textContent = `${grouped(field.value.length)} characters.`;
      copyLink.disabled = copyFrame.disabled = false;
      return;
    }
    const why = made
      ? `The link would have ${grouped(made.length)} characters. Many programs cut what is longer than ` +
        `${grouped(mostChars)}, so there is none, nor is there one in the page's address.`
      : "There can be no link: the text is too long, or the browser does not compress.";
    link.replaceChildren(
      make("h3", {}, "Link"),
      make("p", { className: "dl-dialog-warning" }, `${why} Send a file instead: the YAML, or a page with the picture.`),
      make("div", { className: "dl-dialog-buttons" }, dialog.button("Export…", "", () => (openExport(), ""))),
    );
  });

  return [
    link,
    row(
      "Embed as an element",
      "<deploy-line> for a page that loads deployline.js: with the YAML, rows, colours and durations.",
      dialog.button("Copy", "code of the element", () =>
        copied(elementCode(address, ask("attributes"), ask("yaml")[0]), "the code of the element"),
      ),
    ),
    row("Embed as a frame", "<iframe> for where no script may be: with all that the link carries.", copyFrame),
    row(
      "Markdown",
      "For a pull request: facts, a chart and the order, with the table folded away.",
      dialog.button("Copy as Markdown", "", () => copied(ask("pull-request")[0], "the Markdown")),
    ),
  ];
}

/** The page's address, without what it carries. */
function here(): string {
  const { origin, pathname, protocol } = location;
  return protocol === "file:" ? `file://${pathname}` : origin + pathname;
}
