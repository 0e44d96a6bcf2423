import { endOfDay } from "../calendar/window.ts";
import { addWorkingDays, workingDayOnOrAfter, workingDayOnOrBefore } from "../calendar/working-day.ts";
import type { Plan } from "../plan/plan.ts";

type NoticePlan = Plan["stages"]["notice"];
/** How a plan counts the days of a notice. */
type DayCount = Pick<NoticePlan, "unit" | "countsFirstDay">;

/** A period of whole days; `endsAt` is 24:00 of the last one, exclusive. */
interface DayPeriod {
  readonly firstDay: Temporal.PlainDate;
  readonly lastDay: Temporal.PlainDate;
  readonly endsAt: Temporal.Instant;
}

/**
 * A period of days from an event. The day of the event is not counted unless the plan says so (民法典第二百零一条; in 2017
 * 民法总则第二百零一条). A rest day at the end does not prolong it: 民法典第二百零三条 protects people who must act in time, whereas a
 * published list only stands.
 */
export function dayPeriodOf(count: DayCount, days: number, timeZone: string, eventOn: Temporal.PlainDate): DayPeriod {
  const earliest = count.countsFirstDay ? eventOn : eventOn.add({ days: 1 });
  const firstDay = count.unit === "working" ? workingDayOnOrAfter(earliest) : earliest;
  const lastDay = count.unit === "working" ? addWorkingDays(firstDay, days - 1) : firstDay.add({ days: days - 1 });
  return { firstDay, lastDay, endsAt: endOfDay(lastDay, timeZone) };
}

/** The period of a public notice published at this instant (Notice §三(三): at least seven days). */
export function noticePeriodOf(notice: NoticePlan, timeZone: string, publishedAt: Temporal.Instant): DayPeriod {
  return dayPeriodOf(notice, notice.days, timeZone, publishedAt.toZonedDateTimeISO(timeZone).toPlainDate());
}

/** The period for answering an objection raised at this instant, counted like the notice. */
export function objectionAnswerPeriodOf(notice: NoticePlan, timeZone: string, raisedAt: Temporal.Instant): DayPeriod {
  const raisedOn = raisedAt.toZonedDateTimeISO(timeZone).toPlainDate();
  return dayPeriodOf(notice, notice.objectionAnswerDays, timeZone, raisedOn);
}

/** The latest publication of a notice that still ends before the electronic report. */
export interface LatestPublication {
  readonly day: Temporal.PlainDate;
  /** The latest working day on which it may be published: `day` or an earlier one. */
  readonly workingDay: Temporal.PlainDate;
  /** The period of a notice published on `day`, and the hours between its end and the deadline. */
  readonly period: DayPeriod;
  readonly slackHours: number;
}

/**
 * The latest day of publication for which the notice ends before the electronic report is due. The statistics can be
 * filled in only after the notice (Notice §三(三): 公示期满后填写).
 */
export function latestPublicationDayOf(plan: Plan): LatestPublication {
  const { notice, report } = plan.stages;
  const due = reportDueAt(plan.timeZone, report.electronicBy);
  let day = Temporal.PlainDateTime.from(report.electronicBy).toPlainDate();
  let period = dayPeriodOf(notice, notice.days, plan.timeZone, day);
  while (Temporal.Instant.compare(period.endsAt, due) > 0) {
    day = day.subtract({ days: 1 });
    period = dayPeriodOf(notice, notice.days, plan.timeZone, day);
  }
  return {
    day,
    workingDay: workingDayOnOrBefore(day),
    period,
    slackHours: due.since(period.endsAt).total("hours"),
  };
}

/** A report deadline of the plan (2017-11-20T17:00 in the plan's time zone) as an instant. */
export function reportDueAt(timeZone: string, moment: string): Temporal.Instant {
  return Temporal.PlainDateTime.from(moment).toZonedDateTime(timeZone).toInstant();
}
