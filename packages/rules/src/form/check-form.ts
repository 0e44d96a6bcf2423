import { checkCertificateNumber } from "../certificate/number.ts";
import { postMatchOf } from "../certificate/post-match.ts";
import { compareWithRead } from "../certificate/read-number.ts";
import { checkCertificateSubject } from "../certificate/subject.ts";
import type { Finding } from "../finding.ts";
import { checkDocumentNumber, partsOfIdNumber } from "../identity/id-number.ts";
import { checkName, nameKeyOf } from "../identity/name.ts";
import type { Plan } from "../plan/plan.ts";
import { checkDates, plainDateOf } from "./check-dates.ts";
import { type ApplicationDraft, ApplicationForm, type FormField } from "./form.ts";
import { fieldTitles } from "./titles.ts";

/** What of a plan a form is checked by. */
export type FormPlan = Pick<Plan, "year" | "timeZone" | "conditions" | "certificateByPost">;

export interface FormSetting {
  form: ApplicationDraft;
  person: { name: string; idNumber: string; documentKind: string };
  plan: FormPlan;
  now: Temporal.Instant;
  /** Certificate numbers that a machine read on the scans sent in, as far as it has read them. */
  numbersRead?: readonly string[];
}

/**
 * Everything that can be said of a form from itself, the person and the plan: what is missing, what disagrees with
 * what, and how much it weighs. The same function while typing and on the server; the step of a finding is
 * stepOf(finding.field) of steps.ts.
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

/** Fields that are missing or do not obey their own rule; each is told once. An emptied field counts as absent. */
function listUnfit(form: ApplicationDraft): Finding[] {
  const stated = Object.fromEntries(Object.entries(form).filter(([, value]) => !isEmpty(value)));
  const parsed = ApplicationForm.safeParse(stated);
  if (parsed.success) return [];
  const told = new Map<string, Finding>();
  for (const issue of parsed.error.issues) {
    const field = String(issue.path[0] ?? "");
    if (told.has(field)) continue;
    const title = field in fieldTitles ? fieldTitles[field as FormField] : field;
    told.set(
      field,
      Reflect.get(stated, field) === undefined
        ? { level: "blocks", field, code: "form.missing", title }
        : { level: "blocks", field, code: "form.malformed", title, sentence: issue.message },
    );
  }
  return [...told.values()];
}

/**
 * New hires state when probation ended and whether the training was passed (Notice §一(一)). Where the lent-out work
 * is for both units to see, but stops nobody (Notice §一(三)). The photo is asked of everyone (Notice §三(一)).
 */
function listConditionallyMissing(form: ApplicationDraft): Finding[] {
  const ofNewHires = form.newlyHired === true ? (["probationFinishedOn", "inductionTrainingPassed"] as const) : [];
  const missing: Finding[] = ofNewHires
    .filter((field) => form[field] === undefined)
    .map((field) => ({ level: "blocks", field, code: "form.missing", title: fieldTitles[field] }));
  // Its own upload keeps it, not the schema: a draft may be whole in every other field.
  if (form.photo === undefined) {
    missing.push({ level: "blocks", field: "photo", code: "form.missing", title: fieldTitles.photo });
  }
  if (form.seconded === "lent-out" && isEmpty(form.secondedTo)) {
    missing.push({ level: "informs", field: "secondedTo", code: "form.missing", title: fieldTitles.secondedTo });
  }
  return missing;
}

/** Steps 3 and 4 against each other and against the person (Notice §三(一)). */
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
 * One grade for each year, none from the future, last year's among them for those already serving: item 5 of the
 * materials proves it (Notice §三(二)5).
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

/** What is likely to lead to another conclusion is told early; it never stops an application. */
function checkTrainingHours({ form, plan }: FormSetting): Finding[] {
  const { newlyHired, trainingHours: hours } = form;
  if (newlyHired === undefined || hours === undefined) return [];
  // First or periodic is not known while the form is filled in: those conditions wait for the suggestion.
  const concerned = newlyHired ? ["everyone", "newly-hired"] : ["everyone", "serving"];
  return plan.conditions
    .filter((condition) => condition.rule === "training-hours-below")
    .filter((condition) => concerned.includes(condition.concerns) && hours < condition.hours)
    .map(({ hours: needed }) => ({ level: "warns", field: "trainingHours", code: "form.hours-short", hours, needed }));
}

function isEmpty(value: unknown): boolean {
  return value === undefined || (typeof value === "string" && value.trim() === "");
}

/** Names of the fields in which two forms differ; an emptied text is an absent one. */
export function changedFields(before: ApplicationDraft, after: ApplicationDraft): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => textOf(Reflect.get(before, name)) !== textOf(Reflect.get(after, name))).sort();
}

/** A value as text, whatever the order of its keys: a store may have sorted them. */
function textOf(value: unknown): string {
  if (isEmpty(value)) return "";
  return JSON.stringify(value, (_, part) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );
}

/** What a person must be able to change along with a field for the change to hold together. */
const companions: { readonly [Field in FormField]?: readonly FormField[] } = {
  certificateNumber: ["certificateNumberAttested"],
  schoolId: ["seconded", "secondedTo", "lendingSchoolId"],
  seconded: ["schoolId", "secondedTo", "lendingSchoolId"],
  newlyHired: ["probationFinishedOn", "inductionTrainingPassed"],
};

/**
 * A return opens only what it asked: the changed fields that it did not, nor the companions of what it asked.
 * `opened` holds entries like "field:photo".
 */
export function listUnopened(opened: readonly string[], changed: readonly string[]): string[] {
  const asked = opened.filter((entry) => entry.startsWith("field:")).map((entry) => entry.slice("field:".length));
  const open = new Set([...asked, ...asked.flatMap((field) => companions[field as FormField] ?? [])]);
  return changed.filter((field) => !open.has(field));
}
