import type { bagOutcomes, Manifest, ManifestItem } from "@shice/contract/preliminary.ts";
import { sql } from "kysely";
import { sendMessages } from "../message/send-messages.ts";
import { applicationNames, personNamed } from "../platform/name-search.ts";
import type { ActContext } from "../request/run-act.ts";

export type BagOutcome = (typeof bagOutcomes)[number];

export interface ManifestRow {
  id: string;
  number: string;
  point: string;
  continued_by: string | null;
  authority: string;
  handed_over_at: Temporal.Instant;
  handed_over_by: string;
  received_at: Temporal.Instant | null;
  received_by: string | null;
  list_hash: Buffer;
  entries: number;
  settled: number;
  differing: number;
  outstanding: number;
}

const manifests = (conditions: ReturnType<typeof sql>) => sql<ManifestRow>`
  select m.id, m.number, p.name as point,
    (select t.name from shice.organisation_successor u join shice.organisation t on t.id = u.successor_id
      where u.organisation_id = p.id and u.takes_rest and p.valid_to is not null) as continued_by, o.name as authority, m.handed_over_at, m.received_at, m.list_hash,
    (select display_name from shice.account where id = m.handed_over_by) as handed_over_by,
    (select display_name from shice.account where id = m.received_by) as received_by, i.*
  from shice.manifest m
  join shice.organisation p on p.id = m.confirmation_point_id join shice.organisation o on o.id = m.authority_id
  cross join lateral (
    select count(*)::int as entries, count(outcome)::int as settled,
      count(*) filter (where outcome <> 'received')::int as differing,
      count(*) filter (where outcome <> 'received' and supplemented_at is null)::int as outstanding
    from shice.manifest_item where manifest_id = m.id) i
  where ${conditions}`;

/** Newest first, one more than the page. */
export async function listManifests(
  { tx, campaign }: ActContext,
  filter: { state?: "open" | "received" | "outstanding" | undefined; search?: string | undefined },
  { after, limit }: { after: readonly string[] | undefined; limit: number },
): Promise<ManifestRow[]> {
  const { state, search = "" } = filter;
  const conditions = [
    sql`m.campaign_id = ${campaign.id}`,
    ...(after === undefined ? [] : [sql`(m.handed_over_at, m.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`]),
    ...(state === "open" ? [sql`m.received_at is null`] : []),
    ...(state === "received" ? [sql`m.received_at is not null`] : []),
    ...(state === "outstanding" ? [sql`i.outstanding > 0`] : []),
    ...(search === "" ? [] : [searchOf(search)]),
  ];
  const { rows } = await sql<ManifestRow>`
    ${manifests(sql.join(conditions, sql` and `))} order by m.handed_over_at desc, m.id desc limit ${limit + 1}`.execute(
    tx,
  );
  return rows;
}

/** A list's number as its bar code has it; else an application's number, a name or its sound. */
function searchOf(text: string) {
  const word = text.normalize("NFKC").replace(/\s/g, "");
  if (/^jj/i.test(word)) return sql`m.number = ${word.toUpperCase()}`;
  return sql`exists (select from shice.manifest_item x
    join shice.application a on a.campaign_id = x.campaign_id and a.id = x.application_id
    where x.manifest_id = m.id and (a.number = ${word} or ${personNamed(text, applicationNames)}))`;
}

export async function findManifest(
  { tx, campaign }: ActContext,
  id: string,
  { lock }: { lock: boolean } = { lock: false },
): Promise<ManifestRow | undefined> {
  // Locked apart: what is counted afterwards sees what was committed while this waited.
  if (lock) await sql`select from shice.manifest where id = ${id} for update`.execute(tx);
  const { rows } = await manifests(sql`m.campaign_id = ${campaign.id} and m.id = ${id}`).execute(tx);
  return rows[0];
}

export function manifestOf(row: ManifestRow): Manifest {
  return {
    id: row.id,
    number: row.number,
    point: row.point,
    continuedBy: row.continued_by,
    authority: row.authority,
    handedOverAt: row.handed_over_at.toString(),
    handedOverBy: row.handed_over_by,
    receivedAt: row.received_at?.toString() ?? null,
    receivedBy: row.received_by,
    entries: row.entries,
    settled: row.settled,
    differing: row.differing,
    outstanding: row.outstanding,
  };
}

export async function listManifestItems({ tx }: ActContext, manifestId: string): Promise<ManifestItem[]> {
  const { rows } = await sql<{
    position: number;
    application: string;
    number: string;
    name: string;
    school: string | null;
    outcome: BagOutcome | null;
    reasons: string[];
    difference: string | null;
    settled_by: string | null;
    settled_at: Temporal.Instant | null;
    supplement: string | null;
    supplemented_by: string | null;
    supplemented_at: Temporal.Instant | null;
  }>`
    select i.position, i.application_id as application, a.number, a.name, o.name as school, i.outcome, i.reasons, i.difference,
      s.display_name as settled_by, i.settled_at, i.supplement, t.display_name as supplemented_by, i.supplemented_at
    from shice.manifest_item i
    join shice.application a on a.campaign_id = i.campaign_id and a.id = i.application_id
    left join shice.organisation o on o.id = a.school_id
    left join shice.account s on s.id = i.settled_by left join shice.account t on t.id = i.supplemented_by
    where i.manifest_id = ${manifestId}
    order by i.position`.execute(tx);
  return rows.map((row) => ({
    position: row.position,
    application: row.application,
    number: row.number,
    name: row.name,
    school: row.school ?? "",
    outcome: row.outcome,
    reasons: row.reasons,
    difference: row.difference,
    settledBy: row.settled_by,
    settledAt: row.settled_at?.toString() ?? null,
    supplement: row.supplement,
    supplementedBy: row.supplemented_by,
    supplementedAt: row.supplemented_at?.toString() ?? null,
  }));
}

/** What was found of a bag; an outcome of null takes back that anybody looked. */
export interface Settlement {
  application: string;
  outcome: BagOutcome | null;
  reasons: readonly string[];
  difference: string | null;
}

export async function writeSettlements(
  { tx, actor, now }: ActContext,
  manifestId: string,
  settlements: readonly Settlement[],
): Promise<void> {
  await sql`
    update shice.manifest_item i set outcome = s.outcome, difference = s.difference,
      reasons = array(select jsonb_array_elements_text(s.reasons)),
      settled_by = case when s.outcome is not null then ${actor.accountId}::uuid end,
      settled_at = case when s.outcome is not null then ${now}::timestamptz end
    from jsonb_to_recordset(${JSON.stringify(settlements)}::jsonb)
      as s(application uuid, outcome text, reasons jsonb, difference text)
    where i.manifest_id = ${manifestId} and i.application_id = s.application`.execute(tx);
}

/** All bags that nobody has looked into are there as listed. */
export async function settleRest({ tx, actor, now }: ActContext, manifestId: string): Promise<void> {
  await sql`
    update shice.manifest_item set outcome = 'received', settled_by = ${actor.accountId}::uuid, settled_at = ${now}::timestamptz
    where manifest_id = ${manifestId} and outcome is null`.execute(tx);
}

export async function writeReceived({ tx, actor, now }: ActContext, manifestId: string): Promise<void> {
  await sql`
    update shice.manifest set received_by = ${actor.accountId}::uuid, received_at = ${now}::timestamptz
    where id = ${manifestId}`.execute(tx);
}

export async function writeSupplement(
  { tx, actor, now }: ActContext,
  manifestId: string,
  application: string,
  remark: string | null,
): Promise<void> {
  await sql`
    update shice.manifest_item set supplement = ${remark}, supplemented_by = ${actor.accountId}::uuid,
      supplemented_at = ${now}::timestamptz
    where manifest_id = ${manifestId} and application_id = ${application}`.execute(tx);
}

/** Informs the clerks of the school of a difference, unless a message about this list still waits to be read. */
export async function notifyClerks({ tx, now }: ActContext, manifestId: string): Promise<void> {
  const clerks = sql`
    select m.campaign_id as campaign, m.confirmation_point_id as organisation, 'school-clerk' as role, true as "unlessUnread",
      jsonb_build_object('manifest', m.number) as parameters, m.id || ${`:${now.toString()}`}::text as key
    from shice.manifest m where m.id = ${manifestId}`;
  await sendMessages(tx, clerks, { template: "manifest-difference", now });
}
