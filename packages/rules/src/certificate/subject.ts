import type { Finding } from "../finding.ts";

/** The entry if a certificate names no subject. */
export const noSubject = "无";

/** Years in which certificates were issued without a subject. */
const withoutSubject = { from: 1996, to: 1998 } as const;

/** "无" is correct on certificates of 1996 to 1998 and gives a warning on any other; it never blocks. */
export function checkCertificateSubject(
  subject: string,
  issuedOn: Temporal.PlainDate | undefined,
  field = "certificateSubject",
): Finding[] {
  if (subject.trim() !== noSubject) return [];
  const year = issuedOn?.year;
  if (year === undefined || (year >= withoutSubject.from && year <= withoutSubject.to)) {
    return [{ level: "informs", field, code: "certificate.no-subject" }];
  }
  return [{ level: "warns", field, code: "certificate.no-subject-unlikely", issued: year }];
}
