// The dialogs that share and export a plan. The page loads them on demand, and answers their questions
// (web/src/share/dialog.rs).

import { Dialog } from "./dialog";
import { exportRows } from "./exports";
import type { Ask } from "./page";
import { shareRows } from "./links";

/**
 * Opens a dialog in `root`, the page's element with its colours. A link of more than `maxChars`
 * characters is not offered.
 */
export function open(kind: "share" | "export", root: Element, ask: Ask, maxChars: number): void {
  if (kind === "export") {
    const dialog = new Dialog("Export");
    dialog.add(...exportRows(dialog, root, ask));
    dialog.show(root);
    return;
  }
  const dialog = new Dialog("Share");
  const openExport = () => {
    dialog.close();
    open("export", root, ask, maxChars);
  };
  dialog.add(...shareRows(dialog, ask, maxChars, openExport));
  dialog.show(root);
}
