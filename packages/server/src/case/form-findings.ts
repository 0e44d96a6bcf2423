import { eligibilityOf } from "@shice/rules/eligibility/eligibility.ts";
import type { RestrictionEntry } from "@shice/rules/eligibility/restriction.ts";
import { type Finding, isBlocking } from "@shice/rules/finding.ts";
import { checkForm } from "@shice/rules/form/check-form.ts";
import { isTeacherTitle } from "@shice/rules/form/lists.ts";
import { institutionKinds, ownerships } from "@shice/rules/plan/institution.ts";
import { openNumbers } from "../form/attachments.ts";
import type { Secrets } from "../platform/secrets.ts";
import type { Campaign } from "./campaign.ts";
import { openForm, type StoredForm } from "./sealed-form.ts";

/** What the facts query brings for judging a form. */
export interface FormFacts extends StoredForm {
  person_name: string | null;
  person_document_kind: string | null;
  person_id_number_sealed: Buffer | null;
  school: { kind: string; ownership: string; industryRun: boolean; inPlan: boolean } | null;
  restrictions: { kind: string; from: string; until: string | null; source: string }[] | null;
  last_registered_on: string | null;
  /** Of each scan: the certificate numbers read on it, sealed, in Base64. */
  numbers_read: string[] | null;
}

/** Everything to be said of a form and its teacher: form, certificate, scope, cycle, restriction list. */
export function findingsOf(row: FormFacts, campaign: Campaign, secrets: Secrets, now: Temporal.Instant): Finding[] {
  const form = openForm(row, secrets);
  const person = {
    name: row.person_name ?? "",
    documentKind: row.person_document_kind ?? "id-card",
    idNumber:
      row.person_id_number_sealed === null ? "" : secrets.decrypt(row.person_id_number_sealed, "person.id-number"),
  };
  const numbersRead = (row.numbers_read ?? []).flatMap((sealed) => openNumbers(Buffer.from(sealed, "base64"), secrets));
  const { verdict, reasons } = eligibilityOf({
    plan: campaign.plan,
    now,
    teacher: {
      ...(row.school === null ? {} : { institution: institutionOf(row.school) }),
      inEstablishment: form.inEstablishment,
      onPost: form.onPost,
      newlyHired: form.newlyHired,
      probationFinishedOn: plainDateOf(form.probationFinishedOn),
      inductionTrainingPassed: form.inductionTrainingPassed,
      seconded: form.seconded,
      hasTeacherTitle: form.title === undefined ? undefined : isTeacherTitle(form.title),
      teachingRelatedWork: form.teachingRelatedWork,
      lastRegisteredOn: plainDateOf(row.last_registered_on ?? undefined),
      restrictions: (row.restrictions ?? []).map(restrictionOf),
    },
  });
  const eligibility = verdict === "must" && reasons.every((reason) => reason.level === "informs") ? [] : reasons;
  return [...checkForm({ form, person, plan: campaign.plan, now, numbersRead }), ...eligibility];
}

/** Codes of what stands in the way of submitting. */
export function blockingFindingsOf(
  row: FormFacts,
  campaign: Campaign,
  secrets: Secrets,
  now: Temporal.Instant,
): string[] {
  const attested = row.form["certificateNumberAttested"] === true;
  return findingsOf(row, campaign, secrets, now)
    .filter((finding) => isBlocking(finding, attested))
    .map((finding) => `${finding.code}@${finding.field}`);
}

/** Beside what the checks found: the school has filled in the form, and may be the one that confirms it. */
const assistedFlag = "assistance.by-school";

/** Codes kept with a submitted application, so that a reviewer can find what needs a look. */
export function flagsOf(findings: readonly Finding[], row: { assisted_at: Temporal.Instant | null }): string[] {
  const codes = findings.filter((finding) => finding.level !== "informs").map((finding) => finding.code);
  return [...new Set([...codes, ...(row.assisted_at === null ? [] : [assistedFlag])])].sort();
}

function institutionOf(school: NonNullable<FormFacts["school"]>) {
  const kind = institutionKinds.find((known) => known === school.kind);
  const ownership = ownerships.find((known) => known === school.ownership);
  if (kind === undefined || ownership === undefined)
    throw new Error("unknown institution kind or ownership in shice.school");
  return { kind, ownership, industryRun: school.industryRun, inPlan: school.inPlan };
}

function restrictionOf(entry: { kind: string; from: string; until: string | null; source: string }): RestrictionEntry {
  return {
    kind: entry.kind,
    from: Temporal.PlainDate.from(entry.from),
    until: plainDateOf(entry.until ?? undefined),
    source: entry.source,
  };
}

function plainDateOf(text: string | undefined): Temporal.PlainDate | undefined {
  return text === undefined ? undefined : Temporal.PlainDate.from(text);
}
