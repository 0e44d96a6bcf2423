import { sql } from "kysely";
import { findSound } from "../form/attachments.ts";
import { sendMessages } from "../message/send-messages.ts";
import { machineClock } from "../platform/clock.ts";
import type { Services } from "../request/context.ts";

/** How many files one run reads; a run a minute looks at a million within a working week. */
const filesPerRun = 120;
const checkedEvery = { hours: 24 };

/**
 * Reads files again, those first that were read longest ago, and compares each with the hash taken when it came in: a
 * disk that loses or alters one is noticed before anybody needs it, and its owner is asked to send it again.
 */
export async function checkFiles(services: Services): Promise<{ checked: number; lost: number }> {
  const { database, files, clock, log } = services;
  const now = machineClock.now();
  const { rows } = await database.inScope({ kind: "system" }, (tx) =>
    sql<{ id: string; sha256: Buffer }>`
      select id, sha256 from shice.attachment
      where replaced_at is null and lost_at is null and (checked_at is null or checked_at < ${now.subtract(checkedEvery)})
      order by checked_at nulls first limit ${filesPerRun}`.execute(tx),
  );
  await checkStatements(services, now);
  const lost: string[] = [];
  for (const row of rows) if ((await findSound(files, row)) === undefined) lost.push(row.id);
  if (rows.length === 0) return { checked: 0, lost: 0 };
  await database.inScope({ kind: "system" }, async (tx) => {
    await sql`update shice.attachment set checked_at = ${now} where id = any(${rows.map(({ id }) => id)}::uuid[])`.execute(
      tx,
    );
    if (lost.length === 0) return;
    log.error({ count: lost.length }, "files are lost or altered");
    const { rows: gone } = await sql<{ campaign: string; application: string; account: string }>`
      with gone as (
        update shice.attachment set lost_at = ${now} where id = any(${lost}::uuid[]) and lost_at is null
        returning campaign_id, application_id)
      select distinct g.campaign_id as campaign, g.application_id as application, t.id as account
      from gone g join shice.application a on a.campaign_id = g.campaign_id and a.id = g.application_id
      join shice.account t on t.person_id = a.person_id and t.kind = 'applicant'`.execute(tx);
    const messages = gone.map((owner) => ({ ...owner, key: `${owner.application}:file-lost:${now.toString()}` }));
    await sendMessages(tx, messages, { template: "file-lost", now: clock.now() });
  });
  return { checked: rows.length, lost: lost.length };
}

/** The same for the signed statements of the unwilling: the roster then says that the scan is to be sent again. */
async function checkStatements({ database, files, log }: Services, now: Temporal.Instant): Promise<void> {
  const { rows } = await database.inScope({ kind: "system" }, (tx) =>
    sql<{ id: string; sha256: Buffer }>`
      select id, sha256 from shice.statement_scan
      where replaced_at is null and lost_at is null and (checked_at is null or checked_at < ${now.subtract(checkedEvery)})
      order by checked_at nulls first limit ${filesPerRun}`.execute(tx),
  );
  if (rows.length === 0) return;
  const lost: string[] = [];
  for (const row of rows) if ((await findSound(files, row)) === undefined) lost.push(row.id);
  if (lost.length > 0) log.error({ count: lost.length }, "scans of statements are lost or altered");
  await database.inScope({ kind: "system" }, (tx) =>
    sql`
      update shice.statement_scan set checked_at = ${now},
        lost_at = case when id = any(${lost}::uuid[]) then ${now}::timestamptz end
      where id = any(${rows.map(({ id }) => id)}::uuid[])`.execute(tx),
  );
}
