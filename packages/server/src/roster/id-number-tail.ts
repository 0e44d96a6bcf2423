import { normaliseIdNumber } from "@shice/rules/identity/id-number.ts";
import type pg from "pg";
import { bytesText } from "../case/patch.ts";
import type { Secrets } from "../platform/secrets.ts";

const purpose = "roster.id-number-tail";
const idNumberPurpose = "person.id-number";
/** How many characters of a number a clerk must type to find somebody by its end. */
export const tailLength = 4;

/** The blind index of a number's last characters: those that a masked number shows. */
export function tailIndexOf(idNumber: string, secrets: Secrets): Buffer {
  return secrets.blindIndex(idNumber.slice(-tailLength), purpose);
}

/** The end of an ID number as somebody types it; undefined where the text is something else. */
export function typedTailOf(text: string): string | undefined {
  const number = normaliseIdNumber(text);
  return /^\d{3,17}[\dX]$/.test(number) ? number : undefined;
}

/** Nobody is found by a number that does not open. */
function tailOf(sealed: Buffer, secrets: Secrets): Buffer {
  try {
    return tailIndexOf(secrets.decrypt(sealed, idNumberPurpose), secrets);
  } catch {
    return Buffer.alloc(0);
  }
}

/** Indexes entries that were made before numbers were found by their end. Returns how many. */
export async function indexTails(owner: pg.Pool, secrets: Secrets): Promise<number> {
  let total = 0;
  for (;;) {
    const { rows } = await owner.query<{ id: string; sealed: Buffer }>(
      "select id, id_number_sealed as sealed from shice.roster_entry where id_number_tail is null order by id limit 2000",
    );
    if (rows.length === 0) return total;
    const tails = rows.map(({ id, sealed }) => ({
      id,
      tail: bytesText(tailOf(sealed, secrets)),
    }));
    await owner.query(
      `update shice.roster_entry r set id_number_tail = i.tail::bytea
       from jsonb_to_recordset($1::jsonb) as i(id uuid, tail text) where r.id = i.id`,
      [JSON.stringify(tails)],
    );
    total += rows.length;
  }
}
