import { withDistrictStates } from "@shice/rules/lifecycle/state.ts";
import { sql } from "kysely";
import type { JsonObject } from "../case/history.ts";
import { stateList, stateText } from "../case/state-sql.ts";
import type { Tx } from "../platform/database/database.ts";
import { mustReturnRow } from "../platform/database/must-return-row.ts";

export interface ReportRow {
  id: string;
  authority_id: string;
  authority: string;
  number: number;
  figures: JsonObject;
  figures_hash: Buffer;
  prepared_at: Temporal.Instant;
  prepared_by_id: string;
  prepared_by: string;
  reported_at: Temporal.Instant | null;
  reported_by: string | null;
  paper_received_at: Temporal.Instant | null;
  accepted_at: Temporal.Instant | null;
  cases: number;
}

const reportColumns = sql`r.id, r.authority_id, o.name as authority, r.number, r.figures, r.figures_hash, r.prepared_at,
  r.prepared_by as prepared_by_id, p.display_name as prepared_by, r.reported_at, l.display_name as reported_by,
  r.paper_received_at, r.accepted_at,
  (select count(*)::int from shice.application a where a.campaign_id = r.campaign_id and a.report_id = r.id) as cases`;
const reportTables = sql`shice.report r
  join shice.organisation o on o.id = r.authority_id
  join shice.account p on p.id = r.prepared_by
  left join shice.account l on l.id = r.reported_by`;

/** Newest first, one more than the page. */
export async function listReports(
  tx: Tx,
  campaignId: string,
  { after, limit }: { after: readonly string[] | undefined; limit: number },
): Promise<ReportRow[]> {
  const { rows } = await sql<ReportRow>`
    select ${reportColumns} from ${reportTables}
    where r.campaign_id = ${campaignId}
      ${after === undefined ? sql`` : sql`and (r.prepared_at, r.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`}
    order by r.prepared_at desc, r.id desc
    limit ${limit + 1}`.execute(tx);
  return rows;
}

export async function findReport(
  tx: Tx,
  campaignId: string,
  reportId: string,
  { lock }: { lock: boolean },
): Promise<ReportRow | undefined> {
  const { rows } = await sql<ReportRow>`
    select ${reportColumns} from ${reportTables}
    where r.campaign_id = ${campaignId} and r.id = ${reportId} ${lock ? sql`for update of r` : sql``}`.execute(tx);
  return rows[0];
}

/** The authority's table in preparation, with new figures: the one there is, or the next number. */
export async function writePrepared(
  tx: Tx,
  campaignId: string,
  report: { authorityId: string; figures: JsonObject; figuresHash: Buffer; by: string | null; at: Temporal.Instant },
): Promise<string> {
  const { authorityId, by } = report;
  await sql`select pg_advisory_xact_lock(hashtextextended(${`report ${campaignId} ${authorityId}`}, 0))`.execute(tx);
  const at = report.at.toString();
  const figures = JSON.stringify(report.figures);
  const { rows: again } = await sql<{ id: string }>`
    update shice.report set figures = ${figures}::jsonb, figures_hash = ${report.figuresHash},
      prepared_by = ${by}::uuid, prepared_at = ${at}::timestamptz
    where campaign_id = ${campaignId} and authority_id = ${authorityId} and reported_at is null
    returning id`.execute(tx);
  const { rows } =
    again.length > 0
      ? { rows: again }
      : await sql<{ id: string }>`
        insert into shice.report (campaign_id, authority_id, number, figures, figures_hash, prepared_by, prepared_at)
        select ${campaignId}, ${authorityId}, coalesce(max(number), 0) + 1, ${figures}::jsonb, ${report.figuresHash},
          ${by}::uuid, ${at}::timestamptz
        from shice.report where campaign_id = ${campaignId} and authority_id = ${authorityId}
        returning id`.execute(tx);
  const row = mustReturnRow(rows, "report insert");
  return row.id;
}

/** The cases of the scope that a report takes along, locked; and how many are still before that. */
export async function listNoticed(tx: Tx, campaignId: string): Promise<{ noticed: string[]; pending: number }> {
  const { rows } = await sql<{ id: string }>`
    select id from shice.application where campaign_id = ${campaignId} and state = ${stateText("noticed")} order by id for update`.execute(
    tx,
  );
  const { rows: waiting } = await sql<{ pending: number }>`
    select count(*)::int as pending from shice.application
    where campaign_id = ${campaignId} and state in ${stateList(withDistrictStates)}`.execute(tx);
  return { noticed: rows.map(({ id }) => id), pending: waiting[0]?.pending ?? 0 };
}

export async function writeReported(tx: Tx, reportId: string, by: string | null, at: Temporal.Instant): Promise<void> {
  await sql`update shice.report set reported_by = ${by}::uuid, reported_at = ${at.toString()}::timestamptz
    where id = ${reportId}`.execute(tx);
}

export async function writePaperReceived(
  tx: Tx,
  reportId: string,
  by: string | null,
  at: Temporal.Instant,
): Promise<void> {
  await sql`update shice.report set paper_received_by = ${by}::uuid, paper_received_at = ${at.toString()}::timestamptz
    where id = ${reportId}`.execute(tx);
}

export async function writeAccepted(tx: Tx, reportId: string, by: string | null, at: Temporal.Instant): Promise<void> {
  await sql`update shice.report set accepted_by = ${by}::uuid, accepted_at = ${at.toString()}::timestamptz
    where id = ${reportId}`.execute(tx);
}
