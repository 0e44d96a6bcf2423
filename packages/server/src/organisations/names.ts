import { sql } from "kysely";
import type { Tx } from "../platform/database/database.ts";
import { spellingOf } from "../platform/spelling.ts";

interface NewSchool {
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
export async function insertSchools(tx: Tx, schools: readonly NewSchool[], now: Temporal.Instant): Promise<string[]> {
  if (schools.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select uuidv7() as id from generate_series(1, ${schools.length}::int)`.execute(tx);
  const input = JSON.stringify(
    schools.map((school, at) => ({
      ...school,
      id: rows[at]?.id,
      aliases: [...new Set(school.aliases)].map((name) => ({ name, ...spellingOf(name) })),
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
export async function listKnownNames(
  tx: Tx,
  schools: readonly { name: string; authority: string }[],
): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select o.name from shice.organisation o
    join jsonb_to_recordset(${JSON.stringify(schools)}::jsonb) as i(name text, authority uuid)
      on i.name = o.name and i.authority = o.parent_id
    where o.kind = 'school' and o.valid_to is null`.execute(tx);
  return rows.map((row) => row.name);
}

/** Gives a school its new name; the old one stays as a former name by which it is still found. */
export async function writeName(tx: Tx, id: string, name: string, on: string): Promise<void> {
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

/** False where the school bears the name already, as whatever. */
export async function insertAlias(tx: Tx, id: string, name: string): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("shice.organisation_name")
    .values({ organisation_id: id, name, kind: "alias", ...spellingOf(name) })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** False where it is no short name of the school. */
export async function deleteAlias(tx: Tx, id: string, name: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("shice.organisation_name")
    .where("organisation_id", "=", id)
    .where("name", "=", name)
    .where("kind", "=", "alias")
    .executeTakeFirst();
  return numDeletedRows === 1n;
}
