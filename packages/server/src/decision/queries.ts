import { sql } from "kysely";
import type { DecidedLine, SignedDecision } from "../case/signed-decision.ts";
import type { Tx } from "../platform/database/database.ts";
import { mustReturnRow } from "../platform/database/must-return-row.ts";

const decisionColumns = sql`id, number, kind, decided_at, entries, list_hash, signature, signature_algorithm`;

/** A key for a decision, and whether its number is taken in this campaign. */
export async function reserveDecision(
  tx: Tx,
  campaignId: string,
  number: string,
): Promise<{ id: string; taken: boolean }> {
  const { rows } = await sql<{ id: string; taken: boolean }>`
    select uuidv7() as id,
      exists (select from shice.decision where campaign_id = ${campaignId} and number = ${number}) as taken`.execute(
    tx,
  );
  const row = mustReturnRow(rows, "decision key select");
  return row;
}

/** Newest first, one more than the page. */
export async function listDecisions(
  tx: Tx,
  campaignId: string,
  { after, limit }: { after: readonly string[] | undefined; limit: number },
): Promise<SignedDecision[]> {
  const { rows } = await sql<SignedDecision>`
    select ${decisionColumns} from shice.decision
    where campaign_id = ${campaignId}
      ${after === undefined ? sql`` : sql`and (decided_at, id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`}
    order by decided_at desc, id desc
    limit ${limit + 1}`.execute(tx);
  return rows;
}

export async function findDecision(
  tx: Tx,
  campaignId: string,
  decisionId: string,
): Promise<SignedDecision | undefined> {
  const { rows } = await sql<SignedDecision>`
    select ${decisionColumns} from shice.decision where campaign_id = ${campaignId} and id = ${decisionId}`.execute(tx);
  return rows[0];
}

export async function listEntries(tx: Tx, decisionId: string): Promise<DecidedLine[]> {
  const { rows } = await sql<DecidedLine>`
    select e.position, a.number, a.name, e.conclusion
    from shice.decision_entry e
    join shice.application a on a.campaign_id = e.campaign_id and a.id = e.application_id
    where e.decision_id = ${decisionId} order by e.position`.execute(tx);
  return rows;
}

export async function writeDecision(
  tx: Tx,
  campaignId: string,
  decision: SignedDecision & { decided_by: string | null },
  entries: readonly { position: number; applicationId: string; conclusion: string }[],
): Promise<void> {
  await sql`
    insert into shice.decision (id, campaign_id, number, kind, decided_by, decided_at, entries, list_hash, signature, signature_algorithm)
    values (${decision.id}, ${campaignId}, ${decision.number}, ${decision.kind}, ${decision.decided_by}::uuid,
      ${decision.decided_at.toString()}::timestamptz, ${decision.entries}, ${decision.list_hash}, ${decision.signature},
      ${decision.signature_algorithm})`.execute(tx);
  await sql`
    insert into shice.decision_entry (decision_id, position, campaign_id, application_id, conclusion)
    select ${decision.id}, e.position, ${campaignId}, e."applicationId", e.conclusion
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as e(position int, "applicationId" uuid, conclusion text)`.execute(
    tx,
  );
}

/**
 * Remembers the registrations for later campaigns. A conclusion that raises the ordinal (第N次) adds one to the highest
 * so far; the others leave it (暂缓注册 does not raise it). One a person and day: a second campaign on the same day adds none.
 */
export async function writePastRegistrations(
  tx: Tx,
  campaignId: string,
  registration: { on: Temporal.PlainDate; source: string },
  cases: readonly { applicationId: string; conclusion: string; raises: boolean }[],
): Promise<void> {
  await sql`
    insert into shice.past_registration (id_number_index, concluded_on, conclusion, ordinal, certificate_number_index, source)
    select p.id_number_index, ${registration.on.toString()}::date, c.conclusion,
      coalesce((select max(r.ordinal) from shice.past_registration r where r.id_number_index = p.id_number_index), 0)
        + case when c.raises then 1 else 0 end,
      a.certificate_number_index, ${registration.source}
    from jsonb_to_recordset(${JSON.stringify(cases)}::jsonb) as c("applicationId" uuid, conclusion text, raises boolean)
    join shice.application a on a.campaign_id = ${campaignId} and a.id = c."applicationId"
    join shice.person p on p.id = a.person_id
    on conflict do nothing`.execute(tx);
}

/** The sticker that is on a case's certificate, where one is. */
export async function findUsedSticker(
  tx: Tx,
  campaignId: string,
  applicationId: string,
): Promise<{ series: string; serial: string } | undefined> {
  const { rows } = await sql<{ series: string; serial: string }>`
    select series_id as series, serial::text as serial from shice.marking
    where campaign_id = ${campaignId} and application_id = ${applicationId} and kind = 'sticker'
      and series_id is not null`.execute(tx);
  return rows[0];
}
