import { sql } from "kysely";
import type { Database } from "../platform/database/database.ts";
import type { Secrets } from "../platform/secrets.ts";
import { appendAudit } from "../request/append-audit.ts";
import { nextSealNumber, writeSeal } from "./seal-root.ts";

/**
 * Seals a day: a keyed root over the heads of all histories that have moved since the seal before and over the end of the
 * audit log, chained to the seal before. The audit log says that it was made, so that a seal cannot be taken away.
 * Does nothing for a day that is sealed already.
 */
export async function sealDay(
  database: Database,
  secrets: Secrets,
  day: Temporal.PlainDate,
  now: Temporal.Instant,
): Promise<void> {
  await database.inScope({ kind: "system" }, async (tx) => {
    // Of two programs that seal at once, the second finds the day sealed.
    await sql`select pg_advisory_xact_lock(7233003)`.execute(tx);
    const { rows: sealed } = await sql<{ day: Temporal.PlainDate }>`
      select day from shice.seal where kind <> 'upgrade' and day >= ${day.toString()}::date limit 1`.execute(tx);
    if (sealed.length > 0) return;
    const number = await nextSealNumber(tx);
    await sql`
      insert into shice.seal_head (seal, campaign_id, application_id, sequence, hash)
      select ${number}, a.campaign_id, a.id, a.last_sequence, a.last_hash
      from shice.application a
      where a.last_sequence > coalesce((select h.sequence from shice.seal_head h
        where h.campaign_id = a.campaign_id and h.application_id = a.id order by h.seal desc limit 1), 0)`.execute(tx);
    const root = await writeSeal(tx, secrets, { number, kind: "daily", day: day.toString(), now });
    appendAudit(tx, secrets, [
      {
        at: now,
        accountId: null,
        role: "system",
        organisationId: null,
        action: "seal-day",
        campaignId: null,
        subjectKind: "seal",
        subjectId: null,
        detail: { number, root: root.toString("hex") },
        request: null,
      },
    ]);
  });
}
