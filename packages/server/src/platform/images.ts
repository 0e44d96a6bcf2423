import sharp, { type Metadata } from "sharp";

/** More pixels than any camera's picture, and fewer than a bomb's. */
const mostPixels = 60_000_000;
const mostSide = 16_000;
/** A scan that can still be read: about 200 dots an inch of an A4 sheet. */
const scanSide = 2000;
const readable = new Set(["jpeg", "png", "webp"]);

// Pictures are decoded beside the answering of requests: a few at once are enough.
sharp.concurrency(1);
sharp.cache(false);

export interface MadeImage {
  jpeg: Buffer;
  width: number;
  height: number;
  /** Of what was sent in, upright. */
  source: { width: number; height: number };
}

/** Why bytes are not taken for a picture. */
export class ImageError extends Error {
  readonly why: "not-an-image" | "too-large" | "broken";

  constructor(why: ImageError["why"]) {
    super(`image: ${why}`);
    this.why = why;
  }
}

/**
 * A portrait in exactly the size asked for: upright, its middle cut to the proportions, on white, nothing of the sent
 * file in it but its pixels; its quality lowered until it has no more than so many bytes.
 * @throws ImageError
 */
export async function makePortrait(
  bytes: Uint8Array,
  { width, height, maximumBytes }: { width: number; height: number; maximumBytes: number },
): Promise<MadeImage & { thumbnail: { width: number; height: number; rgb: Buffer } }> {
  const source = await sizeOf(bytes);
  return decoding(async () => {
    const pixels = await upright(bytes)
      .resize({ width, height, fit: "cover", position: "centre" })
      .removeAlpha()
      .raw()
      .toBuffer();
    const picture = () => sharp(pixels, { raw: { width, height, channels: 3 } });
    let jpeg = Buffer.alloc(0);
    for (const quality of [92, 85, 75, 60, 45, 30, 15]) {
      jpeg = await picture().jpeg({ quality, mozjpeg: true }).toBuffer();
      if (jpeg.length <= maximumBytes) break;
    }
    const thumbnail = { width: Math.min(width, 114), height: Math.min(height, 156) };
    const rgb = await picture()
      .resize({ ...thumbnail, fit: "fill" })
      .raw()
      .toBuffer();
    return { jpeg, width, height, source, thumbnail: { ...thumbnail, rgb } };
  });
}

/** A page of a scan: upright, no larger than can be read, re-encoded. @throws ImageError */
export async function makeScan(bytes: Uint8Array): Promise<MadeImage> {
  const source = await sizeOf(bytes);
  return decoding(async () => {
    const { data, info } = await upright(bytes)
      .resize({ width: scanSide, height: scanSide, fit: "inside", withoutEnlargement: true })
      .jpeg({ quality: 80, mozjpeg: true })
      .toBuffer({ resolveWithObject: true });
    return { jpeg: data, width: info.width, height: info.height, source };
  });
}

function upright(bytes: Uint8Array) {
  return sharp(bytes, { limitInputPixels: mostPixels, failOn: "error" })
    .autoOrient()
    .flatten({ background: "#ffffff" })
    .toColourspace("srgb");
}

/** Looks at the head of the file alone; nothing is decoded yet. */
async function sizeOf(bytes: Uint8Array): Promise<{ width: number; height: number }> {
  // What is no picture by its first bytes never reaches the decoders: SVG and HTML are programs.
  if (!looksLikePicture(bytes)) throw new ImageError("not-an-image");
  let head: Metadata;
  try {
    head = await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch {
    throw new ImageError("broken");
  }
  if (!readable.has(head.format)) throw new ImageError("not-an-image");
  const { width, height } = head.autoOrient;
  if (width * height > mostPixels || Math.max(width, height) > mostSide) throw new ImageError("too-large");
  return { width, height };
}

async function decoding<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch {
    throw new ImageError("broken");
  }
}

const firstBytes = [
  [0xff, 0xd8, 0xff],
  [0x89, 0x50, 0x4e, 0x47],
  [0x52, 0x49, 0x46, 0x46],
] as const;

function looksLikePicture(bytes: Uint8Array): boolean {
  return firstBytes.some((head) => head.every((byte, at) => bytes[at] === byte));
}
