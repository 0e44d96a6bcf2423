import type pg from "pg";
import { pinyin } from "pinyin-pro";

/** How a name is typed by its sound: `dadukouquyizhong`, and by first letters: `ddkqyz`. Lower case, no tones, no blanks. */
export interface Spelling {
  pinyin: string;
  initials: string;
}

export function spellingOf(name: string): Spelling {
  const options = { toneType: "none", type: "array", nonZh: "consecutive", v: true } as const;
  const plain = (parts: string[]) =>
    parts
      .join("")
      .toLowerCase()
      .replace(/[^a-z0-9]/g, "");
  return {
    pinyin: plain(pinyin(name, options)),
    initials: plain(pinyin(name, { ...options, pattern: "first" })),
  };
}

/** What a person types to find a name by its sound; empty where it holds anything but letters and digits. */
export function typedSpellingOf(text: string): string {
  const plain = text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s'’·-]/g, "");
  return /^[a-z0-9]+$/.test(plain) ? plain : "";
}

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
