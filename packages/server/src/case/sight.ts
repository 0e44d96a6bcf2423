import type { Sighting } from "@shice/rules/lifecycle/facts.ts";
import { unconfirmedStates } from "@shice/rules/lifecycle/state.ts";
import { type RawBuilder, sql } from "kysely";
import type { Tx } from "../platform/database/database.ts";
import type { CaseTransaction } from "./act-context.ts";
import { stateList, stateText } from "./state-sql.ts";

/** What the store keeps as a sight; that the person was gone through on the roster stands there. */
type NotedSighting = Exclude<Sighting, "roster">;

/**
 * Every sight of application `a` that counts: by the school where the case lies now, on the case or on its person's row of
 * the roster, since the case was last re-opened (Notice §三(二)). Rows of how, by, at.
 */
export const sightsOf: RawBuilder<unknown> = sql`
  select s.how, s.by, s.at from (
    select n.how, n.account_id as by, n.at from shice.sight n
      where n.campaign_id = a.campaign_id and n.application_id = a.id and n.confirmation_point_id = a.confirmation_point_id
    union all
    select 'roster', r.seen_by, r.seen_at
      from shice.person w join shice.roster_entry r on r.id_number_index = w.id_number_index and r.document_kind = w.document_kind
      where w.id = a.person_id and r.campaign_id = a.campaign_id and r.confirmation_point_id = a.confirmation_point_id
        and r.seen_at is not null) s
  where not exists (select from shice.application_history b
    where b.campaign_id = a.campaign_id and b.application_id = a.id and b.transition = 'reopen' and b.at > s.at)`;

/** Writes down that somebody has seen these cases; a later sight takes the place of an earlier one. */
export async function noteSight(
  { tx, campaign, actor, now }: Pick<CaseTransaction, "tx" | "campaign" | "actor" | "now">,
  applicationIds: readonly string[],
  how: NotedSighting,
  noteId: string | null = null,
): Promise<number> {
  if (applicationIds.length === 0) return 0;
  const { numAffectedRows } = await sql`
    insert into shice.sight (campaign_id, application_id, confirmation_point_id, how, account_id, at, note_id)
      select a.campaign_id, a.id, a.confirmation_point_id, ${how}, ${actor.accountId}, ${now}, ${noteId}
      from shice.application a
      where a.campaign_id = ${campaign.id} and a.id = any(${[...applicationIds]}::uuid[])
        and a.confirmation_point_id is not null
      order by a.id
      on conflict (campaign_id, application_id, confirmation_point_id)
        do update set how = excluded.how, account_id = excluded.account_id, at = excluded.at, note_id = excluded.note_id`.execute(
    tx,
  );
  return Number(numAffectedRows ?? 0n);
}

/** How many cases of the scope would lapse at the end of their time, and how many of these nobody of the school has seen. */
interface WouldLapseCount {
  total: number;
  unseen: number;
  draft: number;
  submitted: number;
  returned: number;
}

/** The states from which a case lapses; what the district asked for does not. */
export const lapsing = sql`(a.state in ${stateList(["draft", "submitted"])} or (a.state = ${stateText("returned")} and a.answer_to = ${stateText("submitted")}))
  and a.carried_over is null and a.confirmation_point_id is not null`;

/**
 * Whether the calendar may end case `a`: once the confirmation is over (`over`), drafts and submissions that no extension
 * keeps; at any time, what the school sent back and nobody answered by the reply time.
 */
export function timeIsUp({ over, now }: { over: boolean; now: Temporal.Instant }): RawBuilder<unknown> {
  return sql`(${over} and a.state in ${stateList(["draft", "submitted"])}
      or (a.state = ${stateText("returned")} and a.answer_to = ${stateText("submitted")} and a.reply_by <= ${now}::timestamptz))
    and a.carried_over is null
    and not exists (select from shice.extension e
      where e.campaign_id = a.campaign_id and e.stage = 'confirm' and e.until_at > ${now}::timestamptz
        and (e.application_id = a.id or e.school_id = a.school_id or e.authority_id = a.authority_id))`;
}

/** Counted by the queue's own index: cheap enough for a first page. */
export async function countWouldLapse(tx: Tx, campaignId: string, school?: string): Promise<WouldLapseCount> {
  const { rows } = await sql<WouldLapseCount>`
    select count(*)::int as total, count(*) filter (where not exists (${sightsOf}))::int as unseen,
      count(*) filter (where a.state = ${stateText("draft")})::int as draft, count(*) filter (where a.state = ${stateText("submitted")})::int as submitted,
      count(*) filter (where a.state = ${stateText("returned")})::int as returned
    from shice.application a
    where a.campaign_id = ${campaignId} and a.state in ${stateList(unconfirmedStates)} and ${lapsing}
      and (${school ?? null}::uuid is null or a.school_id = ${school ?? null}::uuid)`.execute(tx);
  return rows[0] ?? { total: 0, unseen: 0, draft: 0, submitted: 0, returned: 0 };
}
