// The rows of the share dialog: the link, and code for pages and reviews.

import { copy, type Dialog, formatNumber, make, row } from "./dialog";
import { elementCode, frameCode } from "./embed";
import type { Ask } from "./page";

const WARNING =
  "The YAML travels in the link: whoever has the link can read it. " +
  "It stands behind the # of the address, which no server gets.";

export function shareRows(dialog: Dialog, ask: Ask, maxChars: number, openExport: () => void): Node[] {
  const title = ask("title");
  let fragment = "";
  const copyFrame = dialog.button("Copy", "code of the frame", () =>
    copy(frameCode(pageAddress(), fragment, title), "the code of the frame"),
  );
  // Disabled until there is a link.
  copyFrame.disabled = true;
  const link = linkRow(dialog, ask("link"), maxChars, openExport, (made) => {
    fragment = made;
    copyFrame.disabled = false;
  });
  return [
    link,
    row(
      "Embed as an element",
      "<deploy-line> for a page that loads deployline.js: with the YAML, rows, colours and durations.",
      dialog.button("Copy", "code of the element", () =>
        copy(elementCode(pageAddress(), ask("attributes"), ask("yaml")[0]), "the code of the element"),
      ),
    ),
    row(
      "Embed as a frame",
      "<iframe> for where no script may be: with all that the link carries, but for answers to open inputs.",
      copyFrame,
    ),
    row(
      "Markdown",
      "For a pull request: facts, a chart and the order, with the table folded away.",
      dialog.button("Copy as Markdown", "", () => copy(ask("pull-request")[0], "the Markdown")),
    ),
  ];
}

/** Creates the row of the link itself; calls `onLink` with its fragment, or offers the export instead. */
function linkRow(
  dialog: Dialog,
  link: Promise<string>,
  maxChars: number,
  openExport: () => void,
  onLink: (fragment: string) => void,
): HTMLElement {
  const title = make("h3", {}, "Link");
  const field = make("input", { className: "dl-control dl-dialog-link", readOnly: true, ariaLabel: "Link" });
  field.addEventListener("focus", () => field.select());
  const length = make("p", { className: "dl-muted" });
  const copyLink = dialog.button("Copy link", "", () => copy(field.value, "the link"));
  copyLink.disabled = true;
  const content = [warning(WARNING), buttons(field, copyLink), length];
  const section = make("section", { className: "dl-dialog-row" }, title, ...content);

  void link.then((fragment) => {
    if (!fragment || fragment.length > maxChars) {
      const advice = "Send a file instead: the YAML, or a page with the picture.";
      const reason = warning(`${missingLinkReason(fragment, maxChars)} ${advice}`);
      section.replaceChildren(title, reason, buttons(dialog.button("Export…", "", () => (openExport(), ""))));
      return;
    }
    field.value = `${pageAddress()}#${fragment}`;
    length.textContent = `${formatNumber(field.value.length)} characters.`;
    copyLink.disabled = false;
    onLink(fragment);
  });
  return section;
}

function missingLinkReason(fragment: string, maxChars: number): string {
  if (!fragment) return "There can be no link: the text is too long, or the browser does not compress.";
  return (
    `The link would have ${formatNumber(fragment.length)} characters. Many programs cut what is longer than ` +
    `${formatNumber(maxChars)}, so there is none, nor is there one in the page's address.`
  );
}

const warning = (text: string) => make("p", { className: "dl-dialog-warning" }, text);

const buttons = (...nodes: Node[]) => make("div", { className: "dl-dialog-buttons" }, ...nodes);

/** Returns the page's address without query and fragment. */
function pageAddress(): string {
  const { origin, pathname, protocol } = location;
  return protocol === "file:" ? `file://${pathname}` : origin + pathname;
}
