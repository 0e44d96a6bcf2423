import type { CampaignText } from "@shice/contract/campaigns.ts";
import { sql } from "kysely";
import type { z } from "zod";
import type { CampaignTextRow } from "../case/campaign-texts.ts";
import { mustReturnRow } from "../platform/database/must-return-row.ts";
import type { ActContext } from "../request/run-act.ts";

/** Enters a text anew: the one before stays readable for whoever was shown it. */
export async function insertText({ tx, campaign, actor, now }: ActContext, kind: string, text: string) {
  const { rows } = await sql<CampaignTextRow>`
    insert into shice.campaign_text (campaign_id, kind, version, text, entered_by, entered_at)
    select ${campaign.id}, ${kind}::text, coalesce(max(version), 0) + 1, ${text}::text, ${actor.accountId}::uuid, ${now}
    from shice.campaign_text where campaign_id = ${campaign.id} and kind = ${kind}
    returning kind, version, text, entered_at`.execute(tx);
  const row = mustReturnRow(rows, "campaign text insert");
  return row;
}

export function textViewOf({ kind, version, text, entered_at }: CampaignTextRow): z.infer<typeof CampaignText> {
  return { kind, version, text, enteredAt: entered_at.toString() };
}
