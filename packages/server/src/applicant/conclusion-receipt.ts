import { sql } from "kysely";
import { getCase } from "../case/get-case.ts";
import { mustReturnRow } from "../platform/database/must-return-row.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import type { ActContext } from "../request/run-act.ts";

/**
 * Notes that the teacher has signed for the conclusion in force. Whoever signs again has signed already: the first
 * time counts.
 * @throws RefusalError conclusion.none-to-receive where nothing is concluded, or the conclusion has been revoked
 */
export async function receiveConclusion(ctx: ActContext, application: string): Promise<{ receivedAt: string }> {
  const { tx, campaign, actor, now } = ctx;
  const { row, facts } = await getCase(ctx, application);
  if (row.decision_id === null || row.final_conclusion === null || facts.state === "revoked") {
    throw new RefusalError({ code: "conclusion.none-to-receive" });
  }
  await sql`
    insert into shice.conclusion_receipt (campaign_id, application_id, decision_id, account_id, received_at)
    values (${campaign.id}, ${application}, ${row.decision_id}, ${actor.accountId}, ${now})
    on conflict do nothing`.execute(tx);
  const { rows } = await sql<{ received_at: Temporal.Instant }>`
    select received_at from shice.conclusion_receipt
    where campaign_id = ${campaign.id} and application_id = ${application} and decision_id = ${row.decision_id}`.execute(
    tx,
  );
  const receipt = mustReturnRow(rows, "conclusion receipt select");
  return { receivedAt: receipt.received_at.toString() };
}
