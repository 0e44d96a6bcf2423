import { sql } from "kysely";
import type { Tx } from "../platform/database/database.ts";

export interface ManifestRow {
  id: string;
  number: string;
  point: string;
  handed_over_at: Temporal.Instant;
  received_at: Temporal.Instant | null;
  list_hash: Buffer;
  entries: number;
}

const manifestColumns = sql`m.id, m.number, o.name as point, m.handed_over_at, m.received_at, m.list_hash,
  (select count(*)::int from shice.manifest_item i where i.manifest_id = m.id) as entries`;

/** Newest first, one more than the page. */
export async function listManifests(
  tx: Tx,
  campaignId: string,
  { after, limit }: { after: readonly string[] | undefined; limit: number },
): Promise<ManifestRow[]> {
  const { rows } = await sql<ManifestRow>`
    select ${manifestColumns}
    from shice.manifest m join shice.organisation o on o.id = m.confirmation_point_id
    where m.campaign_id = ${campaignId}
      ${after === undefined ? sql`` : sql`and (m.handed_over_at, m.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`}
    order by m.handed_over_at desc, m.id desc
    limit ${limit + 1}`.execute(tx);
  return rows;
}

export async function findManifest(
  tx: Tx,
  campaignId: string,
  manifestId: string,
  { lock }: { lock: boolean } = { lock: false },
): Promise<ManifestRow | undefined> {
  const { rows } = await sql<ManifestRow>`
    select ${manifestColumns}
    from shice.manifest m join shice.organisation o on o.id = m.confirmation_point_id
    where m.campaign_id = ${campaignId} and m.id = ${manifestId}
    ${lock ? sql`for update of m` : sql``}`.execute(tx);
  return rows[0];
}

export interface ManifestItemRow {
  position: number;
  application: string;
  number: string;
  name: string;
  received: boolean | null;
  difference: string | null;
}

export async function listManifestItems(tx: Tx, manifestId: string): Promise<ManifestItemRow[]> {
  const { rows } = await sql<ManifestItemRow>`
    select i.position, i.application_id as application, a.number, a.name, i.received, i.difference
    from shice.manifest_item i
    join shice.application a on a.campaign_id = i.campaign_id and a.id = i.application_id
    where i.manifest_id = ${manifestId}
    order by i.position`.execute(tx);
  return rows;
}

/** Signs for a manifest; an item with a difference is on record as not received as listed. */
export async function signForManifest(
  tx: Tx,
  manifestId: string,
  by: string | null,
  now: Temporal.Instant,
  differences: readonly { application: string; difference: string }[],
): Promise<void> {
  await sql`update shice.manifest set received_by = ${by}::uuid, received_at = ${now.toString()}::timestamptz
    where id = ${manifestId}`.execute(tx);
  await sql`
    update shice.manifest_item i set received = d.difference is null, difference = d.difference
    from shice.manifest_item j
    left join jsonb_to_recordset(${JSON.stringify(differences)}::jsonb) as d(application uuid, difference text)
      on d.application = j.application_id
    where j.manifest_id = ${manifestId} and i.manifest_id = j.manifest_id and i.position = j.position`.execute(tx);
}

/** What the district found out for itself about a case, on which the suggestion rests. */
export async function writeDistrictFacts(
  tx: Tx,
  campaignId: string,
  applicationId: string,
  { ethics, fit }: { ethics: "met" | "breached"; fit: boolean },
): Promise<void> {
  await sql`update shice.application set ethics = ${ethics}, fit = ${fit}
    where campaign_id = ${campaignId} and id = ${applicationId}`.execute(tx);
}

/** The return's own record: what is asked, until when, and the form as it was, for the comparison when it comes back. */
export async function askBySchool(
  tx: Tx,
  campaignId: string,
  request: {
    applicationId: string;
    asked: readonly object[];
    text: string | null;
    replyBy: Temporal.Instant;
    by: string | null;
    at: Temporal.Instant;
  },
): Promise<void> {
  await sql`
    insert into shice.return_request (campaign_id, application_id, round, asked_at_stage, asked, text,
      form_before, form_before_sealed, answer_to, reply_by, asked_by, asked_at)
    select a.campaign_id, a.id,
      (select coalesce(max(r.round), 0) + 1 from shice.return_request r where r.campaign_id = a.campaign_id and r.application_id = a.id),
      'preliminary', ${JSON.stringify(request.asked)}::jsonb, ${request.text}, a.form, a.form_sealed, 'sent-back',
      ${request.replyBy.toString()}::timestamptz, ${request.by}::uuid, ${request.at.toString()}::timestamptz
    from shice.application a
    where a.campaign_id = ${campaignId} and a.id = ${request.applicationId}`.execute(tx);
}
