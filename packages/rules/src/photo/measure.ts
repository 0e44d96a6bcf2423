/** A picture as pixels: three bytes each (red, green, blue), row by row. */
interface Pixels {
  width: number;
  height: number;
  rgb: Uint8Array | Uint8ClampedArray;
}

export type Ground = "pale-blue" | "red" | "white" | "other";

/** Measurements for the check of a portrait, equal in the browser and on the server. */
export interface PhotoMeasure {
  /** Mean lightness of the middle, where the face is: 0 black to 255 white. */
  brightness: number;
  ground: Ground;
  /** Deviation of the background's pixels from their mean: 0 for one plain colour. */
  groundSpread: number;
}

/** Measures the background above and beside the head, and the middle. A thumbnail is enough. */
export function measurePhoto({ width, height, rgb }: Pixels): PhotoMeasure {
  const ground: (readonly [number, number, number])[] = [];
  let light = 0;
  let middle = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 3;
      const pixel = [rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0] as const;
      const [across, down] = [x / width, y / height];
      if (down < 0.06 || (down < 0.4 && (across < 0.1 || across > 0.9))) ground.push(pixel);
      if (down > 0.25 && down < 0.65 && across > 0.3 && across < 0.7) {
        light += lightnessOf(pixel);
        middle += 1;
      }
    }
  }
  const mean = [0, 1, 2].map((part) => meanOf(ground.map((pixel) => pixel[part] ?? 0)));
  const [red = 0, green = 0, blue = 0] = mean;
  const spread = Math.sqrt(
    meanOf(ground.map(([r, g, b]) => ((r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2) / 3)),
  );
  return {
    brightness: Math.round(middle === 0 ? 0 : light / middle),
    ground: groundOf(red, green, blue),
    groundSpread: Math.round(spread),
  };
}

function groundOf(red: number, green: number, blue: number): Ground {
  if (Math.min(red, green, blue) >= 205 && Math.max(red, green, blue) - Math.min(red, green, blue) <= 28)
    return "white";
  if (red >= 130 && red - Math.max(green, blue) >= 60) return "red";
  if (blue >= 140 && blue - red >= 25 && blue >= green) return "pale-blue";
  return "other";
}

/** ITU-R BT.601. */
function lightnessOf([red, green, blue]: readonly [number, number, number]): number {
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

function meanOf(numbers: readonly number[]): number {
  return numbers.length === 0 ? 0 : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
