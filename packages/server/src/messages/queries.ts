import { sql } from "kysely";
import type { Tx } from "../platform/database/database.ts";
import { type MessageWords, messageTextOf } from "./text.ts";

export interface MessageRow {
  id: string;
  template: string;
  created_at: Temporal.Instant;
  read_at: Temporal.Instant | null;
  campaign: string | null;
  number: string | null;
  parameters: Record<string, unknown>;
}

export async function listInbox(
  tx: Tx,
  accountId: string,
  before: string | undefined,
  limit: number,
): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow>`
    select m.id, m.template, m.parameters, m.created_at, m.read_at, c.title as campaign, a.number
    from shice.message m left join shice.campaign c on c.id = m.campaign_id
    left join shice.application a on a.campaign_id = m.campaign_id and a.id = m.application_id
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

export type SentChannel = "email" | "sms";

export interface DueMessage extends MessageWords {
  id: string;
  email_sealed: Buffer | null;
  mobile_sealed: Buffer | null;
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
      returning m.id, m.template, m.parameters, m.attempts, m.campaign_id, m.application_id, m.account_id)
    select m.id, m.template, m.parameters, m.attempts, c.title as campaign, a.number, t.email_sealed, t.mobile_sealed
    from taken m
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

/** Messages that did not arrive, in the caller's scope: all of them, or those about the cases of a school. */
export async function listFailed(tx: Tx, before: string | undefined, limit: number, named: boolean) {
  const { rows } = await sql<{
    id: string;
    channel: string;
    template: string;
    attempts: number;
    created_at: Temporal.Instant;
    number: string | null;
    name: string | null;
  }>`
    select m.id, m.channel, m.template, m.attempts, m.created_at, a.number, a.name
    from shice.message m
    left join shice.application a on a.campaign_id = m.campaign_id and a.id = m.application_id
    where m.state in ('failed', 'sending') and (${before ?? null}::uuid is null or m.id < ${before ?? null}::uuid)
    order by m.id desc limit ${limit + 1}`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    channel: row.channel,
    title: messageTextOf({ template: row.template, campaign: null, number: null, parameters: {} }).title,
    attempts: row.attempts,
    at: row.created_at.toString(),
    number: named ? row.number : null,
    name: named ? row.name : null,
  }));
}
