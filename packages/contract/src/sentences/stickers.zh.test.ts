import type { StickerRefusal } from "@shice/rules/stickers/refusal.ts";
import { expect, test } from "vitest";
import { sentenceOf } from "../sentences.zh.ts";
import { stickerSentences } from "./stickers.zh.ts";

const samples: { [Code in StickerRefusal["code"]]: Extract<StickerRefusal, { code: Code }> } = {
  "sticker.serials-malformed": { code: "sticker.serials-malformed", text: "共100枚", field: "serials" },
  "sticker.range-reversed": { code: "sticker.range-reversed", field: "serials" },
  "sticker.serial-too-long": { code: "sticker.serial-too-long", digits: 8, field: "serials" },
  "sticker.serial-twice": { code: "sticker.serial-twice", serial: "渝A00000010", field: "serials" },
  "sticker.other-series": { code: "sticker.other-series", prefix: "京B", field: "serials" },
  "sticker.received-already": { code: "sticker.received-already" },
  "sticker.not-there": { code: "sticker.not-there" },
  "sticker.shows-otherwise": { code: "sticker.shows-otherwise", conclusion: "合格" },
  "sticker.printed-already": { code: "sticker.printed-already" },
  "sticker.on-certificate-already": { code: "sticker.on-certificate-already" },
  "sticker.one-a-certificate": { code: "sticker.one-a-certificate", field: "serial" },
  "sticker.two-people": { code: "sticker.two-people", field: "partner" },
  "sticker.books-differ": { code: "sticker.books-differ" },
};

test.each(Object.values(samples))("$code has a complete sentence", (refusal) => {
  expect(sentenceOf(refusal)).toMatch(/。$/);
  expect(sentenceOf(refusal)).not.toMatch(/undefined|null|NaN|[a-z]{2,}|。。/);
});

test("N54: an empty range is asked for, not quoted", () => {
  expect(stickerSentences["sticker.serials-malformed"]({ ...samples["sticker.serials-malformed"], text: "" })).toBe(
    "请填写注册贴序号。一段序号写作“起始序号-截止序号”，多段用逗号分开。",
  );
});
