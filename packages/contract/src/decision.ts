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

const tag = "终审";
const callers = ["commission-approver"] as const;

const Decision = z.object({
  id: Uuid,
  number: z.string(),
  kind: z.enum(["conclude", "revoke"]),
  decidedAt: Instant,
  entries: z.int(),
  listHash: z.string(),
  signature: z.string(),
  signatureAlgorithm: z.string(),
});
const DecisionNumber = z.string().trim().min(4, "请填写决定文号").max(60);

/** The commission decides by list under a number, and the list is signed (Notice §三(五)). */
export const decisionContract = {
  conclude: call("POST", "/campaigns/{campaign}/decisions", {
    callers,
    tag,
    summary: "按名单作出终审结论",
  })
    .input(InCampaign.extend({ number: DecisionNumber, applications: Applications }))
    .output(z.object({ decision: Decision.nullable(), outcome: BulkOutcome })),
  listDecisions: call("GET", "/campaigns/{campaign}/decisions", {
    callers: [...callers, "campaign-manager", "auditor"],
    tag,
    summary: "终审决定",
  })
    .input(InCampaign.extend(PageQuery.shape))
    .output(pageOf(Decision)),
  getDecisionList: call("GET", "/campaigns/{campaign}/decisions/{decision}", {
    callers: [...callers, "campaign-manager", "auditor"],
    tag,
    summary: "决定名单（签名原文）",
  })
    .input(InCampaign.extend({ decision: Uuid }))
    .output(Decision.extend({ list: z.string(), publicKey: z.string() })),
  returnToReview: call("POST", "/campaigns/{campaign}/applications/{application}/return-to-review", {
    callers,
    tag,
    summary: "退回复审",
  })
    .input(OfApplication.extend({ version: Version, reason: Reason }))
    .output(ActOutcome),
  revoke: call("POST", "/campaigns/{campaign}/applications/{application}/revoke", {
    afterClosing: true,
    callers,
    tag,
    summary: "撤销注册",
  })
    .input(
      OfApplication.extend({
        version: Version,
        number: DecisionNumber,
        reason: Reason,
      }),
    )
    .output(ActOutcome),
};
