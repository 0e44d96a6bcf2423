import type pg from "pg";
import { spellingOf } from "../platform/spelling.ts";

/** Where names are found by their sound. */
const spelt = [
  { table: "shice.organisation_name", pinyin: "pinyin", initials: "initials" },
  { table: "shice.application", pinyin: "name_pinyin", initials: "name_initials" },
  { table: "shice.roster_entry", pinyin: "pinyin", initials: "initials" },
] as const;

/** Spells the names that have no spelling yet: those entered before names were spelt. Returns how many. */
export async function spellNames(owner: pg.Pool): Promise<number> {
  let total = 0;
  for (const { table, pinyin, initials } of spelt) {
    const { rows } = await owner.query<{ name: string }>(`select distinct name from ${table} where ${pinyin} is null`);
    if (rows.length === 0) continue;
    const names = rows.map(({ name }) => ({ name, ...spellingOf(name) }));
    await owner.query(
      `update ${table} n set ${pinyin} = i.pinyin, ${initials} = i.initials
       from jsonb_to_recordset($1::jsonb) as i(name text, pinyin text, initials text)
       where n.name = i.name and n.${pinyin} is null`,
      [JSON.stringify(names)],
    );
    total += names.length;
  }
  return total;
}
