import { endOfDay } from "../calendar/window.ts";
import { addWorkingDays, workingDayOnOrAfter, workingDayOnOrBefore } from "../calendar/working-day.ts";
import type { Plan } from "../plan/plan.ts";

type NoticePlan = Plan["stages"]["notice"];
/** How a plan counts days: the notice's own settings. */
type DayCount = Pick<NoticePlan, "unit" | "countsFirstDay">;

/** A run of days that ends at 24:00 of its last one; `endsAt` is that moment, already outside. */
interface DayPeriod {
  readonly firstDay: Temporal.PlainDate;
  readonly lastDay: Temporal.PlainDate;
  readonly endsAt: Temporal.Instant;
}

/**
 * So many days from an event. The day of the event is not counted unless the plan says so (民法典第二百零一条; in 2017
 * 民法总则第二百零一条). A period whose last day is a rest day is not prolonged: the rule of 民法典第二百零三条 is for
 * whoever has to act in time, a published list simply stands for its days.
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

/** The days within which an objection raised at this instant is to be answered, counted like the notice. */
export function objectionAnswerPeriodOf(notice: NoticePlan, timeZone: string, raisedAt: Temporal.Instant): DayPeriod {
  const raisedOn = raisedAt.toZonedDateTimeISO(timeZone).toPlainDate();
  return dayPeriodOf(notice, notice.objectionAnswerDays, timeZone, raisedOn);
}

/** The last chance to publish a notice before the electronic report. */
export interface LatestPublication {
  readonly day: Temporal.PlainDate;
  /** The latest working day on which it may be published: the same day or one before. */
  readonly workingDay: Temporal.PlainDate;
  /** The period of a notice published on `day`, and the hours left between its end and the deadline. */
  readonly period: DayPeriod;
  readonly slackHours: number;
}

/**
 * The latest day on which a notice may be published so that its period has run when the electronic report is due:
 * the statistics are filled in after it (Notice §三(三): 公示期满后填写).
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

/** A report deadline of the plan, written 2017-11-20T17:00 in its own zone, as an instant. */
export function reportDueAt(timeZone: string, moment: string): Temporal.Instant {
  return Temporal.PlainDateTime.from(moment).toZonedDateTime(timeZone).toInstant();
}
