import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { makeWorkerUtils } from "graphile-worker";
import { Kysely, PostgresDialect, sql } from "kysely";
import { type MigrationProvider, Migrator } from "kysely/migration";
import pg from "pg";
import { StartError } from "../config.ts";
import type { ConnectionParameters } from "./connection.ts";
import { ensureRoles } from "./roles.ts";

export const migrationFolder = fileURLToPath(new URL("../../../migrations/", import.meta.url));

/**
 * Brings a database up to this program: roles, the job queue's own schema, then our numbered SQL files as the owner.
 * Forward only; two programs at once wait for each other. Returns the names of what was done.
 * @throws StartError when the database is newer than the program, or cannot keep Chinese names searchable
 */
export async function migrate(
  connection: ConnectionParameters,
  { loginPassword, folder = migrationFolder }: { loginPassword: string; folder?: string },
): Promise<string[]> {
  const client = new pg.Client({ ...connection, application_name: "shice migrate" });
  await client.connect();
  try {
    await ensureRoles(client, loginPassword);
  } finally {
    await client.end();
  }
  const pool = openOwnerPool(connection, 2);
  try {
    await migrateJobs(pool);
    const done = await runFiles(pool, folder);
    await mustFindChinese(pool);
    return done;
  } finally {
    await pool.end();
  }
}

/** A pool whose sessions act as the owner of the schema: for migrations, jobs and the auditor's offline check. */
export function openOwnerPool(
  connection: ConnectionParameters,
  connections: number,
  types?: pg.CustomTypesConfig,
): pg.Pool {
  const pool = new pg.Pool({
    ...connection,
    max: connections,
    options: "-c role=shice_owner",
    application_name: "shice owner",
    ...(types === undefined ? {} : { types }),
  });
  // A connection that breaks is dropped by the pool; whoever was using it gets the error with its query.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return pool;
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

async function runFiles(pool: pg.Pool, folder: string): Promise<string[]> {
  const kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  await sql`create schema if not exists shice_migration`.execute(kysely);
  const provider: MigrationProvider = {
    getMigrations: () =>
      Promise.resolve(
        Object.fromEntries(
          readdirSync(folder)
            .filter((file) => /^\d{4}_.*\.sql$/.test(file))
            .map((file) => {
              const text = readFileSync(`${folder}/${file}`, "utf8");
              const up = async (db: Kysely<unknown>) => {
                await sql.raw(text).execute(db);
              };
              return [file.slice(0, -4), { up }];
            }),
        ),
      ),
  };
  const migrator = new Migrator({ db: kysely, provider, migrationTableSchema: "shice_migration" });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) {
    if (error instanceof Error && /corrupted migrations|not found|missing/.test(error.message)) {
      throw new StartError("数据库由更新版本的师册建立或升级过,请使用该版本或更新的程序。");
    }
    throw error;
  }
  return (results ?? []).filter((result) => result.status === "Success").map((result) => result.migrationName);
}

async function mustFindChinese(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query("select cardinality(show_trgm('李建国')) as trigrams");
  if (rows[0].trigrams === 0) {
    throw new StartError("数据库的字符分类设置不支持中文检索。请以 UTF8 编码、LC_CTYPE=C.UTF-8 重新建立数据库。");
  }
}
