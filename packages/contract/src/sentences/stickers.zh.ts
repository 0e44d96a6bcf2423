import type { StickerRefusal } from "@shice/rules/stickers/refusal.ts";

type Sentences = {
  readonly [Code in StickerRefusal["code"]]: (refusal: Extract<StickerRefusal, { code: Code }>) => string;
};

/** Sentences for refused movements of stickers: what happened, and what to do next. */
export const stickerSentences: Sentences = {
  "sticker.serials-malformed": ({ text }) =>
    text === ""
      ? "请填写注册贴序号。一段序号写作“起始序号-截止序号”，多段用逗号分开。"
      : `“${text}”不是注册贴序号。一段序号写作“起始序号-截止序号”，多段用逗号分开。`,
  "sticker.range-reversed": () => "截止序号不能小于起始序号，请核对。",
  "sticker.serial-too-long": ({ digits }) => `这一号段的序号为${digits}位，所填序号超出位数，请核对。`,
  "sticker.serial-twice": ({ serial }) => `序号${serial}在所填内容中出现了两次，请核对起止序号。`,
  "sticker.other-series": ({ prefix }) => `前缀“${prefix}”不属于所选号段，请核对序号或另选号段。`,
  "sticker.received-already": () => "所填序号中有已经登记入库的注册贴，同一序号不能领取两次，请核对起止序号。",
  "sticker.not-there": () =>
    "所填序号的注册贴不全在本单位库存中（可能已发放、使用或报废），请查看“在库号段”后重新填写。",
  "sticker.shows-otherwise": ({ conclusion }) =>
    `这枚注册贴上没有打印结论“${conclusion}”，不能用于该申请，请换用打印了该结论的注册贴。`,
  "sticker.printed-already": () => "所填序号中有已经打印结论的注册贴，不能再次打印。打印有误的，请办理报废。",
  "sticker.on-certificate-already": () => "该申请已经使用过一枚注册贴，不能再次使用。",
  "sticker.one-a-certificate": () => "一份证书只使用一枚注册贴，请逐枚登记。",
  "sticker.two-people": () => "保管人与经办人须为两人，不能由同一人兼任。",
  "sticker.books-differ": () =>
    "登记后注册贴账目与库存不符，本次登记没有保存。请重新查看结存后再办理，仍不能办理的请联系系统管理员。",
};
