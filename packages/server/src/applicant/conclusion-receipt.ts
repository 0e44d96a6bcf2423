import { sql } from "kysely";
import { getCase } from "../case/get-case.ts";
import { transitionOne } from "../case/transition.ts";
import { mustReturnRow } from "../platform/database/must-return-row.ts";
import { type ActContext, actOutcomeOf } from "../request/run-act.ts";

/**
 * Records that the teacher has signed for the conclusion in force. Signing again answers with the first time, which
 * counts.
 * @throws RefusalError case.wrong-state where nothing is concluded, or the conclusion has been revoked
 */
export async function receiveConclusion(ctx: ActContext, application: string): Promise<{ receivedAt: string }> {
  const { tx, campaign, actor, now } = ctx;
  const held = await getCase(ctx, application);
  const { decision_id: decision } = held.row;
  if (!held.facts.signedFor) {
    actOutcomeOf(
      await transitionOne(ctx, "sign-for", { applicationId: held.id, held, record: { decision: decision ?? "" } }),
    );
    await sql`
      insert into shice.conclusion_receipt (campaign_id, application_id, decision_id, account_id, received_at)
      values (${campaign.id}, ${held.id}, ${decision}, ${actor.accountId}, ${now})`.execute(tx);
  }
  const { rows } = await sql<{ received_at: Temporal.Instant }>`
    select received_at from shice.conclusion_receipt
    where campaign_id = ${campaign.id} and application_id = ${held.id} and decision_id = ${decision}`.execute(tx);
  return { receivedAt: mustReturnRow(rows, "conclusion receipt select").received_at.toString() };
}
