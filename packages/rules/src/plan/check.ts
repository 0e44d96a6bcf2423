import { calendarOf, openDaysOf, openIntervalsOf, openMinutesOf } from "../calendar/window.ts";
import { latestPublicationDayOf } from "../notice/period.ts";
import { checkBodies } from "./check-bodies.ts";
import { checkDeadlines } from "./check-deadlines.ts";
import { checkMaterials } from "./check-materials.ts";
import { checkWindows } from "./check-windows.ts";
import { type Finding, findingSeverities } from "./finding.ts";
import { parsePlan, withPosition } from "./parse.ts";
import type { Plan } from "./plan.ts";
import { type WindowedStage, windowedStages } from "./stage.ts";

/** Figures of one stage. `opens` and `closes` are local times with offset; `closes` is exclusive. */
interface StageFigures {
  readonly openDays: number;
  readonly openHours: number;
  readonly opens: string | null;
  readonly closes: string | null;
}

/** Figures of the public notice before the electronic report. Days are written 2017-11-12. */
interface NoticeFigures {
  readonly days: number;
  readonly unit: "calendar" | "working";
  readonly countsFirstDay: boolean;
  /** The latest day of publication, the last day of that notice, and the hours from its end to the deadline. */
  readonly latestPublicationDay: string;
  readonly latestWorkingDay: string;
  readonly lastDay: string;
  readonly slackHours: number;
}

/** The result of a plan's check. The plan may be published if `errors` is empty. */
export interface PlanCheck {
  readonly errors: readonly Finding[];
  readonly warnings: readonly Finding[];
  readonly stages: Readonly<Partial<Record<WindowedStage, StageFigures>>>;
  readonly notice: NoticeFigures | null;
  readonly report: { readonly electronicBy: string; readonly paperBy: string | null } | null;
}

/** All findings about a well-formed plan, with the figures that its author needs for comparison. */
export function checkPlan(plan: Plan): PlanCheck {
  const calendar = calendarOf(plan);
  const findings = [
    ...checkWindows(plan, calendar),
    ...checkDeadlines(plan, calendar),
    ...checkBodies(plan),
    ...checkMaterials(plan),
  ];
  const stages: Partial<Record<WindowedStage, StageFigures>> = {};
  for (const stage of windowedStages) {
    if (calendar.stages[stage] !== undefined) {
      const intervals = openIntervalsOf(calendar, stage);
      stages[stage] = {
        openDays: openDaysOf(calendar, stage).length,
        openHours: hoursOf(openMinutesOf(calendar, stage)),
        opens: localText(intervals.at(0)?.from, plan.timeZone),
        closes: localText(intervals.at(-1)?.until, plan.timeZone),
      };
    }
  }
  const latest = latestPublicationDayOf(plan);
  const { notice, report } = plan.stages;
  return {
    ...bySeverity(findings),
    stages,
    notice: {
      days: notice.days,
      unit: notice.unit,
      countsFirstDay: notice.countsFirstDay,
      latestPublicationDay: latest.day.toString(),
      latestWorkingDay: latest.workingDay.toString(),
      lastDay: latest.period.lastDay.toString(),
      slackHours: hoursOf(latest.slackHours * 60),
    },
    report: { electronicBy: report.electronicBy, paperBy: report.paperBy ?? null },
  };
}

/** Reads and checks a plan's text. Findings have line and column. `plan` is present if the text is well formed. */
export function checkPlanText(text: string): { readonly plan?: Plan; readonly check: PlanCheck } {
  const { plan, findings, positionOf } = parsePlan(text);
  if (plan === undefined) {
    return { check: { ...bySeverity(findings), stages: {}, notice: null, report: null } };
  }
  const check = checkPlan(plan);
  const located = (finding: Finding) => withPosition(finding, positionOf);
  return { plan, check: { ...check, errors: check.errors.map(located), warnings: check.warnings.map(located) } };
}

function bySeverity(findings: readonly Finding[]): Pick<PlanCheck, "errors" | "warnings"> {
  const { error = [], warning = [] } = Object.groupBy(findings, (finding) => findingSeverities[finding.code]);
  return { errors: error, warnings: warning };
}

/** Minutes as hours, rounded to two decimals. */
function hoursOf(minutes: number): number {
  return Math.round((minutes * 100) / 60) / 100;
}

function localText(at: Temporal.Instant | undefined, timeZone: string): string | null {
  return at === undefined ? null : at.toString({ timeZone, smallestUnit: "minute" });
}
