import { sql } from "kysely";
import type { Tx } from "../platform/database/database.ts";

export interface CampaignTextRow {
  kind: "notice" | "attention";
  version: number;
  /** Markdown, as the campaign manager entered it. */
  text: string;
  entered_at: Temporal.Instant;
}

/** The newest version of each text of a campaign. */
export async function listTexts(tx: Tx, campaignId: string): Promise<CampaignTextRow[]> {
  const { rows } = await sql<CampaignTextRow>`
    select distinct on (kind) kind, version, text, entered_at from shice.campaign_text
    where campaign_id = ${campaignId} order by kind, version desc`.execute(tx);
  return rows;
}
