import { createHash } from "node:crypto";
import { contract } from "@shice/contract/contract.ts";
import { mayCall } from "@shice/contract/may-call.ts";
import type { ReportAction } from "@shice/contract/report.ts";
import { reportDueAt } from "@shice/rules/notice/period.ts";
import { actionViewOf } from "../case/action-view.ts";
import { canonicalJson, type JsonObject } from "../case/history.ts";
import { transition } from "../case/transition.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { api } from "../request/api.ts";
import { audit } from "../request/audit.ts";
import { cutPage, parseCursor } from "../request/cursor.ts";
import { type ActContext, bulkOutcomeOf, runAct, runRead } from "../request/run-act.ts";
import { listPeopleOf, statisticsOf, tableToReport } from "./figures.ts";
import {
  findReport,
  listNoticed,
  listReports,
  type ReportRow,
  writeAccepted,
  writePaperReceived,
  writePrepared,
  writeReported,
} from "./queries.ts";
import { acceptanceRefusalOf, paperRefusalOf, reportingRefusalOf } from "./refusals.ts";

/** Notice §三(三): 公示期满后填写《教师资格注册情况统计表》; electronic and on paper, under two signatures. */
export const reportRoutes = {
  getStatistics: api.report.getStatistics.handler(({ input, context }) =>
    runRead(context, input.campaign, (ctx) => statisticsOf(ctx, input.by)),
  ),

  listPeople: api.report.listPeople.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const { figure, authority, limit } = input;
      const people = await listPeopleOf(ctx, { figure, authority, after: parseCursor(input.after, 1)?.[0], limit });
      await audit(ctx, {
        action: "list-people-of-figure",
        subjectKind: "campaign",
        subjectId: ctx.campaign.id,
        detail: { figure, authority: authority ?? null },
      });
      return cutPage(
        people,
        limit,
        ({ key: _, ...person }) => person,
        ({ key }) => [key],
      );
    }),
  ),

  /** 填表人: the figures as they are now, frozen; prepared again while the table is not reported. */
  prepareReport: api.report.prepareReport.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { actor, campaign, now, tx } = ctx;
      if (actor.scope.kind !== "authority") throw new RefusalError({ code: "request.forbidden" });
      const { figures, violations } = await tableToReport(ctx);
      if (violations.length > 0) throw new RefusalError({ code: "report.unbalanced", violations });
      const id = await writePrepared(tx, campaign.id, {
        authorityId: actor.scope.id,
        figures,
        figuresHash: hashOf(figures),
        by: actor.accountId,
        at: now,
      });
      await audit(ctx, { action: "prepare-report", subjectKind: "report", subjectId: id });
      return reportOf(ctx, await getReport(ctx, id, { lock: false }));
    }),
  ),

  /** 审核人: another person, for the very figures that were prepared; takes along all whose notice has run. */
  report: api.report.report.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { actor, campaign, now, tx } = ctx;
      const report = await getReport(ctx, input.report, { lock: true });
      const { noticed, pending } = await listNoticed(tx, campaign.id);
      const figures = async () => hashOf((await tableToReport(ctx)).figures);
      const refusal = await reportingRefusalOf(report, actor, { ready: noticed.length, pending, figures });
      if (refusal !== undefined) throw new RefusalError(refusal);

      const hasReview = campaign.plan.stages.review !== undefined;
      const outcomes = await transition(
        ctx,
        "report",
        noticed.map((applicationId) => ({
          applicationId,
          record: ({ row }) => ({
            report: report.id,
            number: report.number,
            conclusion: row.preliminary_conclusion,
          }),
          set: ({ row }) => ({
            report_id: report.id,
            ...(hasReview ? {} : { reviewed_conclusion: row.preliminary_conclusion }),
          }),
        })),
      );
      await writeReported(tx, report.id, actor.accountId, now);
      await audit(ctx, {
        action: "report",
        subjectKind: "report",
        subjectId: report.id,
        detail: { figures: report.figures_hash.toString("hex"), cases: noticed.length },
      });
      const written = await getReport(ctx, report.id, { lock: false });
      return { report: reportOf(ctx, written), outcome: bulkOutcomeOf(outcomes) };
    }),
  ),

  listReports: api.report.listReports.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const rows = await listReports(ctx.tx, ctx.campaign.id, {
        after: parseCursor(input.after, 2),
        limit: input.limit,
      });
      const actionsOfReport = await readReportActions(ctx, rows);
      return cutPage(
        rows,
        input.limit,
        (row) => ({ ...reportOf(ctx, row), actions: actionsOfReport.get(row.id) ?? [] }),
        (row) => [row.prepared_at.toString(), row.id],
      );
    }),
  ),

  receivePaper: api.report.receivePaper.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const report = await getReport(ctx, input.report, { lock: true });
      const refusal = paperRefusalOf(report);
      if (refusal !== undefined) throw new RefusalError(refusal);
      await writePaperReceived(ctx.tx, report.id, ctx.actor.accountId, ctx.now);
      await audit(ctx, { action: "receive-paper-report", subjectKind: "report", subjectId: report.id });
      return reportOf(ctx, { ...report, paper_received_at: ctx.now });
    }),
  ),

  acceptReport: api.report.acceptReport.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const report = await getReport(ctx, input.report, { lock: true });
      const refusal = acceptanceRefusalOf(report);
      if (refusal !== undefined) throw new RefusalError(refusal);
      await writeAccepted(ctx.tx, report.id, ctx.actor.accountId, ctx.now);
      await audit(ctx, { action: "accept-report", subjectKind: "report", subjectId: report.id });
      return reportOf(ctx, { ...report, accepted_at: ctx.now });
    }),
  ),
};

/** @throws RefusalError request.not-found */
async function getReport(
  { tx, campaign }: ActContext,
  reportId: string,
  options: { lock: boolean },
): Promise<ReportRow> {
  const report = await findReport(tx, campaign.id, reportId, options);
  if (report === undefined) throw new RefusalError({ code: "request.not-found" });
  return report;
}

/** What this reader may do with each of these reports; the figures are counted once, and only where one waits for them. */
async function readReportActions(ctx: ActContext, rows: readonly ReportRow[]) {
  const { tx, campaign, actor } = ctx;
  const may = {
    report: mayCall(contract.report.report, actor.role),
    receive: mayCall(contract.report.receivePaper, actor.role),
    accept: mayCall(contract.report.acceptReport, actor.role),
  };
  const waits = may.report && rows.some(({ reported_at }) => reported_at === null);
  const { noticed, pending } = waits ? await listNoticed(tx, campaign.id) : { noticed: [], pending: 0 };
  let counted: Promise<Buffer> | undefined;
  const figures = () => {
    counted ??= tableToReport(ctx).then((table) => hashOf(table.figures));
    return counted;
  };
  const actions = new Map<string, ReportAction[]>();
  for (const row of rows) {
    const reporting = { ready: noticed.length, pending, figures };
    actions.set(row.id, [
      ...(may.report && row.reported_at === null
        ? [actionViewOf("report", "审核上报", await reportingRefusalOf(row, actor, reporting))]
        : []),
      ...(may.receive && row.paper_received_at === null
        ? [actionViewOf("receive-paper", "登记收到纸质件", paperRefusalOf(row))]
        : []),
      ...(may.accept && row.accepted_at === null
        ? [actionViewOf("accept-report", "接收", acceptanceRefusalOf(row))]
        : []),
    ]);
  }
  return actions;
}

function hashOf(figures: JsonObject): Buffer {
  return createHash("sha256").update(canonicalJson(figures)).digest();
}

/** Minutes past a deadline of the plan, a begun one counted; 0 in time (Notice §三(三): 17:00前). */
function lateMinutesOf(timeZone: string, due: string | undefined, at: Temporal.Instant | null): number | null {
  if (at === null || due === undefined) return null;
  return Math.max(0, Math.ceil(at.since(reportDueAt(timeZone, due)).total("minutes")));
}

function reportOf({ campaign: { plan } }: ActContext, row: ReportRow) {
  const { electronicBy, paperBy } = plan.stages.report;
  return {
    id: row.id,
    authority: row.authority,
    authorityId: row.authority_id,
    number: row.number,
    figures: row.figures,
    figuresHash: row.figures_hash.toString("hex"),
    preparedAt: row.prepared_at.toString(),
    preparedBy: row.prepared_by,
    reportedAt: row.reported_at?.toString() ?? null,
    reportedBy: row.reported_by,
    lateMinutes: lateMinutesOf(plan.timeZone, electronicBy, row.reported_at),
    paperReceivedAt: row.paper_received_at?.toString() ?? null,
    paperLateMinutes: lateMinutesOf(plan.timeZone, paperBy, row.paper_received_at),
    acceptedAt: row.accepted_at?.toString() ?? null,
    cases: row.cases,
    actions: [],
  };
}
