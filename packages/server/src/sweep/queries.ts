import { sql } from "kysely";
import type { Tx } from "../platform/database/database.ts";

/** A page of due cases: those behind `after` in the order of their ids. */
export interface DuePage {
  now: Temporal.Instant;
  after: string | undefined;
  limit: number;
}

/**
 * Cases that the calendar may end: once the confirmation window is over, drafts and submissions that no extension
 * keeps; at any time, what the school sent back and nobody answered by the reply time.
 */
export async function listLapsing(tx: Tx, campaignId: string, page: DuePage & { over: boolean }): Promise<string[]> {
  const now = page.now.toString();
  const { rows } = await sql<{ id: string }>`
    select a.id from shice.application a
    where a.campaign_id = ${campaignId} and a.carried_over is null
      and (${page.over} and a.state in ('draft', 'submitted')
        or (a.state = 'returned' and a.answer_to = 'submitted' and a.reply_by <= ${now}))
      and (${page.after ?? null}::uuid is null or a.id > ${page.after ?? null}::uuid)
      and not exists (select from shice.extension e
        where e.campaign_id = a.campaign_id and e.stage = 'confirm' and e.until_at > ${now}
          and (e.application_id = a.id or e.school_id = a.school_id or e.authority_id = a.authority_id))
    order by a.id limit ${page.limit}`.execute(tx);
  return rows.map((row) => row.id);
}

/** What the district or the centre sent back and nobody answered by the reply time. */
export async function listUnanswered(
  tx: Tx,
  campaignId: string,
  state: "returned" | "sent-back",
  page: DuePage,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from shice.application
    where campaign_id = ${campaignId} and state = ${state} and reply_by <= ${page.now.toString()}
      and (state = 'sent-back' or answer_to = 'sent-back')
      and (${page.after ?? null}::uuid is null or id > ${page.after ?? null}::uuid)
    order by id limit ${page.limit}`.execute(tx);
  return rows.map((row) => row.id);
}

/** A return that nobody answered in time is closed as such. */
export async function expireReturns(
  tx: Tx,
  campaignId: string,
  ids: readonly string[],
  now: Temporal.Instant,
): Promise<void> {
  await sql`
    update shice.return_request set outcome = 'expired', answered_at = ${now.toString()}
    where campaign_id = ${campaignId} and application_id = any(${ids}::uuid[]) and outcome is null`.execute(tx);
}

export async function listOpenCampaigns(tx: Tx): Promise<string[]> {
  const rows = await tx.selectFrom("shice.campaign").select("key").where("closed_at", "is", null).execute();
  return rows.map((row) => row.key);
}
