import { checkCertificateNumber } from "../certificate/number.ts";
import { postMatchOf } from "../certificate/post-match.ts";
import { compareWithRead } from "../certificate/read-number.ts";
import { checkCertificateSubject } from "../certificate/subject.ts";
import type { Finding } from "../finding.ts";
import { checkDocumentNumber, partsOfIdNumber } from "../identity/id-number.ts";
import { checkName, nameKeyOf } from "../identity/name.ts";
import { isOneOf, titleOf } from "../keys.ts";
import { checkDates, plainDateOf } from "./check-dates.ts";
import { type ApplicationDraft, ApplicationForm, type FormField, formFields } from "./form.ts";
import type { FormSetting } from "./setting.ts";
import { fieldTitles } from "./titles.ts";

/**
 * All findings about a form from its own entries, the person and the plan: missing fields, contradictions, and their
 * weight. Used while typing and on the server. stepOf(finding.field) of steps.ts gives a finding's step.
 */
export function checkForm(setting: FormSetting): Finding[] {
  const { form, person } = setting;
  return [
    ...checkName(person.name),
    ...checkDocumentNumber(person.documentKind, person.idNumber),
    ...listUnfit(form),
    ...listConditionallyMissing(form),
    ...checkCertificate(setting),
    ...checkDates(setting),
    ...checkAssessments(setting),
    ...checkTrainingHours(setting),
  ];
}

/** Fields that are missing or malformed, each reported once. An emptied field counts as missing. */
function listUnfit(form: ApplicationDraft): Finding[] {
  const stated = Object.fromEntries(Object.entries(form).filter(([, value]) => !isEmpty(value)));
  const parsed = ApplicationForm.safeParse(stated);
  if (parsed.success) return [];
  const reported = new Map<string, Finding>();
  for (const issue of parsed.error.issues) {
    const field = String(issue.path[0] ?? "");
    if (reported.has(field)) continue;
    const title = titleOf(fieldTitles, field);
    reported.set(
      field,
      stated[field] === undefined
        ? { level: "blocks", field, code: "form.missing", title }
        : { level: "blocks", field, code: "form.malformed", title, sentence: issue.message },
    );
  }
  return [...reported.values()];
}

/**
 * New hires state the end of probation and whether they passed the training (Notice §一(一)). Lent-out teachers may state
 * the place of work, but its absence blocks nobody (Notice §一(三)). Everyone needs a photo (Notice §三(一)).
 */
function listConditionallyMissing(form: ApplicationDraft): Finding[] {
  const ofNewHires = form.newlyHired === true ? (["probationFinishedOn", "inductionTrainingPassed"] as const) : [];
  const missing: Finding[] = ofNewHires
    .filter((field) => form[field] === undefined)
    .map((field) => ({ level: "blocks", field, code: "form.missing", title: fieldTitles[field] }));
  // The photo is stored by its upload and is not part of the schema: a draft may be complete in every other field.
  if (form.photo === undefined) {
    missing.push({ level: "blocks", field: "photo", code: "form.missing", title: fieldTitles.photo });
  }
  if (form.seconded === "lent-out" && isEmpty(form.secondedTo)) {
    missing.push({ level: "informs", field: "secondedTo", code: "form.missing", title: fieldTitles.secondedTo });
  }
  return missing;
}

/** Compares steps 3 and 4 with each other and with the person (Notice §三(一)). */
function checkCertificate({ form, person, plan, now, numbersRead = [] }: FormSetting): Finding[] {
  const findings: Finding[] = [];
  const identity = partsOfIdNumber(person.idNumber);
  const issuedOn = plainDateOf(form.certificateIssuedOn);
  if (form.certificateNumber !== undefined && !isEmpty(form.certificateNumber)) {
    findings.push(
      ...checkCertificateNumber({
        number: form.certificateNumber,
        kind: form.certificateKind,
        issuedOn,
        sex: identity?.sex,
        idNumber: identity === undefined ? undefined : person.idNumber,
        today: now.toZonedDateTimeISO(plan.timeZone).toPlainDate(),
      }),
    );
    const differing = compareWithRead(form.certificateNumber, numbersRead);
    if (differing !== undefined) findings.push(differing);
  }
  if (form.certificateKind !== undefined && form.postKind !== undefined) {
    const answer = postMatchOf(plan, form.certificateKind, form.postKind);
    if (answer !== "yes") {
      const { certificateKind: certificate, postKind: post } = form;
      findings.push({
        level: "warns",
        field: "postKind",
        code: "certificate.post-mismatch",
        certificate,
        post,
        answer,
      });
    }
  }
  if (form.certificateSubject !== undefined) {
    findings.push(...checkCertificateSubject(form.certificateSubject, issuedOn));
  }
  const { certificateName } = form;
  if (
    certificateName !== undefined &&
    !isEmpty(certificateName) &&
    nameKeyOf(certificateName) !== nameKeyOf(person.name)
  ) {
    findings.push({ level: "warns", field: "certificateName", code: "certificate.name-differs" });
  }
  return findings;
}

/**
 * One grade a year, none for future years, and last year's for those already in service: item 5 of the materials proves
 * it (Notice §三(二)5).
 */
function checkAssessments({ form, plan, now }: FormSetting): Finding[] {
  const { assessments } = form;
  if (assessments === undefined) return [];
  const thisYear = now.toZonedDateTimeISO(plan.timeZone).year;
  const lastYear = plan.year - 1;
  const field = "assessments";
  const years = assessments.map(({ year }) => year);
  const findings: Finding[] = [];
  const twice = new Set(years.filter((year, at) => years.indexOf(year) !== at));
  for (const year of twice) findings.push({ level: "blocks", field, code: "form.assessment-twice", year });
  for (const year of new Set(years.filter((each) => each > thisYear))) {
    findings.push({ level: "blocks", field, code: "form.assessment-future", year });
  }
  if (form.newlyHired === false && !years.includes(lastYear)) {
    findings.push({ level: "warns", field, code: "form.assessment-missing", year: lastYear });
  }
  return findings;
}

/** Warns early about facts that may lead to another conclusion. Never blocks. */
function checkTrainingHours({ form, plan }: FormSetting): Finding[] {
  const { newlyHired, trainingHours: hours } = form;
  if (newlyHired === undefined || hours === undefined) return [];
  // The kind of registration is not known while the form is filled in, so conditions on it are left to the suggestion.
  const concerned = newlyHired ? ["everyone", "newly-hired"] : ["everyone", "serving"];
  return plan.conditions
    .filter((condition) => condition.rule === "training-hours-below")
    .filter((condition) => concerned.includes(condition.concerns) && hours < condition.hours)
    .map(({ hours: needed }) => ({ level: "warns", field: "trainingHours", code: "form.hours-short", hours, needed }));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (typeof value === "string" && value.trim() === "");
}

/** Names of the fields in which two forms differ. An emptied text counts as absent. */
export function changedFields(before: ApplicationDraft, after: ApplicationDraft): FormField[] {
  return formFields.filter((name) => textOf(before[name]) !== textOf(after[name])).toSorted();
}

/** A value as text, independent of the order of its keys, because the database may reorder them. */
function textOf(value: unknown): string {
  if (isEmpty(value)) return "";
  return JSON.stringify(value, (_, part) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}

/** Fields that must be open for change along with a field, so that the form stays consistent. */
const companions: { readonly [Field in FormField]?: readonly FormField[] } = {
  certificateNumber: ["certificateNumberAttested"],
  schoolId: ["seconded", "secondedTo", "lendingSchoolId"],
  seconded: ["schoolId", "secondedTo", "lendingSchoolId"],
  newlyHired: ["probationFinishedOn", "inductionTrainingPassed"],
};

/**
 * The changed fields that a return did not open: neither asked for nor companions of a field asked for. `opened` holds
 * entries like "field:photo".
 */
export function listUnopened(opened: readonly string[], changed: readonly string[]): string[] {
  const asked = opened.filter((entry) => entry.startsWith("field:")).map((entry) => entry.slice("field:".length));
  const open = new Set([
    ...asked,
    ...asked.flatMap((field) => (isOneOf(formFields, field) ? (companions[field] ?? []) : [])),
  ]);
  return changed.filter((field) => !open.has(field));
}
