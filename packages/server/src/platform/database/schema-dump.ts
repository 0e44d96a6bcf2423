import type pg from "pg";

const schemas = ["shice", "auth"];

/** Each query gives lines of text, sorted; partitions follow their parent and are left out. */
const queries: readonly { title: string; text: string }[] = [
  {
    title: "tables and columns",
    text: `select format('%s.%s  %s %s%s%s', n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
        case when a.attnotnull then ' not null' else '' end,
        coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')) as line
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
      where n.nspname = any($1) and c.relkind in ('r', 'p', 'v') and not c.relispartition
      order by n.nspname, c.relname, a.attnum`,
  },
  {
    title: "constraints",
    text: `select format('%s  %s  %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) as line
      from pg_constraint c join pg_namespace n on n.oid = c.connamespace
      join pg_class r on r.oid = c.conrelid
      where n.nspname = any($1) and c.contype <> 'n' and not r.relispartition order by line`,
  },
  {
    title: "indexes",
    text: `select pg_get_indexdef(i.indexrelid) as line
      from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = any($1) and not c.relispartition order by line`,
  },
  {
    title: "functions",
    text: `select pg_get_functiondef(p.oid) as line from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname = any($1) order by p.proname collate "C"`,
  },
  {
    title: "triggers",
    text: `select pg_get_triggerdef(t.oid) as line
      from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = any($1) and not t.tgisinternal and not c.relispartition order by line`,
  },
  {
    title: "row security",
    text: `select format('%s.%s  %s %s to %s using (%s) check (%s)', schemaname, tablename, policyname, cmd,
        (select string_agg(r, ', ' order by r) from unnest(roles) r), coalesce(qual, ''), coalesce(with_check, '')) as line
      from pg_policies where schemaname = any($1) order by line`,
  },
  {
    title: "grants",
    text: `select format('%s.%s  %s  %s', table_schema, table_name, grantee, string_agg(privilege_type, ', ' order by privilege_type)) as line
      from information_schema.role_table_grants
      where table_schema = any($1) and grantee <> 'shice_owner' group by table_schema, table_name, grantee order by line`,
  },
  {
    title: "grants on functions",
    text: `select format('%s  %s', p.oid::regprocedure, p.proacl::text) as line
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = any($1) order by line`,
  },
];

/** The whole schema as sorted text, from the catalogue: what migrations/schema.sql must say (we ship no pg_dump). */
export async function dumpSchema(client: pg.ClientBase): Promise<string> {
  const parts = ["-- Made by `npm run generate` from the migrations; not run, only compared."];
  for (const { title, text } of queries) {
    const { rows } = await client.query<{ line: string }>(text, [schemas]);
    parts.push(`-- ${title}`, ...rows.map((row) => row.line.trimEnd()));
  }
  return `${parts.join("\n\n")}\n`;
}
