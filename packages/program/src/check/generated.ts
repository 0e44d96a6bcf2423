import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type ConnectionParameters, urlOf } from "@shice/server/platform/database/connection.ts";
import { migrate } from "@shice/server/platform/database/migrate.ts";
import { dumpSchema } from "@shice/server/platform/database/schema-dump.ts";
import { startEmbeddedPostgres } from "@shice/server/platform/embedded-postgres.ts";
import pg from "pg";
import { listClosedColumns } from "./closed-columns.ts";

const run = promisify(execFile);
export const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** A file made from others: where it lies and what it must hold. */
export interface GeneratedFile {
  path: string;
  text: string;
}

/** A migrated database for a moment, for what the checks ask of it. */
export async function withMigratedDatabase<T>(work: (connection: ConnectionParameters) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "shice-check-"));
  const server = await startEmbeddedPostgres({ folder, durable: false });
  try {
    await migrate(server.connection, { loginPassword: "generate", steps: {} });
    return await work(server.connection);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What follows from the migrations: the schema as text and the types of its tables. */
export async function listDatabaseFiles(connection: ConnectionParameters): Promise<GeneratedFile[]> {
  const client = new pg.Client(connection);
  await client.connect();
  const { schema, columns } = await readSchema(client).finally(() => client.end());
  return [
    { path: "packages/server/migrations/schema.sql", text: schema },
    { path: "packages/server/src/platform/database/types.ts", text: await tableTypes(urlOf(connection), columns) },
  ];
}

async function readSchema(client: pg.Client) {
  return { schema: await dumpSchema(client), columns: await listClosedColumns(client) };
}

async function tableTypes(url: string, columns: Record<string, string>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "shice-types-"));
  const out = join(folder, "types.ts");
  const codegen = createRequire(import.meta.url).resolve("kysely-codegen/package.json");
  const mapping = {
    timestamptz: "ColumnType<Temporal.Instant, Temporal.Instant | string>",
    date: "ColumnType<Temporal.PlainDate, Temporal.PlainDate | string>",
    int8: "ColumnType<bigint, bigint | number | string>",
  };
  await run(process.execPath, [
    join(codegen, "..", "dist", "cli", "bin.js"),
    "--dialect",
    "postgres",
    "--url",
    url,
    "--out-file",
    out,
    "--include-pattern",
    "(shice|auth).*",
    "--type-mapping",
    JSON.stringify(mapping),
    "--overrides",
    JSON.stringify({ columns }),
  ]);
  const text = readFileSync(out, "utf8");
  rmSync(folder, { recursive: true, force: true });
  return text;
}
