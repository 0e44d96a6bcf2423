import { sql } from "kysely";
import { stateText } from "../case/state-sql.ts";
import type { Tx } from "../platform/database/database.ts";

/** The return's own record: what is asked, until when, and the form as it was, for the comparison when it comes back. */
export async function askBySchool(
  tx: Tx,
  campaignId: string,
  request: {
    applicationId: string;
    asked: readonly object[];
    text: string | null;
    replyBy: Temporal.Instant;
    by: string | null;
    at: Temporal.Instant;
  },
): Promise<void> {
  await sql`
    insert into shice.return_request (campaign_id, application_id, round, asked_at_stage, asked, text,
      form_before, form_before_sealed, answer_to, reply_by, asked_by, asked_at)
    select a.campaign_id, a.id,
      (select coalesce(max(r.round), 0) + 1 from shice.return_request r where r.campaign_id = a.campaign_id and r.application_id = a.id),
      'preliminary', ${JSON.stringify(request.asked)}::jsonb, ${request.text}, a.form, a.form_sealed, ${stateText("sent-back")},
      ${request.replyBy.toString()}::timestamptz, ${request.by}::uuid, ${request.at.toString()}::timestamptz
    from shice.application a
    where a.campaign_id = ${campaignId} and a.id = ${request.applicationId}`.execute(tx);
}
