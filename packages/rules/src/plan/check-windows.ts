import { type Calendar, openIntervalsOf } from "../calendar/window.ts";
import { hasKnownHolidays, isWorkingDay } from "../calendar/working-day.ts";
import { restDayText } from "./check-messages.zh.ts";
import type { Finding, ReportDeadline } from "./finding.ts";
import { findingOf } from "./finding-of.ts";
import type { Plan } from "./plan.ts";
import { type WindowedStage, windowedStages } from "./stage.ts";

type DayRange = { from: string; to: string };

/** First and last day on which a stage is open, without closed days at the ends; undefined if it never opens. */
export function findStageSpan(calendar: Calendar, stage: WindowedStage): DayRange | undefined {
  const intervals = openIntervalsOf(calendar, stage);
  const first = intervals.at(0)?.from;
  const end = intervals.at(-1)?.until;
  if (first === undefined || end === undefined) {
    return undefined;
  }
  const localDayOf = (at: Temporal.Instant) => at.toZonedDateTimeISO(calendar.timeZone).toPlainDate().toString();
  return { from: localDayOf(first), to: localDayOf(end.subtract({ nanoseconds: 1 })) };
}

/**
 * Checks windows, hours and closures: each stage alone, then the stages against one another (Notice §三(一) to §三(五)).
 */
export function* checkWindows(plan: Plan, calendar: Calendar): Generator<Finding> {
  for (const stage of windowedStages) {
    yield* checkStage(plan, stage);
  }
  yield* checkClosures(plan);
  yield* checkOrder(plan, calendar);
  yield* checkYears(plan, calendar);
}

function* checkStage(plan: Plan, stage: WindowedStage): Generator<Finding> {
  const stagePlan = plan.stages[stage];
  if (stagePlan === undefined) {
    return;
  }
  const { windows, hours, source } = stagePlan;
  // Both are written HH:MM, so comparing the texts compares the times.
  const hoursReversed = hours.from >= hours.to;
  if (hoursReversed) {
    yield findingOf("hours.reversed", ["stages", stage, "hours"], { stage, ...hours }, source);
  }
  const closures = plan.closures.filter((closure) => closure.stages.includes(stage));
  for (const [index, window] of windows.entries()) {
    const path = ["stages", stage, "windows", index];
    if (window.from > window.to) {
      yield findingOf("range.reversed", path, { from: window.from, to: window.to }, source);
      continue;
    }
    const overlapped = windows.slice(0, index).find((earlier) => overlap(earlier, window));
    if (overlapped !== undefined) {
      const [first, second] = overlapped.from <= window.from ? [overlapped, window] : [window, overlapped];
      yield findingOf("window.overlaps", path, { stage, from: second.from, earlierTo: first.to }, source);
    }
    if (!hoursReversed && isCovered(window, closures)) {
      yield findingOf("window.no-open-minute", path, { stage, from: window.from, to: window.to }, source);
    }
  }
}

function overlap(one: DayRange, other: DayRange): boolean {
  return one.from <= other.to && other.from <= one.to && one.from <= one.to && other.from <= other.to;
}

/** Whether the closures cover every day of this window. */
function isCovered(window: DayRange, closures: readonly DayRange[]): boolean {
  let day = Temporal.PlainDate.from(window.from);
  for (const closure of closures.toSorted((a, b) => a.from.localeCompare(b.from))) {
    if (closure.from <= day.toString() && day.toString() <= closure.to) {
      day = Temporal.PlainDate.from(closure.to).add({ days: 1 });
    }
  }
  return day.toString() > window.to;
}

function* checkClosures(plan: Plan): Generator<Finding> {
  for (const [index, closure] of plan.closures.entries()) {
    const { from, to, source } = closure;
    const path = ["closures", index];
    if (from > to) {
      yield findingOf("range.reversed", path, { from, to }, source);
      continue;
    }
    const absent = closure.stages.filter((stage) => plan.stages[stage] === undefined);
    for (const stage of absent) {
      yield findingOf("closure.no-such-stage", [...path, "stages"], { stage }, source);
    }
    const present = closure.stages.filter((stage) => !absent.includes(stage));
    const windows = present.flatMap((stage) => plan.stages[stage]?.windows ?? []);
    if (present.length > 0 && !windows.some((window) => overlap(window, closure))) {
      yield findingOf("closure.outside-windows", path, { from, to, stages: present }, source);
    }
    const earlier = plan.closures.slice(0, index).filter((other) => overlap(other, closure));
    const stage = closure.stages.find((named) => earlier.some((other) => other.stages.includes(named)));
    if (stage !== undefined) {
      yield findingOf("closure.overlaps", path, { stage, from, to }, source);
    }
  }
}

/**
 * Each stage begins and ends no earlier than the previous one. Online application and confirmation may overlap (Notice
 * §三(二)); any other overlap gives a warning.
 */
function* checkOrder(plan: Plan, calendar: Calendar): Generator<Finding> {
  const spans = windowedStages.flatMap((stage) => {
    const span = findStageSpan(calendar, stage);
    return span === undefined ? [] : [{ stage, ...span }];
  });
  for (const [index, next] of spans.entries()) {
    const previous = spans[index - 1];
    if (previous === undefined) {
      continue;
    }
    const path = ["stages", next.stage, "windows"];
    const source = plan.stages[next.stage]?.source;
    const pair = { earlier: previous.stage, later: next.stage };
    if (next.from < previous.from) {
      const figures = { ...pair, what: "begin" as const, before: previous.from, after: next.from };
      yield findingOf("stage.out-of-order", path, figures, source);
    } else if (next.from <= previous.to && next.stage !== "confirm") {
      const figures = { ...pair, ends: previous.to, begins: next.from };
      yield findingOf("stage.begins-before-previous-ends", path, figures, source);
    }
    if (next.to < previous.to) {
      const figures = { ...pair, what: "end" as const, before: previous.to, after: next.to };
      yield findingOf("stage.out-of-order", path, figures, source);
    }
  }
  for (const { stage, to } of spans) {
    yield* checkRestDay(stage, to, ["stages", stage, "windows"], plan.stages[stage]?.source);
  }
}

/** A deadline on a rest day is not moved; a warning says so. */
export function* checkRestDay(
  what: WindowedStage | ReportDeadline,
  day: string,
  path: string[],
  source: string | undefined,
): Generator<Finding> {
  if (!isWorkingDay(Temporal.PlainDate.from(day))) {
    yield findingOf("deadline.on-rest-day", path, { what, day, holiday: restDayText(day) }, source);
  }
}

function* checkYears(plan: Plan, calendar: Calendar): Generator<Finding> {
  const spans = windowedStages.flatMap((stage) => findStageSpan(calendar, stage) ?? []);
  const from = spans
    .map((span) => span.from)
    .toSorted()
    .at(0);
  const to = spans
    .map((span) => span.to)
    .toSorted()
    .at(-1);
  if (from === undefined || to === undefined) {
    return;
  }
  const [firstYear, lastYear] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))];
  if (plan.year < firstYear || plan.year > lastYear) {
    yield findingOf("year.differs", ["year"], { year: plan.year, from, to });
  }
  const opens = findStageSpan(calendar, "apply")?.from;
  if (opens !== undefined && plan.issuedOn > opens) {
    yield findingOf("issued.after-opening", ["issuedOn"], { issuedOn: plan.issuedOn, opens });
  }
  const years = Array.from({ length: lastYear - firstYear + 1 }, (_, index) => firstYear + index);
  const unknown = years.filter((year) => !hasKnownHolidays(year));
  if (unknown.length > 0) {
    yield findingOf("holidays.unknown-year", ["stages"], { years: unknown });
  }
}
