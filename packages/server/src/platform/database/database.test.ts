import { sql } from "kysely";
import { expect, test } from "vitest";
import { testDatabase } from "../../testing/test-database.ts";

const { database, owner } = await testDatabase({ connections: 1 });

test("a transaction acts under its scope's role, with its ids, and sees them end with it", async () => {
  const id = "0198a000-0000-7000-8000-000000000001";
  const who = await database.inScope({ kind: "school", id }, async (tx) => {
    const { rows } = await sql<{
      role: string;
      scope: string;
    }>`select current_user as role, shice.scope_id() as scope`.execute(tx);
    return rows[0];
  });
  expect(who).toEqual({ role: "shice_school", scope: id });
  const after = await database.inScope({ kind: "public" }, async (tx) => {
    const { rows } = await sql<{
      role: string;
      scope: string | null;
    }>`select current_user as role, shice.scope_id() as scope`.execute(tx);
    return rows[0];
  });
  expect(after).toEqual({ role: "shice_public", scope: null });
});

test("32 transactions at once finish on a pool of one connection", async () => {
  const results = await Promise.all(
    Array.from({ length: 32 }, (_, n) =>
      database.inScope({ kind: "public" }, async (tx) => {
        const { rows } = await sql<{ n: number }>`select ${n}::int as n`.execute(tx);
        return rows[0]?.n;
      }),
    ),
  );
  expect(results).toEqual(Array.from({ length: 32 }, (_, n) => n));
});

test("a failure rolls back and the connection serves the next", async () => {
  await expect(
    database.inScope({ kind: "system" }, async (tx) => {
      await sql`insert into shice.training_clock (at, runs, set_at_machine) values ('2017-10-09T01:00:00Z', false, '2026-01-01T00:00:00Z')`.execute(
        tx,
      );
      throw new Error("on purpose");
    }),
  ).rejects.toThrow("on purpose");
  const { rows } = await owner.query("select count(*)::int as n from shice.training_clock");
  expect(rows[0].n).toBe(0);
  await expect(database.inScope({ kind: "public" }, (tx) => sql`select 1 as one`.execute(tx))).resolves.toBeDefined();
});

test("times, days and large numbers come as Temporal and bigint", async () => {
  const row = await database.inScope({ kind: "public" }, async (tx) => {
    const { rows } = await sql<{ at: Temporal.Instant; on: Temporal.PlainDate; n: bigint }>`
      select timestamptz '2017-11-03 15:59:59.999+00' as at, date '2017-11-03' as on, 9007199254740993::int8 as n`.execute(
      tx,
    );
    return rows[0];
  });
  expect(row?.at.toString()).toBe("2017-11-03T15:59:59.999Z");
  expect(row?.on.toString()).toBe("2017-11-03");
  expect(row?.n).toBe(9007199254740993n);
});

test("a scope's id that is no UUID never reaches the database", async () => {
  await expect(database.inScope({ kind: "school", id: "'; reset role; --" }, () => Promise.resolve(1))).rejects.toThrow(
    "UUID",
  );
});
