import { type Calendar, calendarOf, endOfStage, openIntervalsOf } from "@shice/rules/calendar/window.ts";
import type { Plan } from "@shice/rules/plan/plan.ts";
import type { WindowedStage } from "@shice/rules/plan/stage.ts";

/** Instants for the rehearsal's acts, taken from the plan's calendar. */
export interface Timetable {
  calendar: Calendar;
  /** One instant in each open interval of the online application, an hour after it opens. */
  applyDays: Temporal.Instant[];
  /** The first instant at which a stage is open. */
  opensAt(stage: WindowedStage): Temporal.Instant;
  endsAt(stage: WindowedStage): Temporal.Instant;
}

export function timetableOf(plan: Plan): Timetable {
  const calendar = calendarOf(plan);
  const intervals = (stage: WindowedStage) => openIntervalsOf(calendar, stage);
  const opensAt = (stage: WindowedStage) => {
    const [first] = intervals(stage);
    if (first === undefined) throw new Error(`${stage} never opens`);
    return first.from;
  };
  const endsAt = (stage: WindowedStage) => {
    const end = endOfStage(calendar, stage);
    if (end === undefined) throw new Error(`${stage} never ends`);
    return end;
  };
  return {
    calendar,
    applyDays: intervals("apply").flatMap(({ from, until }) => daysWithin(plan.timeZone, from, until)),
    opensAt,
    endsAt,
  };
}

/** An hour after the beginning of an interval, and of each further day in it. */
function daysWithin(timeZone: string, from: Temporal.Instant, to: Temporal.Instant): Temporal.Instant[] {
  const moments: Temporal.Instant[] = [];
  let at = from.add({ hours: 1 });
  while (Temporal.Instant.compare(at, to) < 0) {
    moments.push(at);
    at = at.toZonedDateTimeISO(timeZone).add({ days: 1 }).startOfDay().add({ hours: 9 }).toInstant();
  }
  return moments;
}

/** The instant itself if the stage is open then; else an hour into its next interval, or before the end of its last. */
export function insideWindow({ calendar }: Timetable, stage: WindowedStage, at: Temporal.Instant): Temporal.Instant {
  const open = openIntervalsOf(calendar, stage);
  const covers = open.some(
    ({ from, until }) => Temporal.Instant.compare(from, at) <= 0 && Temporal.Instant.compare(at, until) < 0,
  );
  if (covers) return at;
  const after = open.find(({ from }) => Temporal.Instant.compare(from, at) > 0);
  return after === undefined ? (open.at(-1)?.until.subtract({ hours: 1 }) ?? at) : after.from.add({ hours: 1 });
}
