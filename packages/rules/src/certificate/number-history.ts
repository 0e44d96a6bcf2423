import { normaliseCertificateNumber } from "./number.ts";

/**
 * One number that a certificate has borne. A correction of a certificate of 1999 to 2007 gives it a new number; one
 * re-issued after a loss keeps its own.
 */
export interface BorneNumber {
  number: string;
  since: Temporal.PlainDate;
  because: "issued" | "corrected" | "re-issued";
}

/** The number in force on a day; undefined before the certificate was issued. */
export function findNumberOn(history: readonly BorneNumber[], day: Temporal.PlainDate): string | undefined {
  const latest = history
    .filter(({ since }) => Temporal.PlainDate.compare(since, day) <= 0)
    .reduce<BorneNumber | undefined>(
      (last, entry) => (last === undefined || Temporal.PlainDate.compare(entry.since, last.since) >= 0 ? entry : last),
      undefined,
    );
  return latest === undefined ? undefined : normaliseCertificateNumber(latest.number);
}

/** Whether the certificate has ever borne this number: an earlier registration may know it by an older one. */
export function hasBorne(history: readonly BorneNumber[], number: string): boolean {
  const wanted = normaliseCertificateNumber(number);
  return history.some((entry) => normaliseCertificateNumber(entry.number) === wanted);
}
