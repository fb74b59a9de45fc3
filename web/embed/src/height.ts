// The element's height, kept so that nothing below it moves.

const DEFAULT_PX = 320;
/** The limits of a fence: a lower picture is one that has not been loaded yet. */
const [MIN_PX, MAX_PX] = [80, 10_000];

/** What the element shows: the static content until a plan is there, the plan, or the content for good. */
export type ViewState = "loading" | "live" | "failed";

/** Returns the height of the static picture in the element, in pixels; `null` for none. */
export function staticPictureHeight(host: HTMLElement): number | null {
  if (!host.querySelector("svg, img")) return null;
  const { height } = host.getBoundingClientRect();
  return height >= MIN_PX ? height : null;
}

/**
 * Returns the style sheet that keeps the height: that of the static picture, where there is one. Other
 * static content may be higher than that, and is as high as it is where it stays.
 */
export function heightRule(attribute: string | null, staticPx: number | null, state: ViewState): string {
  if (attribute === "auto") return "";
  const px = staticPx ?? parsePx(attribute) ?? DEFAULT_PX;
  switch (state) {
    case "loading":
      return `:host{height:${px}px;overflow:hidden}`;
    case "live":
      return `:host{height:${px}px}`;
    case "failed":
      return `:host{min-height:${px}px}`;
  }
}

function parsePx(attribute: string | null): number | null {
  const px = attribute ? Number(attribute) : NaN;
  return px >= MIN_PX && px <= MAX_PX ? px : null;
}
