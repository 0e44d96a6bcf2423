import { readFileSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { testDatabase } from "../../testing/test-database.ts";
import { migrationFolder } from "./migrate.ts";
import { dumpSchema } from "./schema-dump.ts";

const { superuser, owner } = await testDatabase();
const client = new pg.Client(superuser);
await client.connect();
afterAll(() => client.end());

/** What the dump has more and less after a change, which is then undone. */
async function changed(...texts: string[]): Promise<{ more: string[]; less: string[] }> {
  const before = linesOf(await dumpSchema(client));
  const undo = texts.pop() ?? "";
  for (const text of texts) await client.query(text);
  const after = linesOf(await dumpSchema(client));
  await client.query(undo);
  expect(linesOf(await dumpSchema(client))).toEqual(before);
  return { more: after.filter((line) => !before.includes(line)), less: before.filter((line) => !after.includes(line)) };
}

function linesOf(text: string): string[] {
  return text.split("\n").filter((line) => line !== "");
}

test("schema.sql is what the migrations make", async () => {
  expect(await dumpSchema(client)).toBe(readFileSync(join(migrationFolder, "schema.sql"), "utf8"));
});

test("it says the same whoever asks, under whatever search path", async () => {
  const asPostgres = await dumpSchema(client);
  await client.query("set search_path = shice, public");
  expect(await dumpSchema(client)).toBe(asPostgres);
  await client.query("reset search_path");
  const session = await owner.connect();
  expect(await dumpSchema(session)).toBe(asPostgres);
  session.release();
});

test("a campaign's partitions are data, not schema", async () => {
  const before = await dumpSchema(client);
  const campaign = "0198a000-0000-7000-8000-000000000009";
  await client.query(
    "insert into shice.campaign (id, key, title, plan_version, created_at) values ($1, 'x', 'x', 1, '2017-09-30T00:00:00Z')",
    [campaign],
  );
  await client.query("select shice.create_campaign_partitions($1)", [campaign]);
  const { rows } = await client.query("select count(*)::int as made from pg_inherits");
  expect(rows[0].made).toBeGreaterThan(0);
  expect(await dumpSchema(client)).toBe(before);
});

test.each([
  [
    "row security switched off",
    "alter table shice.application disable row level security",
    "alter table shice.application enable row level security",
  ],
  [
    "row security forced",
    "alter table shice.application force row level security",
    "alter table shice.application no force row level security",
  ],
  ["a policy more", "create policy x on shice.school using (true)", "drop policy x on shice.school"],
  [
    "a grant",
    "grant delete on shice.application_history to shice_school",
    "revoke delete on shice.application_history from shice_school",
  ],
  [
    "a grant to everybody",
    "grant select on shice.application to public",
    "revoke select on shice.application from public",
  ],
  [
    "a grant on columns",
    "grant update (state) on shice.application to shice_auditor",
    "revoke update (state) on shice.application from shice_auditor",
  ],
  [
    "a default",
    "alter table shice.campaign alter column id set default gen_random_uuid()",
    "alter table shice.campaign alter column id set default uuidv7()",
  ],
  [
    "a function everybody may call",
    "grant execute on function shice.send_messages to public",
    "revoke execute on function shice.send_messages from public",
  ],
  [
    "a trigger switched off",
    "alter table shice.sticker_balance disable trigger user",
    "alter table shice.sticker_balance enable trigger user",
  ],
  [
    "the use of the schema",
    "grant create on schema shice to shice_public",
    "revoke create on schema shice from shice_public",
  ],
  ["an index", "create index x on shice.school (authority_id)", "drop index shice.x"],
  ["a check", "alter table shice.school add constraint x check (true)", "alter table shice.school drop constraint x"],
  [
    "a comment",
    "comment on constraint school_pkey on shice.school is 'x'",
    "comment on constraint school_pkey on shice.school is null",
  ],
  ["an owner", "alter table shice.school owner to postgres", "alter table shice.school owner to shice_owner"],
])("it notices %s", async (_, change, undo) => {
  const { more } = await changed(change, undo);
  expect(more.length).toBeGreaterThan(0);
});
