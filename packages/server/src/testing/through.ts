import { call } from "@orpc/server";
import { decisionRoutes } from "../decision/routes.ts";
import { noticeRoutes } from "../notice/routes.ts";
import { preliminaryRoutes } from "../preliminary/routes.ts";
import { reportRoutes } from "../report/routes.ts";
import { reviewRoutes } from "../review/routes.ts";
import type { ApplicationFacts, District, Offices } from "./offices-shape.ts";

/** What is decided on the cases, and when: the days of the notice unless a test says otherwise. */
interface Course {
  conclusion?: string;
  decidedAt?: string;
  publishedAt?: string;
  closedAt?: string;
  reportedAt?: string;
  reviewedAt?: string;
  concludedAt?: string;
  number?: string;
}

const reasonOf: Record<string, string> = { pass: "conditions-met", defer: "training-short", fail: "ethics-breached" };

/** What the district found out about a case, as 合格 asks for it unless a test says otherwise. */
export async function recordedFacts(
  offices: Offices,
  district: District,
  application: string,
  { ethics = "met", fit = true }: { ethics?: "met" | "breached"; fit?: boolean } = {},
): Promise<void> {
  await call(
    preliminaryRoutes.recordFacts,
    { campaign: offices.campaign.key, application, ethics, fit },
    { context: offices.as(district.reviewer) },
  );
}

/** Cases that a school has handed over and whose ethics and fitness the district has recorded. */
export async function examined(
  offices: Offices,
  district: District,
  count: number,
  facts: Partial<ApplicationFacts> = {},
): Promise<string[]> {
  const { clock } = offices;
  const back = clock.now();
  const ids = await offices.handedOver(district, count, facts);
  clock.set("2017-11-06T08:30");
  for (const id of ids) await recordedFacts(offices, district, id);
  clock.set(back.toZonedDateTimeISO("Asia/Shanghai").toPlainDateTime().toString());
  return ids;
}

/** To `preliminary`, by the district's reviewer. */
export async function decided(offices: Offices, district: District, applications: string[], course: Course = {}) {
  const { conclusion = "pass", decidedAt = "2017-11-08T10:00" } = course;
  offices.clock.set(decidedAt);
  const ethics = conclusion === "fail" ? "breached" : "met";
  for (const application of applications) await recordedFacts(offices, district, application, { ethics });
  const outcome = await call(
    preliminaryRoutes.decideMany,
    { campaign: offices.campaign.key, applications, conclusion, reasons: [reasonOf[conclusion] ?? "conditions-met"] },
    { context: offices.as(district.reviewer) },
  );
  mustAllBeDone(outcome);
}

/** To `on-notice`, by the district's lead; answers the notice's key. */
export async function published(offices: Offices, district: District, applications: string[], course: Course = {}) {
  await decided(offices, district, applications, course);
  offices.clock.set(course.publishedAt ?? "2017-11-10T09:00");
  const { notice, outcome } = await call(
    noticeRoutes.publish,
    { campaign: offices.campaign.key, applications },
    { context: offices.as(district.lead) },
  );
  mustAllBeDone(outcome);
  if (notice === null) throw new Error("nothing was published");
  return notice.id;
}

/** To `noticed`: the notice has run its days. */
export async function noticed(offices: Offices, district: District, applications: string[], course: Course = {}) {
  const notice = await published(offices, district, applications, course);
  offices.clock.set(course.closedAt ?? "2017-11-18T09:00");
  const outcome = await call(
    noticeRoutes.closeNotice,
    { campaign: offices.campaign.key, notice },
    { context: offices.as(district.lead) },
  );
  mustAllBeDone(outcome);
  return notice;
}

/** To `reported`: the table prepared by the reviewer and reported by the lead; answers the report's key. */
export async function reported(offices: Offices, district: District, applications: string[], course: Course = {}) {
  await noticed(offices, district, applications, course);
  offices.clock.set(course.reportedAt ?? "2017-11-20T10:00");
  const { campaign } = offices;
  const { id } = await call(
    reportRoutes.prepareReport,
    { campaign: campaign.key },
    { context: offices.as(district.reviewer) },
  );
  const { outcome } = await call(
    reportRoutes.report,
    { campaign: campaign.key, report: id },
    { context: offices.as(district.lead) },
  );
  mustAllBeDone(outcome);
  return id;
}

/** To `reviewed`, by the centre. */
export async function reviewed(offices: Offices, district: District, applications: string[], course: Course = {}) {
  await reported(offices, district, applications, course);
  offices.clock.set(course.reviewedAt ?? "2017-11-21T10:00");
  const outcome = await call(
    reviewRoutes.approveMany,
    { campaign: offices.campaign.key, applications },
    { context: offices.as(offices.centreReviewer) },
  );
  mustAllBeDone(outcome);
}

let decisions = 0;

/** To `concluded`, by the commission; answers the decision's key. */
export async function concluded(offices: Offices, district: District, applications: string[], course: Course = {}) {
  await reviewed(offices, district, applications, course);
  offices.clock.set(course.concludedAt ?? "2017-11-23T10:00");
  decisions += 1;
  const { decision, outcome } = await call(
    decisionRoutes.conclude,
    { campaign: offices.campaign.key, number: course.number ?? `渝教注〔2017〕${decisions}号`, applications },
    { context: offices.as(offices.approver) },
  );
  mustAllBeDone(outcome);
  if (decision === null) throw new Error("nothing was concluded");
  return decision.id;
}

function mustAllBeDone({ refused, rows }: { refused: number; rows: readonly object[] }): void {
  if (refused > 0) throw new Error(`a factory's act was refused: ${JSON.stringify(rows)}`);
}
