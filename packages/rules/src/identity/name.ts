import type { Finding } from "../finding.ts";
import { withoutPrivateUse } from "./private-use.ts";

/** Dots that are typed for the middle dot of minority names, which is · U+00B7. */
const middleDots = /[\u30FB\uFF65\u2022\u2027\u2219\u22C5\u0387\u2024\u25CF\u2E31]/gu;
/** Full stops too, but only between the characters of a Chinese name: elsewhere they mark an initial. */
const fullStops = /[.\uFF0E\u3002]/gu;

/** As it is stored: no white space at the ends, one kind of middle dot, no spaces inside a Chinese name. */
export function normaliseName(text: string): string {
  const name = withoutPrivateUse(text)
    .replace(/\p{Cf}/gu, "")
    .replace(/\s+/gu, " ")
    .trim()
    .replace(middleDots, "·");
  return /\p{Script=Han}/u.test(name) ? name.replaceAll(" ", "").replace(fullStops, "·") : name;
}

/** Any script that the person's document bears; at most 50 characters, also beyond the basic plane; no digits or signs. */
export function checkName(text: string, field = "name"): Finding[] {
  const name = normaliseName(text);
  const length = [...name].length;
  if (length === 0) return [{ level: "blocks", field, code: "name.empty" }];
  if (length > 50) return [{ level: "blocks", field, code: "name.too-long", length }];
  // 〇 is a letter-number, and the mark between Tibetan syllables a sign, and yet both stand in names.
  if (!/^[\p{L}\p{M}〇\u0F0B\u0F0C· .'’-]+$/u.test(name) || !/[\p{L}〇]/u.test(name)) {
    return [{ level: "blocks", field, code: "name.characters" }];
  }
  return [];
}

/** What two spellings of one name share: for comparing with a roster or a certificate. */
export function nameKeyOf(text: string): string {
  return normaliseName(text).normalize("NFC").toUpperCase();
}
