import type { Channel } from "@shice/rules/lifecycle/message.ts";
import { sql } from "kysely";
import type { Tx } from "../platform/database/database.ts";
import { type MessageWords, messageTextOf } from "./text.ts";

interface MessageRow extends MessageWords {
  id: string;
  created_at: Temporal.Instant;
  read_at: Temporal.Instant | null;
}

/** The words of a message `m`: a circular's, or the office's own that were in force when the message was caused. */
const wordColumns = sql`w.title as own_title, w.text as own_text, w.short as own_short,
  k.title as circular_title, k.text as circular_text, ko.name as circular_from`;
const wordTables = sql`
  left join lateral (select w.title, w.text, w.short from shice.message_wording w
    where w.template = m.template and w.entered_at <= m.created_at order by w.version desc limit 1) w on true
  left join shice.circular k on k.id = m.circular_id
  left join shice.organisation ko on ko.id = k.organisation_id`;

export async function listInbox(
  tx: Tx,
  accountId: string,
  before: string | undefined,
  limit: number,
): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow>`
    select m.id, m.template, m.parameters, m.created_at, m.read_at, c.title as campaign, a.number, ${wordColumns}
    from shice.message m left join shice.campaign c on c.id = m.campaign_id
    left join shice.application a on a.campaign_id = m.campaign_id and a.id = m.application_id
    ${wordTables}
    where m.account_id = ${accountId} and m.channel = 'inbox'
      and (${before ?? null}::uuid is null or m.id < ${before ?? null}::uuid)
    order by m.id desc limit ${limit + 1}`.execute(tx);
  return rows;
}

export async function markRead(tx: Tx, accountId: string, id: string, now: Temporal.Instant): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("shice.message")
    .set({ read_at: now })
    .where("id", "=", id)
    .where("account_id", "=", accountId)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function markAllRead(tx: Tx, accountId: string, now: Temporal.Instant): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable("shice.message")
    .set({ read_at: now })
    .where("account_id", "=", accountId)
    .where("channel", "=", "inbox")
    .where("read_at", "is", null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

interface PreferencesRow {
  mail_wanted: "all" | "important";
  sms_wanted: boolean;
  has_mobile: boolean;
}

export async function findPreferences(tx: Tx, accountId: string): Promise<PreferencesRow | undefined> {
  const { rows } = await sql<PreferencesRow>`
    select mail_wanted, sms_wanted, mobile_sealed is not null as has_mobile from shice.account where id = ${accountId}`.execute(
    tx,
  );
  return rows[0];
}

export async function writePreferences(
  tx: Tx,
  accountId: string,
  { mail, sms }: { mail: "all" | "important"; sms: boolean },
): Promise<void> {
  await tx
    .updateTable("shice.account")
    .set({ mail_wanted: mail, sms_wanted: sms })
    .where("id", "=", accountId)
    .execute();
}

export type SentChannel = "email" | "sms";

export interface DueMessage extends MessageWords {
  id: string;
  email_sealed: Buffer | null;
  mobile_sealed: Buffer | null;
  /** A number that no account holds. */
  recipient_sealed: Buffer | null;
  mail_wanted: "all" | "important" | null;
  sms_wanted: boolean | null;
  attempts: number;
}

/**
 * Takes messages that are due, for this program alone: another one passes over them. Marked `sending` before they go:
 * a crash in between leaves one unsent for a clerk to see, never one sent twice. By the machine's clock: sending has
 * nothing to do with the training clock.
 */
export async function takeDue(
  tx: Tx,
  channel: SentChannel,
  machineNow: Temporal.Instant,
  limit: number,
): Promise<DueMessage[]> {
  const { rows } = await sql<DueMessage>`
    with due as (
      select id from shice.message
      where channel = ${channel} and state = 'queued' and (due_at is null or due_at <= ${machineNow})
      order by due_at nulls first, created_at limit ${limit} for update skip locked),
    taken as (
      update shice.message m set state = 'sending', attempts = m.attempts + 1 from due where m.id = due.id
      returning m.id, m.template, m.parameters, m.attempts, m.campaign_id, m.application_id, m.account_id, m.circular_id,
        m.created_at, m.recipient_sealed)
    select m.id, m.template, m.parameters, m.attempts, c.title as campaign, a.number, t.email_sealed, t.mobile_sealed,
      m.recipient_sealed, t.mail_wanted, t.sms_wanted, ${wordColumns}
    from taken m
    ${wordTables}
    left join shice.campaign c on c.id = m.campaign_id
    left join shice.application a on a.campaign_id = m.campaign_id and a.id = m.application_id
    left join shice.account t on t.id = m.account_id`.execute(tx);
  return rows;
}

/** What became of a message that was taken; `dueAt`: when it is tried again. */
export async function settle(
  tx: Tx,
  id: string,
  outcome:
    | { state: "sent"; at: Temporal.Instant }
    | { state: "unwanted" }
    | { state: "queued"; dueAt: Temporal.Instant; error: string }
    | { state: "failed"; error: string },
): Promise<void> {
  await tx
    .updateTable("shice.message")
    .set({
      state: outcome.state,
      last_error: "error" in outcome ? outcome.error : null,
      ...(outcome.state === "sent" ? { sent_at: outcome.at } : {}),
      ...(outcome.state === "queued" ? { due_at: outcome.dueAt } : {}),
    })
    .where("id", "=", id)
    .execute();
}

/** Messages that did not arrive, in the caller's scope: all of them, or those about the cases and teachers of a school. */
export async function listFailed(tx: Tx, before: string | undefined, limit: number, named: boolean) {
  const { rows } = await sql<
    MessageWords & { id: string; channel: Channel; attempts: number; created_at: Temporal.Instant; name: string | null }
  >`
    select m.id, m.channel, m.template, m.parameters, m.attempts, m.created_at, null as campaign, a.number,
      coalesce(a.name, r.name) as name, ${wordColumns}
    from shice.message m
    left join shice.application a on a.campaign_id = m.campaign_id and a.id = m.application_id
    left join shice.roster_entry r on r.id = m.roster_entry_id
    ${wordTables}
    where m.state in ('failed', 'sending') and (${before ?? null}::uuid is null or m.id < ${before ?? null}::uuid)
    order by m.id desc limit ${limit + 1}`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    channel: row.channel,
    title: messageTextOf(row).title,
    attempts: row.attempts,
    at: row.created_at.toString(),
    number: named ? row.number : null,
    name: named ? row.name : null,
  }));
}
