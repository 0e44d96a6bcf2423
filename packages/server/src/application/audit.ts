import type { Room } from "./act.ts";
import type { JsonObject } from "./history.ts";

/** Writes down a view, an export or an act that is no transition. No personal data in `detail`. */
export async function audit(
  room: Room,
  entry: { action: string; subjectKind: string; subjectId?: string | null; detail?: JsonObject },
): Promise<void> {
  await room.tx
    .insertInto("shice.audit_entry")
    .values({
      at: room.now.toString(),
      account_id: room.actor.accountId,
      role: room.actor.role,
      organisation_id: room.actor.organisationId,
      action: entry.action,
      campaign_id: room.campaign.id,
      subject_kind: entry.subjectKind,
      subject_id: entry.subjectId ?? null,
      detail: JSON.stringify(entry.detail ?? {}),
      request: room.requestId,
    })
    .execute();
}
