import fc from "fast-check";
import { expect, test } from "vitest";
import { checkPhoto } from "./check.ts";
import { measurePhoto } from "./measure.ts";

const wanted = {
  widthPx: 114,
  heightPx: 156,
  maximumBytes: 190_000,
  grounds: ["pale-blue" as const, "red" as const, "white" as const],
  source: "Notice §三(一)",
};
type Colour = readonly [number, number, number];

/** A simplified portrait: a background and a face. */
function portrait(ground: Colour | ((x: number, y: number) => Colour), face: Colour) {
  const [width, height] = [57, 78];
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const inFace = x > 14 && x < 43 && y > 14 && y < 60;
      const colour = inFace ? face : typeof ground === "function" ? ground(x, y) : ground;
      rgb.set(colour, (y * width + x) * 3);
    }
  }
  return { width, height, rgb };
}
const skin: Colour = [205, 165, 140];
const codesOf = (pixels: ReturnType<typeof portrait>, source = { width: 228, height: 312 }) =>
  checkPhoto(wanted, source, measurePhoto(pixels)).map(({ code }) => code);

test.each([
  ["white", [245, 246, 248]],
  ["pale-blue", [120, 170, 220]],
  ["red", [200, 30, 35]],
] as const)("a %s ground is one of the plan's", (ground, colour) => {
  expect(measurePhoto(portrait(colour, skin)).ground).toBe(ground);
  expect(codesOf(portrait(colour, skin))).toEqual([]);
});

test.each([
  ["a green wall", portrait([60, 140, 70], skin), ["photo.ground"]],
  ["a dark room", portrait([245, 245, 245], [40, 32, 28]), ["photo.dark"]],
  ["a flash in the face", portrait([245, 245, 245], [250, 248, 246]), ["photo.bright"]],
  ["a garden", portrait((x, y) => ((x + y) % 2 === 0 ? [30, 90, 30] : [200, 220, 160]), skin), ["photo.ground-uneven"]],
])("%s is told", (_what, pixels, codes) => {
  expect(codesOf(pixels)).toEqual(codes);
});

test("a photo that is too small or much wider than the plan's is reported with its figures", () => {
  const found = checkPhoto(wanted, { width: 100, height: 60 }, measurePhoto(portrait([245, 245, 245], skin)));
  expect(found).toEqual([
    { code: "photo.small", width: 100, height: 60, wantedWidth: 114, wantedHeight: 156 },
    { code: "photo.cut", percent: 56 },
  ]);
});

test("any pixels can be measured", () => {
  fc.assert(
    fc.property(fc.nat(20), fc.nat(20), fc.uint8Array({ maxLength: 1200 }), (width, height, rgb) => {
      const { brightness, groundSpread } = measurePhoto({ width, height, rgb });
      expect(brightness).toBeGreaterThanOrEqual(0);
      expect(brightness).toBeLessThanOrEqual(255);
      expect(groundSpread).toBeLessThanOrEqual(255);
    }),
  );
});
