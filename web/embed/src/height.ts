// The element's height, kept so that nothing below it moves.

/** Without a height of its own, it is as high as its content, up to this; then the rows scroll. */
const MOST_PX = 480;
/** The part of that which the rows get, if they need it. */
const MIN_ROWS_PX = 200;
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
  const px = staticPx ?? parsePx(attribute);
  if (px === null) return withoutHeight(state);
  switch (state) {
    case "loading":
      return `:host{height:${px}px;overflow:hidden}`;
    case "live":
      return `:host{height:${px}px}`;
    case "failed":
      return `:host{min-height:${px}px}`;
  }
}

/** Static content may be a long text: what it shows is cut until the picture is there. */
function withoutHeight(state: ViewState): string {
  switch (state) {
    case "loading":
      return `:host{max-height:${MOST_PX}px;overflow:hidden}`;
    case "live":
      return `:host{--dl-most:${MOST_PX}px;--dl-min-rows:${MIN_ROWS_PX}px}`;
    case "failed":
      return "";
  }
}

function parsePx(attribute: string | null): number | null {
  const px = attribute ? Number(attribute) : NaN;
  return px >= MIN_PX && px <= MAX_PX ? px : null;
}
