import type { AnyTemplate } from "@shice/rules/lifecycle/message.ts";
import { type RawBuilder, sql } from "kysely";
import { sightsOf, timeIsUp } from "../case/sight.ts";
import { stateText } from "../case/state-sql.ts";
import { countFresh, sendMessages } from "../message/send-messages.ts";
import type { Tx } from "../platform/database/database.ts";

/** A page of due cases: those behind `after` in the order of their ids. */
interface DuePage {
  now: Temporal.Instant;
  after: string | undefined;
  limit: number;
}

/** Cases that lapse now. What no school has seen is left out, so that it holds up nothing, however long it waits. */
export async function listLapsing(tx: Tx, campaignId: string, page: DuePage & { over: boolean }): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select a.id from shice.application a
    where a.campaign_id = ${campaignId} and ${timeIsUp(page)}
      and (${page.after ?? null}::uuid is null or a.id > ${page.after ?? null}::uuid)
      and (a.confirmation_point_id is null or exists (${sightsOf}))
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
      and (state = ${stateText("sent-back")} or answer_to = ${stateText("sent-back")})
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

/** Returned applications whose reply time comes soon; those that an extension keeps are judged with it by the caller. */
export async function listReturned(
  tx: Tx,
  campaignId: string,
  { now, until }: { now: Temporal.Instant; until: Temporal.Instant },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select a.id from shice.application a
    where a.campaign_id = ${campaignId} and a.state = ${stateText("returned")} and a.carried_over is null
      and (a.reply_by is null or a.reply_by <= ${until.toString()}
        or exists (select from shice.extension e where e.campaign_id = a.campaign_id and e.until_at > ${now.toString()}
          and (e.application_id = a.id or e.school_id = a.school_id or e.authority_id = a.authority_id)))
    order by a.id`.execute(tx);
  return rows.map((row) => row.id);
}

/**
 * Reminds the teachers of the applications that `which` selects, each once for a cause; returns the count of new messages
 * on all channels.
 */
export async function remindTeachers(
  tx: Tx,
  which: RawBuilder<unknown>,
  reminder: { template: AnyTemplate; words: object; cause: string; now: Temporal.Instant },
): Promise<number> {
  const { template, words, cause, now } = reminder;
  const teachers = sql`
    select a.campaign_id as campaign, a.id as application, t.id as account, ${JSON.stringify(words)}::jsonb as parameters,
      a.id || ':' || ${template}::text || ':' || ${cause}::text as key
    from shice.application a join shice.account t on t.person_id = a.person_id and t.kind = 'applicant'
    where ${which}`;
  return countFresh(await sendMessages(tx, teachers, { template, now }));
}

export async function listOpenCampaigns(tx: Tx): Promise<string[]> {
  const rows = await tx.selectFrom("shice.campaign").select("key").where("closed_at", "is", null).execute();
  return rows.map((row) => row.key);
}
