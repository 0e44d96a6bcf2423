/**
 * The weight of a finding: it blocks, it blocks unless the person attests that the paper says so, it warns, or it
 * informs.
 */
type Level = "blocks" | "blocks-unless-attested" | "warns" | "informs";

/** A finding of a check about one field, by stable code, with the figures for its sentence. */
export type Finding = { level: Level; field: string } & (
  | { code: "identity.empty" }
  | { code: "identity.length"; length: number }
  | { code: "identity.characters" }
  | { code: "identity.date"; date: string }
  | { code: "identity.check-digit" }
  | { code: "identity.excel-lost" }
  | { code: "identity.kind-differs"; documentKind: "id-card" | "residence-permit" }
  | { code: "identity.pattern"; documentKind: string }
  | { code: "identity.other-document" }
  | { code: "name.empty" }
  | { code: "name.too-long"; length: number }
  | { code: "name.characters" }
  | { code: "certificate.length"; length: number }
  | { code: "certificate.characters" }
  | { code: "certificate.kind-differs"; inNumber: string; entered: string }
  | { code: "certificate.kind-unknown"; digit: string }
  | { code: "certificate.year-differs"; inNumber: number; issued: number }
  | { code: "certificate.year-unlikely"; year: number }
  | { code: "certificate.province-unknown"; province: string }
  | { code: "certificate.holder-differs" }
  | { code: "certificate.sex-differs" }
  | { code: "certificate.post-mismatch"; certificate: string; post: string; answer: "no" | "disputed" }
  | { code: "certificate.no-subject" }
  | { code: "certificate.no-subject-unlikely"; issued: number }
  | { code: "certificate.name-differs" }
  | { code: "certificate.scan-differs"; read: string; from: number }
  | { code: "form.missing"; title: string }
  | { code: "form.malformed"; title: string; sentence: string }
  | { code: "form.date-order"; earlier: string; later: string }
  | { code: "form.date-future"; title: string }
  | { code: "form.before-birth"; title: string }
  | { code: "form.too-young"; title: string }
  | { code: "form.hours-short"; hours: number; needed: number }
  | { code: "form.assessment-missing"; year: number }
  | { code: "form.assessment-twice"; year: number }
  | { code: "form.assessment-future"; year: number }
  | { code: "eligibility.not-in-scope"; source: string }
  | { code: "eligibility.industry-run"; source: string }
  | { code: "eligibility.ownership"; source: string }
  | { code: "eligibility.support-needs-title"; source: string }
  | { code: "eligibility.not-in-establishment"; source: string }
  | { code: "eligibility.not-on-post"; source: string }
  | { code: "eligibility.probation-running"; source: string }
  | { code: "eligibility.induction-not-passed"; source: string }
  | { code: "eligibility.register-at-lending-school"; source: string }
  | { code: "eligibility.register-at-borrowing-school"; source: string }
  | { code: "eligibility.area-not-in-plan"; source: string }
  | { code: "eligibility.registered-recently"; opensOn: string; source: string }
  | { code: "eligibility.restricted"; kind: string; until: string | null; source: string }
  | { code: "eligibility.retiring"; source: string }
  | { code: "eligibility.must"; seconded: "lending-school" | "borrowing-school"; source: string }
);

/** Whether a finding prevents submitting, given the attestations of the person. */
export function isBlocking(finding: Finding, attested: boolean): boolean {
  return finding.level === "blocks" || (finding.level === "blocks-unless-attested" && !attested);
}
