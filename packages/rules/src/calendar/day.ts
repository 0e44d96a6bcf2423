import type { LatestPublication } from "../notice/period.ts";
import type { Plan } from "../plan/plan.ts";
import { type WindowedStage, windowedStages } from "../plan/stage.ts";
import { isWorkingDay } from "./working-day.ts";

/** One day as a calendar shows it. */
export interface CalendarDay {
  readonly day: Temporal.PlainDate;
  readonly isWorkingDay: boolean;
  /** Stages open on this day, and stages whose window includes the day but is closed on it. */
  readonly open: readonly WindowedStage[];
  readonly closed: readonly WindowedStage[];
  /** The latest day of publication, and the days of the notice published then. */
  readonly isLatestPublication: boolean;
  readonly isOnNotice: boolean;
  readonly deadlines: readonly ("electronicBy" | "paperBy")[];
}

/** One day of a plan, in the plan's time zone; `latest` is `latestPublicationDayOf(plan)`. */
export function calendarDayOf(plan: Plan, latest: LatestPublication, day: Temporal.PlainDate): CalendarDay {
  const key = day.toString();
  const covers = (range: { from: string; to: string }) => range.from <= key && key <= range.to;
  const running = windowedStages.filter((stage) => plan.stages[stage]?.windows.some(covers));
  const isClosed = (stage: WindowedStage) =>
    plan.closures.some((entry) => entry.stages.includes(stage) && covers(entry));
  const { firstDay, lastDay } = latest.period;
  return {
    day,
    isWorkingDay: isWorkingDay(day),
    open: running.filter((stage) => !isClosed(stage)),
    closed: running.filter(isClosed),
    isLatestPublication: latest.day.equals(day),
    isOnNotice: covers({ from: firstDay.toString(), to: lastDay.toString() }),
    deadlines: (["electronicBy", "paperBy"] as const).filter((name) => plan.stages.report[name]?.startsWith(key)),
  };
}

/** The first day of each month from the plan's first window to its last window or deadline. */
export function listCalendarMonths(plan: Plan): Temporal.PlainDate[] {
  const windows = windowedStages.flatMap((stage) => plan.stages[stage]?.windows ?? []);
  const { electronicBy, paperBy = electronicBy } = plan.stages.report;
  const days = [
    ...windows.flatMap(({ from, to }) => [from, to]),
    electronicBy.slice(0, 10),
    paperBy.slice(0, 10),
  ].toSorted();
  const last = Temporal.PlainDate.from(days.at(-1) ?? electronicBy.slice(0, 10));
  const months: Temporal.PlainDate[] = [];
  let month = Temporal.PlainDate.from(days[0] ?? electronicBy.slice(0, 10)).with({ day: 1 });
  for (; Temporal.PlainDate.compare(month, last) <= 0; month = month.add({ months: 1 })) {
    months.push(month);
  }
  return months;
}
