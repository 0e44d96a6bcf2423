import type { Finding } from "../finding.ts";
import { normaliseIdNumber } from "../identity/id-number.ts";
import { checkCertificateNumber, normaliseCertificateNumber } from "./number.ts";

/**
 * The certificate numbers in what a machine read on a scanned page, each once, in the order in which they stand there.
 * A machine reads marks as digits and digits as marks: only what has the form of a number of its era, with a province,
 * a kind and a year that exist, is taken for one. The holder's own ID number is not, nor its old form of 15 digits.
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
      // Only the newer form is printed in groups; 15 digits are soon put together from whatever stands on a line.
      return [...groups.filter(({ length }) => length === 15), ...listJoined(groups, 17)];
    })
    .filter((number) => number !== oldFormOf(idNumber) && checkCertificateNumber({ number, today }).length === 0);
  return [...new Set(found)];
}

/** Each run of neighbouring groups that has so many digits in all, as one number. */
function listJoined(groups: readonly string[], length: number): string[] {
  return groups
    .flatMap((_, from) => groups.slice(from).map((_, more) => groups.slice(from, from + more + 1).join("")))
    .filter((joined) => joined.length === length);
}

/** 510202197503043318 was 510202750304331 before 1999. */
function oldFormOf(idNumber: string): string | undefined {
  const number = normaliseIdNumber(idNumber);
  return number.length === 18 ? number.slice(0, 6) + number.slice(8, 17) : undefined;
}

/**
 * What was read on the scans beside the number entered: undefined where either is missing or one of those read is the
 * same, else the one that comes nearest, and the place, from 1, from which they differ.
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
