import { sql } from "kysely";
import type { Tx } from "../platform/database/database.ts";

/** A conclusion by number and whole name: both must be known, so that nobody can leaf through people. */
export async function findConclusion(tx: Tx, campaignId: string, number: string, name: string) {
  const { rows } = await sql<{ conclusion: string; decision: string; decided_at: Temporal.Instant; revoked: boolean }>`
    select * from shice.verify_conclusion(${campaignId}::uuid, ${number}, ${name})`.execute(tx);
  return rows[0];
}
