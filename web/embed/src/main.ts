// deployline.js: importing it defines `<deploy-line>`.

import { DeployLine } from "./element";

export { DeployLine };

// Once, however often it is imported; on a server not at all.
if (globalThis.customElements && !customElements.get("deploy-line")) {
  customElements.define("deploy-line", DeployLine);
}
