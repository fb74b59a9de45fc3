// embed.html: the element in a page of its own, for an iframe. docs/embedding.md has the protocol.
//
//     embed.html?theme=dark&view=lanes&controls=checkboxes#v2.…
//
// It exchanges messages with its parent alone, and only if that has the origin of `?origin=` or, without
// it, of the referrer.

import type { PlanChange } from "../deployline";
import { DeployLine } from "./main";
import { ASSUMPTIONS } from "./options";

const parameters = new URLSearchParams(location.search);
const ATTRIBUTES = ["theme", "view", "color", "steps", "controls", ...ASSUMPTIONS];
/** The only origin that messages come from and go to; `null` for none. */
const allowedOrigin = originOf(parameters.get("origin") ?? document.referrer);

const element = new DeployLine();
element.setAttribute("height", "auto");
for (const name of ATTRIBUTES) {
  const value = parameters.get(name);
  if (value !== null) element.setAttribute(name, value);
}
if (parent === window) element.append("Behind this address belongs a link's part from `#` on.");
document.body.append(element);
document.documentElement.dataset["theme"] = parameters.get("theme") ?? "system";

element.addEventListener("planchange", ({ detail }: CustomEvent<PlanChange>) => {
  post({ type: "deployline:planchange", ...detail });
});
element.addEventListener("planerror", ({ detail }) => {
  post({ type: "deployline:error", reason: detail.reason });
});

addEventListener("message", (event) => {
  if (event.source !== parent || parent === window || event.origin !== allowedOrigin) return;
  handleMessage(event.data);
});
addEventListener("hashchange", openFragment);

let height = 0;
new ResizeObserver(() => {
  const now = Math.ceil(document.body.getBoundingClientRect().height);
  if (now === height) return;
  height = now;
  post({ type: "deployline:resize", height });
}).observe(document.body);

openFragment();
post({ type: "deployline:ready", version: 1 });

function openFragment(): void {
  // The element shows and announces a failure.
  if (location.hash.length > 1) element.openLink(location.hash).catch(() => {});
}

function handleMessage(data: unknown): void {
  if (typeof data !== "object" || data === null) return;
  const { type, text, fragment, name, value } = data as Record<string, unknown>;
  if (type === "deployline:text" && typeof text === "string") {
    element.text = text;
  } else if (type === "deployline:link" && typeof fragment === "string") {
    element.openLink(fragment).catch(() => {});
  } else if (type === "deployline:set" && typeof name === "string" && ATTRIBUTES.includes(name)) {
    if (value === null) element.removeAttribute(name);
    else element.setAttribute(name, String(value));
    if (name === "theme") document.documentElement.dataset["theme"] = String(value ?? "system");
  }
}

function post(message: Record<string, unknown>): void {
  if (parent !== window && allowedOrigin !== null) parent.postMessage(message, allowedOrigin);
}

function originOf(address: string): string | null {
  try {
    const { origin } = new URL(address);
    return origin === "null" ? null : origin;
  } catch {
    return null;
  }
}
