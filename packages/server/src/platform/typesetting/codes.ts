import { toSVG } from "bwip-js/node";

/** A QR code as SVG; `level` M is read from creased paper, L holds more. */
export function qrCode(text: string, level: "L" | "M" = "M"): string {
  // A variable, because the library's type does not know `eclevel`.
  const options = { bcid: "qrcode", text, eclevel: level, paddingwidth: 2, paddingheight: 2 };
  return toSVG(options);
}

/** A bar code for scanners that type (Code 128), as SVG. */
export function barCode(text: string): string {
  return toSVG({ bcid: "code128", text, height: 12, includetext: false });
}
