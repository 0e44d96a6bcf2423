import type { AuditAction, AuditRole } from "@shice/contract/audit-words.ts";
import { sql } from "kysely";
import type { Tx } from "../platform/database/database.ts";
import type { ActContext } from "../request/run-act.ts";

/** The applicant's newest application in the campaign, whatever became of it. */
export async function findOwnId({ tx, campaign, actor }: ActContext): Promise<string | undefined> {
  const row = await tx
    .selectFrom("shice.application")
    .select("id")
    .where("campaign_id", "=", campaign.id)
    .where("person_id", "=", actor.personId)
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}

export async function closeReturn(
  tx: Tx,
  id: string,
  outcome: "answered" | "withdrawn" | "passed-on",
  now: Temporal.Instant,
): Promise<void> {
  await tx.updateTable("shice.return_request").set({ outcome, answered_at: now }).where("id", "=", id).execute();
}

export async function insertUndertakings(
  { tx, campaign, actor, now }: ActContext,
  applicationId: string,
  undertakings: readonly { kind: "privacy-notice" | "honesty" | "attestation"; version: string }[],
): Promise<void> {
  if (actor.accountId === null) throw new Error("the actor of an undertaking has no account");
  const accountId = actor.accountId;
  await tx
    .insertInto("shice.undertaking")
    .values(
      undertakings.map(({ kind, version }) => ({
        campaign_id: campaign.id,
        application_id: applicationId,
        kind,
        text_version: version,
        account_id: accountId,
        at: now,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Who has looked at the own application: when, in which office, for what. */
export async function listViews(tx: Tx, applicationId: string) {
  const { rows } = await sql<{
    at: Temporal.Instant;
    role: AuditRole;
    organisation: string | null;
    action: AuditAction;
  }>`
    select * from shice.list_views(${applicationId}::uuid)`.execute(tx);
  return rows;
}
