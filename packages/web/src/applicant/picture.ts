import { palette } from "@shice/contract/palette.ts";
/** How a portrait is cut out of its picture: the middle of the frame, its size, and the turn. */
export interface Crop {
  /** Middle of the frame, as shares of the upright picture's width and height. */
  x: number;
  y: number;
  /** 1: as large as fits into the picture; 3: a third of that. */
  zoom: number;
  /** Degrees, clockwise; quarters and what straightens. */
  turn: number;
}

/** The crop with its frame inside the picture, as far as quarters of a turn go: nothing blank comes into a photo. */
export function keptInside(crop: Crop, picture: Size, frame: Size): Crop {
  const quarter = Math.abs(Math.round(crop.turn / 90)) % 2 === 1;
  const [across, down] = quarter ? [frame.height, frame.width] : [frame.width, frame.height];
  const scale = scaleOf(crop, picture, frame);
  const within = (middle: number, share: number) => Math.min(1 - share, Math.max(share, middle));
  return {
    ...crop,
    x: within(crop.x, Math.min(0.5, across / scale / picture.width / 2)),
    y: within(crop.y, Math.min(0.5, down / scale / picture.height / 2)),
  };
}

interface Size {
  width: number;
  height: number;
}

/** How many pixels of the frame one of the picture takes, so that the picture fills it at zoom 1. */
function scaleOf({ zoom, turn }: Crop, picture: Size, frame: Size): number {
  const quarter = Math.abs(Math.round(turn / 90)) % 2 === 1;
  const [across, down] = quarter ? [picture.height, picture.width] : [picture.width, picture.height];
  return Math.max(frame.width / across, frame.height / down) * zoom;
}

/** Draws the part of the picture that the crop names, so as to fill the canvas. */
export function drawCrop(canvas: HTMLCanvasElement, picture: ImageBitmap, crop: Crop): void {
  const { x, y, turn } = crop;
  const drawing = canvas.getContext("2d");
  if (drawing === null) return;
  const { width, height } = canvas;
  const scale = scaleOf(crop, picture, { width, height });
  drawing.setTransform(1, 0, 0, 1, 0, 0);
  drawing.fillStyle = palette.surface;
  drawing.fillRect(0, 0, width, height);
  drawing.translate(width / 2, height / 2);
  drawing.rotate((turn * Math.PI) / 180);
  drawing.scale(scale, scale);
  drawing.drawImage(picture, -x * picture.width, -y * picture.height);
}

/** The canvas as plain pixels, for the check. */
export function pixelsOf(canvas: HTMLCanvasElement): { width: number; height: number; rgb: Uint8Array } {
  const drawing = canvas.getContext("2d", { willReadFrequently: true });
  if (drawing === null) return { width: 0, height: 0, rgb: new Uint8Array() };
  const { width, height } = canvas;
  const { data } = drawing.getImageData(0, 0, width, height);
  const rgb = new Uint8Array(width * height * 3);
  for (let at = 0; at < width * height; at++) rgb.set(data.subarray(at * 4, at * 4 + 3), at * 3);
  return { width, height, rgb };
}
