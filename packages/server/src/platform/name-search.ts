import { typedNameOf } from "@shice/rules/identity/name-search.ts";
import { type RawBuilder, sql } from "kysely";
import { spellingOf, typedSpellingOf } from "./spelling.ts";

/** Where a person's name stands, in writing and by its sound. */
export interface NameColumns {
  name: RawBuilder<unknown>;
  pinyin: RawBuilder<unknown>;
  initials: RawBuilder<unknown>;
  /** The name on the certificate, where it is another: who has changed the name is found under both. */
  onCertificate?: RawBuilder<unknown>;
}

/** Of the application `a`. */
export const applicationNames: NameColumns = {
  name: sql.ref("a.name"),
  pinyin: sql.ref("a.name_pinyin"),
  initials: sql.ref("a.name_initials"),
  onCertificate: sql.ref("a.name_on_certificate"),
};

/**
 * The condition that finds a person by what somebody typed: a part of the name today or of that on the certificate, its
 * sound, its first letters, with unknown characters or other dots (see `typedNameOf`).
 */
export function personNamed(text: string, { name, pinyin, initials, onCertificate }: NameColumns): RawBuilder<boolean> {
  const { written, dotless, sounded } = typedNameOf(text);
  const reads = (column: RawBuilder<unknown>) =>
    dotless ? sql`replace(${column}, '·', '') like ${written}` : sql`${column} like ${written}`;
  const inWriting = [name, ...(onCertificate === undefined ? [] : [onCertificate])].map(reads);
  const letters = typedSpellingOf(text);
  if (letters !== "") {
    return either([...inWriting, sql`${pinyin} like ${`%${letters}%`}`, sql`${initials} like ${`${letters}%`}`]);
  }
  if (sounded === undefined) return either(inWriting);
  return sql<boolean>`(${reads(name)} and ${pinyin} like ${`%${spellingOf(sounded).pinyin}%`})`;
}

function either(conditions: readonly RawBuilder<unknown>[]): RawBuilder<boolean> {
  return sql<boolean>`(${sql.join(conditions, sql` or `)})`;
}
