import type { ConnectionParameters } from "@shice/server/platform/database/connection.ts";
import pg from "pg";

/** Everything that is stored but the clock and a column, a line a table: how much, and a sum over the rows' texts. */
export async function contentOf(connection: ConnectionParameters, leftOut = ""): Promise<string[]> {
  const client = new pg.Client(connection);
  await client.connect();
  const { rows: tables } = await client.query(`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'shice' and c.relkind in ('r', 'p') and not c.relispartition and c.relname <> 'training_clock' order by 1`);
  const lines = [];
  for (const { name } of tables) {
    const { rows } = await client.query(
      `select count(*)::int as n, coalesce(sum(hashtextextended((to_jsonb(t) - $1::text)::text, 0)), 0)::text as sum from ${name} t`,
      [leftOut],
    );
    lines.push(`${name} ${rows[0].n} ${rows[0].sum}`);
  }
  await client.end();
  return lines;
}

/** Without what a start and the jobs of a minute write: who was here, the day's seal, messages that went out, files looked at. */
export async function contentOfPeople(connection: ConnectionParameters): Promise<string[]> {
  return (await contentOf(connection, "checked_at")).filter((line) => !/audit_entry|seal|message/.test(line));
}
