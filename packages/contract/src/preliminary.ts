import { z } from "zod";
import { SuggestionView } from "./cases.ts";
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
  ReasonCodes,
  Uuid,
  Version,
} from "./common.ts";
import { Asking } from "./confirmation.ts";
import { call } from "./operation.ts";

const tag = "初审";
const reviewer = ["district-reviewer"] as const;
const district = ["district-reviewer", "district-lead"] as const;

export const Opinion = z.object({
  conclusion: z.string().max(40),
  reasons: ReasonCodes,
  text: z.string().trim().max(1000).optional(),
});

export const Manifest = z.object({
  id: Uuid,
  number: z.string(),
  point: z.string(),
  handedOverAt: Instant,
  receivedAt: Instant.nullable(),
  entries: z.int(),
});

/** Notice §三(三): the district's preliminary review. */
export const preliminaryContract = {
  listManifests: call("GET", "/campaigns/{campaign}/manifests", {
    callers: ["school-clerk", ...district],
    tag,
    summary: "交接清单",
  })
    .input(InCampaign.extend(PageQuery.shape))
    .output(pageOf(Manifest)),
  getManifest: call("GET", "/campaigns/{campaign}/manifests/{manifest}", {
    callers: ["school-clerk", ...district],
    tag,
    summary: "交接清单明细",
  })
    .input(InCampaign.extend({ manifest: Uuid }))
    .output(
      Manifest.extend({
        listHash: z.string(),
        items: z.array(
          z.object({
            position: z.int(),
            application: Uuid,
            number: z.string(),
            name: z.string(),
            received: z.boolean().nullable(),
            difference: z.string().nullable(),
          }),
        ),
      }),
    ),
  receiveManifest: call("POST", "/campaigns/{campaign}/manifests/{manifest}/receive", {
    callers: district,
    tag,
    summary: "签收交接清单",
  })
    .input(
      InCampaign.extend({
        manifest: Uuid,
        differences: z
          .array(
            z.object({
              application: Uuid,
              difference: z.string().trim().min(2).max(300),
            }),
          )
          .default([]),
      }),
    )
    .output(Manifest),
  recordFacts: call("PUT", "/campaigns/{campaign}/applications/{application}/district-facts", {
    callers: reviewer,
    tag,
    summary: "记录师德与身心健康核实情况",
  })
    .input(
      OfApplication.extend({
        ethics: z.enum(["met", "breached"]),
        fit: z.boolean(),
      }),
    )
    .output(z.object({ suggestion: SuggestionView })),
  decide: call("POST", "/campaigns/{campaign}/applications/{application}/decide", {
    callers: reviewer,
    tag,
    summary: "作出初审意见",
  })
    .input(OfApplication.extend({ version: Version, ...Opinion.shape }))
    .output(ActOutcome),
  decideMany: call("POST", "/campaigns/{campaign}/preliminary-opinions", {
    callers: reviewer,
    tag,
    summary: "批量作出初审意见",
  })
    .input(InCampaign.extend({ applications: Applications, ...Opinion.shape }))
    .output(BulkOutcome),
  sendBack: call("POST", "/campaigns/{campaign}/applications/{application}/send-back", {
    callers: reviewer,
    tag,
    summary: "退回学校补正",
  })
    .input(OfApplication.extend({ version: Version, ...Asking.shape }))
    .output(ActOutcome),
  reopenPreliminary: call("POST", "/campaigns/{campaign}/applications/{application}/reopen-preliminary", {
    callers: district,
    tag,
    summary: "撤回初审意见",
  })
    .input(OfApplication.extend({ version: Version, reason: Reason }))
    .output(ActOutcome),
  askCorrection: call("POST", "/campaigns/{campaign}/applications/{application}/corrections", {
    callers: district,
    tag,
    summary: "申请更正初审后的信息",
  })
    .input(
      OfApplication.extend({
        changes: z.record(z.string(), z.unknown()),
        reason: Reason,
      }),
    )
    .output(z.object({ correction: Uuid })),
};
