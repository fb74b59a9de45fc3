// The picture as pixels.

/** Twice the pixels: sharp on today's screens. */
const SCALE = 2;

/** What the browsers' canvases hold: a side, and an area. Beyond that some draw nothing and say nothing. */
const MOST_SIDE_PX = 16_384;
const MOST_AREA_PX = 16_384 * 8_192;

export async function png(svg: string): Promise<Blob> {
  const image = await loaded(svg);
  const [width, height] = [image.naturalWidth * SCALE, image.naturalHeight * SCALE];
  if (height > MOST_SIDE_PX || width * height > MOST_AREA_PX) {
    const most = Math.floor(MOST_SIDE_PX / SCALE).toLocaleString("en");
    const high = image.naturalHeight.toLocaleString("en");
    throw new Error(
      `The picture is ${high} pixels high, and a PNG can have ${most}. ` +
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

/** By its event: `decode` may wait for a frame, and nothing else on the page makes one. */
function loaded(svg: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.addEventListener("load", () => resolve(image));
    image.addEventListener("error", () => reject(new Error("The browser does not draw the picture. Take the SVG.")));
    // A data address, which the page's policy allows for images; nothing in it is run or loaded.
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  });
}
