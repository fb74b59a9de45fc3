// `controls="full"`: the whole page with its editor, in a frame, once someone asks for it. Nothing of
// it is loaded before.

import type { DeployLine } from "./element";
import { element } from "./markup";

/** Where the whole page is: beside this file, but for the npm package, which does not hold it. */
declare const PAGE: string | null;

/** A button that opens the page with this plan in place of itself, and a link that opens it apart. */
export function pageIn(host: DeployLine): HTMLElement {
  const address = host.getAttribute("page") ?? PAGE;
  if (address === null) {
    return element("p", {}, 'controls="full" needs page="…", the address of the whole page.');
  }
  const base = host.hasAttribute("page") ? document.baseURI : import.meta.url;
  const open = element("button", { type: "button" }, "Open the editor");
  const apart = element("button", { type: "button" }, "Open in a new tab");
  const box = element("p", {}, open, " ", apart);
  const target = async () => {
    const url = new URL(address, base);
    url.hash = await host.link();
    return url.href;
  };
  open.addEventListener("click", async () => {
    const title = `Deployline: ${host.facts?.title ?? ""}`;
    box.replaceWith(element("iframe", { src: await target(), title, class: "dl-page" }));
  });
  apart.addEventListener("click", async () => window.open(await target(), "_blank", "noopener"));
  return box;
}
