import type { Finding } from "../finding.ts";
import { withoutPrivateUse } from "./private-use.ts";

/** Dots that people type instead of the middle dot · U+00B7 of minority names. */
const middleDots = /[\u30FB\uFF65\u2022\u2027\u2219\u22C5\u0387\u2024\u25CF\u2E31]/gu;
/** Full stops also count as middle dots, but only inside a Chinese name: elsewhere they mark an initial. */
const fullStops = /[.\uFF0E\u3002]/gu;

/** Normalises a name for storing: trimmed, one kind of middle dot, no spaces inside a Chinese name. */
export function normaliseName(text: string): string {
  const name = withoutPrivateUse(text)
    .replace(/\p{Cf}/gu, "")
    .replace(/\s+/gu, " ")
    .trim()
    .replace(middleDots, "·");
  return /\p{Script=Han}/u.test(name) ? name.replaceAll(" ", "").replace(fullStops, "·") : name;
}

/** Checks a name: any script that documents use, at most 50 characters (code points), no digits or signs. */
export function checkName(text: string, field = "name"): Finding[] {
  const name = normaliseName(text);
  const length = [...name].length;
  if (length === 0) return [{ level: "blocks", field, code: "name.empty" }];
  if (length > 50) return [{ level: "blocks", field, code: "name.too-long", length }];
  // Unicode classes 〇 as a number and the Tibetan syllable mark as punctuation, but both occur in names.
  if (!/^[\p{L}\p{M}〇\u0F0B\u0F0C· .'’-]+$/u.test(name) || !/[\p{L}〇]/u.test(name)) {
    return [{ level: "blocks", field, code: "name.characters" }];
  }
  return [];
}

/** Comparison key of a name, equal for different spellings. Used to compare with a roster or a certificate. */
export function nameKeyOf(text: string): string {
  return normaliseName(text).normalize("NFC").toUpperCase();
}
