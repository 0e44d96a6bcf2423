import { randomBytes } from "node:crypto";
import { type ConnectionParameters, urlOf } from "@shice/server/platform/database/connection.ts";
import { testSecret } from "@shice/server/testing/secret.ts";
import pg from "pg";
import { inject } from "vitest";

export interface OwnDatabase {
  connection: ConnectionParameters;
  /** The program's environment variables for this database. */
  env: { DATABASE_URL: string; SHICE_SECRET: string };
  drop(): Promise<void>;
}

/** An empty database for one program, on the test run's server. */
export async function ownDatabase(): Promise<OwnDatabase> {
  const template = inject("postgres");
  const name = `program_${randomBytes(6).toString("hex")}`;
  const admin = new pg.Client({ ...template, database: "postgres" });
  await admin.connect();
  await admin.query(`create database ${name}`);
  const connection = { ...template, database: name };
  return {
    connection,
    env: { DATABASE_URL: urlOf(connection), SHICE_SECRET: testSecret },
    drop: async () => {
      await admin.query(`drop database if exists ${name} with (force)`);
      await admin.end();
    },
  };
}
