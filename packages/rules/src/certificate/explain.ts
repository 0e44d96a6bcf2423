import type { Sex } from "../identity/id-number.ts";
import { normaliseIdNumber } from "../identity/id-number.ts";
import type { CertificateKind } from "../plan/institution.ts";
import { normaliseCertificateNumber, partsOfCertificateNumber } from "./number.ts";

/** One part of a certificate number: its digits, their meaning, and whether they agree with the known facts. */
export interface ExplainedPart {
  key: "year" | "province" | "authority" | "holder-area" | "kind" | "sex" | "serial";
  digits: string;
  /** Null if there is nothing to compare with or the part is never compared. */
  agrees: boolean | null;
}

/** Known facts that the parts are compared with. */
interface Compared {
  kind?: CertificateKind | undefined;
  issuedOn?: Temporal.PlainDate | undefined;
  sex?: Sex | undefined;
  idNumber?: string | undefined;
}

/** Since 2010 the sex digit is 1 for men and 2 for women; before, sources contradict each other. */
const sexDigitSince = 2010;

/**
 * Splits a certificate number while it is typed into the parts typed in full: in the 17-digit form year, province,
 * authority, kind, sex, serial; for 15 digits the older form year, the holder's area, kind, sex, serial. Empty if it
 * can be neither.
 */
export function explainCertificateNumber(text: string, known: Compared): ExplainedPart[] {
  const number = normaliseCertificateNumber(text);
  if (!/^\d+$/.test(number) || number.length > 17) return [];
  const old = number.length === 15;
  const layout = old
    ? ([
        ["year", 2],
        ["holder-area", 6],
        ["kind", 1],
        ["sex", 1],
        ["serial", 5],
      ] as const)
    : ([
        ["year", 4],
        ["province", 2],
        ["authority", 3],
        ["kind", 1],
        ["sex", 1],
        ["serial", 6],
      ] as const);
  const whole = partsOfCertificateNumber(number);
  const parts: ExplainedPart[] = [];
  let at = 0;
  for (const [key, length] of layout) {
    const digits = number.slice(at, at + length);
    if (digits.length < length) break;
    parts.push({ key, digits, agrees: whole === undefined ? null : agreementOf(key, whole, known) });
    at += length;
  }
  return parts;
}

function agreementOf(
  key: ExplainedPart["key"],
  number: NonNullable<ReturnType<typeof partsOfCertificateNumber>>,
  known: Compared,
): boolean | null {
  switch (key) {
    case "year":
      return known.issuedOn === undefined ? null : known.issuedOn.year === number.year;
    case "kind":
      return known.kind === undefined ? null : known.kind === number.kind;
    case "sex":
      if (known.sex === undefined || number.year < sexDigitSince) return null;
      return number.sexDigit === (known.sex === "male" ? "1" : "2");
    case "holder-area":
      return known.idNumber === undefined ? null : normaliseIdNumber(known.idNumber).slice(0, 6) === number.holderArea;
    default:
      return null;
  }
}
