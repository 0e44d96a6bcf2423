// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the code under judgement stands in plain strings
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { testDatabase } from "@shice/server/testing/test-database.ts";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "./generated.ts";
import { compareRows } from "./sql-rows.ts";
import { collectStatements } from "./sql-statements.ts";

// Within the repository, where the types of Kysely and Node are found.
mkdirSync(join(root, "data"), { recursive: true });
const folder = `${mkdtempSync(join(root, "data", "sql-check-"))}/`;
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const { superuser } = await testDatabase();
const client = new pg.Client({ ...superuser, options: "-c search_path=shice,public" });
beforeAll(() => client.connect());
afterAll(() => client.end());

async function judge(code: string): Promise<string[]> {
  writeFileSync(
    `${folder}a.ts`,
    `import { type Kysely, sql } from "kysely";\ndeclare const tx: Kysely<unknown>;\ndeclare const word: string | undefined;\n${code}\n`,
  );
  writeFileSync(`${folder}tsconfig.json`, JSON.stringify({ extends: "../../tsconfig.json", include: ["a.ts"] }));
  const { statements, failures, checker, close } = collectStatements(folder, {
    tsconfig: "tsconfig.json",
    isProduct: () => true,
  });
  try {
    return [...failures, ...(await compareRows(client, statements, checker))].map((line) => line.split("\n")[0] ?? "");
  } finally {
    close();
  }
}

test.each([
  [
    "a statement that suits",
    "await sql<{ id: string }>`select id from shice.person where id = ${word}`.execute(tx);",
    [],
  ],
  [
    "a column that is not there",
    "await sql`select surname from shice.person`.execute(tx);",
    ['a.ts:4: column "surname" does not exist'],
  ],
  [
    "a column that does not come back",
    "await sql<{ id: string; name: string }>`select id from shice.person`.execute(tx);",
    ["a.ts:4: the row type has name, which the statement does not return"],
  ],
  [
    "a column that the row type lacks",
    "await sql<{ id: string }>`select id, name from shice.person`.execute(tx);",
    ["a.ts:4: the statement returns name, which the row type does not have"],
  ],
  [
    "another type",
    "await sql<{ n: number }>`select count(*) as n from shice.person`.execute(tx);",
    ["a.ts:4: n is bigint, not number"],
  ],
  [
    "a null that the row type does not know",
    "await sql<{ subject: string }>`select subject from shice.application`.execute(tx);",
    ["a.ts:4: subject may be null, and string has no null"],
  ],
  [
    "a null that the statement rules out",
    "await sql<{ subject: string }>`select subject from shice.application where subject is not null`.execute(tx);",
    [],
  ],
  [
    "a fragment that is wrong in one of two cases",
    [
      "const named = (text: string) => sql`and p.nam = ${text}`;",
      "await sql`select from shice.person p where true ${word === undefined ? sql`` : named(word)}`.execute(tx);",
    ].join("\n"),
    ["a.ts:5: column p.nam does not exist"],
  ],
  [
    "a fragment that no statement contains",
    "export const left = sql`and true`;",
    ["a.ts:4: no statement contains this fragment"],
  ],
])("%s", async (_what, code, expected) => {
  expect(await judge(code)).toEqual(expected);
});
