import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";
import { expect, test } from "vitest";
import { ImageError, makePortrait, makeScan } from "./images.ts";

const wanted = { width: 114, height: 156, maximumBytes: 190_000 };

/** A picture of one colour, its left half of another. */
async function halves(width: number, height: number, left: string, right: string) {
  const half = await sharp({ create: { width: Math.floor(width / 2), height, channels: 3, background: left } })
    .png()
    .toBuffer();
  return sharp({ create: { width, height, channels: 3, background: right } }).composite([
    { input: half, left: 0, top: 0 },
  ]);
}

async function colourAt(jpeg: Buffer, left: number, top: number): Promise<number[]> {
  const { data } = await sharp(jpeg)
    .extract({ left, top, width: 1, height: 1 })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return [...data];
}

test("N16: a portrait comes in exactly the plan's size, as JPEG, without anything of the sent file beside its pixels", async () => {
  const sent = await sharp({ create: { width: 600, height: 900, channels: 3, background: "#88aacc" } })
    .withExif({ IFD0: { Copyright: "hidden words" } })
    .jpeg()
    .toBuffer();
  const { jpeg, source } = await makePortrait(sent, wanted);
  expect(source).toEqual({ width: 600, height: 900 });
  const { width, height, format, exif, icc } = await sharp(jpeg).metadata();
  expect({ width, height, format, exif, icc }).toEqual({ width: 114, height: 156, format: "jpeg" });
  expect(jpeg.includes("hidden words")).toBe(false);
});

test("a telephone's picture that says it lies on its side is set upright", async () => {
  // Orientation 6: to be turned by a quarter clockwise. What is left in the file is then on top.
  const sent = await (await halves(900, 600, "#cc2222", "#2222cc")).withMetadata({ orientation: 6 }).jpeg().toBuffer();
  const { jpeg, source } = await makePortrait(sent, wanted);
  expect(source).toEqual({ width: 600, height: 900 });
  const [redTop] = await colourAt(jpeg, 57, 10);
  const [redBottom] = await colourAt(jpeg, 57, 146);
  expect(redTop).toBeGreaterThan(150);
  expect(redBottom).toBeLessThan(100);
});

test("the quality gives way until the file is small enough", async () => {
  const noise = Buffer.from(Array.from({ length: 114 * 156 * 3 }, (_, at) => (at * 7919 + ((at * at) % 251)) % 256));
  const sent = await sharp(noise, { raw: { width: 114, height: 156, channels: 3 } })
    .png()
    .toBuffer();
  const { jpeg } = await makePortrait(sent, { ...wanted, maximumBytes: 6000 });
  expect(jpeg.length).toBeLessThanOrEqual(6000);
});

test("what is seen through is laid on white; grey and four-colour pictures become plain ones", async () => {
  const clear = await sharp({ create: { width: 200, height: 300, channels: 4, background: "#00000000" } })
    .png()
    .toBuffer();
  expect(await colourAt((await makePortrait(clear, wanted)).jpeg, 50, 50)).toEqual([255, 255, 255]);
  const grey = await sharp({ create: { width: 200, height: 300, channels: 3, background: "#777777" } })
    .toColourspace("b-w")
    .webp()
    .toBuffer();
  expect((await sharp((await makePortrait(grey, wanted)).jpeg).metadata()).channels).toBe(3);
});

const whyOf = (bytes: Uint8Array) =>
  makePortrait(bytes, wanted).then(
    () => "taken",
    (error: unknown) => (error instanceof ImageError ? error.why : String(error)),
  );

/** A PNG of one bit a pixel, written without ever holding the pixels as a picture. */
function makeWhitePng(width: number, height: number): Buffer {
  const rows = Buffer.alloc((1 + Math.ceil(width / 8)) * height, 0xff);
  for (let row = 0; row < height; row++) rows[row * (1 + Math.ceil(width / 8))] = 0;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  return Buffer.concat([
    signature,
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(rows, { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

test("a PNG of 20,000 by 20,000 pixels in a few kilobytes is refused before it is decoded", async () => {
  const bomb = makeWhitePng(20_000, 20_000);
  expect(bomb.length).toBeLessThan(500_000);
  const { format, width } = await sharp(bomb, { limitInputPixels: false }).metadata();
  expect({ format, width }).toEqual({ format: "png", width: 20_000 });
  const started = performance.now();
  expect(await whyOf(bomb)).toBe("too-large");
  expect(performance.now() - started).toBeLessThan(1000);
}, 60_000);

test.each([
  ["HTML", Buffer.from("<!doctype html><script>alert(1)</script>"), "not-an-image"],
  ["SVG", Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), "not-an-image"],
  ["a GIF", Buffer.from("GIF89a\x01\x00\x01\x00\x00\x00\x00;", "latin1"), "not-an-image"],
  ["a sound in the coat of a WebP", Buffer.from("RIFF\x24\x00\x00\x00WAVEfmt ", "latin1"), "broken"],
  ["nothing", Buffer.alloc(0), "not-an-image"],
])("%s is told apart", async (_what, bytes, why) => {
  expect(await whyOf(bytes)).toBe(why);
});

test("a JPEG that was cut off in the middle is broken, wherever it was cut", async () => {
  const whole = await (await halves(600, 900, "#cc2222", "#2222cc")).jpeg().toBuffer();
  for (const share of [0.1, 0.5, 0.9]) {
    expect(await whyOf(whole.subarray(0, Math.floor(whole.length * share)))).toBe("broken");
  }
});

test("a scan keeps its proportions and is no larger than can be read", async () => {
  const sent = await (await halves(3000, 4200, "#eeeeee", "#dddddd")).jpeg().toBuffer();
  const { width, height } = await makeScan(sent);
  expect({ width, height }).toEqual({ width: 1429, height: 2000 });
});
