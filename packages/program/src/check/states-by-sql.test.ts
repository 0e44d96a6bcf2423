import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "./generated.ts";
import { isForTests } from "./sources.ts";

/** Test files that write an application's state themselves, and why no act of the program can stand in the place. */
const reasons: Record<string, string> = {
  "packages/program/src/check/states-by-sql.test.ts": "the examples of this check",
  "packages/server/src/assistance/nets.test.ts":
    "the database must refuse these statements, with the program taken away",
  "packages/server/src/audit/contradicted-conclusion.test.ts": "the subject is a conclusion altered behind the program",
  "packages/server/src/audit/seal-earlier-record.test.ts": "an older database, before its record was sealed",
  "packages/server/src/audit/verify-record.test.ts": "the subject is a record altered behind the program",
  "packages/server/src/organisations/upgrade.test.ts": "an older database, before the upgrade",
  "packages/server/src/platform/database/migrate.test.ts": "an older database, before the migration",
  "packages/server/src/platform/database/nets.test.ts":
    "the database must refuse these statements, with the program taken away",
  "packages/server/src/testing/handed-over.ts": "the factory from which the acts of all other tests go on",
};

/** What the acts alone may write: where a case stands, since when, and what was decided on it. */
const columns = [
  "state",
  "state_since",
  "submitted_at",
  "reply_by",
  "answer_to",
  "withdrawal_asked_at",
  "withdrawal_released_at",
  "manifest_id",
  "preliminary_conclusion",
  "notice_id",
  "published_conclusion",
  "report_id",
  "reviewed_conclusion",
  "final_conclusion",
  "decision_id",
];

const update =
  /\bupdate\s+(?:shice\.)?application\b(?:\s+(?:as\s+)?(?!set\b)\w+)?\s+set\s+(.*?)(?:\bwhere\b|["`]|$)/gis;
const insert = /\binsert\s+into\s+(?:shice\.)?application\s*\(/i;
const builder = /\b(?:updateTable|insertInto)\(\s*["'`](?:shice\.)?application\b(?!_)/;

/** Whether a text writes an application's state; a column that is put together at run time may be one too. */
function writesState(text: string): boolean {
  if (insert.test(text) || builder.test(text)) return true;
  const written = new RegExp(`\\b(?:${columns.join("|")})\\s*=|\\$\\{`);
  return [...text.matchAll(update)].some(([, set = ""]) => written.test(set));
}

function listTestFiles(): string[] {
  return ["packages", "rehearsal"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true })
      .map((path) => `${folder}/${path}`)
      .filter((path) => path.endsWith(".ts") && isForTests(path) && !path.includes("node_modules")),
  );
}

test("tests reach a state by the program's acts; those that write it by SQL are listed with the reason", () => {
  const found = listTestFiles().filter((path) => writesState(readFileSync(join(root, path), "utf8")));
  expect(found.toSorted()).toEqual(Object.keys(reasons).toSorted());
});

test.each([
  "update shice.application set state = 'draft' where id = $1",
  "update shice.application a set version = 2,\n  final_conclusion = 'pass' where id = $1",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the text of a test, not a template
  "`update shice.application set ${column} = 1 where id = $1`",
  'updateTable("shice.application")',
  "insert into shice.application (campaign_id) values ($1)",
])("%s writes a state", (text) => {
  expect(writesState(text)).toBe(true);
});

test.each([
  "update shice.application set name = '欧阳' where id = $1 and state = 'draft'",
  "update shice.application_history set reason = '无'",
  "update shice.message set state = 'failed'",
  "insert into shice.application_history (state) values ($1)",
])("%s writes none", (text) => {
  expect(writesState(text)).toBe(false);
});
