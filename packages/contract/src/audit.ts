import { z } from "zod";
import { AuditFault } from "./audit-fault.ts";
import { AuditAction, AuditRole, AuditSubject } from "./audit-words.ts";
import { InCampaign, Instant, PageQuery, pageOf, Uuid } from "./common.ts";
import { call } from "./operation.ts";

const tag = "审计";

/** Read-only audit, and verification for everyone. */
export const auditContract = {
  listAudit: call("GET", "/audit", {
    callers: ["auditor"],
    tag,
    summary: "审计日志",
  })
    .input(PageQuery.extend({ account: Uuid.optional(), subject: Uuid.optional() }))
    .output(
      pageOf(
        z.object({
          id: Uuid,
          at: Instant,
          account: Uuid.nullable(),
          role: AuditRole,
          action: AuditAction,
          subjectKind: AuditSubject,
          subject: Uuid.nullable(),
          detail: z.record(z.string(), z.unknown()),
        }),
      ),
    ),
  verifyChains: call("POST", "/campaigns/{campaign}/verify-chains", {
    afterClosing: true,
    callers: ["auditor"],
    tag,
    summary: "校验办理经过、决定、审计日志、封存值和注册贴账目",
  })
    .input(InCampaign)
    .output(
      z.object({
        applications: z.int(),
        rows: z.int(),
        decisions: z.int(),
        auditEntries: z.int(),
        seals: z.int(),
        movements: z.int(),
        /** The number of faults; `faults` lists the first thousand. */
        faultCount: z.int(),
        faults: z.array(AuditFault.extend({ sentence: z.string() })),
      }),
    ),
  verifyConclusion: call("GET", "/campaigns/{campaign}/verification/{number}", {
    callers: "anyone",
    tag,
    summary: "按申请编号和姓名核验注册结论",
  })
    .input(
      InCampaign.extend({
        number: z.string().max(40),
        name: z.string().trim().min(1).max(50),
      }),
    )
    .output(
      z.object({
        found: z.boolean(),
        conclusion: z.string().nullable(),
        decision: z.string().nullable(),
        decidedAt: Instant.nullable(),
        sentence: z.string(),
      }),
    ),
  verifyProof: call("GET", "/verification", {
    callers: "anyone",
    tag,
    summary: "核验电子证明（二维码内容）",
  })
    .input(z.object({ code: z.string().max(4000) }))
    .output(
      z.object({
        /** Whether this installation signed it and the conclusion is still in force. */
        valid: z.boolean(),
        sentence: z.string(),
        facts: z.array(z.object({ title: z.string(), text: z.string() })),
      }),
    ),
};
