import { call } from "@orpc/server";
import { beforeEach, expect, test } from "vitest";
import { auditRoutes } from "../audit/routes.ts";
import { openOffices } from "../testing/offices.ts";
import { concluded } from "../testing/through.ts";
import { type HistoryRow, historyHashOf } from "./history.ts";

const offices = await openOffices();
const { campaign, db, wanzhou } = offices;
const { owner } = db;
const ids = await offices.handedOver(wanzhou, 3);
await concluded(offices, wanzhou, ids);
const sorted = ids.toSorted();
const [before = "", altered = "", after = ""] = sorted;

const verify = () =>
  call(auditRoutes.verifyChains, { campaign: campaign.key }, { context: offices.as(offices.auditor) });
const { rows: counted } = await owner.query(
  `select application_id, count(*)::int as n, max(sequence)::int as last from shice.application_history group by 1`,
);
const last: number = counted.find((row) => row.application_id === altered).last;
const total = counted.reduce((sum, row) => sum + row.n, 0);

/** What the verification finds after the owner's own hand has done this, which is then undone. */
async function brokenAfter(text: string, values: unknown[] = [altered]): Promise<unknown[]> {
  const saved = {
    history: (await owner.query("select * from shice.application_history where application_id = $1", [altered])).rows,
    application: (
      await owner.query("select state, last_sequence, last_hash from shice.application where id = $1", [altered])
    ).rows[0],
  };
  await owner.query(text, values);
  try {
    return (await verify()).broken;
  } finally {
    await owner.query("delete from shice.application_history where application_id = $1", [altered]);
    for (const row of saved.history) {
      const columns = Object.keys(row);
      await owner.query(
        `insert into shice.application_history (${columns.join(", ")}) values (${columns.map((_, index) => `$${index + 1}`).join(", ")})`,
        columns.map((column) =>
          ["record", "changes"].includes(column) ? JSON.stringify(row[column]) : storedOf(row[column]),
        ),
      );
    }
    await owner.query("update shice.application set state = $2, last_sequence = $3, last_hash = $4 where id = $1", [
      altered,
      saved.application.state,
      saved.application.last_sequence,
      saved.application.last_hash,
    ]);
  }
}

function storedOf(value: unknown): unknown {
  return value instanceof Temporal.Instant ? value.toString() : value;
}

beforeEach(async () => {
  const { broken, applications, rows } = await verify();
  expect({ broken, applications, rows }).toEqual({ broken: [], applications: 3, rows: total });
});

test("three cases went from submission to conclusion by real acts, and their chains hold", () => {
  expect(last).toBeGreaterThanOrEqual(8);
  expect(new Set([before, altered, after]).size).toBe(3);
});

test.each([
  ["reason", "reason = '无'"],
  ["moment", "at = at - interval '1 microsecond'"],
  ["person who acted", `account_id = (select account_id from shice.post where role = 'district-lead' limit 1)`],
  ["role", "role = 'district-lead'"],
  ["post", "post_id = null"],
  ["organisation", "organisation_id = null"],
  ["record", `record = record || '{"conclusion": "fail"}'`],
  ["changes", `changes = changes || '{"flags": ["x"]}'`],
  ["plan", "plan_version = 2"],
  ["transition", "transition = 'decide-anew'"],
])("a row whose %s was altered is named, and no other", async (_what, change) => {
  const broken = await brokenAfter(
    `update shice.application_history set ${change} where application_id = $1 and transition = 'decide'`,
  );
  expect(broken).toEqual([{ application: altered, sequence: 4, why: "hash" }]);
});

test("a row whose states were altered is named, with the row that no longer follows from it", async () => {
  const broken = await brokenAfter(
    "update shice.application_history set to_state = 'sent-back' where application_id = $1 and sequence = 4",
  );
  expect(broken).toEqual([
    { application: altered, sequence: 4, why: "hash" },
    { application: altered, sequence: 5, why: "state" },
  ]);
});

test("who alters a row and computes its hash anew breaks the next row's link", async () => {
  const { rows } = await owner.query(
    "select * from shice.application_history where application_id = $1 and sequence = 4",
    [altered],
  );
  const stored = rows[0];
  const forged: HistoryRow = {
    campaignId: stored.campaign_id,
    applicationId: stored.application_id,
    sequence: stored.sequence,
    transition: stored.transition,
    fromState: stored.from_state,
    toState: stored.to_state,
    at: stored.at.toString(),
    role: stored.role,
    accountId: stored.account_id,
    personId: stored.person_id,
    postId: stored.post_id,
    organisationId: stored.organisation_id,
    reason: "无",
    record: stored.record,
    changes: stored.changes,
    planVersion: stored.plan_version,
  };
  const broken = await brokenAfter(
    "update shice.application_history set reason = '无', hash = $2 where application_id = $1 and sequence = 4",
    [altered, historyHashOf(stored.previous_hash, forged)],
  );
  expect(broken).toEqual([{ application: altered, sequence: 5, why: "previous-hash" }]);
});

test("a row removed from the middle is missed by the one after it", async () => {
  const broken = await brokenAfter("delete from shice.application_history where application_id = $1 and sequence = 4");
  expect(broken).toEqual([
    { application: altered, sequence: 5, why: "gap" },
    { application: altered, sequence: 5, why: "previous-hash" },
    { application: altered, sequence: 5, why: "state" },
  ]);
});

test("the first row removed is missed too", async () => {
  const broken = await brokenAfter("delete from shice.application_history where application_id = $1 and sequence = 1");
  expect(broken).toEqual([
    { application: altered, sequence: 2, why: "gap" },
    { application: altered, sequence: 2, why: "previous-hash" },
    { application: altered, sequence: 2, why: "state" },
  ]);
});

test("the last row removed is missed by the application itself", async () => {
  const broken = await brokenAfter(
    `delete from shice.application_history where application_id = $1 and sequence = ${last}`,
  );
  expect(broken).toEqual([{ application: altered, sequence: last - 1, why: "head" }]);
});

test("all rows removed leave an application without history", async () => {
  const broken = await brokenAfter("delete from shice.application_history where application_id = $1");
  expect(broken).toEqual([{ application: altered, sequence: 0, why: "no-history" }]);
});

test.each([
  ["state", "state = 'reviewed'"],
  ["head", "last_hash = sha256('x')"],
  ["number of acts", "last_sequence = last_sequence + 1"],
])("an application whose %s was changed behind its history's back is named", async (_what, change) => {
  const broken = await brokenAfter(`update shice.application set ${change} where id = $1`);
  expect(broken).toEqual([{ application: altered, sequence: last, why: "head" }]);
});
