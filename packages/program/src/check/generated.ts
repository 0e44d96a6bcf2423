import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { urlOf } from "@shice/server/platform/database/connection.ts";
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

/** What follows from the migrations: the schema as text and the types of its tables. Needs a moment of PostgreSQL. */
export async function listDatabaseFiles(): Promise<GeneratedFile[]> {
  const folder = mkdtempSync(join(tmpdir(), "shice-generate-"));
  const server = await startEmbeddedPostgres({ folder, durable: false });
  try {
    await migrate(server.connection, { loginPassword: "generate", steps: {} });
    const client = new pg.Client(server.connection);
    await client.connect();
    const { schema, columns } = await readSchema(client).finally(() => client.end());
    return [
      { path: "packages/server/migrations/schema.sql", text: schema },
      {
        path: "packages/server/src/platform/database/types.ts",
        text: await tableTypes(urlOf(server.connection), folder, columns),
      },
    ];
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function readSchema(client: pg.Client) {
  return { schema: await dumpSchema(client), columns: await listClosedColumns(client) };
}

async function tableTypes(url: string, folder: string, columns: Record<string, string>): Promise<string> {
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
  return readFileSync(out, "utf8");
}
