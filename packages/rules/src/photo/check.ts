import type { Plan } from "../plan/plan.ts";
import type { Ground, PhotoMeasure } from "./measure.ts";

/** A fault in a photo. It never blocks an application: a person looks and may ask for another photo. */
export type PhotoFinding =
  | { code: "photo.small"; width: number; height: number; wantedWidth: number; wantedHeight: number }
  | { code: "photo.cut"; percent: number }
  | { code: "photo.dark" }
  | { code: "photo.bright" }
  | { code: "photo.ground"; ground: Ground; wanted: readonly Exclude<Ground, "other">[] }
  | { code: "photo.ground-uneven" };

export const photoFindingCodes = [
  "photo.small",
  "photo.cut",
  "photo.dark",
  "photo.bright",
  "photo.ground",
  "photo.ground-uneven",
] as const satisfies readonly PhotoFinding["code"][];

/** Lightness of the face beyond which details are lost. */
const lightness = { least: 70, most: 225 } as const;
/** Limit of the background's variation: a wall with a shadow stays below it, a room or a garden exceeds it. */
const mostSpread = 30;

/**
 * Checks a photo against the plan (Notice §三(一): 按照要求上传照片). `source` is the size of the chosen picture in pixels,
 * upright, before it was cropped and scaled to the plan's size.
 */
export function checkPhoto(
  wanted: Plan["photo"],
  source: { width: number; height: number },
  measure: PhotoMeasure,
): PhotoFinding[] {
  const findings: PhotoFinding[] = [];
  if (source.width < wanted.widthPx || source.height < wanted.heightPx) {
    const { width, height } = source;
    findings.push({ code: "photo.small", width, height, wantedWidth: wanted.widthPx, wantedHeight: wanted.heightPx });
  }
  const cut = cutPercentOf(wanted, source);
  if (cut > 5) findings.push({ code: "photo.cut", percent: cut });
  if (measure.brightness < lightness.least) findings.push({ code: "photo.dark" });
  if (measure.brightness > lightness.most) findings.push({ code: "photo.bright" });
  if (measure.groundSpread > mostSpread) findings.push({ code: "photo.ground-uneven" });
  else if (!wanted.grounds.some((ground) => ground === measure.ground)) {
    findings.push({ code: "photo.ground", ground: measure.ground, wanted: wanted.grounds });
  }
  return findings;
}

/** The share of a picture, in percent, lost by cutting its middle to the plan's proportions. */
function cutPercentOf(wanted: Plan["photo"], { width, height }: { width: number; height: number }): number {
  if (width === 0 || height === 0) return 0;
  const ratio = wanted.widthPx / wanted.heightPx;
  const kept = Math.min(1, (height * ratio) / width) * Math.min(1, width / ratio / height);
  return Math.round((1 - kept) * 100);
}
