import type { Finding } from "../finding.ts";
import { partsOfIdNumber } from "../identity/id-number.ts";
import type { FormSetting } from "./setting.ts";
import { fieldTitles } from "./titles.ts";

/** Ages below which a date of schooling or work gives a warning; some people began that young. */
const youngest = 15;

/** Dates that must not be in the future. The end of probation may be: it is judged as a condition. */
const pastDates = ["certificateIssuedOn", "graduatedOn", "contractSince", "workingSince"] as const;
const allDates = [...pastDates, "probationFinishedOn"] as const;

/** Pairs of dates that must be in this order: `[earlier, later]`. */
const orders = [
  ["workingSince", "contractSince"],
  ["workingSince", "probationFinishedOn"],
] as const;

/** Checks the form's dates: in order, none in the future, none before the birth. */
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

/** A day of the form as a date; undefined if none is entered. */
export function plainDateOf(text: string | undefined): Temporal.PlainDate | undefined {
  return text === undefined ? undefined : Temporal.PlainDate.from(text);
}

function isAfter(one: Temporal.PlainDate, other: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(one, other) > 0;
}
