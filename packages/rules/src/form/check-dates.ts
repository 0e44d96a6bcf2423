import type { Finding } from "../finding.ts";
import { partsOfIdNumber } from "../identity/id-number.ts";
import type { FormSetting } from "./check-form.ts";
import { fieldTitles } from "./titles.ts";

/** Years of age below which a date of schooling or work deserves a second look; some began that young. */
const youngest = 15;

/** What has happened already when a form is filled in. The end of probation may lie ahead: it is judged as a condition. */
const pastDates = ["certificateIssuedOn", "graduatedOn", "contractSince", "workingSince"] as const;
const allDates = [...pastDates, "probationFinishedOn"] as const;

/** Dates that cannot be earlier than another: `[earlier, later]`. */
const orders = [
  ["workingSince", "contractSince"],
  ["workingSince", "probationFinishedOn"],
] as const;

/** Dates in their natural order, none in the future that has happened, none before the person was born. */
export function checkDates({ form, person, plan, now }: FormSetting): Finding[] {
  const today = now.toZonedDateTimeISO(plan.timeZone).toPlainDate();
  const bornOn = partsOfIdNumber(person.idNumber)?.bornOn;
  const findings: Finding[] = [];
  if (bornOn !== undefined && isAfter(bornOn, today)) {
    const date = bornOn.toString().replaceAll("-", "");
    findings.push({ level: "blocks", field: "idNumber", code: "identity.date", date });
  }
  for (const field of pastDates) {
    const day = plainDateOf(form[field]);
    if (day !== undefined && isAfter(day, today)) {
      findings.push({ level: "blocks", field, code: "form.date-future", title: fieldTitles[field] });
    }
  }
  for (const field of allDates) {
    const day = plainDateOf(form[field]);
    if (day === undefined || bornOn === undefined) continue;
    const title = fieldTitles[field];
    if (isAfter(bornOn, day)) findings.push({ level: "blocks", field, code: "form.before-birth", title });
    else if (isAfter(bornOn.add({ years: youngest }), day)) {
      findings.push({ level: "warns", field, code: "form.too-young", title });
    }
  }
  for (const [first, second] of orders) {
    const [earlier, later] = [plainDateOf(form[first]), plainDateOf(form[second])];
    if (earlier === undefined || later === undefined || !isAfter(earlier, later)) continue;
    const titles = { earlier: fieldTitles[first], later: fieldTitles[second] };
    findings.push({ level: "blocks", field: second, code: "form.date-order", ...titles });
  }
  return findings;
}

/** A form's day; undefined where none is stated. */
export function plainDateOf(text: string | undefined): Temporal.PlainDate | undefined {
  return text === undefined ? undefined : Temporal.PlainDate.from(text);
}

function isAfter(one: Temporal.PlainDate, other: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(one, other) > 0;
}
