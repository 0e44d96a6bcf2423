import { z } from "zod";
import { actionOf } from "./action.ts";
import { BulkOutcome, InCampaign, Instant, PageQuery, pageOf, Uuid } from "./common.ts";
import { call } from "./operation.ts";

const tag = "上报与统计";
const readers = [
  "district-reviewer",
  "district-lead",
  "centre-reviewer",
  "campaign-manager",
  "commission-approver",
  "auditor",
] as const;

const ReportAction = actionOf(["report", "receive-paper", "accept-report"]);
export type ReportAction = z.input<typeof ReportAction>;

const Report = z.object({
  id: Uuid,
  authority: z.string(),
  authorityId: Uuid,
  number: z.int(),
  figures: z.record(z.string(), z.unknown()),
  figuresHash: z.string(),
  preparedAt: Instant,
  preparedBy: z.string(),
  reportedAt: Instant.nullable(),
  reportedBy: z.string().nullable(),
  /** Minutes after the plan's electronic deadline; 0 if in time, null if not yet reported. */
  lateMinutes: z.int().nullable(),
  paperReceivedAt: Instant.nullable(),
  paperLateMinutes: z.int().nullable(),
  acceptedAt: Instant.nullable(),
  cases: z.int(),
  /** The reader's acts on it, each allowed or with its refusal. */
  actions: z.array(ReportAction),
});

/** The statistics table (Notice §三(三): 注册情况统计表, annex 2), frozen under two signatures, electronic and on paper. */
export const reportContract = {
  getStatistics: call("GET", "/campaigns/{campaign}/statistics", {
    callers: readers,
    tag,
    summary: "统计（实时）",
  })
    .input(
      InCampaign.extend({
        by: z.enum(["area", "institution-kind", "none"]).default("area"),
      }),
    )
    .output(
      z.object({
        figures: z.array(
          z.object({
            key: z.string(),
            title: z.string(),
            definition: z.string(),
          }),
        ),
        rows: z.array(
          z.object({
            key: z.string(),
            title: z.string(),
            values: z.record(z.string(), z.int()),
          }),
        ),
        violations: z.array(z.string()),
      }),
    ),
  listPeople: call("GET", "/campaigns/{campaign}/statistics/{figure}", {
    callers: readers,
    tag,
    summary: "统计数字对应的人员名单",
  })
    .input(
      InCampaign.extend({
        ...PageQuery.shape,
        figure: z.string().max(80),
        authority: Uuid.optional(),
      }),
    )
    .output(
      pageOf(
        z.object({
          application: Uuid.nullable(),
          name: z.string(),
          school: z.string().nullable(),
          state: z.string(),
        }),
      ),
    ),
  prepareReport: call("POST", "/campaigns/{campaign}/reports", {
    callers: ["district-reviewer"],
    tag,
    summary: "填制统计表（填表人）",
  })
    .input(InCampaign)
    .output(Report),
  report: call("POST", "/campaigns/{campaign}/reports/{report}/report", {
    callers: ["district-lead"],
    tag,
    summary: "审核并上报（审核人）",
  })
    .input(InCampaign.extend({ report: Uuid }))
    .output(z.object({ report: Report, outcome: BulkOutcome })),
  listReports: call("GET", "/campaigns/{campaign}/reports", {
    callers: readers,
    tag,
    summary: "上报情况",
  })
    .input(InCampaign.extend(PageQuery.shape))
    .output(pageOf(Report)),
  receivePaper: call("POST", "/campaigns/{campaign}/reports/{report}/paper", {
    callers: ["centre-reviewer", "campaign-manager"],
    tag,
    summary: "登记收到加盖公章的纸质统计表",
  })
    .input(InCampaign.extend({ report: Uuid }))
    .output(Report),
  acceptReport: call("POST", "/campaigns/{campaign}/reports/{report}/accept", {
    callers: ["centre-reviewer", "campaign-manager"],
    tag,
    summary: "接收上报",
  })
    .input(InCampaign.extend({ report: Uuid }))
    .output(Report),
};
