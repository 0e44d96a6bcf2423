import type { Plan } from "../plan/plan.ts";
import { type WindowedStage, windowedStages } from "../plan/stage.ts";
import { fuseIntervals, type Interval, lastBegunAt } from "./interval.ts";

/** An extension (延期) of one stage, already selected for the case by area, school or applicant. */
export interface Extension {
  readonly stage: WindowedStage;
  readonly from: Temporal.Instant;
  readonly until: Temporal.Instant;
}

interface DayRange {
  readonly from: Temporal.PlainDate;
  readonly to: Temporal.PlainDate;
}

/** One stage's open time, compiled for searching. */
interface StageCalendar {
  readonly open: readonly Interval[];
  /** The plan's windows and closures in days. They explain why a stage is closed. */
  readonly windows: readonly DayRange[];
  readonly closures: readonly DayRange[];
}

/** The open time of each stage, in the plan's time zone. */
export interface Calendar {
  readonly timeZone: string;
  readonly stages: Readonly<Partial<Record<WindowedStage, StageCalendar>>>;
}

/**
 * Why a stage is closed: not begun, outside the daily hours, a closed day, between two windows, ended, or not in the
 * plan.
 */
export const windowClosedReasons = ["not-yet", "nightly", "closure", "between", "over", "no-such-stage"] as const;
type WindowClosedReason = (typeof windowClosedReasons)[number];

export type WindowState =
  | { open: true; until: Temporal.Instant }
  | { open: false; why: WindowClosedReason; opensAt?: Temporal.Instant };

/** Cache of compiled plans: compiling takes a millisecond, and a plan version never changes. */
const compiled = new WeakMap<Plan, Calendar>();

/**
 * The plan's open time with the case's extensions merged in. An extension is open round the clock, whatever the plan's
 * hours and closures. Extensions of a stage that the plan lacks are ignored.
 */
export function calendarOf(plan: Plan, extensions: readonly Extension[] = []): Calendar {
  let calendar = compiled.get(plan);
  if (calendar === undefined) {
    calendar = compile(plan);
    compiled.set(plan, calendar);
  }
  if (extensions.length === 0) {
    return calendar;
  }
  const stages: Partial<Record<WindowedStage, StageCalendar>> = { ...calendar.stages };
  for (const stage of windowedStages) {
    const ours = extensions.filter((extension) => extension.stage === stage);
    const stageCalendar = stages[stage];
    if (stageCalendar !== undefined && ours.length > 0) {
      stages[stage] = { ...stageCalendar, open: fuseIntervals([...stageCalendar.open, ...ours]) };
    }
  }
  return { timeZone: calendar.timeZone, stages };
}

function compile(plan: Plan): Calendar {
  const stages: Partial<Record<WindowedStage, StageCalendar>> = {};
  for (const stage of windowedStages) {
    const stagePlan = plan.stages[stage];
    if (stagePlan === undefined) {
      continue;
    }
    const windows = stagePlan.windows.map(dayRangeOf);
    const closures = plan.closures.filter((closure) => closure.stages.includes(stage)).map(dayRangeOf);
    const open: Interval[] = [];
    for (const window of windows) {
      for (const day of daysOf(window)) {
        if (!closures.some((closure) => isDayIn(closure, day))) {
          open.push({
            from: instantOf(day, stagePlan.hours.from, plan.timeZone),
            until: instantOf(day, stagePlan.hours.to, plan.timeZone),
          });
        }
      }
    }
    stages[stage] = { open: fuseIntervals(open), windows, closures };
  }
  return { timeZone: plan.timeZone, stages };
}

/**
 * Whether the stage is open at this instant and until when; if closed, why and when it opens next. Page, API, reminder
 * and audit all use this answer. `opensAt` is missing if the stage never opens again. 23:59:59.999 is open,
 * 00:00:00.000 is not.
 */
export function windowStateOf(calendar: Calendar, stage: WindowedStage, at: Temporal.Instant): WindowState {
  const stageCalendar = calendar.stages[stage];
  if (stageCalendar === undefined) {
    return { open: false, why: "no-such-stage" };
  }
  const { open } = stageCalendar;
  const begun = lastBegunAt(open, at);
  const current = open[begun];
  if (current !== undefined && Temporal.Instant.compare(at, current.until) < 0) {
    return { open: true, until: current.until };
  }
  const next = open[begun + 1];
  if (next === undefined) {
    return { open: false, why: "over" };
  }
  const why = current === undefined ? "not-yet" : reasonBetween(stageCalendar, calendar.timeZone, at);
  return { open: false, why, opensAt: next.from };
}

function reasonBetween(
  { windows, closures }: StageCalendar,
  timeZone: string,
  at: Temporal.Instant,
): WindowClosedReason {
  const day = at.toZonedDateTimeISO(timeZone).toPlainDate();
  if (!windows.some((window) => isDayIn(window, day))) {
    return "between";
  }
  return closures.some((closure) => isDayIn(closure, day)) ? "closure" : "nightly";
}

/** The stage's open time as ordered, disjoint intervals; empty if the plan has no such stage. */
export function openIntervalsOf(calendar: Calendar, stage: WindowedStage): readonly Interval[] {
  return calendar.stages[stage]?.open ?? [];
}

/** The first instant at which the stage is open. */
export function startOfStage(calendar: Calendar, stage: WindowedStage): Temporal.Instant | undefined {
  return openIntervalsOf(calendar, stage).at(0)?.from;
}

/** The end of the stage (exclusive: 24:00 of 2 November is 00:00 of the 3rd), with extensions. */
export function endOfStage(calendar: Calendar, stage: WindowedStage): Temporal.Instant | undefined {
  return openIntervalsOf(calendar, stage).at(-1)?.until;
}

/** The days, in order, on which the stage is open for at least a moment. */
export function openDaysOf(calendar: Calendar, stage: WindowedStage): Temporal.PlainDate[] {
  return daysWithin(openIntervalsOf(calendar, stage), calendar.timeZone);
}

function daysWithin(open: readonly Interval[], timeZone: string): Temporal.PlainDate[] {
  const days: Temporal.PlainDate[] = [];
  for (const { from, until } of open) {
    const lastDay = localDayOf(until.subtract({ nanoseconds: 1 }), timeZone);
    let day = localDayOf(from, timeZone);
    const counted = days.at(-1);
    if (counted?.equals(day)) {
      day = day.add({ days: 1 });
    }
    for (; Temporal.PlainDate.compare(day, lastDay) <= 0; day = day.add({ days: 1 })) {
      days.push(day);
    }
  }
  return days;
}

/**
 * The number of later days on which the stage is open. Closed days do not count, because nothing can be done on them.
 * Undefined if the stage is not open on this day.
 */
export function openDaysLeftOf(calendar: Calendar, stage: WindowedStage, day: Temporal.PlainDate): number | undefined {
  const days = openDaysOf(calendar, stage);
  const at = days.findIndex((open) => open.equals(day));
  return at < 0 ? undefined : days.length - 1 - at;
}

/** The open minutes of the stage over all its intervals. */
export function openMinutesOf(calendar: Calendar, stage: WindowedStage): number {
  return minutesWithin(openIntervalsOf(calendar, stage));
}

function minutesWithin(open: readonly Interval[]): number {
  return open.reduce((sum, { from, until }) => sum + until.since(from).total("minutes"), 0);
}

/** Open time of a stage: the days on which it is open at all, and the total of open minutes. */
interface OpenTime {
  days: number;
  minutes: number;
}

/** The open time of the stage from this instant on. Nights and closed days do not count; the rest of this day does. */
export function openTimeLeftOf(calendar: Calendar, stage: WindowedStage, at: Temporal.Instant): OpenTime {
  const left = openIntervalsOf(calendar, stage)
    .filter(({ until }) => Temporal.Instant.compare(at, until) < 0)
    .map(({ from, until }) => ({ from: Temporal.Instant.compare(from, at) < 0 ? at : from, until }));
  return { days: daysWithin(left, calendar.timeZone).length, minutes: minutesWithin(left) };
}

function dayRangeOf({ from, to }: { from: string; to: string }): DayRange {
  return { from: Temporal.PlainDate.from(from), to: Temporal.PlainDate.from(to) };
}

function isDayIn(range: DayRange, day: Temporal.PlainDate): boolean {
  return Temporal.PlainDate.compare(range.from, day) <= 0 && Temporal.PlainDate.compare(day, range.to) <= 0;
}

function* daysOf({ from, to }: DayRange): Generator<Temporal.PlainDate> {
  for (let day = from; Temporal.PlainDate.compare(day, to) <= 0; day = day.add({ days: 1 })) {
    yield day;
  }
}

function localDayOf(at: Temporal.Instant, timeZone: string): Temporal.PlainDate {
  return at.toZonedDateTimeISO(timeZone).toPlainDate();
}

/** A day and an hour as the plan writes it (24:00 ends the day), as an instant. */
function instantOf(day: Temporal.PlainDate, hour: string, timeZone: string): Temporal.Instant {
  return hour === "24:00" ? endOfDay(day, timeZone) : day.toZonedDateTime({ timeZone, plainTime: hour }).toInstant();
}

/** 24:00 of this day. */
export function endOfDay(day: Temporal.PlainDate, timeZone: string): Temporal.Instant {
  return day.add({ days: 1 }).toZonedDateTime(timeZone).toInstant();
}
