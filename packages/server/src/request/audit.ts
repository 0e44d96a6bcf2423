import type { AuditAction, AuditSubject } from "@shice/contract/audit-words.ts";
import type { JsonObject } from "../case/history.ts";
import type { ActContext } from "./run-act.ts";

/** Writes down a view, an export or an act that is no transition. No personal data in `detail`. */
export async function audit(
  ctx: ActContext,
  entry: { action: AuditAction; subjectKind: AuditSubject; subjectId?: string | null; detail?: JsonObject },
): Promise<void> {
  await ctx.tx
    .insertInto("shice.audit_entry")
    .values({
      at: ctx.now.toString(),
      account_id: ctx.actor.accountId,
      role: ctx.actor.role,
      organisation_id: ctx.actor.organisationId,
      action: entry.action,
      campaign_id: ctx.campaign.id,
      subject_kind: entry.subjectKind,
      subject_id: entry.subjectId ?? null,
      detail: JSON.stringify(entry.detail ?? {}),
      request: ctx.requestId,
    })
    .execute();
}
