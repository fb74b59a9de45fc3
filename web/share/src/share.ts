// The dialogs that share and export a plan. The page loads this when one of them is asked for, and
// answers what it is asked (web/src/share/dialog.rs).

import { Dialog } from "./dialog";
import { exportRows } from "./exports";
import type { Ask } from "./page";
import { shareRows } from "./links";

/**
 * Opens a dialog in `root`, which is the page with its colours. A link of more than `mostChars`
 * characters is offered to nobody.
 */
export function open(kind: "share" | "export", root: Element, ask: Ask, mostChars: number): void {
  if (kind === "export") {
    const dialog = new Dialog("Export");
    dialog.add(...exportRows(dialog, root, ask));
    dialog.show(root);
    return;
  }
  const dialog = new Dialog("Share");
  const other = () => {
    dialog.close();
    open("export", root, ask, mostChars);
  };
  dialog.add(...shareRows(dialog, ask, mostChars, other));
  dialog.show(root);
}
