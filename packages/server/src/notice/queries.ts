import type { CertificateKind } from "@shice/rules/plan/institution.ts";
import { sql } from "kysely";
import { stateText } from "../case/state-sql.ts";
import type { Tx } from "../platform/database/database.ts";
import { mustReturnRow } from "../platform/database/must-return-row.ts";

export interface NoticeRow {
  id: string;
  number: string;
  authority_id: string;
  authority: string;
  published_at: Temporal.Instant;
  first_day: Temporal.PlainDate;
  last_day: Temporal.PlainDate;
  ends_at: Temporal.Instant;
  closed_at: Temporal.Instant | null;
  entries: number;
  list_hash: Buffer;
}

const noticeColumns = sql`n.id, n.number, n.authority_id, o.name as authority, n.published_at, n.first_day, n.last_day,
  n.ends_at, n.closed_at, n.entries, n.list_hash`;

/** Newest first, one more than the page. */
export async function listNotices(
  tx: Tx,
  campaignId: string,
  { authority, after, limit }: { authority: string | undefined; after: readonly string[] | undefined; limit: number },
): Promise<NoticeRow[]> {
  const { rows } = await sql<NoticeRow>`
    select ${noticeColumns}
    from shice.public_notice n join shice.organisation o on o.id = n.authority_id
    where n.campaign_id = ${campaignId}
      ${authority === undefined ? sql`` : sql`and n.authority_id = ${authority}`}
      ${after === undefined ? sql`` : sql`and (n.published_at, n.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`}
    order by n.published_at desc, n.id desc
    limit ${limit + 1}`.execute(tx);
  return rows;
}

/** `ofAuthority` finds it only where it is that authority's own, and locks it for an act. */
export async function findNotice(
  tx: Tx,
  campaignId: string,
  noticeId: string,
  { ofAuthority }: { ofAuthority?: string } = {},
): Promise<NoticeRow | undefined> {
  const own = ofAuthority === undefined ? sql`` : sql`and n.authority_id = ${ofAuthority} for update of n`;
  const { rows } = await sql<NoticeRow>`
    select ${noticeColumns}
    from shice.public_notice n join shice.organisation o on o.id = n.authority_id
    where n.campaign_id = ${campaignId} and n.id = ${noticeId} ${own}`.execute(tx);
  return rows[0];
}

export interface NoticeEntryRow {
  position: number;
  application_id: string;
  name: string;
  school_name: string;
  certificate_kind: CertificateKind;
  subject: string | null;
  registration_kind: "first" | "periodic";
  conclusion: string;
}

/** An entry before its publication: nothing but the lifecycle says that kind and conclusion are there. */
type UnpublishedRow = Omit<NoticeEntryRow, "certificate_kind" | "conclusion"> & {
  certificate_kind: CertificateKind | null;
  conclusion: string | null;
};

/** Entries in the list's order; a search is by the whole name and any part of the school's. */
export async function listEntries(
  tx: Tx,
  noticeId: string,
  filter: { name?: string | undefined; school?: string | undefined; after: string | undefined; limit: number },
): Promise<NoticeEntryRow[]> {
  const { name, school, after, limit } = filter;
  const { rows } = await sql<NoticeEntryRow>`
    select position, application_id, name, school_name, certificate_kind, subject, registration_kind, conclusion
    from shice.public_notice_entry
    where notice_id = ${noticeId}
      ${name ? sql`and name = ${name}` : sql``}
      ${school ? sql`and position(${school} in school_name) > 0` : sql``}
      ${after === undefined ? sql`` : sql`and position > ${after}::int`}
    order by position
    limit ${limit + 1}`.execute(tx);
  return rows;
}

export async function findEntry(tx: Tx, noticeId: string, position: number): Promise<NoticeEntryRow | undefined> {
  const { rows } = await sql<NoticeEntryRow>`
    select position, application_id, name, school_name, certificate_kind, subject, registration_kind, conclusion
    from shice.public_notice_entry where notice_id = ${noticeId} and position = ${position}`.execute(tx);
  return rows[0];
}

/**
 * The next notice of an authority: its key and its running number. Two leads who publish at once are served one after
 * the other, so that no number is given twice and none left out.
 */
export async function reserveNotice(
  tx: Tx,
  campaignId: string,
  authorityId: string,
): Promise<{ id: string; ordinal: number; areaKey: string | null }> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`notice ${campaignId} ${authorityId}`}, 0))`.execute(tx);
  const { rows } = await sql<{ id: string; ordinal: number; area_key: string | null }>`
    select uuidv7() as id,
      (select count(*)::int + 1 from shice.public_notice where campaign_id = ${campaignId} and authority_id = ${authorityId}) as ordinal,
      (select area_key from shice.campaign_body
         where campaign_id = ${campaignId} and organisation_id = ${authorityId} and part = 'authority') as area_key`.execute(
    tx,
  );
  const row = mustReturnRow(rows, "public notice number select");
  return { id: row.id, ordinal: row.ordinal, areaKey: row.area_key };
}

/** The list as it is published, by school and name: no ID or certificate number. */
export async function listToPublish(
  tx: Tx,
  campaignId: string,
  applicationIds: readonly string[],
): Promise<NoticeEntryRow[]> {
  const { rows } = await sql<UnpublishedRow>`
    select (row_number() over (order by o.name, a.name, a.id))::int as position, a.id as application_id, a.name,
      o.name as school_name, a.certificate_kind, a.subject, a.registration_kind, a.published_conclusion as conclusion
    from shice.application a join shice.organisation o on o.id = a.school_id
    where a.campaign_id = ${campaignId} and a.id = any(${applicationIds}::uuid[])
    order by 1`.execute(tx);
  return rows.map(({ certificate_kind, conclusion, ...row }) => {
    if (certificate_kind === null || conclusion === null)
      throw new Error("a case to publish has no kind or conclusion");
    return { ...row, certificate_kind, conclusion };
  });
}

export async function writeNotice(
  tx: Tx,
  campaignId: string,
  notice: Omit<NoticeRow, "authority" | "closed_at"> & { published_by: string | null },
  entries: readonly NoticeEntryRow[],
): Promise<void> {
  await sql`
    insert into shice.public_notice (id, campaign_id, authority_id, number, published_by, published_at, first_day, last_day, ends_at, list_hash, entries)
    values (${notice.id}, ${campaignId}, ${notice.authority_id}, ${notice.number}, ${notice.published_by}::uuid,
      ${notice.published_at.toString()}::timestamptz, ${notice.first_day.toString()}::date, ${notice.last_day.toString()}::date,
      ${notice.ends_at.toString()}::timestamptz, ${notice.list_hash}, ${notice.entries})`.execute(tx);
  await sql`
    insert into shice.public_notice_entry (notice_id, position, campaign_id, application_id, name, school_name,
      certificate_kind, subject, registration_kind, conclusion)
    select ${notice.id}, e.position, ${campaignId}, e.application_id, e.name, e.school_name,
      e.certificate_kind, e.subject, e.registration_kind, e.conclusion
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as e(position int, application_id uuid, name text,
      school_name text, certificate_kind text, subject text, registration_kind text, conclusion text)`.execute(tx);
}

export async function listOnNotice(tx: Tx, campaignId: string, noticeId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from shice.application
    where campaign_id = ${campaignId} and notice_id = ${noticeId} and state = ${stateText("on-notice")} order by id`.execute(
    tx,
  );
  return rows.map(({ id }) => id);
}

export async function writeNoticeClosed(
  tx: Tx,
  noticeId: string,
  by: string | null,
  now: Temporal.Instant,
): Promise<void> {
  await sql`update shice.public_notice set closed_by = ${by}::uuid, closed_at = ${now.toString()}::timestamptz
    where id = ${noticeId} and closed_at is null`.execute(tx);
}
