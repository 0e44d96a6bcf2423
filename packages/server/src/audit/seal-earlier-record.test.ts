import { randomBytes } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AuditFault } from "@shice/contract/audit-fault.ts";
import pg from "pg";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { type HistoryRow, headMacOf, plainHistoryHashOf } from "../case/history.ts";
import { machineClock } from "../platform/clock.ts";
import { kyselyOn, openDatabase } from "../platform/database/database.ts";
import { migrate, migrationFolder } from "../platform/database/migrate.ts";
import { openPool } from "../platform/database/pool.ts";
import { readersOf } from "../platform/database/readers.ts";
import { openSecrets } from "../platform/secrets.ts";
import { testSecret } from "../testing/secret.ts";
import { migrationStepsOf } from "./migration-steps.ts";
import { sealDay } from "./seal-day.ts";
import { verifyRecord } from "./verify-record.ts";

// A database that an older program wrote: plain hashes, an audit log without a chain, seals that nothing can recompute.

const secrets = openSecrets({ secret: testSecret, cipher: "aes-256-gcm" });
const loginPassword = secrets.deriveKey("shice_login").toString("hex");
const steps = migrationStepsOf(secrets, machineClock);
const server = inject("postgres");
const name = `test_earlier_${randomBytes(6).toString("hex")}`;
const connection = { ...server, database: name };
const folder = mkdtempSync(join(tmpdir(), "shice-earlier-"));
const admin = new pg.Client({ ...server, database: "postgres" });
const owner = openPool({ ...connection, max: 2, types: readersOf() });
const campaign = { id: "0198a000-0000-7000-8000-00000000000d", key: "2017-2" };
const applications = ["0198a000-0000-7000-8000-000000000101", "0198a000-0000-7000-8000-000000000102"];
const [altered = ""] = applications;
const at = "2017-09-20T01:00:00.123456Z";

function earlierHistory(applicationId: string, sequence: number, reason: string | null = null): HistoryRow {
  return {
    campaignId: campaign.id,
    applicationId,
    sequence,
    transition: sequence === 1 ? "start" : "submit",
    fromState: sequence === 1 ? null : "draft",
    toState: sequence === 1 ? "draft" : "submitted",
    at,
    role: "system",
    accountId: null,
    personId: null,
    postId: null,
    organisationId: null,
    reason,
    record: { undertaking: "honesty-1" },
    changes: {},
    sets: {},
    planVersion: 1,
  };
}

/** The hashes of a history of two rows. */
function earlierHashes(applicationId: string, reason: string | null = null): [Buffer, Buffer] {
  const first = plainHistoryHashOf(Buffer.alloc(0), earlierHistory(applicationId, 1, reason));
  return [first, plainHistoryHashOf(first, earlierHistory(applicationId, 2, reason))];
}

beforeAll(async () => {
  await admin.connect();
  await admin.query(`create database ${name}`);
  for (const file of readdirSync(migrationFolder)) {
    if (/^\d{4}_.*\.sql$/.test(file) && file < "0028") cpSync(join(migrationFolder, file), join(folder, file));
  }
  await migrate(connection, { loginPassword, steps, folder });
  const school = "0198a000-0000-7000-8000-00000000000a";
  await owner.query(
    `insert into shice.organisation (id, key, kind, name, valid_from, created_at) values ($1, 'school', 'school', '万州一中', '2000-01-01', $2)`,
    [school, at],
  );
  await owner.query(
    "insert into shice.campaign (id, key, title, plan_version, created_at) values ($1, $2, '2017年', 1, $3)",
    [campaign.id, campaign.key, at],
  );
  await owner.query("select shice.create_campaign_partitions($1)", [campaign.id]);
  for (const [index, id] of applications.entries()) {
    const person = `0198a000-0000-7000-8000-00000000020${index}`;
    await owner.query(
      `insert into shice.person (id, name, document_kind, id_number_sealed, id_number_index, created_at)
       values ($1, '张三', 'id-card', '\\x00', sha256($2::bytea), $3)`,
      [person, person, at],
    );
    const [first, second] = earlierHashes(id);
    await owner.query(
      `insert into shice.application (campaign_id, id, number, person_id, name, state, version, plan_version, school_id, confirmation_point_id,
         authority_id, certificate_kind, certificate_issued_on, form, created_at, changed_at, submitted_at, state_since, last_sequence, last_hash)
       values ($1, $2, $3, $4, '张三', 'submitted', 7, 1, $5, $5, $5, 'junior', '2009-07-01', '{"subject": "数学"}', $6, $6, $6, $6, 2, $7)`,
      [campaign.id, id, `2017000${index}`, person, school, at, second],
    );
    for (const [place, hash] of [first, second].entries()) {
      const row = earlierHistory(id, place + 1);
      await owner.query(
        `insert into shice.application_history (campaign_id, application_id, sequence, transition, from_state, to_state, at, role, record,
           changes, plan_version, previous_hash, hash) values ($1, $2, $3, $4, $5, $6, $7, 'system', $8, '{}', 1, $9, $10)`,
        [
          campaign.id,
          id,
          row.sequence,
          row.transition,
          row.fromState,
          row.toState,
          at,
          JSON.stringify(row.record),
          place === 0 ? Buffer.alloc(0) : first,
          hash,
        ],
      );
    }
  }
  await owner.query(
    `insert into shice.audit_entry (at, role, action, subject_kind, subject_id)
     select $1, 'anyone', 'sign-in-refused', 'account', null from generate_series(1, 3)`,
    [at],
  );
  await owner.query(
    `insert into shice.seal (number, day, chains, audit_entries, root, previous_root, sealed_at) values
       (1, '2017-09-20', 2, 3, sha256('one'), '', $1), (2, '2017-09-21', 2, 0, sha256('two'), sha256('one'), $1)`,
    [at],
  );
  expect(await migrate(connection, { loginPassword, steps })).toContain("0028_keyed_record");
  const database = openDatabase(connection, { connections: 1 });
  try {
    await sealDay(database, secrets, Temporal.PlainDate.from("2099-01-01"), machineClock.now());
  } finally {
    await database.close();
  }
}, 60_000);

afterAll(async () => {
  await owner.end();
  await admin.query(`drop database ${name} with (force)`);
  await admin.end();
  rmSync(folder, { recursive: true, force: true });
});

async function faultsAfter(
  ...texts: readonly (readonly [string, readonly unknown[]] | string)[]
): Promise<AuditFault[]> {
  const client = await owner.connect();
  try {
    await client.query("begin");
    await client.query("set local session_replication_role = replica");
    for (const text of texts) {
      if (typeof text === "string") await client.query(text);
      else await client.query(text[0], [...text[1]]);
    }
    return (await verifyRecord({ tx: kyselyOn(client), secrets }, [campaign])).faults;
  } finally {
    await client.query("rollback");
    client.release();
  }
}

const kindsOf = (faults: readonly AuditFault[]) => new Set(faults.map(({ kind, subject }) => `${kind} ${subject}`));

test("what an older program wrote stays valid, and is sealed under the key", async () => {
  expect(await faultsAfter()).toEqual([]);
  const { rows } = await owner.query("select number, kind, chains from shice.seal order by number");
  expect(rows).toEqual([
    { number: 1, kind: "plain", chains: 2 },
    { number: 2, kind: "plain", chains: 2 },
    { number: 3, kind: "upgrade", chains: 2 },
    { number: 4, kind: "daily", chains: 0 },
  ]);
});

test("an earlier history rewritten with all its plain hashes is not the one that was sealed", async () => {
  const [first, second] = earlierHashes(altered, "无");
  const rewrite =
    "update shice.application_history set reason = '无', previous_hash = $3, hash = $4 where application_id = $1 and sequence = $2";
  const faults = await faultsAfter(
    [rewrite, [altered, 1, Buffer.alloc(0), first]],
    [rewrite, [altered, 2, first, second]],
    ["update shice.application set last_hash = $2 where id = $1", [altered, second]],
  );
  expect(kindsOf(faults)).toContain(`history.sealed-otherwise ${altered}`);
  // Even with the sealed end rewritten too: the seal is under the key.
  const deeper = await faultsAfter(
    [rewrite, [altered, 1, Buffer.alloc(0), first]],
    [rewrite, [altered, 2, first, second]],
    ["update shice.application set last_hash = $2 where id = $1", [altered, second]],
    ["update shice.seal_head set hash = $2 where application_id = $1", [altered, second]],
  );
  expect(kindsOf(deeper)).toContain("seal.content 3");
});

test("a new row in the old format does not pass for an old one", async () => {
  const [, previous] = earlierHashes(altered);
  const row: HistoryRow = {
    ...earlierHistory(altered, 3),
    transition: "confirm",
    fromState: "submitted",
    toState: "confirmed",
  };
  const hash = plainHistoryHashOf(previous, row);
  const faults = await faultsAfter(
    [
      `insert into shice.application_history (campaign_id, application_id, sequence, transition, from_state, to_state, at, role, record,
         changes, plan_version, previous_hash, hash) values ($1, $2, 3, 'confirm', 'submitted', 'confirmed', $3, 'system', $4, '{}', 1, $5, $6)`,
      [campaign.id, altered, at, JSON.stringify(row.record), previous, hash],
    ],
    [
      "update shice.application set state = 'confirmed', last_sequence = 3, last_hash = $2, version = 8, head_mac = $3 where id = $1",
      [
        altered,
        hash,
        headMacOf(openSecrets({ secret: "guessed", cipher: "aes-256-gcm" }), {
          campaign_id: campaign.id,
          id: altered,
          last_sequence: 3,
          last_hash: hash,
          state: "confirmed",
          final_conclusion: null,
          decision_id: null,
          certificate_kind: "junior",
        }),
      ],
    ],
  );
  expect(faults).toContainEqual({ kind: "history.not-keyed", subject: altered, number: 3, column: null });
  expect(kindsOf(faults)).toContain(`application.head-code ${altered}`);
});

test.each([
  [
    "a column of an earlier application",
    `update shice.application set certificate_kind = 'primary' where id = '${altered}'`,
    `application.column ${altered}`,
  ],
  [
    "what the seal says that it held",
    `update shice.seal_head set holds = holds || '{"certificate_kind": "primary"}' where application_id = '${altered}'`,
    "seal.content 3",
  ],
  [
    "an earlier seal",
    "update shice.seal set sealed_at = sealed_at + interval '1 day' where number = 1",
    "seal.content 3",
  ],
  ["the seal of the upgrade, taken away", "delete from shice.seal where number = 3", `history.not-keyed ${altered}`],
  [
    "the sealed end, taken away",
    `delete from shice.seal_head where application_id = '${altered}'`,
    `history.not-keyed ${altered}`,
  ],
  [
    "an earlier entry of the audit log, taken away",
    "delete from shice.audit_entry where number = 3",
    "seal.audit-log 3",
  ],
])("%s is named", async (_what, text, expected) => {
  expect(kindsOf(await faultsAfter(text))).toContain(expected);
});
