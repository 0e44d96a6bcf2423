import { randomBytes } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { expect, inject, onTestFinished, test } from "vitest";
import { migrationStepsOf } from "../audit/migration-steps.ts";
import { machineClock } from "../platform/clock.ts";
import { migrate } from "../platform/database/migrate.ts";
import { openSecrets } from "../platform/secrets.ts";
import { testSecret } from "../testing/secret.ts";

const migrations = fileURLToPath(new URL("../../migrations/", import.meta.url));
const loginPassword = openSecrets({ secret: testSecret, cipher: "aes-256-gcm" })
  .deriveKey("shice_login")
  .toString("hex");
const steps = migrationStepsOf(openSecrets({ secret: testSecret, cipher: "aes-256-gcm" }), machineClock);

/** A database as the migrations before this one left it. */
async function olderDatabase() {
  const server = inject("postgres");
  const name = `test_upgrade_${randomBytes(6).toString("hex")}`;
  const admin = new pg.Client({ ...server, database: "postgres" });
  await admin.connect();
  await admin.query(`create database ${name}`);
  const folder = mkdtempSync(join(tmpdir(), "shice-older-"));
  for (const file of readdirSync(migrations)) {
    if (/^\d{4}_.*\.sql$/.test(file) && file < "0018") cpSync(join(migrations, file), join(folder, file));
  }
  const connection = { ...server, database: name };
  await migrate(connection, { loginPassword, steps, folder });
  const client = new pg.Client(connection);
  await client.connect();
  onTestFinished(async () => {
    await client.end();
    await admin.query(`drop database ${name} with (force)`);
    await admin.end();
    rmSync(folder, { recursive: true, force: true });
  });
  return { connection, client };
}

test("what an older database knew of receipts and of schools is kept: outcomes, differences, who and when, the changes", async () => {
  const { connection, client } = await olderDatabase();
  const at = "2017-11-06T02:00:00Z";
  const one = async (text: string, values: unknown[] = []): Promise<string> =>
    (await client.query<{ id: string }>(`${text} returning id`, values)).rows[0]?.id ?? "";
  const organisation = (kind: string, name: string) =>
    one("insert into shice.organisation (kind, name, valid_from, created_at) values ($1, $2, '2000-01-01', $3)", [
      kind,
      name,
      at,
    ]);
  const authority = await organisation("authority", "万州区教育委员会");
  const [old, into] = [await organisation("school", "万州区旧校"), await organisation("school", "万州区新校")];
  const account = await one(
    "insert into shice.account (id, kind, display_name, created_at) values (gen_random_uuid(), 'staff', '王经办', $1)",
    [at],
  );
  const campaign = await one(
    "insert into shice.campaign (key, title, plan_version, created_at) values ('c', '批次', 1, $1)",
    [at],
  );
  await client.query("select shice.create_campaign_partitions($1)", [campaign]);
  const person = (serial: number) =>
    one(
      `insert into shice.person (name, document_kind, id_number_sealed, id_number_index, created_at)
       values ('张三', 'id-card', 'x', $1, $2)`,
      [Buffer.from([serial]), at],
    );
  const manifestOf = (receivedAt: string | null) =>
    one(
      `insert into shice.manifest (campaign_id, confirmation_point_id, authority_id, number, handed_over_by, handed_over_at,
         list_hash, received_by, received_at) values ($1, $2, $3, $4, $5, $6, 'x', $7, $8)`,
      [
        campaign,
        old,
        authority,
        `JJ-${receivedAt ?? "open"}`,
        account,
        at,
        receivedAt === null ? null : account,
        receivedAt,
      ],
    );
  const received = await manifestOf(at);
  const waiting = await manifestOf(null);
  for (const [position, manifest, was, difference] of [
    [1, received, true, null],
    [2, received, false, "合同缺章"],
    [3, waiting, null, null],
  ] as const) {
    const application = await one(
      `insert into shice.application (campaign_id, number, person_id, name, state, plan_version, created_at, changed_at, state_since)
       values ($1, $2, $3, '张三', 'draft', 1, $4, $4, $4)`,
      [campaign, `N${position}`, await person(position), at],
    );
    await client.query(
      `insert into shice.manifest_item (manifest_id, position, campaign_id, application_id, received, difference)
       values ($1, $2, $3, $4, $5, $6)`,
      [manifest, position, campaign, application, was, difference],
    );
  }
  await client.query(
    `insert into shice.organisation_successor (organisation_id, successor_id, kind, effective_on, reason)
     values ($1, $2, 'merged', '2017-09-02', '按文件合并')`,
    [old, into],
  );
  for (const [action, detail] of [
    ["add-school", {}],
    ["rename-school", { name: "万州区旧校", on: "2017-08-01" }],
    ["merge-school", { into, on: "2017-09-02" }],
  ] as const) {
    await client.query(
      `insert into shice.audit_entry (at, account_id, role, action, subject_kind, subject_id, detail)
       values ($1, $2, 'campaign-manager', $3, 'school', $4, $5)`,
      [at, account, action, old, JSON.stringify(detail)],
    );
  }

  expect(await migrate(connection, { loginPassword, steps })).toContain("0018_directory");
  const items = await client.query(
    "select position, outcome, difference, settled_by = $1 as by, settled_at is not null as at from shice.manifest_item order by position",
    [account],
  );
  expect(items.rows).toEqual([
    { position: 1, outcome: "received", difference: null, by: true, at: true },
    { position: 2, outcome: "differs", difference: "合同缺章", by: true, at: true },
    { position: 3, outcome: null, difference: null, by: null, at: false },
  ]);
  const changes = await client.query(
    "select kind, effective_on::text as on, reason, detail, made_by = $1 as by from shice.directory_change order by id",
    [account],
  );
  expect(changes.rows).toEqual([
    { kind: "added", on: "2000-01-01", reason: null, detail: {}, by: true },
    { kind: "renamed", on: "2017-08-01", reason: null, detail: { to: "万州区旧校" }, by: true },
    {
      kind: "merged",
      on: "2017-09-02",
      reason: "按文件合并",
      by: true,
      detail: { schools: [{ id: into, name: "万州区新校" }] },
    },
  ]);
  const { rows } = await client.query("select takes_rest from shice.organisation_successor");
  expect(rows).toEqual([{ takes_rest: true }]);
});
