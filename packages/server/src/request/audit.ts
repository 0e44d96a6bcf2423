import type { AuditAction, AuditSubject } from "@shice/contract/audit-words.ts";
import type { JsonObject } from "../case/history.ts";
import { appendAudit } from "./append-audit.ts";
import type { ActContext } from "./run-act.ts";

/** Records a view, an export or an act that is no transition. No personal data in `detail`. */
export function audit(
  ctx: ActContext,
  entry: { action: AuditAction; subjectKind: AuditSubject; subjectId?: string | null; detail?: JsonObject },
): void {
  const { actor, campaign, now, requestId, secrets, tx } = ctx;
  appendAudit(tx, secrets, [
    {
      at: now,
      accountId: actor.accountId,
      role: actor.role,
      organisationId: actor.organisationId,
      action: entry.action,
      campaignId: campaign.id,
      subjectKind: entry.subjectKind,
      subjectId: entry.subjectId ?? null,
      detail: entry.detail ?? {},
      request: requestId,
    },
  ]);
}
