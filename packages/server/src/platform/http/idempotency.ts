import { sql } from "kysely";
import type { Tx } from "../database/database.ts";
import { RefusalError } from "./refusal-error.ts";

/**
 * Does the work once for an account's key, inside the act's own transaction: the key and the answer are committed
 * with what was done, so a crash loses both or keeps both. A repetition, also one that comes at the same time,
 * waits for the first and gets its answer. A refused act stores nothing and may be tried again.
 * @throws RefusalError idempotency.mismatch when the key was used for another request
 */
export async function withIdempotency<T extends object>(
  tx: Tx,
  { accountId, key, requestHash, now }: { accountId: string; key: string; requestHash: Buffer; now: Temporal.Instant },
  work: () => Promise<T>,
): Promise<T> {
  // A second request with the key waits here, on the unique index, until the first has committed or rolled back.
  const { rows: mine } = await sql`
    insert into shice.idempotency_key (account_id, key, request_hash, created_at)
    values (${accountId}, ${key}, ${requestHash}, ${now.toString()})
    on conflict (account_id, key) do nothing returning key`.execute(tx);
  if (mine.length === 1) {
    const answer = await work();
    await sql`
      update shice.idempotency_key set response = ${JSON.stringify(answer)}::jsonb
      where account_id = ${accountId} and key = ${key}`.execute(tx);
    return answer;
  }
  const { rows } = await sql<{ request_hash: Buffer; response: T }>`
    select request_hash, response from shice.idempotency_key where account_id = ${accountId} and key = ${key}`.execute(
    tx,
  );
  const [stored] = rows;
  if (stored === undefined || !stored.request_hash.equals(requestHash))
    throw new RefusalError({ code: "idempotency.mismatch" });
  return stored.response;
}
