import type pg from "pg";
import { kyselyOn, type Tx } from "../platform/database/database.ts";
import { mustReturnRow } from "../platform/database/must-return-row.ts";
import { readersOf } from "../platform/database/readers.ts";

const schema = "shice_beginning";

interface Kept {
  name: string;
}

/** Where the training clock stands at the beginning. */
export interface BeginningClock {
  at: Temporal.Instant;
  runs: boolean;
}

/** Keeps a copy of everything as it is now, with the clock: the beginning to which a reset goes back. */
export async function keepBeginning(owner: pg.Pool, clock: BeginningClock): Promise<void> {
  const client = await owner.connect();
  try {
    await client.query("begin");
    await client.query(`drop schema if exists ${schema} cascade`);
    await client.query(`create schema ${schema}`);
    for (const { name } of await listTables(client)) {
      await client.query(`create table ${copyOf(name)} as table ${name}`);
    }
    await client.query(`create table ${schema}.clock (at timestamptz not null, runs boolean not null)`);
    await client.query(`insert into ${schema}.clock values ($1, $2)`, [clock.at.toString(), clock.runs]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
}

/**
 * Brings everything back to the beginning in one transaction: whoever reads meanwhile sees the state before or after.
 * Needs the right to set triggers and keys aside, which the owner of the embedded server has.
 */
export async function restoreBeginning(
  owner: pg.Pool,
  sealEarlierRecord: (tx: Tx) => Promise<void>,
): Promise<BeginningClock> {
  const client = await owner.connect();
  try {
    await client.query("begin");
    await client.query("set local role none");
    await client.query("set local session_replication_role = replica");
    const tables = await listTables(client);
    await client.query(`truncate ${tables.map(({ name }) => name).join(", ")}`);
    for (const { name } of tables) {
      // A beginning kept by an older version knows less: what has come since is empty, as it was then.
      const { rows } = await client.query<{ columns: string | null }>(
        `select string_agg(quote_ident(c.attname), ', ' order by c.attnum) as columns
         from pg_attribute c join pg_attribute k on k.attname = c.attname and k.attnum > 0 and not k.attisdropped
         where c.attrelid = $1::regclass and k.attrelid = to_regclass($2) and c.attnum > 0 and not c.attisdropped and c.attgenerated = ''`,
        [name, copyOf(name)],
      );
      const columns = rows[0]?.columns;
      if (columns !== null && columns !== undefined) {
        await client.query(`insert into ${name} (${columns}) select ${columns} from ${copyOf(name)}`);
      }
    }
    await sealOlderBeginning(client, sealEarlierRecord);
    await client.query("delete from worker._private_jobs where locked_at is null");
    const { rows } = await client.query<{ at: string; runs: boolean }>(
      `select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, runs from ${schema}.clock`,
    );
    await client.query("commit");
    const clock = mustReturnRow(rows, "training clock select");
    return { at: Temporal.Instant.from(clock.at), runs: clock.runs };
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
}

/** A beginning kept before the record was bound by keyed codes is bound as the upgrade binds an older database. */
async function sealOlderBeginning(client: pg.PoolClient, sealEarlierRecord: (tx: Tx) => Promise<void>) {
  const { rows } = await client.query("select from shice.audit_head");
  if (rows.length > 0) return;
  await client.query("insert into shice.audit_head (singleton, number, mac, head_mac) values (true, 0, '\\x', '\\x')");
  const types = readersOf();
  await sealEarlierRecord(kyselyOn({ query: (text, values) => client.query({ text, values: [...values], types }) }));
}

/** Whether there is a beginning, and this program may go back to it. */
export async function mayRestore(owner: pg.Pool): Promise<boolean> {
  const { rows } = await owner.query<{ may: boolean }>(
    "select rolsuper as may from pg_roles where rolname = session_user",
  );
  return rows[0]?.may === true && (await hasBeginning(owner));
}

/** The moment of the beginning, as PostgreSQL writes it; undefined where none was kept. */
export async function findBeginning(owner: pg.Pool): Promise<string | undefined> {
  if (!(await hasBeginning(owner))) return undefined;
  const { rows } = await owner.query<{ at: string }>(`select at::text as at from ${schema}.clock`);
  return rows[0]?.at;
}

async function hasBeginning(owner: pg.Pool): Promise<boolean> {
  const { rows } = await owner.query<{ there: boolean }>("select to_regnamespace($1) is not null as there", [schema]);
  return rows[0]?.there === true;
}

function copyOf(name: string): string {
  return `${schema}."${name.replaceAll('"', "")}"`;
}

/** Every table that holds work, partitions through their parents; the record of what the installation is for stays. */
async function listTables(client: pg.PoolClient): Promise<Kept[]> {
  const { rows } = await client.query<Kept>(`
    select format('%I.%I', n.nspname, c.relname) as name
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('shice', 'auth') and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname not in ('installation', 'training_clock') and c.relname not like 'kysely%' and c.relname not like 'migration%'
    order by 1`);
  return rows;
}
