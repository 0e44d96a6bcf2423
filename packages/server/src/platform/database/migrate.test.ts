import { randomBytes } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, expect, inject, onTestFinished, test } from "vitest";
import { migrationStepsOf } from "../../audit/migration-steps.ts";
import { testSecret } from "../../testing/secret.ts";
import { machineClock } from "../clock.ts";
import { StartError } from "../config.ts";
import { openSecrets } from "../secrets.ts";
import type { ConnectionParameters } from "./connection.ts";
import { migrate, migrationFolder } from "./migrate.ts";
import { openPool } from "./pool.ts";
import { ensureRoles } from "./roles.ts";

const server = inject("postgres");
// The roles are the cluster's: another password here would lock the other test files out.
const loginPassword = openSecrets({ secret: testSecret, cipher: "aes-256-gcm" })
  .deriveKey("shice_login")
  .toString("hex");
const steps = migrationStepsOf(openSecrets({ secret: testSecret, cipher: "aes-256-gcm" }), machineClock);
const admin = openPool({ ...server, database: "postgres", max: 4 });
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
  expect(await migrate(connection, { loginPassword, steps, folder: migrations(files) })).toEqual(["0001_schools"]);
  const more = migrations({ ...files, "0002_levels.sql": second });
  expect(await migrate(connection, { loginPassword, steps, folder: more })).toEqual(["0002_levels"]);
  expect(await migrate(connection, { loginPassword, steps, folder: more })).toEqual([]);
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
    steps,
    folder: migrations({ "0001_schools.sql": first, "0002_levels.sql": second }),
  });
  const older = migrations({ "0001_schools.sql": first });
  await expect(migrate(connection, { loginPassword, steps, folder: older })).rejects.toThrow(StartError);
  await expect(migrate(connection, { loginPassword, steps, folder: older })).rejects.toThrow(
    /更新版本的师册.*0002_levels/,
  );
  expect(await ask(connection, "select count(*)::int from shice.school")).toEqual([[1]]);
});

test("a migration that fails takes the whole run back, and its own error comes through", async () => {
  const connection = await emptyDatabase();
  const folder = migrations({ "0001_schools.sql": first, "0002_wrong.sql": "select missing from shice.school;" });
  await expect(migrate(connection, { loginPassword, steps, folder })).rejects.toMatchObject({ code: "42703" });
  expect(await ask(connection, "select to_regclass('shice.school')")).toEqual([[null]]);
  const repaired = migrations({ "0001_schools.sql": first, "0002_levels.sql": second });
  expect(await migrate(connection, { loginPassword, steps, folder: repaired })).toEqual([
    "0001_schools",
    "0002_levels",
  ]);
});

test("of four programs that start at once, one migrates and the others find it done", async () => {
  const connection = await emptyDatabase();
  const folder = migrations({ "0001_schools.sql": first, "0002_levels.sql": second });
  const done = await Promise.all(
    Array.from({ length: 4 }, () => migrate(connection, { loginPassword, steps, folder })),
  );
  expect(done.map((names) => names.length).sort()).toEqual([0, 0, 0, 2]);
});

test("the program's own migrations come up from nothing, and again with nothing to do", async () => {
  const connection = await emptyDatabase();
  expect(await migrate(connection, { loginPassword, steps })).toContain("0001_organisations");
  expect(await migrate(connection, { loginPassword, steps })).toEqual([]);
});

test("N24: what a school's clerk had done before it was asked who has seen a case counts as seen after the upgrade", async () => {
  const connection = await emptyDatabase();
  const before = mkdtempSync(join(tmpdir(), "shice-migrations-"));
  onTestFinished(() => rmSync(before, { recursive: true, force: true }));
  for (const name of readdirSync(migrationFolder)) {
    if (/^0\d{3}_.*\.sql$/.test(name) && name < "0016") cpSync(join(migrationFolder, name), join(before, name));
  }
  await migrate(connection, { loginPassword, steps, folder: before });
  const school = "0198a000-0000-7000-8000-00000000000a";
  const clerk = "0198a000-0000-7000-8000-00000000000c";
  const campaign = "0198a000-0000-7000-8000-00000000000d";
  const at = "'2017-10-10T01:00:00Z'";
  const acts = ["returned", "checked", "claimed", "sheet", "nothing"];
  const idOf = (name: string) => `0198a000-0000-7000-8000-0000000001${String(acts.indexOf(name)).padStart(2, "0")}`;
  const check = (name: string, sheet: string) =>
    `insert into shice.material_check (campaign_id, application_id, material, concerns, original_seen, copy_stamped, copies, supplied_by, checked_by, checked_at, sheet_id)
     values ('${campaign}', '${idOf(name)}', 'certificate', 'everyone', true, true, 1, 'applicant', '${clerk}', ${at}, ${sheet});`;
  await ask(
    connection,
    `insert into shice.organisation (id, kind, name, valid_from, created_at) values ('${school}', 'school', '万州一中', '2000-01-01', ${at});
     insert into shice.account (id, kind, display_name, created_at) values ('${clerk}', 'staff', '王一', ${at});
     insert into shice.campaign (id, key, title, plan_version, created_at) values ('${campaign}', 'first', '第一批', 1, ${at});
     select shice.create_campaign_partitions('${campaign}');
     ${acts
       .map(
         (name) =>
           `insert into shice.person (id, name, document_kind, id_number_sealed, id_number_index, created_at)
            values ('${idOf(name)}', '张一', 'id-card', 'x', '${name}', ${at});
            insert into shice.application (campaign_id, id, number, person_id, name, state, plan_version, school_id, confirmation_point_id, authority_id, created_at, changed_at, state_since)
            values ('${campaign}', '${idOf(name)}', '${name}', '${idOf(name)}', '张一', 'submitted', 1, '${school}', '${school}', '${school}', ${at}, ${at}, ${at});`,
       )
       .join("\n")}
     insert into shice.application_history (campaign_id, application_id, sequence, transition, to_state, at, role, account_id, organisation_id, record, changes, plan_version, previous_hash, hash)
     values ('${campaign}', '${idOf("returned")}', 1, 'return-to-applicant', 'returned', ${at}, 'school-clerk', '${clerk}', '${school}', '{}', '{}', 1, '', sha256('x'));
     insert into shice.school_sheet (id, campaign_id, school_id, confirmation_point_id, authority_id, material, concerns, number, signer, issued_by, issued_at)
     values ('${school}', '${campaign}', '${school}', '${school}', '${school}', 'ethics', 'everyone', '1', '校长', '${clerk}', ${at});
     ${check("checked", "null")} ${check("sheet", `'${school}'`)}
     insert into shice.desk_claim (campaign_id, application_id, account_id, since) values ('${campaign}', '${idOf("claimed")}', '${clerk}', ${at});`,
  );
  expect(await migrate(connection, { loginPassword, steps })).toContain("0016_reconciliation");
  const seen =
    "select p.id_number_index, s.how from shice.sight s join shice.person p on p.id = s.application_id order by 2, 1";
  expect((await ask(connection, seen)).map(([name, how]) => [String(name), how])).toEqual([
    ["returned", "acted"],
    ["checked", "checked"],
    ["claimed", "took-up"],
  ]);
});

test("a database whose locale hides Chinese names from search is refused", async () => {
  const connection = await emptyDatabase("template template0 locale_provider libc locale 'C'");
  const folder = migrations({ "0001_schools.sql": first });
  await expect(migrate(connection, { loginPassword, steps, folder })).rejects.toThrow(/不支持中文检索/);
});

test("a database of another encoding is refused before anything is made in it", async () => {
  const connection = await emptyDatabase("template template0 encoding 'LATIN1' locale_provider libc locale 'C'");
  await expect(migrate(connection, { loginPassword, steps })).rejects.toThrow(/编码是 LATIN1/);
  expect(await ask(connection, "select count(*)::int from pg_namespace where nspname like 'shice%'")).toEqual([[0]]);
});

test("what cannot be reached is told by its cause", async () => {
  await expect(migrate({ ...server, database: "nowhere" }, { loginPassword, steps })).rejects.toThrow(
    /数据库 nowhere 不存在/,
  );
  await expect(migrate({ ...server, password: "wrong" }, { loginPassword, steps })).rejects.toThrow(/拒绝登录/);
  await expect(migrate({ ...server, host: "127.0.0.1", port: 1 }, { loginPassword, steps })).rejects.toThrow(
    /无法连接数据库/,
  );
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
  await expect(migrate({ ...connection, user: name, password: "weak" }, { loginPassword, steps })).rejects.toThrow(
    /CREATEROLE/,
  );
});
