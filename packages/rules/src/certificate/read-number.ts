import type { Finding } from "../finding.ts";
import { normaliseIdNumber } from "../identity/id-number.ts";
import { checkCertificateNumber, normaliseCertificateNumber } from "./number.ts";

/**
 * Finds the certificate numbers in the text that OCR read on a scanned page, each once, in order. OCR confuses marks
 * and digits, so a number must have the form of its era with a province, kind and year that exist. The holder's ID
 * number, also in its old form of 15 digits, is left out.
 */
export function findCertificateNumbers(
  text: string,
  { today, idNumber }: { today: Temporal.PlainDate; idNumber: string },
): string[] {
  const found = text
    .split("\n")
    .flatMap((line) => line.match(/\d+(?: \d+)*/g) ?? [])
    .flatMap((printed) => {
      const groups = printed.split(" ");
      // Only the newer form is printed in groups. Fifteen digits could easily result from unrelated digits on a line.
      return [...groups.filter(({ length }) => length === 15), ...listJoined(groups, 17)];
    })
    .filter((number) => number !== oldFormOf(idNumber) && checkCertificateNumber({ number, today }).length === 0);
  return [...new Set(found)];
}

/** Each run of neighbouring groups with this many digits in total, joined to one number. */
function listJoined(groups: readonly string[], length: number): string[] {
  return groups
    .flatMap((_, from) => groups.slice(from).map((_, more) => groups.slice(from, from + more + 1).join("")))
    .filter((joined) => joined.length === length);
}

/** Before 1999, 510202197503043318 was 510202750304331. */
function oldFormOf(idNumber: string): string | undefined {
  const number = normaliseIdNumber(idNumber);
  return number.length === 18 ? number.slice(0, 6) + number.slice(8, 17) : undefined;
}

/**
 * Compares the entered number with the numbers read on the scans. Undefined if either is missing or one read equals it;
 * else the nearest one read, and the first differing position, starting at 1.
 */
export function compareWithRead(
  entered: string,
  read: readonly string[],
): Extract<Finding, { code: "certificate.scan-differs" }> | undefined {
  const number = normaliseCertificateNumber(entered);
  if (number === "" || read.includes(number)) return undefined;
  const [nearest] = read.toSorted((a, b) => differenceOf(number, a) - differenceOf(number, b));
  if (nearest === undefined) return undefined;
  const found = { read: nearest, from: firstDifference(number, nearest) };
  return { level: "warns", field: "certificateNumber", code: "certificate.scan-differs", ...found };
}

function differenceOf(a: string, b: string): number {
  const same = [...a].filter((digit, at) => b[at] === digit).length;
  return Math.max(a.length, b.length) - same;
}

function firstDifference(a: string, b: string): number {
  const at = [...a].findIndex((digit, at) => b[at] !== digit);
  return (at === -1 ? a.length : at) + 1;
}
