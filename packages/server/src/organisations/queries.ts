import type { InstitutionKind, Ownership } from "@shice/rules/plan/institution.ts";
import { sql } from "kysely";
import type { Tx } from "../platform/database/database.ts";
import { spellingOf, typedSpellingOf } from "../platform/spelling.ts";

interface SchoolRow {
  id: string;
  name: string;
  institution_kind: string;
  ownership: string;
  industry_run: boolean;
  authority: string;
  authority_id: string;
  point: string;
  point_id: string;
  valid_from: Temporal.PlainDate;
  valid_to: Temporal.PlainDate | null;
}

const schoolQuery = sql`
  select s.organisation_id as id, o.name, s.institution_kind, s.ownership, s.industry_run, a.name as authority, a.id as authority_id,
    p.name as point, p.id as point_id, o.valid_from, o.valid_to
  from shice.school s join shice.organisation o on o.id = s.organisation_id
  join shice.organisation a on a.id = s.authority_id join shice.organisation p on p.id = s.confirmation_point_id`;

/**
 * Schools by part of a standard, former or short name, by its sound or its first letters; the living ones, those that
 * begin with the text first.
 */
export async function searchSchools(tx: Tx, query: string, authority: string | undefined, limit: number) {
  const pattern = query.replace(/[\\%_]/g, "\\$&");
  const spelling = typedSpellingOf(query);
  const { rows } = await sql<SchoolRow>`
    ${schoolQuery}
    where o.valid_to is null and (${authority ?? null}::uuid is null or s.authority_id = ${authority ?? null}::uuid)
      and s.organisation_id in (select n.organisation_id from shice.organisation_name n
        where n.name like ${`%${pattern}%`}
          or (${spelling} <> '' and (n.pinyin like ${`%${spelling}%`} or n.initials like ${`%${spelling}%`})))
    order by (o.name not like ${`${pattern}%`}), o.name, o.id limit ${limit}`.execute(tx);
  return rows.map(schoolViewOf);
}

export async function listSchoolsById(tx: Tx, ids: readonly string[]) {
  const { rows } = await sql<SchoolRow>`${schoolQuery} where s.organisation_id = any(${ids}::uuid[])`.execute(tx);
  return rows.map(schoolViewOf);
}

function schoolViewOf(row: SchoolRow) {
  return {
    id: row.id,
    name: row.name,
    kind: row.institution_kind as InstitutionKind,
    ownership: row.ownership as Ownership,
    industryRun: row.industry_run,
    authority: row.authority,
    authorityId: row.authority_id,
    confirmationPoint: row.point,
    confirmationPointId: row.point_id,
    validFrom: row.valid_from.toString(),
    validTo: row.valid_to?.toString() ?? null,
  };
}

export interface NewSchool {
  name: string;
  aliases: readonly string[];
  kind: string;
  ownership: string;
  industryRun: boolean;
  authority: string;
  confirmationPoint: "school" | "authority";
  validFrom: string;
}

/** Adds schools with their names, in one statement each way; the ids come back in the order given. */
export async function addSchools(tx: Tx, schools: readonly NewSchool[], now: Temporal.Instant): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select uuidv7() as id from generate_series(1, ${schools.length}::int)`.execute(tx);
  const input = JSON.stringify(
    schools.map((school, at) => ({
      ...school,
      id: rows[at]?.id,
      aliases: school.aliases.map((name) => ({ name, ...spellingOf(name) })),
      ...spellingOf(school.name),
    })),
  );
  const columns = sql`i(id uuid, name text, aliases jsonb, kind text, ownership text, "industryRun" boolean, authority uuid,
    "confirmationPoint" text, "validFrom" date, pinyin text, initials text)`;
  await sql`
    insert into shice.organisation (id, kind, name, parent_id, valid_from, created_at)
    select i.id, 'school', i.name, i.authority, i."validFrom", ${now} from jsonb_to_recordset(${input}::jsonb) as ${columns}`.execute(
    tx,
  );
  await sql`
    insert into shice.organisation_name (organisation_id, name, kind, pinyin, initials)
    select i.id, i.name, 'standard', i.pinyin, i.initials from jsonb_to_recordset(${input}::jsonb) as ${columns}
    union all
    select i.id, alias.name, 'alias', alias.pinyin, alias.initials from jsonb_to_recordset(${input}::jsonb) as ${columns},
      jsonb_to_recordset(i.aliases) as alias(name text, pinyin text, initials text)
    where alias.name <> i.name`.execute(tx);
  await sql`
    insert into shice.school (organisation_id, institution_kind, ownership, industry_run, authority_id, confirmation_point_id)
    select i.id, i.kind, i.ownership, i."industryRun", i.authority,
      case i."confirmationPoint" when 'authority' then i.authority else i.id end
    from jsonb_to_recordset(${input}::jsonb) as ${columns}`.execute(tx);
  return rows.map((row) => row.id);
}

/** Names that another living school of the same authority bears already. */
export async function listKnownNames(tx: Tx, schools: readonly NewSchool[]): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select o.name from shice.organisation o
    join jsonb_to_recordset(${JSON.stringify(schools)}::jsonb) as i(name text, authority uuid)
      on i.name = o.name and i.authority = o.parent_id
    where o.kind = 'school' and o.valid_to is null`.execute(tx);
  return rows.map((row) => row.name);
}

export async function listAuthorities(tx: Tx, ids: readonly string[]): Promise<Set<string>> {
  const rows = await tx
    .selectFrom("shice.organisation")
    .select("id")
    .where("kind", "=", "authority")
    .where("valid_to", "is", null)
    .where("id", "in", [...ids])
    .execute();
  return new Set(rows.map((row) => row.id));
}

/** Gives a school its new name; the old one stays as a former name by which it is still found. */
export async function renameSchool(tx: Tx, id: string, name: string, on: string): Promise<void> {
  const spelling = spellingOf(name);
  await sql`
    update shice.organisation_name set kind = 'former', valid_to = ${on}::date
    where organisation_id = ${id} and kind = 'standard'`.execute(tx);
  await sql`
    insert into shice.organisation_name (organisation_id, name, kind, valid_from, pinyin, initials)
    values (${id}, ${name}, 'standard', ${on}::date, ${spelling.pinyin}, ${spelling.initials})
    on conflict (organisation_id, name) do update set kind = 'standard', valid_from = excluded.valid_from, valid_to = null`.execute(
    tx,
  );
  await tx.updateTable("shice.organisation").set({ name }).where("id", "=", id).execute();
}

/** Ends a school in favour of another, which is its successor. */
export async function mergeSchool(tx: Tx, id: string, into: string, on: string, reason: string): Promise<void> {
  await tx
    .updateTable("shice.organisation")
    .set({ valid_to: Temporal.PlainDate.from(on) })
    .where("id", "=", id)
    .execute();
  await tx
    .insertInto("shice.organisation_successor")
    .values({ organisation_id: id, successor_id: into, kind: "merged", effective_on: on, reason })
    .execute();
}

export async function listBodies(tx: Tx, campaignId: string) {
  const { rows } = await sql<{
    id: string;
    name: string;
    part: string;
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
