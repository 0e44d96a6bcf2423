import { palette } from "@shice/contract/palette.ts";

/** How large a side a scan is sent with: enough to be read, little enough for a slow line. */
const scanSides = [2000, 1500, 1100] as const;
/** As much as the server takes for one page. */
const mostText = 1_850_000;

/** A picture file as the browser shows it, upright; undefined where it is none that the browser can open. */
export async function openPicture(file: File): Promise<ImageBitmap | undefined> {
  try {
    return await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return undefined;
  }
}

/** What a scan says across itself: whoever gets hold of it can use it for nothing else. */
const mark = "仅用于教师资格定期注册";

/**
 * A scan, scaled down, as JPEG in Base64 of no more than so many characters: a page that is too busy gives way in
 * quality, then in size. `marked`: with its purpose faintly across it.
 */
export async function scanOf(
  picture: ImageBitmap,
  { marked, most = mostText }: { marked: boolean; most?: number },
): Promise<string> {
  let text = "";
  for (const side of scanSides) {
    const canvas = scaledTo(picture, side);
    if (marked) drawMark(canvas);
    for (const quality of [0.82, 0.65]) {
      text = await jpegOf(canvas, quality);
      if (text.length <= most) return text;
    }
  }
  return text;
}

function scaledTo(picture: ImageBitmap, side: number): HTMLCanvasElement {
  const factor = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * factor));
  canvas.height = Math.max(1, Math.round(picture.height * factor));
  const drawing = canvas.getContext("2d");
  if (drawing === null) throw new Error("no canvas");
  drawing.fillStyle = palette.surface;
  drawing.fillRect(0, 0, canvas.width, canvas.height);
  drawing.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas;
}

/** Slanting lines of words, dark and light, so faint that what lies under them can be compared with the original. */
function drawMark(canvas: HTMLCanvasElement): void {
  const drawing = canvas.getContext("2d");
  if (drawing === null) return;
  const { width, height } = canvas;
  const size = Math.max(18, Math.round(Math.max(width, height) / 28));
  drawing.save();
  drawing.font = `${size}px "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif`;
  drawing.translate(width / 2, height / 2);
  drawing.rotate(-Math.PI / 6);
  // Light and dark over each other: seen on any picture, hiding nothing of it.
  drawing.globalAlpha = 0.22;
  const reach = Math.hypot(width, height) / 2;
  const across = drawing.measureText(mark).width + size * 3;
  for (let down = -reach, line = 0; down < reach; down += size * 6, line++) {
    for (let from = -reach - (line % 2) * (across / 2); from < reach; from += across) {
      drawing.fillStyle = palette.surface;
      drawing.fillText(mark, from + 1, down + 1);
      drawing.fillStyle = palette.text;
      drawing.fillText(mark, from, down);
    }
  }
  drawing.restore();
}

export async function jpegOf(canvas: HTMLCanvasElement, quality: number): Promise<string> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/jpeg", quality));
  if (blob === null) throw new Error("the canvas gave no picture");
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}
