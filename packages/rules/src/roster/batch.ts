import { type Calendar, openDaysOf } from "../calendar/window.ts";

export type BatchDayRefusal =
  | { code: "batch.day-past"; today: string; field: "plannedOn" }
  | { code: "batch.day-closed"; day: string; from: string; to: string; nearest: string | null; field: "plannedOn" }
  | { code: "batch.hours-wrong"; field: "toHour" };

/**
 * Whether a school may plan a batch for this day: today or later, with the confirmation open, because batches must
 * finish within the notice's time (Notice §三(一): 可以分批组织注册，但应确保在规定时间内完成).
 */
export function batchDayRefusalOf(
  calendar: Calendar,
  plannedOn: string,
  today: Temporal.PlainDate,
): BatchDayRefusal | undefined {
  const day = Temporal.PlainDate.from(plannedOn);
  const open = openDaysOf(calendar, "confirm");
  const [first] = open;
  const last = open.at(-1);
  if (first === undefined || last === undefined) return undefined;
  if (!open.some((known) => known.equals(day))) {
    const ahead = open.filter((known) => Temporal.PlainDate.compare(known, today) >= 0);
    const nearest = ahead.toSorted((a, b) => distance(a, day) - distance(b, day))[0];
    return {
      code: "batch.day-closed",
      day: plannedOn,
      from: first.toString(),
      to: last.toString(),
      nearest: nearest?.toString() ?? null,
      field: "plannedOn",
    };
  }
  return Temporal.PlainDate.compare(day, today) < 0
    ? { code: "batch.day-past", today: today.toString(), field: "plannedOn" }
    : undefined;
}

function distance(a: Temporal.PlainDate, b: Temporal.PlainDate): number {
  return Math.abs(a.until(b).days);
}

/** Checks the hours: both or none, the end after the start, written 09:00. */
export function batchHoursRefusalOf(
  from: string | null | undefined,
  to: string | null | undefined,
): BatchDayRefusal | undefined {
  const [start, end] = [from ?? null, to ?? null];
  if (start === null && end === null) return undefined;
  return start !== null && end !== null && start < end ? undefined : { code: "batch.hours-wrong", field: "toHour" };
}

/** Whether the day has passed and somebody who must register is not confirmed. */
export function isOverdue(batch: { plannedOn: string; unconfirmed: number }, today: Temporal.PlainDate): boolean {
  return batch.unconfirmed > 0 && Temporal.PlainDate.compare(Temporal.PlainDate.from(batch.plannedOn), today) < 0;
}
