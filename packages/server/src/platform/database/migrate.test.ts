import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, expect, inject, onTestFinished, test } from "vitest";
import { testSecret } from "../../testing/secret.ts";
import { StartError } from "../config.ts";
import { openSecrets } from "../secrets.ts";
import type { ConnectionParameters } from "./connection.ts";
import { migrate } from "./migrate.ts";
import { ensureRoles } from "./roles.ts";

const server = inject("postgres");
// The roles are the cluster's: another password here would lock the other test files out.
const loginPassword = openSecrets({ secret: testSecret, cipher: "aes-256-gcm" })
  .deriveKey("shice_login")
  .toString("hex");
const admin = new pg.Pool({ ...server, database: "postgres", max: 4 });
afterAll(() => admin.end());

async function emptyDatabase(how = ""): Promise<ConnectionParameters> {
  const name = `test_migrate_${randomBytes(6).toString("hex")}`;
  await admin.query(`create database ${name} ${how}`);
  onTestFinished(async () => {
    await admin.query(`drop database ${name} with (force)`);
  });
  return { ...server, database: name };
}

/** A folder of migrations; each makes or changes a table of its own. */
function migrations(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), "shice-migrations-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
}

async function ask(connection: ConnectionParameters, text: string): Promise<unknown[][]> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return (await client.query({ text, rowMode: "array" })).rows;
  } finally {
    await client.end();
  }
}

const first = "create schema shice; create extension pg_trgm; create table shice.school (name text);";
const second = "insert into shice.school values ('万州一中'); alter table shice.school add column level text;";

test("an empty database is brought up, an older one further, and a current one left alone", async () => {
  const connection = await emptyDatabase();
  const files = { "0001_schools.sql": first, "README.md": "not one of them" };
  expect(await migrate(connection, { loginPassword, folder: migrations(files) })).toEqual(["0001_schools"]);
  const more = migrations({ ...files, "0002_levels.sql": second });
  expect(await migrate(connection, { loginPassword, folder: more })).toEqual(["0002_levels"]);
  expect(await migrate(connection, { loginPassword, folder: more })).toEqual([]);
  expect(await ask(connection, "select name, level from shice.school")).toEqual([["万州一中", null]]);
  expect(
    await ask(
      connection,
      "select distinct tableowner from pg_tables where schemaname in ('shice', 'worker', 'shice_migration')",
    ),
  ).toEqual([["shice_owner"]]);
});

test("a database of a newer program is refused with a sentence and not touched", async () => {
  const connection = await emptyDatabase();
  await migrate(connection, {
    loginPassword,
    folder: migrations({ "0001_schools.sql": first, "0002_levels.sql": second }),
  });
  const older = migrations({ "0001_schools.sql": first });
  await expect(migrate(connection, { loginPassword, folder: older })).rejects.toThrow(StartError);
  await expect(migrate(connection, { loginPassword, folder: older })).rejects.toThrow(/更新版本的师册.*0002_levels/);
  expect(await ask(connection, "select count(*)::int from shice.school")).toEqual([[1]]);
});

test("a migration that fails takes the whole run back, and its own error comes through", async () => {
  const connection = await emptyDatabase();
  const folder = migrations({ "0001_schools.sql": first, "0002_wrong.sql": "select missing from shice.school;" });
  await expect(migrate(connection, { loginPassword, folder })).rejects.toMatchObject({ code: "42703" });
  expect(await ask(connection, "select to_regclass('shice.school')")).toEqual([[null]]);
  const repaired = migrations({ "0001_schools.sql": first, "0002_levels.sql": second });
  expect(await migrate(connection, { loginPassword, folder: repaired })).toEqual(["0001_schools", "0002_levels"]);
});

test("of four programs that start at once, one migrates and the others find it done", async () => {
  const connection = await emptyDatabase();
  const folder = migrations({ "0001_schools.sql": first, "0002_levels.sql": second });
  const done = await Promise.all(Array.from({ length: 4 }, () => migrate(connection, { loginPassword, folder })));
  expect(done.map((names) => names.length).sort()).toEqual([0, 0, 0, 2]);
});

test("the program's own migrations come up from nothing, and again with nothing to do", async () => {
  const connection = await emptyDatabase();
  expect(await migrate(connection, { loginPassword })).toContain("0001_organisations");
  expect(await migrate(connection, { loginPassword })).toEqual([]);
});

test("a database whose locale hides Chinese names from search is refused", async () => {
  const connection = await emptyDatabase("template template0 locale_provider libc locale 'C'");
  const folder = migrations({ "0001_schools.sql": first });
  await expect(migrate(connection, { loginPassword, folder })).rejects.toThrow(/不支持中文检索/);
});

test("a database of another encoding is refused before anything is made in it", async () => {
  const connection = await emptyDatabase("template template0 encoding 'LATIN1' locale_provider libc locale 'C'");
  await expect(migrate(connection, { loginPassword })).rejects.toThrow(/编码是 LATIN1/);
  expect(await ask(connection, "select count(*)::int from pg_namespace where nspname like 'shice%'")).toEqual([[0]]);
});

test("what cannot be reached is told by its cause", async () => {
  await expect(migrate({ ...server, database: "nowhere" }, { loginPassword })).rejects.toThrow(/数据库 nowhere 不存在/);
  await expect(migrate({ ...server, password: "wrong" }, { loginPassword })).rejects.toThrow(/拒绝登录/);
  await expect(migrate({ ...server, host: "127.0.0.1", port: 1 }, { loginPassword })).rejects.toThrow(/无法连接数据库/);
});

test("databases of one cluster that make their common roles at once do not hinder each other", async () => {
  const databases = await Promise.all(Array.from({ length: 4 }, () => emptyDatabase()));
  const clients = [...databases, ...databases].map((connection) => new pg.Client(connection));
  await Promise.all(clients.map((client) => client.connect()));
  try {
    for (let round = 0; round < 5; round++) {
      await Promise.all(clients.map((client) => ensureRoles(client, loginPassword)));
    }
  } finally {
    await Promise.all(clients.map((client) => client.end()));
  }
  const login = new pg.Client({ ...server, user: "shice_login", password: loginPassword });
  await login.connect();
  await login.end();
});

test("a role of ours that could bypass row security is refused, with what to do", async () => {
  const client = new pg.Client(await emptyDatabase());
  await client.connect();
  // In a transaction of its own that is never committed: other test files use the role meanwhile.
  await client.query("begin");
  await client.query("alter role shice_public bypassrls");
  const making = { query: (text: string, values?: unknown[]) => within(client, text, values) } as pg.ClientBase;
  await expect(ensureRoles(making, loginPassword)).rejects.toThrow(/shice_public，但其权限不对.*nobypassrls/);
  await client.query("rollback");
  await client.end();
});

/** Leaves the transaction to the test. */
async function within(client: pg.Client, text: string, values: unknown[] | undefined) {
  return ["begin", "commit", "rollback"].includes(text) ? undefined : await client.query(text, values);
}

test("an account that may not make roles is told what it lacks", async () => {
  const connection = await emptyDatabase();
  const name = `weak_${randomBytes(4).toString("hex")}`;
  await admin.query(`create role ${name} login password 'weak'`);
  onTestFinished(async () => {
    await admin.query(`drop role ${name}`);
  });
  await expect(migrate({ ...connection, user: name, password: "weak" }, { loginPassword })).rejects.toThrow(
    /CREATEROLE/,
  );
});
