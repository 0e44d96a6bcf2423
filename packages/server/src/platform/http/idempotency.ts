import { sql } from "kysely";
import type { Tx } from "../database/database.ts";
import { RefusalError } from "./refusal-error.ts";

/** How long a repetition waits for the first request to end before it is told to look again later. */
const patience = "20s";

/**
 * Does the work once for an account's key, inside the act's own transaction: the key and the answer are committed
 * with what was done, so a crash loses both or keeps both. A repetition, also one that comes at the same time,
 * waits for the first and gets its answer. A refused act stores nothing and may be tried again.
 * @throws RefusalError idempotency.mismatch when the key was used for another request; idempotency.running when the
 * first request does not end in time
 */
export async function withIdempotency<T extends object>(
  tx: Tx,
  { accountId, key, requestHash, now }: { accountId: string; key: string; requestHash: Buffer; now: Temporal.Instant },
  work: () => Promise<T>,
): Promise<T> {
  if (await isFirst(tx, { accountId, key, requestHash, now })) {
    const answer = await work();
    await sql`
      update shice.idempotency_key set status = 200, response = ${JSON.stringify(answer)}::jsonb
      where account_id = ${accountId} and key = ${key}`.execute(tx);
    return answer;
  }
  const { rows } = await sql<{ request_hash: Buffer; response: T | null }>`
    select request_hash, response from shice.idempotency_key where account_id = ${accountId} and key = ${key}`.execute(
    tx,
  );
  const [stored] = rows;
  // Cleared away between the two statements: as good as running, the next try starts afresh.
  if (stored === undefined || stored.response === null) throw new RefusalError({ code: "idempotency.running" });
  if (!stored.request_hash.equals(requestHash)) throw new RefusalError({ code: "idempotency.mismatch" });
  return stored.response;
}

/**
 * Takes the key. A second request with it waits on the unique index until the first has committed or rolled back;
 * the limit on that wait stays with the transaction, which waits for no other lock longer than that either.
 */
async function isFirst(
  tx: Tx,
  { accountId, key, requestHash, now }: { accountId: string; key: string; requestHash: Buffer; now: Temporal.Instant },
): Promise<boolean> {
  try {
    const { rows } = await sql`
      insert into shice.idempotency_key (account_id, key, request_hash, created_at)
      select ${accountId}::uuid, ${key}, ${requestHash}::bytea, ${now.toString()}::timestamptz
      from (select set_config('lock_timeout', ${patience}, true)) as patience
      on conflict (account_id, key) do nothing returning key`.execute(tx);
    return rows.length === 1;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "55P03") {
      throw new RefusalError({ code: "idempotency.running" });
    }
    throw error;
  }
}
