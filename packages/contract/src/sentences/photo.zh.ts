import type { PhotoFinding } from "@shice/rules/photo/check.ts";
import { type ByCode, type Wordings, wordedBy } from "../wording.ts";

const grounds = { "pale-blue": "浅蓝色", red: "红色", white: "白色", other: "其他颜色" } as const;

type Sentences = Wordings<ByCode<PhotoFinding>>;

/** Sentences for a photo's faults: the fault, and what to do about it. */
const photoSentences: Sentences = {
  "photo.small": ({ width, height, wantedWidth, wantedHeight }) =>
    `照片只有${width}×${height}像素，小于要求的${wantedWidth}×${wantedHeight}像素，打印出来会模糊。请换一张更清楚的照片。`,
  "photo.cut": ({ percent }) => `照片的长宽比与要求不同，裁去了约${percent}%。请检查头像是否完整。`,
  "photo.dark": () => "照片偏暗，看不清面部。请在明亮处重新拍摄。",
  "photo.bright": () => "照片偏亮，看不清面部。请避开强光或闪光灯重新拍摄。",
  "photo.ground": ({ wanted }) => `照片底色不符合要求，应为${wanted.map((ground) => grounds[ground]).join("、")}之一。`,
  "photo.ground-uneven": () => "照片的背景不是纯色，可能有杂物或阴影。请在纯色背景前重新拍摄。",
};

export function photoSentenceOf(finding: PhotoFinding): string {
  return wordedBy(photoSentences, finding.code, finding);
}
