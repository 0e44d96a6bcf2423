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
  RefusalText,
  Uuid,
  Version,
} from "./common.ts";
import { Asking } from "./confirmation.ts";
import { call } from "./operation.ts";
import { ConclusionKey, FormFieldName, ReasonCode } from "./terms.ts";

const tag = "初审";
const reviewer = ["district-reviewer"] as const;
const district = ["district-reviewer", "district-lead"] as const;

export const Opinion = z.object({
  conclusion: ConclusionKey,
  reasons: ReasonCodes,
  text: z.string().trim().max(1000).optional(),
});

export const Manifest = z.object({
  id: Uuid,
  number: z.string(),
  point: z.string(),
  /** The successor of a school that has ended since. */
  continuedBy: z.string().nullable(),
  authority: z.string(),
  handedOverAt: Instant,
  handedOverBy: z.string(),
  /** The instant at which the receipt was closed; null while bags are still being checked. */
  receivedAt: Instant.nullable(),
  receivedBy: z.string().nullable(),
  entries: z.int(),
  /** Number of bags checked by the district. */
  settled: z.int(),
  /** Of these, bags with a fault, and bags whose fault is not corrected yet. */
  differing: z.int(),
  outstanding: z.int(),
});
export type Manifest = z.infer<typeof Manifest>;

/** The district's finding on a bag: as listed, faulty, or missing. */
export const bagOutcomes = ["received", "differs", "missing"] as const;
export const ManifestItem = z.object({
  position: z.int(),
  application: Uuid,
  number: z.string(),
  name: z.string(),
  school: z.string(),
  outcome: z.enum(bagOutcomes).nullable(),
  reasons: z.array(z.string()),
  /** The missing or faulty items, in words. */
  difference: z.string().nullable(),
  settledBy: z.string().nullable(),
  settledAt: Instant.nullable(),
  /** Items delivered later, who received them and when. */
  supplement: z.string().nullable(),
  supplementedBy: z.string().nullable(),
  supplementedAt: Instant.nullable(),
});
export type ManifestItem = z.infer<typeof ManifestItem>;
export const ManifestView = Manifest.extend({ listHash: z.string(), items: z.array(ManifestItem) });
export type ManifestView = z.infer<typeof ManifestView>;

const OfManifest = InCampaign.extend({ manifest: Uuid });
/** The plan's codes for faults of a bag. A plan may have none; then faults are described in words. */
const DifferenceCodes = z.array(ReasonCode).max(20).default([]);
const Difference = z.string().trim().max(300).optional();

/** The district's preliminary review (Notice §三(三)). */
export const preliminaryContract = {
  listManifests: call("GET", "/campaigns/{campaign}/manifests", {
    callers: ["school-clerk", ...district],
    tag,
    summary: "交接清单",
  })
    .input(
      InCampaign.extend({
        ...PageQuery.shape,
        state: z.enum(["open", "received", "outstanding"]).optional(),
        /** The number of a list, or of an application on it, such as the bar code of a bag. */
        search: z.string().trim().max(60).optional(),
      }),
    )
    .output(pageOf(Manifest)),
  getManifest: call("GET", "/campaigns/{campaign}/manifests/{manifest}", {
    callers: ["school-clerk", ...district],
    tag,
    summary: "交接清单明细",
  })
    .input(OfManifest)
    .output(ManifestView),
  settleItems: call("POST", "/campaigns/{campaign}/manifests/{manifest}/items", {
    callers: district,
    tag,
    summary: "逐件签收：收到、有出入或未收到",
  })
    .input(
      OfManifest.extend({
        rows: z
          .array(
            z.object({
              application: Uuid,
              /** Null: the bag is marked as not checked again. */
              outcome: z.enum(bagOutcomes).nullable(),
              reasons: DifferenceCodes,
              difference: Difference,
              /** Replaces the earlier remark. */
              again: z.boolean().default(false),
            }),
          )
          .min(1)
          .max(500),
      }),
    )
    .output(ManifestView),
  closeReceipt: call("POST", "/campaigns/{campaign}/manifests/{manifest}/close", {
    callers: district,
    tag,
    summary: "全部核对完毕，办结签收",
  })
    .input(OfManifest)
    .output(ManifestView),
  receiveManifest: call("POST", "/campaigns/{campaign}/manifests/{manifest}/receive", {
    callers: district,
    tag,
    summary: "整单签收：其余全部收到，并办结",
  })
    .input(
      OfManifest.extend({
        differences: z
          .array(
            z.object({ application: Uuid, reasons: DifferenceCodes, difference: z.string().trim().min(2).max(300) }),
          )
          .default([]),
      }),
    )
    .output(ManifestView),
  supplementItem: call("POST", "/campaigns/{campaign}/manifests/{manifest}/items/{application}/supplement", {
    callers: district,
    tag,
    summary: "登记补交：缺少或不符的材料后来补齐",
  })
    .input(OfManifest.extend({ application: Uuid, remark: z.string().trim().max(300).optional() }))
    .output(ManifestView),
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
  checkOpinions: call("POST", "/campaigns/{campaign}/preliminary-opinions/check", {
    afterClosing: true,
    callers: reviewer,
    tag,
    summary: "批量作出初审意见之前，查看哪些申请的登记情况与结论不符",
  })
    .input(InCampaign.extend({ applications: Applications, conclusion: ConclusionKey }))
    .output(z.array(z.object({ application: Uuid, refusal: RefusalText }))),
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
        changes: z.partialRecord(FormFieldName, z.unknown()),
        reason: Reason,
      }),
    )
    .output(z.object({ correction: Uuid })),
};
