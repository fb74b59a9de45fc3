// Renders the SVG picture to a PNG.

/** Twice the pixels: sharp on today's screens. */
const SCALE = 2;

/** Limits of the browsers' canvases. Beyond them some browsers draw nothing, without an error. */
const MAX_SIDE_PX = 16_384;
const MAX_AREA_PX = 16_384 * 8_192;

export async function png(svg: string): Promise<Blob> {
  const image = await loadImage(svg);
  const [width, height] = [image.naturalWidth * SCALE, image.naturalHeight * SCALE];
  if (height > MAX_SIDE_PX || width * height > MAX_AREA_PX) {
    const maxHeight = Math.floor(MAX_SIDE_PX / SCALE).toLocaleString("en");
    const actual = image.naturalHeight.toLocaleString("en");
    throw new Error(
      `The picture is ${actual} pixels high, and a PNG can have ${maxHeight}. ` +
        "Fold groups or filter by name first, or take the SVG.",
    );
  }
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  canvas.getContext("2d")?.drawImage(image, 0, 0, width, height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  if (!blob) throw new Error("The browser has no room for a picture of this size. Take the SVG.");
  return blob;
}

/** Waits for the event `load`: `decode` may wait for a frame, which a page at rest never draws. */
function loadImage(svg: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.addEventListener("load", () => resolve(image));
    image.addEventListener("error", () => reject(new Error("The browser does not draw the picture. Take the SVG.")));
    // The page's policy allows data addresses for images; nothing in them is run or loaded.
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  });
}
