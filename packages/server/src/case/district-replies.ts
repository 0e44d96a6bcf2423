import { sql } from "kysely";
import type { Tx } from "../platform/database/database.ts";

/**
 * By when the school owes the district an answer, for cases that it passed on to the teacher: the time that the
 * district named. The teacher's own, shorter time is over once the teacher has answered or let it pass.
 */
export async function listDistrictReplies(
  tx: Tx,
  campaignId: string,
  applicationIds: readonly string[],
): Promise<Map<string, string>> {
  const { rows } = await sql<{ application_id: string; reply_by: Temporal.Instant }>`
    select distinct on (application_id) application_id, reply_by from shice.return_request
    where campaign_id = ${campaignId} and application_id = any(${applicationIds}::uuid[]) and outcome = 'passed-on'
    order by application_id, round desc`.execute(tx);
  return new Map(rows.map((row) => [row.application_id, row.reply_by.toString()]));
}
