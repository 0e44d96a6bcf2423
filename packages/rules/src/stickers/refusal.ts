/** Why a movement of stickers, or a range as typed, is refused. `field` names the field of the form. */
export type StickerRefusal =
  | { code: "sticker.serials-malformed"; text: string; field: "from" }
  | { code: "sticker.range-reversed"; field: "to" }
  | { code: "sticker.serial-too-long"; digits: number; field: "to" }
  | { code: "sticker.serial-twice"; serial: string; field: "from" }
  | { code: "sticker.other-series"; prefix: string; field: "from" }
  | { code: "sticker.received-already" }
  | { code: "sticker.not-there" }
  | { code: "sticker.shows-otherwise"; conclusion: string }
  | { code: "sticker.printed-already" }
  | { code: "sticker.on-certificate-already" }
  | { code: "sticker.one-a-certificate" }
  | { code: "sticker.of-another-case" }
  | { code: "sticker.scrap-unwitnessed"; field: "witness" }
  | { code: "sticker.two-people"; field: "partner" }
  | { code: "sticker.books-differ" };
