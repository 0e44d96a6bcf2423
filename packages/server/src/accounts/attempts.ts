import { sql } from "kysely";
import type { Tx } from "../platform/database/database.ts";

const allowed = 5;
const lockMinutes = 15;

/**
 * Counts an attempt under what was typed, before it is made, so that many at once count too. The fifth in a row locks
 * for a quarter of an hour; a quarter of an hour without any begins anew. Returns the lock's end where it is locked.
 * Kept for every index alike: a lock must not tell who is registered. By the machine's clock.
 */
export async function takeAttempt(tx: Tx, index: Buffer, now: Temporal.Instant): Promise<Temporal.Instant | undefined> {
  const stale = now.subtract({ minutes: lockMinutes });
  const { rows } = await sql<{ attempts: number }>`
    insert into shice.sign_in_attempt as t (name_index, attempts, last_at) values (${index}, 1, ${now})
    on conflict (name_index) do update set
      attempts = case when t.last_at <= ${stale} then 1 else t.attempts + 1 end,
      locked_until = case when t.last_at > ${stale} and t.attempts + 1 >= ${allowed}
        then ${now.add({ minutes: lockMinutes })}::timestamptz end,
      last_at = ${now}
    where t.locked_until is null or t.locked_until <= ${now}
    returning t.attempts`.execute(tx);
  if (rows.length > 0) return undefined;
  const locked = await tx
    .selectFrom("shice.sign_in_attempt")
    .select("locked_until")
    .where("name_index", "=", index)
    .executeTakeFirst();
  return locked?.locked_until ?? now;
}

/** An attempt at which no password was looked at does not count. */
export async function giveBackAttempt(tx: Tx, index: Buffer): Promise<void> {
  await sql`
    update shice.sign_in_attempt set attempts = greatest(attempts - 1, 0), locked_until = null
    where name_index = ${index}`.execute(tx);
}

/** Whoever has signed in, or proved the address, begins anew. */
export async function clearAttempts(tx: Tx, indexes: readonly Buffer[]): Promise<void> {
  await tx
    .deleteFrom("shice.sign_in_attempt")
    .where("name_index", "in", [...indexes])
    .execute();
}
