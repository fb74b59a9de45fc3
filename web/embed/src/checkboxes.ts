// The checkboxes of all stages, with the labels of Harness.

import type { Axis, Box, Facts, StageFacts } from "../deployline";
import { element, richText } from "./markup";

const LABELS: [Axis, string][] = [
  ["services", "Deploy services in parallel"],
  ["targets", "Deploy to environments or infrastructures in parallel"],
];

export type Flip = (stage: number, axis: Axis, parallel: boolean) => void;

/** Shows a group for each stage that deploys something. The box that has the focus keeps it. */
export function showCheckboxes(node: HTMLElement, facts: Facts | null, flip: Flip): void {
  const inputs = () => [...node.querySelectorAll("input")];
  const focused = inputs().findIndex((input) => input.matches(":focus"));
  const groups = (facts?.stages ?? []).map((stage, index) => group(stage, index, flip));
  node.replaceChildren(...groups.filter((group) => group !== null));
  node.hidden = node.childElementCount === 0;
  inputs()[focused]?.focus();
}

function group(stage: StageFacts, index: number, flip: Flip): HTMLElement | null {
  if (!stage.services && !stage.targets) return null;
  const boxes = LABELS.flatMap(([axis, label]) => {
    const box = stage[axis];
    return box ? [checkbox(box, label, (parallel) => flip(index, axis, parallel))] : [];
  });
  return element("fieldset", {}, element("legend", {}, stage.name), ...boxes);
}

function checkbox(box: Box, label: string, flip: (parallel: boolean) => void): HTMLElement {
  const input = element("input", { type: "checkbox" });
  input.checked = box.parallel;
  input.disabled = box.changes === "nothing";
  input.addEventListener("change", () => flip(input.checked));
  const note = box.note ? [element("small", {}, ...richText(box.note))] : [];
  return element("label", {}, input, element("span", {}, label, ...note));
}
