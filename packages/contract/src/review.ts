import { z } from "zod";
import {
  ActOutcome,
  Applications,
  BulkOutcome,
  InCampaign,
  Instant,
  OfApplication,
  PageQuery,
  pageOf,
  Reason,
  Uuid,
  Version,
} from "./common.ts";
import { call } from "./operation.ts";
import { Opinion } from "./preliminary.ts";
import { FormFieldName } from "./terms.ts";

const tag = "复审";
const centre = ["centre-reviewer"] as const;
const reviewer = ["district-reviewer"] as const;

const Sample = z.object({
  id: Uuid,
  commitment: z.string(),
  percent: z.number(),
  committedAt: Instant,
  drawnAt: Instant.nullable(),
  seed: z.string().nullable(),
  size: z.int().nullable(),
});

/** The centre's re-review (Notice §三(四)); samples are drawn from a seed that is committed beforehand. */
export const reviewContract = {
  commitSample: call("POST", "/campaigns/{campaign}/samples", {
    callers: centre,
    tag,
    summary: "封存抽查种子",
  })
    .input(InCampaign.extend({ percent: z.number().min(0).max(100).optional() }))
    .output(Sample),
  drawSample: call("POST", "/campaigns/{campaign}/samples/{sample}/draw", {
    callers: centre,
    tag,
    summary: "抽取样本",
  })
    .input(InCampaign.extend({ sample: Uuid }))
    .output(Sample),
  listSamples: call("GET", "/campaigns/{campaign}/samples", {
    callers: centre,
    tag,
    summary: "抽查批次",
  })
    .input(InCampaign)
    .output(z.array(Sample)),
  listSample: call("GET", "/campaigns/{campaign}/samples/{sample}", {
    callers: centre,
    tag,
    summary: "抽查名单",
  })
    .input(InCampaign.extend({ ...PageQuery.shape, sample: Uuid }))
    .output(
      pageOf(
        z.object({
          application: Uuid,
          number: z.string(),
          name: z.string(),
          stratum: z.string(),
          outcome: z.enum(["agrees", "differs"]).nullable(),
        }),
      ),
    ),
  recordSample: call("POST", "/campaigns/{campaign}/samples/{sample}/outcomes", {
    callers: centre,
    tag,
    summary: "记录抽查结果",
  })
    .input(
      InCampaign.extend({
        sample: Uuid,
        applications: Applications,
        outcome: z.enum(["agrees", "differs"]),
        remark: z.string().trim().max(500).optional(),
      }),
    )
    .output(z.object({ recorded: z.int() })),
  approveMany: call("POST", "/campaigns/{campaign}/approvals", {
    callers: centre,
    tag,
    summary: "批量复审通过",
  })
    .input(InCampaign.extend({ applications: Applications }))
    .output(BulkOutcome),
  returnToDistrict: call("POST", "/campaigns/{campaign}/applications/{application}/return-to-district", {
    callers: centre,
    tag,
    summary: "退回区县",
  })
    .input(
      OfApplication.extend({
        version: Version,
        reason: Reason,
        replyBy: Instant.optional(),
      }),
    )
    .output(ActOutcome),
  answerUnchanged: call("POST", "/campaigns/{campaign}/applications/{application}/answer-unchanged", {
    callers: reviewer,
    tag,
    summary: "维持原初审意见并答复",
  })
    .input(OfApplication.extend({ version: Version, reason: Reason }))
    .output(ActOutcome),
  decideAnew: call("POST", "/campaigns/{campaign}/applications/{application}/decide-anew", {
    callers: reviewer,
    tag,
    summary: "重新作出初审意见",
  })
    .input(OfApplication.extend({ version: Version, ...Opinion.shape }))
    .output(ActOutcome),
  listCorrections: call("GET", "/campaigns/{campaign}/corrections", {
    callers: centre,
    tag,
    summary: "更正申请",
  })
    .input(InCampaign.extend(PageQuery.shape))
    .output(
      pageOf(
        z.object({
          id: Uuid,
          application: Uuid,
          changes: z.partialRecord(FormFieldName, z.unknown()),
          reason: z.string(),
          askedAt: Instant,
          outcome: z.enum(["granted", "refused"]).nullable(),
        }),
      ),
    ),
  decideCorrection: call("POST", "/campaigns/{campaign}/corrections/{correction}", {
    callers: centre,
    tag,
    summary: "批准或不批准更正",
  })
    .input(
      InCampaign.extend({
        correction: Uuid,
        outcome: z.enum(["granted", "refused"]),
        reason: Reason,
      }),
    )
    .output(z.object({ correction: Uuid, outcome: z.enum(["granted", "refused"]) })),
};
