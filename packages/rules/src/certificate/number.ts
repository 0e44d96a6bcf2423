import type { Finding } from "../finding.ts";
import { normaliseIdNumber, type Sex } from "../identity/id-number.ts";
import { type CertificateKind, certificateKinds } from "../plan/institution.ts";

/** What a certificate number says of itself, as far as its era's form tells. */
interface CertificateNumberParts {
  form: "17" | "15";
  year: number;
  /** Two digits of the province; only in the 17-digit form. */
  province: string | undefined;
  /** First six digits of the holder's ID number; only in the 15-digit form. */
  holderArea: string | undefined;
  kind: CertificateKind | undefined;
  kindDigit: string;
  sexDigit: string;
  serial: string;
}

const provinces = new Set(
  "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82".split(" "),
);

/** Normalises full-width digits, spaces and hyphens, as for an ID number. */
export function normaliseCertificateNumber(text: string): string {
  return normaliseIdNumber(text);
}

/**
 * Reads a certificate number. 17 digits: year 4, province 2, authority 3, kind 1, sex 1, serial 6. 15 digits: year 2,
 * the holder's area 6, kind 1, sex 1, serial 5. Undefined for anything else, which may still be a real number.
 */
export function partsOfCertificateNumber(text: string): CertificateNumberParts | undefined {
  const number = normaliseCertificateNumber(text);
  if (/^\d{17}$/.test(number)) {
    return {
      form: "17",
      year: Number(number.slice(0, 4)),
      province: number.slice(4, 6),
      holderArea: undefined,
      kind: certificateKinds[Number(number[9]) - 1],
      kindDigit: number[9] ?? "",
      sexDigit: number[10] ?? "",
      serial: number.slice(11),
    };
  }
  if (!/^\d{15}$/.test(number)) return undefined;
  const shortYear = Number(number.slice(0, 2));
  return {
    form: "15",
    year: shortYear + (shortYear >= 80 ? 1900 : 2000),
    province: undefined,
    holderArea: number.slice(2, 8),
    kind: certificateKinds[Number(number[8]) - 1],
    kindDigit: number[8] ?? "",
    sexDigit: number[9] ?? "",
    serial: number.slice(10),
  };
}

/** Known facts that a certificate number is compared with. `today` is needed to recognise an unlikely year. */
export interface EnteredCertificate {
  number: string;
  kind?: CertificateKind | undefined;
  issuedOn?: Temporal.PlainDate | undefined;
  sex?: Sex | undefined;
  idNumber?: string | undefined;
  today?: Temporal.PlainDate | undefined;
}

/**
 * Checks a certificate number by itself and against the other entries. A real old certificate is never refused: an odd
 * length or character blocks only until the holder attests it; everything else only warns.
 */
export function checkCertificateNumber(entered: EnteredCertificate): Finding[] {
  const field = "certificateNumber";
  const number = normaliseCertificateNumber(entered.number);
  if (number.length === 0) return [{ level: "blocks", field, code: "certificate.length", length: 0 }];
  if (!/^[0-9A-Z]*$/.test(number)) return [{ level: "blocks-unless-attested", field, code: "certificate.characters" }];
  const parts = partsOfCertificateNumber(number);
  if (parts === undefined) {
    const odd = number.length === 15 || number.length === 17;
    return odd
      ? [{ level: "blocks-unless-attested", field, code: "certificate.characters" }]
      : [{ level: "blocks-unless-attested", field, code: "certificate.length", length: number.length }];
  }
  return [...compareKind(parts, entered), ...compareYear(parts, entered), ...compareHolder(parts, entered)];
}

const warning = { level: "warns", field: "certificateNumber" } as const;

function compareKind({ kind, kindDigit }: CertificateNumberParts, entered: EnteredCertificate): Finding[] {
  if (kind === undefined) return [{ ...warning, code: "certificate.kind-unknown", digit: kindDigit }];
  if (entered.kind === undefined || entered.kind === kind) return [];
  return [{ ...warning, code: "certificate.kind-differs", inNumber: kind, entered: entered.kind }];
}

function compareYear({ year }: CertificateNumberParts, { issuedOn, today }: EnteredCertificate): Finding[] {
  if (issuedOn !== undefined && issuedOn.year !== year) {
    return [{ ...warning, code: "certificate.year-differs", inNumber: year, issued: issuedOn.year }];
  }
  // The Teachers Law introduced the certificates and has been in force since 1994.
  const unlikely = today !== undefined && (year < 1994 || year > today.year);
  return unlikely ? [{ ...warning, code: "certificate.year-unlikely", year }] : [];
}

function compareHolder(parts: CertificateNumberParts, entered: EnteredCertificate): Finding[] {
  const findings: Finding[] = [];
  const { province, holderArea } = parts;
  if (province !== undefined && !provinces.has(province)) {
    findings.push({ ...warning, code: "certificate.province-unknown", province });
  }
  const id = entered.idNumber === undefined ? undefined : normaliseIdNumber(entered.idNumber);
  if (holderArea !== undefined && id !== undefined && !id.startsWith(holderArea)) {
    findings.push({ ...warning, code: "certificate.holder-differs" });
  }
  // Before 2010 the meaning of the sex digit differs between sources, so it is compared only since 2010.
  const sex = parts.sexDigit === "1" ? "male" : parts.sexDigit === "2" ? "female" : undefined;
  if (parts.year >= 2010 && entered.sex !== undefined && sex !== entered.sex) {
    findings.push({ ...warning, code: "certificate.sex-differs" });
  }
  return findings;
}

/** Composes a 17-digit number for an invented person. */
export function composeCertificateNumber(certificate: {
  year: number;
  province: string;
  authority: number;
  kind: CertificateKind;
  sex: Sex;
  serial: number;
}): string {
  const { year, province, authority, kind, sex, serial } = certificate;
  const kindDigit = certificateKinds.indexOf(kind) + 1;
  return `${year}${province}${String(authority).padStart(3, "0")}${kindDigit}${sex === "male" ? 1 : 2}${String(serial).padStart(6, "0")}`;
}

/** Composes a 15-digit number as issued before 2008. */
export function composeOldCertificateNumber(certificate: {
  year: number;
  idNumber: string;
  kind: CertificateKind;
  sex: Sex;
  serial: number;
}): string {
  const { year, idNumber, kind, sex, serial } = certificate;
  const kindDigit = certificateKinds.indexOf(kind) + 1;
  return `${String(year % 100).padStart(2, "0")}${idNumber.slice(0, 6)}${kindDigit}${sex === "male" ? 1 : 2}${String(serial).padStart(5, "0")}`;
}
