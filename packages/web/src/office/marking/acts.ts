import { z } from "zod";
import type { ActSpecs, BulkActSpec } from "../acts/act-spec.ts";
import { wordsOf } from "../acts/entered.ts";

/** As the picker of stickers gives it. */
const Sticker = z.object({ series: z.string(), serial: z.string() });

/** Pasting a sticker on an old certificate, one by one (Notice §三(六)). */
export const markingActs = {
  mark: {
    tells: "登记后，这枚注册贴记为已使用，用在这份申请上。",
    fields: [
      { kind: "sticker", name: "sticker" },
      { kind: "colleague", name: "custodian", label: "注册贴保管人", role: "sticker-custodian" },
      { kind: "declared", name: "ridingSeal", label: "已在证书上粘贴注册贴并加盖骑缝公章" },
    ],
    send: (client, target, entered, context) =>
      client.marking.markBySticker(
        {
          ...target,
          ...Sticker.parse(entered["sticker"]),
          custodian: wordsOf(entered, "custodian"),
          ridingSeal: true,
        },
        context,
      ),
  },
} as const satisfies ActSpecs;

/** Certificates of the new version bear no sticker: their page is annotated. */
export const annotateMany: BulkActSpec = {
  transition: "mark",
  tells: "登记所选证书的注册页已经标注注册结论。请在标注之后登记。",
  fields: [],
  oneList: false,
  send: (client, campaign, applications, _entered, context) =>
    client.marking.markByAnnotation({ campaign, applications }, context),
};
