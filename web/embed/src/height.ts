// How high an element is, so that nothing below it moves.

/** Where nothing says so, in pixels. */
const USUAL_PX = 320;
/** As those of a fence: a picture below the first is none that has been loaded yet. */
const [LEAST_PX, MOST_PX] = [80, 10_000];

/** What the element shows now. */
export type Shown = "nothing yet" | "a plan" | "what stands in it";

/** The height of the static picture that stands in the element, in pixels; `null` for none. */
export function stillHeight(host: HTMLElement): number | null {
  if (!host.querySelector("svg, img")) return null;
  const { height } = host.getBoundingClientRect();
  return height >= LEAST_PX ? height : null;
}

/**
 * The style sheet that keeps the height. With a still picture that is the picture's; what stands in
 * the element and is no picture may be higher than it, and is as high as it is where it stays.
 */
export function heightRule(attribute: string | null, still: number | null, shown: Shown): string {
  if (attribute === "auto") return "";
  const px = still ?? given(attribute) ?? USUAL_PX;
  switch (shown) {
    case "nothing yet":
      return `:host{height:${px}px;overflow:hidden}`;
    case "a plan":
      return `:host{height:${px}px}`;
    case "what stands in it":
      return `:host{min-height:${px}px}`;
  }
}

function given(attribute: string | null): number | null {
  const px = attribute ? Number(attribute) : NaN;
  return px >= LEAST_PX && px <= MOST_PX ? px : null;
}
