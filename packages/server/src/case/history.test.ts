import { runsOf } from "@shice/rules/testing/size.ts";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openSecrets } from "../platform/secrets.ts";
import { testDatabase } from "../testing/test-database.ts";
import { canonicalJson, type HistoryRow, historyMacOf, type Json, plainHistoryHashOf } from "./history.ts";

const { owner, secrets } = await testDatabase({ connections: 1 });

/** Text that PostgreSQL stores: whole code points, and not U+0000. */
const text = fc.string({ unit: "binary" }).map((value) => value.replaceAll("\0", ""));
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: "small" },
    text,
    fc.boolean(),
    fc.constant(null),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.array(tie("json")),
    fc.dictionary(text, tie("json")),
  ),
}));

/** The same value with the members of every object the other way round. */
function turnedRound(value: Json): Json {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(turnedRound);
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, member]) => [key, turnedRound(member)]),
  );
}

test("canonical JSON is JSON of the same value", () => {
  fc.assert(
    fc.property(json, (value) => {
      // JSON itself has no minus zero
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test("canonical JSON does not depend on the order of keys, but on that of a list", () => {
  fc.assert(
    fc.property(json, (value) => {
      expect(canonicalJson(turnedRound(value))).toBe(canonicalJson(value));
    }),
  );
  expect(canonicalJson({ b: [1, 2], a: "甲" })).toBe('{"a":"甲","b":[1,2]}');
  expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
});

test("what comes back from jsonb has the same canonical text", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(json, { minLength: 1, maxLength: 20 }), async (values) => {
      const { rows } = await owner.query("select $1::jsonb as stored", [JSON.stringify(values)]);
      expect(canonicalJson(rows[0].stored)).toBe(canonicalJson(values));
    }),
    { numRuns: runsOf(60) },
  );
});

const row: HistoryRow = {
  campaignId: "0198a000-0000-7000-8000-000000000001",
  applicationId: "0198a000-0000-7000-8000-000000000002",
  sequence: 4,
  transition: "decide",
  fromState: "handed-over",
  toState: "preliminary",
  at: "2017-11-08T02:00:00Z",
  role: "district-reviewer",
  accountId: "0198a000-0000-7000-8000-000000000003",
  personId: null,
  postId: "0198a000-0000-7000-8000-000000000004",
  organisationId: "0198a000-0000-7000-8000-000000000005",
  reason: null,
  record: { conclusion: "pass", reasons: ["conditions-met"] },
  changes: { flags: [] },
  sets: { version: 4 },
  planVersion: 1,
};
const otherwise: Required<HistoryRow> = {
  campaignId: "0198a000-0000-7000-8000-00000000000a",
  applicationId: "0198a000-0000-7000-8000-00000000000a",
  sequence: 5,
  transition: "decide-anew",
  fromState: null,
  toState: "on-notice",
  at: "2017-11-08T02:00:00.000001Z",
  role: "district-lead",
  accountId: null,
  personId: "0198a000-0000-7000-8000-00000000000a",
  postId: null,
  organisationId: null,
  reason: "",
  record: { conclusion: "pass", reasons: [] },
  changes: {},
  sets: { version: 5 },
  planVersion: 2,
};

test("the plain hash of a row from before codes were keyed is what it was on the first day", () => {
  // computed by hand: printf of the canonical text, sha256sum
  expect(plainHistoryHashOf(Buffer.alloc(0), row).toString("hex")).toBe(
    "b980e0b45c29d583608c879c52c2111e93625685886c193ca8f8167184e17c9e",
  );
});

const codeOf = (history: HistoryRow, previous = Buffer.alloc(0)) => historyMacOf(secrets, previous, history);

test.each(Object.keys(otherwise))("another %s gives another code", (field) => {
  const altered = { ...row, [field]: Object.entries(otherwise).find(([key]) => key === field)?.[1] };
  expect(altered).not.toEqual(row);
  expect(codeOf(altered)).not.toEqual(codeOf(row));
});

test("so does another row before it and another secret, and the order of the fields does not", () => {
  const first = codeOf(row);
  expect(first).toHaveLength(32);
  expect(codeOf(row, Buffer.alloc(32))).not.toEqual(first);
  expect(codeOf(turnedRound({ ...row }) as unknown as HistoryRow)).toEqual(first);
  const others = openSecrets({ secret: "another installation's secret", cipher: "aes-256-gcm" });
  expect(historyMacOf(others, Buffer.alloc(0), row)).not.toEqual(first);
});
