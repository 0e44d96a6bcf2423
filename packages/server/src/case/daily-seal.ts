import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Database } from "../platform/database/database.ts";

/**
 * Records the daily root: a hash over the heads of all history chains and the day's audit entries, chained to the
 * seal before. Printed or kept elsewhere it proves later that nothing up to that day was altered.
 * Does nothing for a day that is sealed already.
 */
export async function sealDay(database: Database, day: Temporal.PlainDate, now: Temporal.Instant): Promise<void> {
  await database.inScope({ kind: "system" }, async (tx) => {
    const last = await tx
      .selectFrom("shice.seal")
      .select(["number", "root", "day"])
      .orderBy("number", "desc")
      .limit(1)
      .executeTakeFirst();
    if (last !== undefined && Temporal.PlainDate.compare(last.day, day) >= 0) return;

    const heads = createHash("sha256");
    let chains = 0;
    const { rows: applications } = await sql<{ last_hash: Buffer }>`
      select last_hash from shice.application where last_sequence > 0 order by campaign_id, id`.execute(tx);
    for (const { last_hash } of applications) {
      heads.update(last_hash);
      chains += 1;
    }
    const { rows: entries } = await sql<{ count: string; digest: string | null }>`
      select count(*)::text as count, encode(sha256(string_agg(e::text, E'\n' order by e.id)::bytea), 'hex') as digest
      from shice.audit_entry e where (e.at at time zone 'Asia/Shanghai')::date = ${day.toString()}::date`.execute(tx);
    const [entry] = entries;
    const previous = last?.root ?? Buffer.alloc(0);
    const root = createHash("sha256")
      .update(previous)
      .update(day.toString())
      .update(heads.digest())
      .update(entry?.digest ?? "")
      .digest();
    await tx
      .insertInto("shice.seal")
      .values({
        number: (last?.number ?? 0) + 1,
        day: day.toString(),
        chains,
        audit_entries: entry?.count ?? "0",
        root,
        previous_root: previous,
        sealed_at: now.toString(),
      })
      .execute();
  });
}
