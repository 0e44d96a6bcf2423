/** Refusals of typed serials. `field` names the form's field: several serials, or that of one certificate. */
export type SerialsRefusal = { field: "serials" | "serial" } & (
  | { code: "sticker.serials-malformed"; text: string }
  | { code: "sticker.range-reversed" }
  | { code: "sticker.serial-too-long"; digits: number }
  | { code: "sticker.serial-twice"; serial: string }
  | { code: "sticker.other-series"; prefix: string }
  | { code: "sticker.one-a-certificate" }
);

/** Refusals of a movement of stickers. */
export type StickerRefusal =
  | SerialsRefusal
  | { code: "sticker.received-already" }
  | { code: "sticker.not-there" }
  | { code: "sticker.shows-otherwise"; conclusion: string }
  | { code: "sticker.printed-already" }
  | { code: "sticker.on-certificate-already" }
  | { code: "sticker.two-people"; field: "partner" }
  | { code: "sticker.books-differ" };
