import { sql } from "kysely";
import type { Tx } from "../platform/database/database.ts";

interface CorrectionRow {
  id: string;
  application_id: string;
  changes: Record<string, unknown>;
  changes_sealed: Buffer | null;
  reason: string;
  asked_by: string;
  asked_at: Temporal.Instant;
  outcome: "granted" | "refused" | null;
  decided_at: Temporal.Instant | null;
}

const correctionColumns = sql`id, application_id, changes, changes_sealed, reason, asked_by, asked_at, outcome, decided_at`;

/** Oldest first, one more than the page. */
export async function listCorrections(
  tx: Tx,
  campaignId: string,
  { after, limit }: { after: readonly string[] | undefined; limit: number },
): Promise<CorrectionRow[]> {
  const { rows } = await sql<CorrectionRow>`
    select ${correctionColumns} from shice.correction
    where campaign_id = ${campaignId}
      ${after === undefined ? sql`` : sql`and (asked_at, id) > (${after[0]}::timestamptz, ${after[1]}::uuid)`}
    order by asked_at, id
    limit ${limit + 1}`.execute(tx);
  return rows;
}

export async function findCorrection(
  tx: Tx,
  campaignId: string,
  correctionId: string,
): Promise<CorrectionRow | undefined> {
  const { rows } = await sql<CorrectionRow>`
    select ${correctionColumns} from shice.correction
    where campaign_id = ${campaignId} and id = ${correctionId} for update`.execute(tx);
  return rows[0];
}

export async function writeCorrectionOutcome(
  tx: Tx,
  correctionId: string,
  {
    outcome,
    answer,
    by,
    at,
  }: { outcome: "granted" | "refused"; answer: string; by: string | null; at: Temporal.Instant },
): Promise<void> {
  await sql`
    update shice.correction set outcome = ${outcome}, answer = ${answer}, decided_by = ${by}::uuid, decided_at = ${at.toString()}::timestamptz
    where id = ${correctionId}`.execute(tx);
}
