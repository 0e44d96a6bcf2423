import { sql } from "kysely";
import type { Room } from "../application/act.ts";

export interface NewRosterRow {
  row: number;
  schoolId: string;
  pointId: string;
  authorityId: string;
  name: string;
  documentKind: string;
  idNumberSealed: string;
  idNumberIndex: string;
  facts: object;
  standing: string;
  reason: string | null;
  remark: string | null;
}

/** Schools that the caller may put people on the roster of, with what follows from them. */
export async function listSchools({ tx, actor, campaign }: Room, ids: readonly string[]) {
  const rows = await tx
    .selectFrom("shice.school as s")
    .innerJoin("shice.campaign_body as b", (join) =>
      join
        .onRef("b.organisation_id", "=", "s.authority_id")
        .on("b.campaign_id", "=", campaign.id)
        .on("b.part", "=", "authority"),
    )
    .select(["s.organisation_id", "s.authority_id", "s.confirmation_point_id"])
    .where("s.organisation_id", "in", [...ids])
    .execute();
  const office = campaign.plan.confirmationPoint === "authority";
  const places = rows.map((row) => ({
    schoolId: row.organisation_id,
    authorityId: row.authority_id,
    pointId: office ? row.authority_id : row.confirmation_point_id,
  }));
  const { scope } = actor;
  return new Map(
    places
      .filter(
        (place) =>
          (scope.kind === "school" && scope.id === place.pointId) ||
          (scope.kind === "authority" && scope.id === place.authorityId) ||
          scope.kind === "all",
      )
      .map((place) => [place.schoolId, place]),
  );
}

/** Writes rows, each once for a person and campaign. Tells for each row whether it was added, changed, or stands elsewhere. */
export async function writeRoster(
  { tx, campaign, actor, now }: Room,
  rows: readonly NewRosterRow[],
  source: string,
): Promise<Map<number, "added" | "changed" | "unchanged">> {
  const { rows: written } = await sql<{ row: number; outcome: "added" | "changed" }>`
    with input as (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as i(row int, "schoolId" uuid, "pointId" uuid,
        "authorityId" uuid, name text, "documentKind" text, "idNumberSealed" text, "idNumberIndex" text, facts jsonb,
        standing text, reason text, remark text)
    ), written as (
      insert into shice.roster_entry as r (campaign_id, school_id, confirmation_point_id, authority_id, name, document_kind,
          id_number_sealed, id_number_index, facts, standing, reason, remark, source, entered_by, entered_at)
        select ${campaign.id}, i."schoolId", i."pointId", i."authorityId", i.name, i."documentKind", i."idNumberSealed"::bytea,
          i."idNumberIndex"::bytea, i.facts, i.standing, i.reason, i.remark, ${source}, ${actor.accountId}, ${now}
        from input i
        on conflict (campaign_id, id_number_index) do update set
          name = excluded.name, facts = excluded.facts, standing = excluded.standing, reason = excluded.reason,
          remark = excluded.remark, source = excluded.source, entered_by = excluded.entered_by, entered_at = excluded.entered_at
          where r.school_id = excluded.school_id
            and (r.name, r.facts, r.standing, r.reason, r.remark)
              is distinct from (excluded.name, excluded.facts, excluded.standing, excluded.reason, excluded.remark)
        returning r.id_number_index, (xmax = 0) as added
    )
    select i.row, case when w.added then 'added' else 'changed' end as outcome
    from written w join input i on i."idNumberIndex"::bytea = w.id_number_index`.execute(tx);
  const outcomes = new Map<number, "added" | "changed" | "unchanged">(
    written.map(({ row, outcome }) => [row, outcome]),
  );
  for (const { row } of rows) if (!outcomes.has(row)) outcomes.set(row, "unchanged");
  return outcomes;
}

export interface RosterRowView {
  id: string;
  school_id: string;
  school_name: string;
  name: string;
  id_number_sealed: Buffer;
  standing: string;
  reason: string | null;
  remark: string | null;
  application_id: string | null;
  state: string | null;
  seen_at: Temporal.Instant | null;
}

const rosterColumns = sql`
  r.id, r.school_id, o.name as school_name, r.name, r.id_number_sealed, r.standing, r.reason, r.remark, r.seen_at,
  a.id as application_id, a.state`;
const rosterJoins = sql`
  from shice.roster_entry r
  join shice.organisation o on o.id = r.school_id
  left join shice.person p on p.id_number_index = r.id_number_index and p.document_kind = r.document_kind
  left join lateral (select x.id, x.state, x.submitted_at from shice.application x
    where x.campaign_id = r.campaign_id and x.person_id = p.id order by x.created_at desc limit 1) a on true`;

export async function listRoster(
  { tx, campaign }: Room,
  filter: {
    after: string | undefined;
    limit: number;
    school?: string | undefined;
    standing?: string | undefined;
    applied?: string | undefined;
  },
): Promise<RosterRowView[]> {
  const { rows } = await sql<RosterRowView>`
    select ${rosterColumns} ${rosterJoins}
    where r.campaign_id = ${campaign.id} and r.id > ${filter.after ?? "00000000-0000-0000-0000-000000000000"}::uuid
      and (${filter.school ?? null}::uuid is null or r.school_id = ${filter.school ?? null}::uuid)
      and (${filter.standing ?? null}::text is null or r.standing = ${filter.standing ?? null})
      and (${filter.applied ?? null}::text is null or (${filter.applied ?? null} = 'yes') = (a.submitted_at is not null))
    order by r.id limit ${filter.limit + 1}`.execute(tx);
  return rows;
}

export async function findRosterEntry({ tx, campaign }: Room, id: string): Promise<RosterRowView | undefined> {
  const { rows } = await sql<RosterRowView>`
    select ${rosterColumns} ${rosterJoins} where r.campaign_id = ${campaign.id} and r.id = ${id}`.execute(tx);
  return rows[0];
}

export async function setStanding(
  { tx, campaign, actor, now }: Room,
  id: string,
  standing: { standing: string; reason: string | null; remark: string | null },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("shice.roster_entry")
    .set({ ...standing, seen_by: actor.accountId, seen_at: now })
    .where("campaign_id", "=", campaign.id)
    .where("id", "=", id)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function countRoster({ tx, campaign }: Room, school: string | undefined) {
  const { rows } = await sql<{ standing: string; people: number; applied: number; confirmed: number }>`
    select r.standing, count(*)::int as people, count(*) filter (where a.submitted_at is not null)::int as applied,
      count(*) filter (where a.state not in ('draft', 'submitted', 'returned', 'withdrawn', 'lapsed', 'refused'))::int as confirmed
    ${rosterJoins}
    where r.campaign_id = ${campaign.id} and (${school ?? null}::uuid is null or r.school_id = ${school ?? null}::uuid)
    group by r.standing`.execute(tx);
  return rows;
}
