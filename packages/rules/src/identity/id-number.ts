import type { Finding } from "../finding.ts";

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const checkDigits = "10X98765432";

export type Sex = "male" | "female";
export interface IdNumberParts {
  bornOn: Temporal.PlainDate;
  sex: Sex;
}

/** As people type or paste it: full-width digits, spaces, hyphens and a small x are put right without a word. */
export function normaliseIdNumber(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\s\-‐–—]/gu, "")
    .toUpperCase();
}

/** The check digit of the first 17 digits (GB 11643-1999: weights mod 11). */
export function checkDigitOf(first17: string): string {
  const sum = weights.reduce((total, weight, at) => total + weight * Number(first17[at]), 0);
  return checkDigits[sum % 11] ?? "";
}

/**
 * Checks a citizen's number, or a residence permit of Hong Kong, Macao and Taiwan residents (81, 82, 83: same check).
 * The first six digits are never checked against today's areas: codes have been re-used.
 */
export function checkIdNumber(text: string, field = "idNumber"): Finding[] {
  const number = normaliseIdNumber(text);
  if (number.length !== 18) return [{ level: "blocks", field, code: "identity.length", length: number.length }];
  if (!/^\d{17}[\dX]$/.test(number)) return [{ level: "blocks", field, code: "identity.characters" }];
  const bornOn = bornOnOf(number);
  if (bornOn === undefined) return [{ level: "blocks", field, code: "identity.date", date: number.slice(6, 14) }];
  if (checkDigitOf(number.slice(0, 17)) === number[17]) return [];
  // Excel keeps 15 digits of a number: what it stored as a number comes back ending in 000.
  const code = number.endsWith("000") ? "identity.excel-lost" : "identity.check-digit";
  return [{ level: "blocks", field, code }];
}

/** Checks a document of any kind; those without a known rule only warn. */
export function checkDocumentNumber(kind: string, text: string, field = "idNumber"): Finding[] {
  if (kind === "id-card" || kind === "residence-permit") return checkIdNumber(text, field);
  const number = normaliseIdNumber(text);
  if (!/^[A-Z0-9]{5,20}$/.test(number)) return [{ level: "blocks", field, code: "identity.characters" }];
  return [{ level: "warns", field, code: "identity.other-document" }];
}

/** Birth date and sex that a valid number states; undefined for any other text. */
export function partsOfIdNumber(text: string): IdNumberParts | undefined {
  const number = normaliseIdNumber(text);
  if (checkIdNumber(number).length > 0) return undefined;
  const bornOn = bornOnOf(number);
  return bornOn === undefined ? undefined : { bornOn, sex: Number(number[16]) % 2 === 1 ? "male" : "female" };
}

/** The 18-digit form of an old 15-digit number: the natural upgrade needs no correction of the certificate. */
export function upgradeIdNumber(text: string): string {
  const number = normaliseIdNumber(text);
  if (!/^\d{15}$/.test(number)) return number;
  const first17 = `${number.slice(0, 6)}19${number.slice(6)}`;
  return first17 + checkDigitOf(first17);
}

/** Composes a valid number for an invented person; `area` is six digits, `sequence` 0 to 499. */
export function composeIdNumber(person: {
  area: string;
  bornOn: Temporal.PlainDate;
  sequence: number;
  sex: Sex;
}): string {
  const order = person.sequence * 2 + (person.sex === "male" ? 1 : 0);
  const first17 = person.area + person.bornOn.toString().replaceAll("-", "") + String(order % 1000).padStart(3, "0");
  return first17 + checkDigitOf(first17);
}

/** For screens and lists: 500103********0013 → the first six and last four. */
export function maskIdNumber(text: string): string {
  return text.length < 11
    ? text.replace(/(?<=.{2})./gu, "*")
    : `${text.slice(0, 6)}${"*".repeat(text.length - 10)}${text.slice(-4)}`;
}

function bornOnOf(number: string): Temporal.PlainDate | undefined {
  const [year, month, day] = [Number(number.slice(6, 10)), Number(number.slice(10, 12)), Number(number.slice(12, 14))];
  if (year < 1880 || month < 1 || month > 12 || day < 1) return undefined;
  const date = Temporal.PlainDate.from({ year, month, day });
  return date.day === day ? date : undefined;
}
