import { checkCertificateNumber } from "../certificate/number.ts";
import { postMatchOf } from "../certificate/post-match.ts";
import type { Finding } from "../finding.ts";
import { checkDocumentNumber, partsOfIdNumber } from "../identity/id-number.ts";
import { nameKeyOf } from "../identity/name.ts";
import type { Plan } from "../plan/plan.ts";
import { type ApplicationDraft, ApplicationForm, type FormField } from "./form.ts";
import { fieldTitles } from "./titles.ts";

export interface FormSetting {
  form: ApplicationDraft;
  person: { name: string; idNumber: string; documentKind: string };
  plan: Plan;
  now: Temporal.Instant;
}

/**
 * Everything that can be said of a form from itself, the person and the plan: what is missing, what disagrees with
 * what, and how much it weighs. The same function while typing and on the server.
 */
export function checkForm(setting: FormSetting): Finding[] {
  const { form, person } = setting;
  return [
    ...checkDocumentNumber(person.documentKind, person.idNumber),
    ...missing(form),
    ...conditionallyMissing(form),
    ...checkCertificate(setting),
    ...checkDates(setting),
    ...checkConditions(setting),
  ];
}

function missing(form: ApplicationDraft): Finding[] {
  const parsed = ApplicationForm.safeParse(form);
  if (parsed.success) return [];
  return parsed.error.issues.map((issue) => {
    const field = String(issue.path[0] ?? "");
    const title = field in fieldTitles ? fieldTitles[field as FormField] : field;
    return Reflect.get(form, field) === undefined
      ? { level: "blocks", field, code: "form.missing", title }
      : { level: "blocks", field, code: "form.malformed", title, sentence: issue.message };
  });
}

/** New hires state when probation ended and whether the training was passed (Notice §一(一)). */
function conditionallyMissing(form: ApplicationDraft): Finding[] {
  if (form.newlyHired !== true) return [];
  const needed = ["probationFinishedOn", "inductionTrainingPassed"] as const;
  return needed
    .filter((field) => form[field] === undefined)
    .map((field) => ({ level: "blocks", field, code: "form.missing", title: fieldTitles[field] }));
}

function checkCertificate({ form, person, plan }: FormSetting): Finding[] {
  const findings: Finding[] = [];
  const identity = partsOfIdNumber(person.idNumber);
  if (form.certificateNumber !== undefined) {
    findings.push(
      ...checkCertificateNumber({
        number: form.certificateNumber,
        kind: form.certificateKind,
        issuedOn: dayOf(form.certificateIssuedOn),
        sex: identity?.sex,
        idNumber: identity === undefined ? undefined : person.idNumber,
      }),
    );
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
  // Certificates of 1996 to 1998 name no subject: a fact, not a fault.
  if (form.certificateSubject === "无") {
    findings.push({ level: "informs", field: "certificateSubject", code: "certificate.no-subject" });
  }
  if (form.certificateName !== undefined && nameKeyOf(form.certificateName) !== nameKeyOf(person.name)) {
    findings.push({ level: "warns", field: "certificateName", code: "certificate.name-differs" });
  }
  return findings;
}

/** Dates in their natural order, none in the future, none before the person was grown. */
function checkDates({ form, person, plan, now }: FormSetting): Finding[] {
  const today = now.toZonedDateTimeISO(plan.timeZone).toPlainDate();
  const bornOn = partsOfIdNumber(person.idNumber)?.bornOn;
  const findings: Finding[] = [];
  const dates = ["certificateIssuedOn", "graduatedOn", "contractSince", "workingSince", "probationFinishedOn"] as const;
  for (const field of dates) {
    const day = dayOf(form[field]);
    if (day === undefined) continue;
    const title = fieldTitles[field];
    if (Temporal.PlainDate.compare(day, today) > 0)
      findings.push({ level: "blocks", field, code: "form.date-future", title });
    if (bornOn !== undefined && Temporal.PlainDate.compare(day, bornOn.add({ years: 15 })) < 0) {
      findings.push({ level: "blocks", field, code: "form.too-young", title });
    }
  }
  const contract = dayOf(form.contractSince);
  const working = dayOf(form.workingSince);
  if (contract !== undefined && working !== undefined && Temporal.PlainDate.compare(contract, working) < 0) {
    const [earlier, later] = [fieldTitles.workingSince, fieldTitles.contractSince];
    findings.push({ level: "blocks", field: "contractSince", code: "form.date-order", earlier, later });
  }
  return findings;
}

/** What is likely to lead to another conclusion is told early; it never stops an application. */
function checkConditions({ form, plan }: FormSetting): Finding[] {
  const rule = plan.conditions.find((condition) => condition.rule === "training-hours-below");
  if (rule?.rule !== "training-hours-below" || form.newlyHired !== false || form.trainingHours === undefined) return [];
  if (form.trainingHours >= rule.hours) return [];
  return [
    { level: "warns", field: "trainingHours", code: "form.hours-short", hours: form.trainingHours, needed: rule.hours },
  ];
}

function dayOf(text: string | undefined): Temporal.PlainDate | undefined {
  return text === undefined ? undefined : Temporal.PlainDate.from(text);
}

/** Names of the fields in which two forms differ. */
export function changedFields(before: ApplicationDraft, after: ApplicationDraft): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names]
    .filter((name) => JSON.stringify(Reflect.get(before, name)) !== JSON.stringify(Reflect.get(after, name)))
    .sort();
}

/** A return opens only what it asked: the changed fields that it did not. `opened` holds entries like "field:photo". */
export function listUnopened(opened: readonly string[], changed: readonly string[]): string[] {
  return changed.filter((field) => !opened.includes(`field:${field}`));
}
