import type { InstitutionKind, Ownership } from "@shice/rules/plan/institution.ts";
import { sql } from "kysely";
import type { Tx } from "../platform/database/database.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { typedSpellingOf } from "../platform/spelling.ts";

interface SchoolRow {
  id: string;
  name: string;
  institution_kind: InstitutionKind;
  ownership: Ownership;
  industry_run: boolean;
  authority: string;
  authority_id: string;
  point: string;
  point_id: string;
  valid_from: Temporal.PlainDate;
  valid_to: Temporal.PlainDate | null;
}

const schoolColumns = sql`
  s.organisation_id as id, o.name, s.institution_kind, s.ownership, s.industry_run, a.name as authority, a.id as authority_id,
  p.name as point, p.id as point_id, o.valid_from, o.valid_to`;
const schoolTables = sql`
  shice.school s join shice.organisation o on o.id = s.organisation_id
  join shice.organisation a on a.id = s.authority_id join shice.organisation p on p.id = s.confirmation_point_id`;

/** True for a name `n` that bears the text, its sound or its first letters. */
function isNamed(query: string) {
  const pattern = query.replace(/[\\%_]/g, "\\$&");
  const spelling = typedSpellingOf(query);
  return sql`(n.name like ${`%${pattern}%`}
    or (${spelling} <> '' and (n.pinyin like ${`%${spelling}%`} or n.initials like ${`%${spelling}%`})))`;
}

/**
 * Schools by part of a standard, former or short name, by its sound or its first letters; the living ones, those that
 * begin with the text first.
 */
export async function searchSchools(tx: Tx, query: string, authority: string | undefined, limit: number) {
  const pattern = query.replace(/[\\%_]/g, "\\$&");
  const { rows } = await sql<SchoolRow>`
    select ${schoolColumns} from ${schoolTables}
    where o.valid_to is null and (${authority ?? null}::uuid is null or s.authority_id = ${authority ?? null}::uuid)
      and s.organisation_id in (select n.organisation_id from shice.organisation_name n where ${isNamed(query)})
    order by (o.name not like ${`${pattern}%`}), o.name, o.id limit ${limit}`.execute(tx);
  return rows.map(schoolViewOf);
}

export async function listSchoolsById(tx: Tx, ids: readonly string[]) {
  const { rows } = await sql<SchoolRow>`
    select ${schoolColumns} from ${schoolTables} where s.organisation_id = any(${[...ids]}::uuid[])`.execute(tx);
  const views = new Map(rows.map((row) => [row.id, schoolViewOf(row)]));
  return ids.flatMap((id) => views.get(id) ?? []);
}
export type School = Awaited<ReturnType<typeof listSchoolsById>>[number];

/** @throws RefusalError request.not-found */
export async function getSchool(tx: Tx, id: string): Promise<School> {
  const [school] = await listSchoolsById(tx, [id]);
  if (school === undefined) throw new RefusalError({ code: "request.not-found" });
  return school;
}

function schoolViewOf(row: SchoolRow) {
  return {
    id: row.id,
    name: row.name,
    kind: row.institution_kind,
    ownership: row.ownership,
    industryRun: row.industry_run,
    authority: row.authority,
    authorityId: row.authority_id,
    confirmationPoint: row.point,
    confirmationPointId: row.point_id,
    validFrom: row.valid_from.toString(),
    validTo: row.valid_to?.toString() ?? null,
  };
}

export interface DirectoryFilter {
  query?: string | undefined;
  authority?: string | undefined;
  kind?: string | undefined;
  ownership?: string | undefined;
  ended: "no" | "yes" | "only";
  /** One school alone. */
  school?: string;
}

type DirectoryRow = SchoolRow & {
  spelt: string;
  aliases: string[] | null;
  successors: { id: string; name: string }[] | null;
  found_by: string | null;
};

/** The directory in the order of the names' sound, one more than the page. */
export async function listDirectory(
  tx: Tx,
  filter: DirectoryFilter,
  page: { after?: readonly string[] | undefined; limit: number },
): Promise<DirectoryRow[]> {
  const query = filter.query === undefined || filter.query === "" ? undefined : filter.query;
  const [after, afterId] = page.after ?? [];
  const { rows } = await sql<DirectoryRow>`
    select ${schoolColumns}, spelt.sound as spelt,
      (select array_agg(n.name order by n.name) from shice.organisation_name n
        where n.organisation_id = o.id and n.kind = 'alias') as aliases,
      (select jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name) order by t.name) from shice.organisation_successor u
        join shice.organisation t on t.id = u.successor_id where u.organisation_id = o.id and o.valid_to is not null) as successors,
      ${
        query === undefined
          ? sql`null`
          : sql`(select n.name from shice.organisation_name n where n.organisation_id = o.id and ${isNamed(query)}
              order by (n.kind <> 'standard'), n.name limit 1)`
      } as found_by
    from ${schoolTables}
    cross join lateral (select coalesce((select n.pinyin from shice.organisation_name n
      where n.organisation_id = o.id and n.name = o.name), o.name) as sound) spelt
    where ${sql.join(conditionsOf(filter, query), sql` and `)}
      ${after === undefined ? sql`` : sql`and (spelt.sound, o.id) > (${after}, ${afterId}::uuid)`}
    order by spelt.sound, o.id limit ${page.limit + 1}`.execute(tx);
  return rows;
}

function conditionsOf(filter: DirectoryFilter, query: string | undefined) {
  return [
    sql`true`,
    ...(filter.school === undefined ? [] : [sql`o.id = ${filter.school}::uuid`]),
    ...(filter.ended === "yes" ? [] : [filter.ended === "no" ? sql`o.valid_to is null` : sql`o.valid_to is not null`]),
    ...(filter.authority === undefined ? [] : [sql`s.authority_id = ${filter.authority}::uuid`]),
    ...(filter.kind === undefined ? [] : [sql`s.institution_kind = ${filter.kind}`]),
    ...(filter.ownership === undefined ? [] : [sql`s.ownership = ${filter.ownership}`]),
    ...(query === undefined
      ? []
      : [sql`o.id in (select n.organisation_id from shice.organisation_name n where ${isNamed(query)})`]),
  ];
}

export function directoryItemOf(row: DirectoryRow) {
  return {
    ...schoolViewOf(row),
    aliases: row.aliases ?? [],
    successors: row.successors ?? [],
    foundBy: row.found_by === row.name ? null : row.found_by,
  };
}

export async function listAuthorities(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx
    .selectFrom("shice.organisation")
    .select(["id", "name"])
    .where("kind", "=", "authority")
    .where("valid_to", "is", null)
    .where("id", "in", [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, row.name]));
}

export async function listBodies(tx: Tx, campaignId: string) {
  const { rows } = await sql<{
    id: string;
    name: string;
    part: "authority" | "review" | "final" | "operator";
    area_key: string | null;
    area_name: string | null;
    review_body_id: string | null;
  }>`
    select o.id, o.name, b.part, b.area_key, b.review_body_id,
      (select e ->> 'name' from shice.campaign c join shice.plan_version v on v.campaign_id = c.id and v.version = c.plan_version,
        jsonb_array_elements(v.plan -> 'areas') e where c.id = b.campaign_id and e ->> 'key' = b.area_key) as area_name
    from shice.campaign_body b join shice.organisation o on o.id = b.organisation_id
    where b.campaign_id = ${campaignId} order by b.part, o.id`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    part: row.part,
    area: row.area_key,
    areaName: row.area_name,
    reviewBody: row.review_body_id,
  }));
}
