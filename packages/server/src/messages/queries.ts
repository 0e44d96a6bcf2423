import { sql } from "kysely";
import type { Tx } from "../platform/database/database.ts";

export interface MessageRow {
  id: string;
  template: string;
  created_at: Temporal.Instant;
  read_at: Temporal.Instant | null;
  campaign: string | null;
  number: string | null;
}

export async function listInbox(
  tx: Tx,
  accountId: string,
  before: string | undefined,
  limit: number,
): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow>`
    select m.id, m.template, m.created_at, m.read_at, c.title as campaign, a.number
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

export interface DueMail {
  id: string;
  template: string;
  campaign: string | null;
  number: string | null;
  email_sealed: Buffer | null;
  attempts: number;
}

/** Takes mails that are due, for this program alone: another one passes over them. */
export async function takeDueMails(tx: Tx, now: Temporal.Instant, limit: number): Promise<DueMail[]> {
  const { rows } = await sql<DueMail>`
    with due as (
      select id from shice.message
      where channel = 'email' and state = 'queued' and attempts < 8 and created_at <= ${now}
      order by created_at limit ${limit} for update skip locked)
    select m.id, m.template, m.attempts, c.title as campaign, a.number, t.email_sealed
    from due join shice.message m using (id)
    left join shice.campaign c on c.id = m.campaign_id
    left join shice.application a on a.campaign_id = m.campaign_id and a.id = m.application_id
    left join shice.account t on t.id = m.account_id`.execute(tx);
  return rows;
}

/** `sending` before the mail goes: a crash in between leaves a mail unsent for a clerk to see, never one sent twice. */
export async function settleMail(
  tx: Tx,
  id: string,
  state: "sending" | "sent" | "queued" | "failed",
  now: Temporal.Instant,
  error?: string,
): Promise<void> {
  await sql`
    update shice.message set state = ${state}, last_error = ${error ?? null},
      attempts = attempts + ${state === "sending" ? 1 : 0},
      sent_at = case when ${state} = 'sent' then ${now.toString()}::timestamptz else sent_at end
    where id = ${id}`.execute(tx);
}

export async function listFailed(tx: Tx, before: string | undefined, limit: number) {
  const rows = await tx
    .selectFrom("shice.message")
    .select(["id", "channel", "template", "attempts", "created_at"])
    .where("state", "in", ["failed", "sending"])
    .$if(before !== undefined, (query) => query.where("id", "<", before ?? ""))
    .orderBy("id", "desc")
    .limit(limit + 1)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    channel: row.channel,
    template: row.template,
    attempts: row.attempts,
    at: row.created_at.toString(),
  }));
}
