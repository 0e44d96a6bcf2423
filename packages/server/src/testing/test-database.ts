import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterAll, inject } from "vitest";
import type { ConnectionParameters } from "../platform/database/connection.ts";
import { type Database, openDatabase } from "../platform/database/database.ts";
import { openOwnerPool } from "../platform/database/migrate.ts";
import { readersOf } from "../platform/database/readers.ts";
import { openSecrets, type Secrets } from "../platform/secrets.ts";
import { testSecret } from "./secret.ts";

export interface TestDatabase {
  database: Database;
  secrets: Secrets;
  /** As the superuser, for what no role of the program may do. */
  superuser: ConnectionParameters;
  /** The owner's pool with the program's readers: it bypasses row security, as the nets' tests need. */
  owner: pg.Pool;
  loginPassword: string;
}

/** A database of its own for a test file, cloned from the migrated template and dropped after the last test. */
export async function testDatabase({ connections = 8 }: { connections?: number } = {}): Promise<TestDatabase> {
  const template = inject("postgres");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await asSuperuser(template, `create database ${name} template ${template.database}`);
  const superuser = { ...template, database: name };
  const secrets = openSecrets({ secret: testSecret, cipher: "aes-256-gcm" });
  const loginPassword = secrets.deriveKey("shice_login").toString("hex");
  const database = openDatabase({ ...superuser, user: "shice_login", password: loginPassword }, { connections });
  const owner = openOwnerPool(superuser, 4, readersOf());
  afterAll(async () => {
    await database.close();
    await owner.end();
    await asSuperuser(template, `drop database if exists ${name} with (force)`);
  });
  return { database, secrets, superuser, owner, loginPassword };
}

async function asSuperuser(template: ConnectionParameters, text: string): Promise<void> {
  const client = new pg.Client({ ...template, database: "postgres" });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
