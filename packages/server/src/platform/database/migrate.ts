import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeWorkerUtils } from "graphile-worker";
import { Kysely, PostgresDialect, sql } from "kysely";
import { type Migration, type MigrationProvider, Migrator } from "kysely/migration";
import pg from "pg";
import { StartError } from "../config.ts";
import type { ConnectionParameters } from "./connection.ts";
import type { Tx } from "./database.ts";
import { openPool } from "./pool.ts";
import { readersOf } from "./readers.ts";
import { ensureRoles } from "./roles.ts";
import type { DB } from "./types.ts";

/** What the program does as part of a migration, by the migration's name, in its transaction and after its SQL. */
export type MigrationSteps = Readonly<Record<string, (tx: Tx) => Promise<void>>>;

export const migrationFolder = fileURLToPath(new URL("../../../migrations/", import.meta.url));

/**
 * Brings a database up to this program: roles, the job queue's own schema, then our numbered SQL files as the owner.
 * Forward only; two programs at once wait for each other. Returns the names of what was done.
 * @throws StartError when the database cannot be reached, is newer than the program, or cannot keep Chinese names
 * searchable
 */
export async function migrate(
  connection: ConnectionParameters,
  {
    loginPassword,
    loginName,
    steps,
    folder = migrationFolder,
  }: { loginPassword: string; loginName?: string; steps: MigrationSteps; folder?: string },
): Promise<string[]> {
  const client = await connect(connection);
  const pool = openOwnerPool(connection, 2);
  try {
    await mustSuit(client);
    // Held until this session ends: of two programs that start at once, the second finds the work done.
    await client.query("select pg_advisory_lock(7233002)");
    await ensureRoles(client, loginPassword, loginName);
    await mustNotBeNewer(pool, folder);
    await migrateJobs(pool);
    const done = await runFiles(connection, folder, steps);
    await mustFindChinese(pool);
    return done;
  } finally {
    await pool.end();
    await client.end();
  }
}

async function connect(connection: ConnectionParameters): Promise<pg.Client> {
  const client = new pg.Client({ ...connection, application_name: "shice migrate", connectionTimeoutMillis: 10_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code === "3D000") throw new StartError(`数据库 ${connection.database} 不存在。请先建立，再启动。`);
    if (code.startsWith("28")) throw new StartError("数据库拒绝登录：请检查 DATABASE_URL 中的用户名和密码。");
    throw new StartError(
      `无法连接数据库（${connection.host}:${connection.port}）。请检查 DATABASE_URL，以及数据库是否已启动。`,
    );
  }
}

/** @throws StartError when this server or database could not hold ours at all */
async function mustSuit(client: pg.Client): Promise<void> {
  const { rows } = await client.query(`
    select current_setting('server_version_num')::int / 10000 as version, current_setting('server_encoding') as encoding`);
  const { version, encoding } = rows[0];
  if (version < 18) throw new StartError(`数据库是 PostgreSQL ${version}，师册需要 PostgreSQL 18 或更新的版本。`);
  if (encoding !== "UTF8") throw new StartError(`数据库的编码是 ${encoding}，请以 UTF8 编码重新建立数据库。`);
}

/** @throws StartError when a migration was done here that this program does not know */
async function mustNotBeNewer(pool: pg.Pool, folder: string): Promise<void> {
  const { rows: tables } = await pool.query(
    "select to_regclass('shice_migration.kysely_migration') is not null as there",
  );
  if (!tables[0].there) return;
  const known = new Set(migrationNames(folder));
  const { rows } = await pool.query<{ name: string }>(
    "select name from shice_migration.kysely_migration order by name",
  );
  const unknown = rows.find(({ name }) => !known.has(name));
  if (unknown !== undefined) {
    throw new StartError(
      `数据库由更新版本的师册建立或升级过（${unknown.name}）。请使用该版本或更新的程序；不要用旧版程序打开。`,
    );
  }
}

/** A pool whose sessions act as the owner of the schema: for migrations, jobs and the auditor's offline check. */
export function openOwnerPool(
  connection: ConnectionParameters,
  connections: number,
  types?: pg.CustomTypesConfig,
): pg.Pool {
  return openPool({
    ...connection,
    max: connections,
    options: "-c role=shice_owner",
    application_name: "shice owner",
    ...(types === undefined ? {} : { types }),
  });
}

/** graphile-worker keeps its tables in the schema `worker`, owned by our owner, so that shice.add_job may queue. */
async function migrateJobs(pool: pg.Pool): Promise<void> {
  const utils = await makeWorkerUtils({ pgPool: pool, schema: "worker", noPreparedStatements: true });
  try {
    await utils.migrate();
  } finally {
    await utils.release();
  }
}

async function runFiles(connection: ConnectionParameters, folder: string, steps: MigrationSteps): Promise<string[]> {
  const pool = openOwnerPool(connection, 2, readersOf());
  const kysely = new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
  try {
    await sql`create schema if not exists shice_migration`.execute(kysely);
    const provider: MigrationProvider = {
      getMigrations: () =>
        Promise.resolve(
          Object.fromEntries(migrationNames(folder).map((name) => [name, migrationOf(folder, name, steps[name])])),
        ),
    };
    const migrator = new Migrator({ db: kysely, provider, migrationTableSchema: "shice_migration" });
    const { error, results } = await migrator.migrateToLatest();
    if (error !== undefined) throw error;
    return (results ?? []).filter((result) => result.status === "Success").map((result) => result.migrationName);
  } finally {
    await kysely.destroy();
  }
}

/** `0001_organisations`, and so on, in their order. */
function migrationNames(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => /^\d{4}_.*\.sql$/.test(file))
    .map((file) => file.slice(0, -".sql".length))
    .sort();
}

function migrationOf(folder: string, name: string, step: MigrationSteps[string] | undefined): Migration {
  const text = readFileSync(join(folder, `${name}.sql`), "utf8");
  return {
    up: async (db: Tx) => {
      await sql.raw(text).execute(db);
      await step?.(db);
    },
  };
}

async function mustFindChinese(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query("select cardinality(show_trgm('李建国')) as trigrams");
  if (rows[0].trigrams === 0) {
    throw new StartError("数据库的字符分类设置不支持中文检索。请以 UTF8 编码、LC_CTYPE=C.UTF-8 重新建立数据库。");
  }
}
