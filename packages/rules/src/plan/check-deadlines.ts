import type { Calendar } from "../calendar/window.ts";
import { type LatestPublication, latestPublicationDayOf } from "../notice/period.ts";
import { checkRestDay, findStageSpan } from "./check-windows.ts";
import type { Finding, ReportDeadline } from "./finding.ts";
import { findingOf } from "./finding-of.ts";
import type { Plan } from "./plan.ts";

/** Checks public notice and report against the neighbouring stages (Notice §三(三), §三(四)). */
export function* checkDeadlines(plan: Plan, calendar: Calendar): Generator<Finding> {
  const { report, notice } = plan.stages;
  const preliminaryEnds = findStageSpan(calendar, "preliminary")?.to;
  if (preliminaryEnds !== undefined) {
    yield* checkNotice(notice, latestPublicationDayOf(plan), preliminaryEnds);
  }
  yield* checkReport(plan, calendar, "electronicBy", preliminaryEnds);
  yield* checkReport(plan, calendar, "paperBy", preliminaryEnds);
  const { electronicBy, paperBy } = report;
  if (paperBy !== undefined && paperBy < electronicBy) {
    const path = ["stages", "report", "paperBy"];
    yield findingOf("deadline.paper-before-electronic", path, { electronicBy, paperBy }, report.source);
  }
}

/** A case decided on the last day of the preliminary review must still have time for its notice. */
function* checkNotice(
  notice: Plan["stages"]["notice"],
  latest: LatestPublication,
  preliminaryEnds: string,
): Generator<Finding> {
  const day = latest.day.toString();
  const latestWorkingDay = latest.workingDay.toString();
  const path = ["stages", "notice"];
  if (day < preliminaryEnds) {
    const figures = { days: notice.days, working: notice.unit === "working", latest: day, preliminaryEnds };
    yield findingOf("notice.cannot-end-before-report", path, figures, notice.source);
  } else if (latestWorkingDay < preliminaryEnds) {
    const figures = { latest: day, latestWorkingDay, preliminaryEnds };
    yield findingOf("notice.only-rest-days-left", path, figures, notice.source);
  }
}

function* checkReport(
  plan: Plan,
  calendar: Calendar,
  what: ReportDeadline,
  preliminaryEnds: string | undefined,
): Generator<Finding> {
  const moment = plan.stages.report[what];
  if (moment === undefined) {
    return;
  }
  const { source } = plan.stages.report;
  const path = ["stages", "report", what];
  const day = moment.slice(0, 10);
  yield* checkRestDay(what, day, path, source);
  if (preliminaryEnds !== undefined && day < preliminaryEnds) {
    const figures = { what, moment, stage: "preliminary" as const, ends: preliminaryEnds };
    yield findingOf("deadline.before-stage-ends", path, figures, source);
  }
  const stage = plan.stages.review === undefined ? "final" : "review";
  const span = findStageSpan(calendar, stage);
  if (span !== undefined && day > span.to) {
    yield findingOf("deadline.after-next-stage-ends", path, { what, moment, stage, ends: span.to }, source);
  } else if (span !== undefined && day >= span.from) {
    yield findingOf("deadline.after-next-stage-begins", path, { what, moment, stage, begins: span.from }, source);
  }
}
