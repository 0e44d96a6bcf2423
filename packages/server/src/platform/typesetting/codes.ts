import { toSVG } from "bwip-js/node";

/** A QR code as SVG; `level` M is read from creased paper, L holds more. */
export function qrCode(text: string, level: "L" | "M" = "M"): string {
  return toSVG({ bcid: "qrcode", text, ...{ eclevel: level }, paddingwidth: 2, paddingheight: 2 });
}

/** A bar code for scanners that type (Code 128), as SVG. */
export function barCode(text: string): string {
  return toSVG({ bcid: "code128", text, height: 12, includetext: false });
}
