import { sql } from "kysely";
import type { Tx } from "../platform/database/database.ts";

interface OpenReturn {
  id: string;
  asked: { code: string; text: string; opens: string[] }[];
  text: string | null;
  asked_at_stage: string;
}

/** What was asked and is not yet answered. */
export async function findOpenReturn(
  tx: Tx,
  campaignId: string,
  applicationId: string,
): Promise<OpenReturn | undefined> {
  const { rows } = await sql<OpenReturn>`
    select id, asked, text, asked_at_stage from shice.return_request
    where campaign_id = ${campaignId} and application_id = ${applicationId} and outcome is null
    order by round desc limit 1`.execute(tx);
  return rows[0];
}
