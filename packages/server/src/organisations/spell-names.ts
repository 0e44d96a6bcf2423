import type pg from "pg";
import { spellingOf } from "../platform/spelling.ts";

/** Spells the names that have no spelling yet: those entered before names were spelt. Returns how many. */
export async function spellNames(owner: pg.Pool): Promise<number> {
  const { rows } = await owner.query<{ name: string }>(
    "select distinct name from shice.organisation_name where pinyin is null or initials is null",
  );
  if (rows.length === 0) return 0;
  const spelt = rows.map(({ name }) => ({ name, ...spellingOf(name) }));
  await owner.query(
    `update shice.organisation_name n set pinyin = i.pinyin, initials = i.initials
     from jsonb_to_recordset($1::jsonb) as i(name text, pinyin text, initials text)
     where n.name = i.name and (n.pinyin is null or n.initials is null)`,
    [JSON.stringify(spelt)],
  );
  return spelt.length;
}
