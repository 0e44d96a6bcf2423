import type pg from "pg";

const schemas = ["shice", "auth"];

/** Each query gives one text a row; partitions follow their parent and are left out. */
const queries: readonly { title: string; text: string; isInOrder?: true }[] = [
  {
    title: "extensions",
    text: `select format('%s in %s', e.extname, n.nspname) as line
      from pg_extension e join pg_namespace n on n.oid = e.extnamespace
      where e.extname <> 'plpgsql' and $1::text[] is not null`,
  },
  {
    title: "schemas and who may use them",
    text: `select format('%s  owner %s  %s', n.nspname, n.nspowner::regrole,
        array_to_string(array(select a::text from unnest(n.nspacl) a order by a::text collate "C"), ' ')) as line
      from pg_namespace n where n.nspname = any($1)`,
  },
  {
    title: "tables and columns",
    isInOrder: true,
    text: `select format('%s.%s  %s %s%s%s', n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
        case when a.attnotnull then ' not null' else '' end,
        case when d.adbin is null then '' when a.attgenerated <> '' then ' generated as ' || pg_get_expr(d.adbin, d.adrelid)
          else ' default ' || pg_get_expr(d.adbin, d.adrelid) end
        || case a.attidentity when 'a' then ' identity always' when 'd' then ' identity by default' else '' end) as line
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
      where n.nspname = any($1) and c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition
      order by n.nspname collate "C", c.relname collate "C", a.attnum`,
  },
  {
    title: "partitioned tables",
    text: `select format('%s  %s', c.oid::regclass, pg_get_partkeydef(c.oid)) as line
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = any($1) and c.relkind = 'p' and not c.relispartition`,
  },
  {
    title: "views",
    text: `select format(E'%s\\n%s', c.oid::regclass, pg_get_viewdef(c.oid)) as line
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = any($1) and c.relkind in ('v', 'm')`,
  },
  {
    title: "sequences",
    text: `select format('%s.%s  %s start %s increment %s from %s to %s%s', schemaname, sequencename, data_type, start_value,
        increment_by, min_value, max_value, case when cycle then ' cycle' else '' end) as line
      from pg_sequences where schemaname = any($1)`,
  },
  {
    title: "types",
    text: `select format('%s  %s', t.oid::regtype, case t.typtype
          when 'e' then 'enum ' || (select string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder)
            from pg_enum e where e.enumtypid = t.oid)
          else 'domain over ' || format_type(t.typbasetype, t.typtypmod)
            || case when t.typnotnull then ' not null' else '' end || coalesce(' default ' || t.typdefault, '') end) as line
      from pg_type t join pg_namespace n on n.oid = t.typnamespace
      where n.nspname = any($1) and t.typtype in ('e', 'd')`,
  },
  {
    title: "constraints",
    text: `select format('%s  %s  %s', coalesce(c.conrelid::regclass::text, c.contypid::regtype::text), c.conname,
        pg_get_constraintdef(c.oid)) as line
      from pg_constraint c join pg_namespace n on n.oid = c.connamespace
      left join pg_class r on r.oid = c.conrelid
      where n.nspname = any($1) and c.contype <> 'n' and not coalesce(r.relispartition, false)
        -- Made by PostgreSQL for the partitions of a table that is referred to.
        and not (c.contype = 'f' and c.conparentid <> 0)`,
  },
  {
    title: "indexes",
    text: `select pg_get_indexdef(i.indexrelid) as line
      from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = any($1) and not c.relispartition`,
  },
  {
    title: "functions",
    text: `select pg_get_functiondef(p.oid) as line from pg_proc p join pg_namespace n on n.oid = p.pronamespace
      where n.nspname = any($1) and p.prokind in ('f', 'p') `,
  },
  {
    title: "triggers",
    text: `select pg_get_triggerdef(t.oid) || case t.tgenabled when 'O' then '' else '  enabled ' || t.tgenabled::text end as line
      from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = any($1) and not t.tgisinternal and not c.relispartition`,
  },
  {
    title: "owners and row security",
    text: `select format('%s  owner %s  row security %s', c.oid::regclass, c.relowner::regrole,
        case when c.relrowsecurity and c.relforcerowsecurity then 'forced' when c.relrowsecurity then 'on' else 'off' end) as line
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = any($1) and c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition`,
  },
  {
    title: "policies",
    text: `select format('%s.%s  %s %s%s to %s using (%s) check (%s)', p.schemaname, p.tablename, p.policyname, p.cmd,
        case p.permissive when 'PERMISSIVE' then '' else ' restrictive' end,
        (select string_agg(r, ', ' order by r collate "C") from unnest(p.roles::text[]) r), coalesce(p.qual, ''),
        coalesce(p.with_check, '')) as line
      from pg_policies p join pg_class c on c.oid = format('%I.%I', p.schemaname, p.tablename)::regclass
      where p.schemaname = any($1) and not c.relispartition`,
  },
  {
    title: "grants on tables and sequences",
    text: `select format('%s  %s  %s', c.oid::regclass, case a.grantee when 0 then 'public' else a.grantee::regrole::text end,
        string_agg(a.privilege_type || case when a.is_grantable then '*' else '' end, ', ' order by a.privilege_type collate "C")) as line
      from pg_class c join pg_namespace n on n.oid = c.relnamespace cross join aclexplode(c.relacl) a
      where n.nspname = any($1) and a.grantee <> c.relowner and not c.relispartition
      group by c.oid, a.grantee`,
  },
  {
    title: "grants on columns",
    text: `select format('%s  %s  %s (%s)', c.oid::regclass, case x.grantee when 0 then 'public' else x.grantee::regrole::text end,
        x.privilege_type, string_agg(a.attname, ', ' order by a.attnum)) as line
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and not a.attisdropped cross join aclexplode(a.attacl) x
      where n.nspname = any($1) and x.grantee <> c.relowner and not c.relispartition
      group by c.oid, x.grantee, x.privilege_type`,
  },
  {
    title: "grants on functions",
    text: `select format('%s  owner %s  %s', p.oid::regprocedure, p.proowner::regrole, case when p.proacl is null then 'public'
        else array_to_string(array(select a::text from unnest(p.proacl) a order by a::text collate "C"), ' ') end) as line
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname = any($1)`,
  },
  {
    title: "comments",
    text: `select format('%s %s: %s', o.type, o.identity, d.description) as line
      from pg_description d cross join pg_identify_object(d.classoid, d.objoid, d.objsubid) o
      left join pg_class c on d.classoid = 'pg_class'::regclass and c.oid = d.objoid
      where (o.schema = any($1) or o.type = 'schema' and o.name = any($1)
          or o.type in ('table constraint', 'trigger', 'policy') and split_part(split_part(o.identity, ' on ', 2), '.', 1) = any($1))
        and not coalesce(c.relispartition, false)
     `,
  },
];

/**
 * The whole schema as sorted text, from the catalogue: what migrations/schema.sql must say (we ship no pg_dump).
 * It depends on the schema alone: not on the session's search path, nor on which campaigns have partitions.
 */
export async function dumpSchema(client: pg.ClientBase): Promise<string> {
  const parts = ["-- Made by `npm run generate` from the migrations; not run, only compared."];
  await client.query("begin read only");
  try {
    await client.query("set local search_path = pg_catalog");
    for (const { title, text, isInOrder } of queries) {
      const { rows } = await client.query<{ line: string }>(text, [schemas]);
      const lines = rows.map((row) => row.line.trimEnd());
      // Sorted here by code units, which depends on no locale.
      parts.push(`-- ${title}`, ...(isInOrder === true ? lines : lines.sort()));
    }
  } finally {
    await client.query("rollback");
  }
  return `${parts.join("\n\n")}\n`;
}
