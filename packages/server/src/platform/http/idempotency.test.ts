import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import pg from "pg";
import { expect, test } from "vitest";
import { testDatabase } from "../../testing/test-database.ts";
import type { Tx } from "../database/database.ts";
import { withIdempotency } from "./idempotency.ts";
import { RefusalError } from "./refusal-error.ts";

const { database, owner, superuser } = await testDatabase({ connections: 20 });
const now = Temporal.Instant.from("2017-10-09T01:00:00Z");
const hash = (text: string) => Buffer.from(text.padEnd(32, "."));

// What an act does stands in a table of this test alone.
await owner.query("create table shice.deed (id uuid primary key, account_id uuid not null)");
await owner.query("grant insert on shice.deed to shice_accounts");

/** An act of an account: it writes one row. */
function act(
  account: string,
  key: string,
  { asked = "a", before, fail = false }: { asked?: string; before?: () => Promise<void>; fail?: boolean } = {},
): Promise<{ done: string }> {
  return database.inScope(
    { kind: "accounts" },
    (tx) =>
      withIdempotency(tx, { accountId: account, key, requestHash: hash(asked), now }, async () => {
        const done = await note(tx, account);
        await before?.();
        if (fail) throw new RefusalError({ code: "case.own" });
        return { done };
      }),
    { actorId: account },
  );
}

async function note(tx: Tx, account: string): Promise<string> {
  const id = randomUUID();
  await sql`insert into shice.deed (id, account_id) values (${id}, ${account})`.execute(tx);
  return id;
}

async function timesDone(account: string): Promise<number> {
  const { rows } = await owner.query("select count(*)::int as n from shice.deed where account_id = $1", [account]);
  return rows[0].n;
}

test("a repetition acts once and gets the first answer", async () => {
  const account = randomUUID();
  const first = await act(account, "key-00001");
  expect(await act(account, "key-00001")).toEqual(first);
  expect(await timesDone(account)).toBe(1);
});

test("another request under the same key is refused", async () => {
  const account = randomUUID();
  await act(account, "key-00001", { asked: "a" });
  const refused = act(account, "key-00001", { asked: "b" });
  await expect(refused).rejects.toMatchObject({ refusal: { code: "idempotency.mismatch" } });
  expect(await timesDone(account)).toBe(1);
});

test("the same key of another account is another key", async () => {
  const [one, two] = [randomUUID(), randomUUID()];
  const first = await act(one, "key-00001");
  expect(await act(two, "key-00001")).not.toEqual(first);
});

test("twelve at once act once, and all get the same answer", async () => {
  const account = randomUUID();
  const answers = await Promise.all(Array.from({ length: 12 }, () => act(account, "key-00001")));
  expect(new Set(answers.map((answer) => answer.done)).size).toBe(1);
  expect(await timesDone(account)).toBe(1);
});

test("a refused act stores nothing: the next try is done, also one that was waiting", async () => {
  const account = randomUUID();
  const entered = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  const first = act(account, "key-00001", {
    fail: true,
    before: () => {
      entered.resolve();
      return goOn.promise;
    },
  });
  await entered.promise;
  const second = act(account, "key-00001");
  goOn.resolve();
  await expect(first).rejects.toMatchObject({ refusal: { code: "case.own" } });
  await expect(second).resolves.toHaveProperty("done");
  expect(await timesDone(account)).toBe(1);
});

test("a crash before the commit loses key and act together", async () => {
  const account = randomUUID();
  const crashed = act(account, "key-00001", {
    before: async () => {
      await endSessions("usename = 'shice_login' and state = 'idle in transaction'");
    },
  });
  await expect(crashed).rejects.toThrow();
  expect(await timesDone(account)).toBe(0);
  await expect(act(account, "key-00001")).resolves.toHaveProperty("done");
  expect(await timesDone(account)).toBe(1);
});

test("nobody reads another account's stored answers", async () => {
  const [one, two] = [randomUUID(), randomUUID()];
  await act(one, "key-00001");
  const seen = await database.inScope(
    { kind: "accounts" },
    async (tx) => (await sql`select 1 from shice.idempotency_key where account_id = ${one}`.execute(tx)).rows,
    { actorId: two },
  );
  expect(seen).toEqual([]);
});

/** Ends sessions of this database as a crash or a lost line would. */
async function endSessions(which: string): Promise<void> {
  const client = new pg.Client(superuser);
  await client.connect();
  const { rowCount } = await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and ${which}`,
  );
  await client.end();
  expect(rowCount).toBeGreaterThan(0);
}
