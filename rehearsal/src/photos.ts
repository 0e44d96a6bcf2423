import { crc32, deflateSync } from "node:zlib";

/** The size of an invented photo; the server scales it to the plan's. */
const width = 228;
const height = 312;
type Colour = readonly [number, number, number];

const grounds: readonly Colour[] = [
  [238, 240, 244],
  [126, 176, 222],
  [196, 38, 40],
];
const coats: readonly Colour[] = [
  [40, 52, 78],
  [92, 40, 48],
  [52, 74, 60],
  [70, 70, 74],
];

/** An invented portrait as a PNG in Base64: background, hair, face, coat; varied by the person's number. */
export function inventPhoto(index: number): string {
  const ground = grounds[index % grounds.length] ?? grounds[0];
  const coat = coats[index % coats.length] ?? coats[0];
  const skin: Colour = [212 - (index % 5) * 6, 172 - (index % 5) * 6, 146 - (index % 5) * 6];
  const hair: Colour = [36, 30, 28];
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [across, down] = [(x - width / 2) / width, y / height];
      const inFace = (across / 0.19) ** 2 + ((down - 0.45) / 0.2) ** 2 < 1;
      const inHair = (across / 0.225) ** 2 + ((down - 0.4) / 0.225) ** 2 < 1 && down < 0.5;
      const inCoat = down > 0.7 && Math.abs(across) < 0.16 + (down - 0.7) * 1.2;
      const colour = inFace && down > 0.34 ? skin : inHair ? hair : inCoat ? coat : ground;
      rows.set(colour ?? [0, 0, 0], y * (width * 3 + 1) + 1 + x * 3);
    }
  }
  return pngOf(rows).toString("base64");
}

/** Encodes eight-bit RGB rows as PNG (ISO/IEC 15948), each with its filter byte. */
function pngOf(rows: Buffer): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunkOf("IHDR", head),
    chunkOf("IDAT", deflateSync(rows, { level: 6 })),
    chunkOf("IEND", Buffer.alloc(0)),
  ]);
}

function chunkOf(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
