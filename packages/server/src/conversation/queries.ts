import type { State } from "@shice/rules/lifecycle/state.ts";
import { sql } from "kysely";
import { sendMessages } from "../message/send-messages.ts";
import { mustReturnRow } from "../platform/database/must-return-row.ts";
import type { ActContext } from "../request/run-act.ts";

export type Side = "teacher" | "office";

export interface EntryRow {
  id: string;
  side: Side;
  organisation: string | null;
  author: string | null;
  text: string;
  written_at: Temporal.Instant;
  read_at: Temporal.Instant | null;
  settled_at: Temporal.Instant | null;
}

/** Words on a case in their order; names of those who wrote, where the caller may see colleagues. */
export async function listEntries({ tx, campaign, actor }: ActContext, applicationId: string): Promise<EntryRow[]> {
  const named = actor.role !== "applicant";
  const { rows } = await sql<EntryRow>`
    select e.id, e.side, o.name as organisation, e.text, e.written_at, e.read_at, e.settled_at,
      ${named ? sql`(select t.display_name from shice.account t where t.id = e.account_id)` : sql`null`} as author
    from shice.conversation_entry e left join shice.organisation o on o.id = e.organisation_id
    where e.campaign_id = ${campaign.id} and e.application_id = ${applicationId}
    order by e.written_at, e.id`.execute(tx);
  return rows;
}

export interface PlaceRow {
  state: State;
  point: string | null;
  authority: string | null;
  has_point: boolean;
}

/** Where a case stands, and the names of the offices that may have it; undefined outside the caller's scope. */
export async function findPlace({ tx, campaign }: ActContext, applicationId: string): Promise<PlaceRow | undefined> {
  const { rows } = await sql<PlaceRow>`
    select a.state, p.name as point, o.name as authority, a.confirmation_point_id is not null as has_point
    from shice.application a
    left join shice.organisation p on p.id = a.confirmation_point_id
    left join shice.organisation o on o.id = a.authority_id
    where a.campaign_id = ${campaign.id} and a.id = ${applicationId}`.execute(tx);
  return rows[0];
}

/** How many words the teacher has written on this case since a moment. */
export async function countSince({ tx, campaign }: ActContext, applicationId: string, since: Temporal.Instant) {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from shice.conversation_entry
    where campaign_id = ${campaign.id} and application_id = ${applicationId} and side = 'teacher'
      and written_at > ${since.toString()}`.execute(tx);
  return rows[0]?.n ?? 0;
}

export async function writeEntry(
  { tx, campaign, actor, now }: ActContext,
  applicationId: string,
  { side, text }: { side: Side; text: string },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into shice.conversation_entry (campaign_id, application_id, side, account_id, organisation_id, role, text, written_at)
    values (${campaign.id}, ${applicationId}, ${side}, ${actor.accountId}, ${side === "office" ? actor.organisationId : null},
      ${actor.role}, ${text}, ${now.toString()})
    returning id`.execute(tx);
  const { id } = mustReturnRow(rows, "conversation entry insert");
  return id;
}

/** An answer, or the word that none is needed, settles all that the teacher has asked so far. */
export async function settleEntries({ tx, campaign, now }: ActContext, applicationId: string): Promise<void> {
  await sql`
    update shice.conversation_entry set settled_at = ${now.toString()}
    where campaign_id = ${campaign.id} and application_id = ${applicationId} and side = 'teacher' and settled_at is null`.execute(
    tx,
  );
}

/** The other side's words were on the screen. */
export async function noteRead({ tx, campaign, now }: ActContext, applicationId: string, side: Side): Promise<void> {
  await sql`
    update shice.conversation_entry set read_at = ${now.toString()}
    where campaign_id = ${campaign.id} and application_id = ${applicationId} and side <> ${side} and read_at is null`.execute(
    tx,
  );
}

/**
 * Informs the clerks of the confirmation point, or the reviewers of the district that has the case, of a teacher's words;
 * returns how many people were informed.
 */
export async function notifyOffice(
  { tx, campaign, now }: ActContext,
  application: string,
  { entry, atDistrict }: { entry: string; atDistrict: boolean },
): Promise<number> {
  const office = sql`
    select a.campaign_id as campaign, a.id as application, ${entry}::text as key,
      ${atDistrict ? sql`a.authority_id` : sql`a.confirmation_point_id`} as organisation,
      ${atDistrict ? "district-reviewer" : "school-clerk"}::text as role
    from shice.application a where a.campaign_id = ${campaign.id} and a.id = ${application}`;
  const sent = await sendMessages(tx, office, { template: "teacher-wrote", now });
  return sent.filter(({ channel, fresh }) => channel === "inbox" && fresh).length;
}

/** Informs the teacher, at most once an hour for one case: several answers in a row are one piece of news. */
export async function notifyTeacher({ tx, campaign, now }: ActContext, application: string): Promise<void> {
  const hour = Math.floor(now.epochMilliseconds / 3_600_000) * 3600;
  const teacher = sql`
    select a.campaign_id as campaign, a.id as application, t.id as account, a.id || ${`:office-wrote:${hour}`}::text as key
    from shice.application a join shice.account t on t.person_id = a.person_id and t.kind = 'applicant'
    where a.campaign_id = ${campaign.id} and a.id = ${application}`;
  await sendMessages(tx, teacher, { template: "office-wrote", now });
}

interface OpenRow {
  application: string;
  number: string;
  name: string;
  school: string | null;
  state: State;
  text: string;
  written_at: Temporal.Instant;
}

/** Cases with words that wait for an answer, the longest waiting first: each with its newest words. */
export async function listOpen(
  { tx, campaign }: ActContext,
  { states, after, limit }: { states: readonly State[]; after: readonly string[] | undefined; limit: number },
): Promise<OpenRow[]> {
  const { rows } = await sql<OpenRow>`
    with open as (
      select e.application_id, min(e.written_at) as since, (array_agg(e.text order by e.written_at desc, e.id desc))[1] as text
      from shice.conversation_entry e
      where e.campaign_id = ${campaign.id} and e.side = 'teacher' and e.settled_at is null
      group by e.application_id)
    select a.id as application, a.number, a.name, o.name as school, a.state, w.text, w.since as written_at
    from open w join shice.application a on a.campaign_id = ${campaign.id} and a.id = w.application_id
    left join shice.organisation o on o.id = a.school_id
    where a.state = any(${[...states]}::text[])
      ${after === undefined ? sql`` : sql`and (w.since, a.id) > (${after[0]}::timestamptz, ${after[1]}::uuid)`}
    order by w.since, a.id limit ${limit + 1}`.execute(tx);
  return rows;
}
