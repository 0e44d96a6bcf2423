import { sql } from "kysely";
import { stateText } from "../case/state-sql.ts";
import type { Tx } from "../platform/database/database.ts";

export interface SampleRow {
  id: string;
  commitment: Buffer;
  seed_sealed: Buffer;
  seed: string | null;
  percent: number;
  committed_at: Temporal.Instant;
  drawn_at: Temporal.Instant | null;
  size: number | null;
}

const sampleColumns = sql`id, commitment, seed_sealed, seed, percent::float8 as percent, committed_at, drawn_at, size`;

/**
 * Seals a seed, unless one of this review body still waits to be drawn: whoever could seal several
 * and draw with the one that suits has chosen the sample.
 */
export async function writeSample(
  tx: Tx,
  campaignId: string,
  sample: {
    reviewBodyId: string;
    commitment: Buffer;
    seedSealed: Buffer;
    percent: number;
    by: string | null;
    at: Temporal.Instant;
  },
): Promise<SampleRow | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`sample ${campaignId} ${sample.reviewBodyId}`}, 0))`.execute(
    tx,
  );
  const { rows } = await sql<SampleRow>`
    insert into shice.sample (campaign_id, review_body_id, commitment, seed_sealed, percent, committed_by, committed_at)
    select ${campaignId}, ${sample.reviewBodyId}, ${sample.commitment}, ${sample.seedSealed}, ${sample.percent}::numeric,
      ${sample.by}::uuid, ${sample.at.toString()}::timestamptz
    where not exists (select from shice.sample
      where campaign_id = ${campaignId} and review_body_id = ${sample.reviewBodyId} and drawn_at is null)
    returning ${sampleColumns}`.execute(tx);
  return rows[0];
}

export async function findSample(
  tx: Tx,
  campaignId: string,
  sampleId: string,
  { lock }: { lock: boolean } = { lock: false },
): Promise<SampleRow | undefined> {
  const { rows } = await sql<SampleRow>`
    select ${sampleColumns} from shice.sample where campaign_id = ${campaignId} and id = ${sampleId}
    ${lock ? sql`for update` : sql``}`.execute(tx);
  return rows[0];
}

/** All of the review body, the newest first; a seed shows once it has been drawn with. */
export async function listSamples(tx: Tx, campaignId: string): Promise<SampleRow[]> {
  const { rows } = await sql<SampleRow>`
    select ${sampleColumns} from shice.sample where campaign_id = ${campaignId} order by committed_at desc`.execute(tx);
  return rows;
}

interface DrawableRow {
  id: string;
  number: string;
  area: string;
  clerk: string;
  assisted: boolean;
  flagged: boolean;
}

/** What a sealed seed may draw from: the cases that were reported after it was sealed and wait for the re-review. */
export async function listDrawable(tx: Tx, campaignId: string, committedAt: Temporal.Instant): Promise<DrawableRow[]> {
  const { rows } = await sql<DrawableRow>`
    select a.id, a.number, coalesce(b.area_key, a.authority_id::text) as area, a.assisted_at is not null as assisted,
      cardinality(a.flags) > 0 as flagged,
      coalesce((select h.account_id::text from shice.application_history h
        where h.campaign_id = a.campaign_id and h.application_id = a.id and h.transition = 'confirm'
        order by h.sequence desc limit 1), '') as clerk
    from shice.application a
    join shice.report r on r.id = a.report_id
    left join shice.campaign_body b on b.campaign_id = a.campaign_id and b.organisation_id = a.authority_id and b.part = 'authority'
    where a.campaign_id = ${campaignId} and a.state = ${stateText("reported")} and r.reported_at >= ${committedAt.toString()}::timestamptz
    order by a.number`.execute(tx);
  return rows;
}

export async function writeDraw(
  tx: Tx,
  campaignId: string,
  sampleId: string,
  draw: { seed: string; at: Temporal.Instant; items: readonly { applicationId: string; stratum: string }[] },
): Promise<void> {
  await sql`
    update shice.sample set seed = ${draw.seed}, drawn_at = ${draw.at.toString()}::timestamptz, size = ${draw.items.length}
    where id = ${sampleId}`.execute(tx);
  await sql`
    insert into shice.sample_item (sample_id, campaign_id, application_id, stratum)
    select ${sampleId}, ${campaignId}, i."applicationId", i.stratum
    from jsonb_to_recordset(${JSON.stringify(draw.items)}::jsonb) as i("applicationId" uuid, stratum text)`.execute(tx);
}

interface SampleItemRow {
  application: string;
  number: string;
  name: string;
  stratum: string;
  outcome: "agrees" | "differs" | null;
}

export async function listItems(
  tx: Tx,
  sampleId: string,
  { after, limit }: { after: readonly string[] | undefined; limit: number },
): Promise<SampleItemRow[]> {
  const { rows } = await sql<SampleItemRow>`
    select i.application_id as application, a.number, a.name, i.stratum, i.outcome
    from shice.sample_item i
    join shice.application a on a.campaign_id = i.campaign_id and a.id = i.application_id
    where i.sample_id = ${sampleId}
      ${after === undefined ? sql`` : sql`and (i.stratum, a.number) > (${after[0]}, ${after[1]})`}
    order by i.stratum, a.number
    limit ${limit + 1}`.execute(tx);
  return rows;
}

/**
 * Records what the check of each item found, once: an outcome is written over only where it said "differs"
 * and the case has been back in the district since.
 */
export async function writeOutcomes(
  tx: Tx,
  campaignId: string,
  sampleId: string,
  check: {
    applicationIds: readonly string[];
    outcome: "agrees" | "differs";
    remark: string | undefined;
    by: string | null;
    at: Temporal.Instant;
  },
): Promise<string[]> {
  const { rows } = await sql<{ application_id: string }>`
    update shice.sample_item i set outcome = ${check.outcome}, remark = ${check.remark ?? null}, checked_by = ${check.by}::uuid,
      checked_at = ${check.at.toString()}::timestamptz
    from shice.application a
    where i.sample_id = ${sampleId} and i.application_id = any(${check.applicationIds}::uuid[])
      and a.campaign_id = ${campaignId} and a.id = i.application_id and a.state = ${stateText("reported")}
      and (i.outcome is null or (i.outcome = 'differs' and i.checked_at < a.state_since))
    returning i.application_id`.execute(tx);
  return rows.map(({ application_id }) => application_id);
}

/** Why a case may not be approved yet, by what the samples say of it; absent where nothing stands against it. */
export async function listHeldBySamples(
  tx: Tx,
  campaignId: string,
  applicationIds: readonly string[],
): Promise<Map<string, "sample.not-drawn" | "sample.unchecked" | "sample.differs">> {
  const { rows } = await sql<{ id: string; held: "sample.not-drawn" | "sample.unchecked" | "sample.differs" }>`
    select a.id, case
        when exists (select from shice.sample s where s.campaign_id = a.campaign_id and s.review_body_id = a.review_body_id
          and s.drawn_at is null and s.committed_at <= r.reported_at) then 'sample.not-drawn'
        when exists (select from shice.sample_item i where i.campaign_id = a.campaign_id and i.application_id = a.id
          and (i.outcome is null or (i.outcome = 'differs' and i.checked_at < a.state_since))) then 'sample.unchecked'
        when exists (select from shice.sample_item i where i.campaign_id = a.campaign_id and i.application_id = a.id
          and i.outcome = 'differs') then 'sample.differs'
      end as held
    from shice.application a left join shice.report r on r.id = a.report_id
    where a.campaign_id = ${campaignId} and a.id = any(${applicationIds}::uuid[]) and a.state = ${stateText("reported")}`.execute(
    tx,
  );
  return new Map(rows.filter(({ held }) => held !== null).map(({ id, held }) => [id, held]));
}
