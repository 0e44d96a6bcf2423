import type { Finding } from "../finding.ts";

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const checkDigits = "10X98765432";

/** First digits of residence permits (港澳台居民居住证): Hong Kong, Macao, Taiwan. */
const residencePermit = /^8[123]0000/;

export type Sex = "male" | "female";
interface IdNumberParts {
  bornOn: Temporal.PlainDate;
  sex: Sex;
}

/** Normalises an ID number as typed or pasted: full-width digits, spaces, hyphens and a small x. */
export function normaliseIdNumber(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\s\p{Pd}\p{Cf}−]/gu, "")
    .replace(/[a-z]/g, (letter) => letter.toUpperCase())
    .normalize("NFKC");
}

/** The check digit of the first 17 digits (GB 11643-1999: weights mod 11). */
export function checkDigitOf(first17: string): string {
  const sum = weights.reduce((total, weight, at) => total + weight * Number(first17[at]), 0);
  return checkDigits[sum % 11] ?? "";
}

/**
 * Checks a citizen's number or a residence permit of Hong Kong, Macao and Taiwan residents (81, 82, 83: the same
 * check). The first six digits are not compared with today's areas, because codes have been re-used.
 */
export function checkIdNumber(text: string, field = "idNumber"): Finding[] {
  const number = normaliseIdNumber(text);
  if (number.length === 0) return [{ level: "blocks", field, code: "identity.empty" }];
  // Excel stored the number as a float: 5.00103E+17.
  if (/^\d(\.\d+)?E\+?\d+$/.test(number)) return [{ level: "blocks", field, code: "identity.excel-lost" }];
  if (number.length !== 18) return [{ level: "blocks", field, code: "identity.length", length: number.length }];
  if (!/^\d{17}[\dX]$/.test(number)) return [{ level: "blocks", field, code: "identity.characters" }];
  const bornOn = bornOnOf(number);
  if (bornOn === undefined) return [{ level: "blocks", field, code: "identity.date", date: number.slice(6, 14) }];
  if (checkDigitOf(number.slice(0, 17)) === number[17]) return [];
  // Excel keeps only 15 digits, so a number that it stored as a float ends in 000.
  const code = number.endsWith("000") ? "identity.excel-lost" : "identity.check-digit";
  return [{ level: "blocks", field, code }];
}

/** Checks a document of any kind. Documents without a check digit only give warnings. */
export function checkDocumentNumber(kind: string, text: string, field = "idNumber"): Finding[] {
  if (kind === "id-card" || kind === "residence-permit") {
    const findings = checkIdNumber(text, field);
    const isPermit = residencePermit.test(normaliseIdNumber(text));
    if (findings.length > 0 || isPermit === (kind === "residence-permit")) return findings;
    return [{ level: "warns", field, code: "identity.kind-differs", documentKind: kind }];
  }
  const number = normaliseIdNumber(text);
  if (number.length === 0) return [{ level: "blocks", field, code: "identity.empty" }];
  if (!(otherPatterns.get(kind) ?? anyDocument).test(number)) {
    return [{ level: "warns", field, code: "identity.pattern", documentKind: kind }];
  }
  return [{ level: "warns", field, code: "identity.other-document" }];
}

/** Usual patterns of other documents. Issuers change them, so a mismatch only warns. */
const otherPatterns = new Map([
  ["home-return-permit", /^[HM]\d{8}(\d{2})?$/],
  ["taiwan-permit", /^\d{8}(\d{2})?$/],
  ["passport", /^[A-Z]{0,2}\d{6,9}[A-Z]?$|^[A-Z]{2}\d{7}$/],
]);
const anyDocument = /^[A-Z0-9]{5,20}$/;

/** Birth date and sex stated by a valid number; undefined for any other text. */
export function partsOfIdNumber(text: string): IdNumberParts | undefined {
  const number = normaliseIdNumber(text);
  if (checkIdNumber(number).length > 0) return undefined;
  const bornOn = bornOnOf(number);
  return bornOn === undefined ? undefined : { bornOn, sex: Number(number[16]) % 2 === 1 ? "male" : "female" };
}

/**
 * Composes a valid number for an invented person; `area` is six digits, `sequence` 0 to 499.
 * @throws RangeError where no valid number has these parts
 */
export function composeIdNumber(person: {
  area: string;
  bornOn: Temporal.PlainDate;
  sequence: number;
  sex: Sex;
}): string {
  const { area, bornOn, sequence, sex } = person;
  if (!/^\d{6}$/.test(area)) throw new RangeError(`area must have six digits: ${area}`);
  if (!Number.isInteger(sequence) || sequence < 0 || sequence > 499) {
    throw new RangeError(`a sequence is 0 to 499: ${sequence}`);
  }
  const order = sequence * 2 + (sex === "male" ? 1 : 0);
  const first17 = area + bornOn.toString().replaceAll("-", "") + String(order).padStart(3, "0");
  return first17 + checkDigitOf(first17);
}

/** Masks a number for screens and lists: 500103********0013, only the first six and last four digits. */
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
