import { isKeyOf } from "@shice/rules/keys.ts";
import { type Group, groupNames, groups, statesOf } from "@shice/rules/lifecycle/group.ts";
import type { State } from "@shice/rules/lifecycle/state.ts";
import { sql } from "kysely";
import { sendMessages } from "../message/send-messages.ts";
import type { Tx } from "../platform/database/database.ts";
import { mustReturnRow } from "../platform/database/must-return-row.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { audit } from "../request/audit.ts";
import type { ActContext } from "../request/run-act.ts";

/** Who would get a circular: each teacher within the office's scope once, by where the application stands. */
export async function countAudience({ tx, campaign }: ActContext) {
  const { rows } = await sql<{ state: State; people: number }>`
    select a.state, count(distinct t.id)::int as people
    from shice.application a join shice.account t on t.person_id = a.person_id and t.kind = 'applicant' and t.disabled_at is null
    where a.campaign_id = ${campaign.id} group by a.state`.execute(tx);
  const peopleIn = (states: readonly State[]) =>
    rows.filter(({ state }) => states.includes(state)).reduce((sum, { people }) => sum + people, 0);
  return groupNames.map((group) => ({ group, title: groups[group].title, people: peopleIn(groups[group].states) }));
}

/**
 * Writes a circular and a message a channel for each of its readers, in one transaction.
 * @throws RefusalError circular.nobody
 */
export async function sendCircular(
  ctx: ActContext,
  input: { groups: Group[]; title: string; text: string; bySms: boolean },
): Promise<{ circular: string; recipients: number }> {
  const { tx, campaign, actor, now } = ctx;
  const { title, text, bySms } = input;
  if (actor.organisationId === null) throw new RefusalError({ code: "request.forbidden" });
  const readers = await listReaders(tx, campaign.id, statesOf(input.groups));
  if (readers.length === 0) throw new RefusalError({ code: "circular.nobody", field: "groups" });
  const { rows } = await sql<{ id: string }>`
    insert into shice.circular (campaign_id, organisation_id, role, title, text, groups, by_sms, recipients, sent_by, sent_at)
    values (${campaign.id}, ${actor.organisationId}, ${actor.role}, ${title}, ${text}, ${[...new Set(input.groups)]}::text[],
      ${bySms}, ${readers.length}, ${actor.accountId}, ${now.toString()})
    returning id`.execute(tx);
  const { id: circular } = mustReturnRow(rows, "circular insert");
  const messages = readers.map((reader) => ({
    ...reader,
    campaign: campaign.id,
    circular,
    key: `${circular}:${reader.account}`,
  }));
  await sendMessages(tx, messages, { template: "circular", now, bySms });
  const detail = { groups: input.groups, recipients: readers.length, bySms };
  await audit(ctx, { action: "send-circular", subjectKind: "circular", subjectId: circular, detail });
  return { circular, recipients: readers.length };
}

async function listReaders(tx: Tx, campaignId: string, states: readonly State[]) {
  const { rows } = await sql<{ application: string; account: string }>`
    select distinct on (t.id) a.id as application, t.id as account
    from shice.application a join shice.account t on t.person_id = a.person_id and t.kind = 'applicant' and t.disabled_at is null
    where a.campaign_id = ${campaignId} and a.state = any(${[...states]}::text[])
    order by t.id, a.created_at desc`.execute(tx);
  return rows;
}

interface CircularRow {
  id: string;
  title: string;
  text: string;
  groups: string[];
  by_sms: boolean;
  recipients: number;
  sent_at: Temporal.Instant;
}

/** What the own office has sent, the newest first. */
export async function listCirculars(
  { tx, campaign, actor }: ActContext,
  before: string | undefined,
  limit: number,
): Promise<CircularRow[]> {
  const { rows } = await sql<CircularRow>`
    select id, title, text, groups, by_sms, recipients, sent_at from shice.circular
    where campaign_id = ${campaign.id} and organisation_id = ${actor.organisationId}
      and (${before ?? null}::uuid is null or id < ${before ?? null}::uuid)
    order by id desc limit ${limit + 1}`.execute(tx);
  return rows;
}

export function circularViewOf(row: CircularRow) {
  return {
    id: row.id,
    title: row.title,
    text: row.text,
    groups: row.groups.map((name) => (isKeyOf(groups, name) ? groups[name].title : name)),
    bySms: row.by_sms,
    recipients: row.recipients,
    sentAt: row.sent_at.toString(),
  };
}
