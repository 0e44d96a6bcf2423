import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import pg from "pg";
import { expect, test } from "vitest";
import { testDatabase } from "../../testing/test-database.ts";
import { openDatabase, type Tx } from "./database.ts";

const { database, owner, superuser, loginPassword } = await testDatabase({ connections: 1 });
const school = "0198a000-0000-7000-8000-000000000001";

async function terminate(pid: number | undefined): Promise<void> {
  const admin = new pg.Client(superuser);
  await admin.connect();
  await admin.query("select pg_terminate_backend($1, 5000)", [pid]);
  await admin.end();
}

test("a transaction acts under its scope's role, with its ids, and sees them end with it", async () => {
  const id = school;
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

test("arrays of these come and go as such too", async () => {
  const instants = [
    Temporal.Instant.from("2017-10-09T01:00:00Z"),
    Temporal.Instant.from("2017-11-24T16:00:00.000001Z"),
  ];
  const days = [Temporal.PlainDate.from("2017-10-09"), Temporal.PlainDate.from("2017-11-24")];
  const row = await database.inScope({ kind: "public" }, async (tx) => {
    const { rows } = await sql<{
      instants: Temporal.Instant[];
      days: (Temporal.PlainDate | null)[];
      ns: bigint[];
      none: [];
    }>`
      select ${instants}::timestamptz[] as instants, ${days}::date[] || null::date as days, array[1, 2]::int8[] as ns,
        array[]::date[] as none`.execute(tx);
    return rows[0];
  });
  expect(row?.instants.map(String)).toEqual(instants.map(String));
  expect(row?.days.map((day) => day?.toString())).toEqual(["2017-10-09", "2017-11-24", undefined]);
  expect(row?.ns).toEqual([1n, 2n]);
  expect(row?.none).toEqual([]);
});

test("a transaction for reading refuses every change", async () => {
  const change = database.inScope(
    { kind: "system" },
    (tx) =>
      sql`insert into shice.training_clock (at, runs, set_at_machine) values ('2017-10-09T01:00:00Z', false, '2026-01-01T00:00:00Z')`.execute(
        tx,
      ),
    { readOnly: true },
  );
  await expect(change).rejects.toMatchObject({ code: "25006" });
});

test("a failed statement whose error the work swallowed is not told as done", async () => {
  const swallowing = database.inScope({ kind: "public" }, async (tx) => {
    await sql`select 1 / 0`.execute(tx).catch(() => undefined);
    return "done";
  });
  await expect(swallowing).rejects.toThrow("nothing was committed");
});

test("a savepoint lets the work go on after a failure", async () => {
  const done = await database.inScope({ kind: "public" }, async (tx) => {
    await sql`savepoint attempt`.execute(tx);
    await sql`select 1 / 0`.execute(tx).catch(() => sql`rollback to savepoint attempt`.execute(tx));
    const { rows } = await sql<{ n: number }>`select 1 as n`.execute(tx);
    return rows[0]?.n;
  });
  expect(done).toBe(1);
});

test("a transaction kept beyond its end is dead: nothing runs in the next one's scope", async () => {
  let kept: Tx | undefined;
  await database.inScope({ kind: "school", id: school }, async (tx) => {
    kept = tx;
  });
  await database.inScope({ kind: "system" }, async (tx) => {
    if (kept === undefined) throw new Error("not kept");
    await expect(sql`select 1`.execute(kept)).rejects.toThrow("the transaction is over");
    await sql`select 1`.execute(tx);
  });
});

test.each(["commit", "ROLLBACK", " begin", "end", "abort", "start transaction"])(
  "the work can neither begin nor end a transaction itself (%s)",
  async (text) => {
    const work = database.inScope({ kind: "public" }, (tx) => sql.raw(text).execute(tx));
    await expect(work).rejects.toThrow("only inScope");
  },
);

test("Kysely's own transactions are refused for the same reason", async () => {
  const nested = database.inScope({ kind: "public" }, (tx) =>
    tx.transaction().execute((inner) => sql`select 1`.execute(inner)),
  );
  await expect(nested).rejects.toThrow("only inScope");
});

test("the login has no rights of its own, and its scopes cannot take up the owner's", async () => {
  const login = new pg.Client({ ...superuser, user: "shice_login", password: loginPassword });
  await login.connect();
  await expect(login.query("select 1 from shice.application")).rejects.toMatchObject({ code: "42501" });
  await expect(login.query("set role shice_owner")).rejects.toMatchObject({ code: "42501" });
  await expect(login.query("set role postgres")).rejects.toMatchObject({ code: "42501" });
  await login.end();
  await expect(
    database.inScope({ kind: "public" }, (tx) => sql`set local role shice_owner`.execute(tx)),
  ).rejects.toMatchObject({ code: "42501" });
  const { rows } = await owner.query(
    "select rolname from pg_roles where rolname like 'shice%' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb)",
  );
  expect(rows).toEqual([]);
});

test("a transaction that cannot begin says why, not what follows from it", async () => {
  const admin = new pg.Client(superuser);
  await admin.connect();
  // A login of its own: roles are the cluster's, and other test files make and use the program's meanwhile.
  const user = `few_${randomBytes(4).toString("hex")}`;
  await admin.query(`create role ${user} login password 'few'`);
  await admin.query(`grant connect on database ${superuser.database} to ${user}`);
  await admin.query(`grant shice_public to ${user} with inherit false, set true`);
  const beginnings = openDatabase({ ...superuser, user, password: "few" }, { connections: 1 });
  try {
    const refused = beginnings.inScope({ kind: "auditor" }, (tx) => sql`select 1`.execute(tx));
    await expect(refused).rejects.toMatchObject({ code: "42501", message: expect.stringContaining("shice_auditor") });
    await expect(beginnings.inScope({ kind: "public" }, (tx) => sql`select 1`.execute(tx))).resolves.toBeDefined();
  } finally {
    await beginnings.close();
    await admin.query(`drop owned by ${user}; drop role ${user}`);
    await admin.end();
  }
});

test("a connection that breaks in mid-work fails that work alone; the next gets another", async () => {
  const broken = database.inScope({ kind: "public" }, async (tx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
    await terminate(rows[0]?.pid);
    await sql`select 1`.execute(tx);
  });
  await expect(broken).rejects.toThrow();
  await expect(database.inScope({ kind: "public" }, (tx) => sql`select 1`.execute(tx))).resolves.toBeDefined();
});

test("one that breaks while idle is replaced too", async () => {
  const pid = await database.inScope({ kind: "public" }, async (tx) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
    return rows[0]?.pid;
  });
  await terminate(pid);
  await expect
    .poll(() =>
      database
        .inScope({ kind: "public" }, (tx) => sql`select 1`.execute(tx))
        .then(
          () => true,
          () => false,
        ),
    )
    .toBe(true);
});

test("two works that deadlock are both done in the end: the one that lost begins anew", async () => {
  const two = openDatabase({ ...superuser, user: "shice_login", password: loginPassword }, { connections: 2 });
  const met = Promise.withResolvers<void>();
  let waiting = 0;
  let begun = 0;
  const crossing = (first: number, second: number) =>
    two.inScope({ kind: "public" }, async (tx) => {
      begun += 1;
      await sql`select pg_advisory_xact_lock(${first}::int)`.execute(tx);
      waiting += 1;
      if (waiting === 2) met.resolve();
      await met.promise;
      await sql`select pg_advisory_xact_lock(${second}::int)`.execute(tx);
      return first;
    });
  expect(await Promise.all([crossing(1, 2), crossing(2, 1)])).toEqual([1, 2]);
  expect(begun).toBe(3);
  await two.close();
});

test("what fails to serialise is tried three times, and then told", async () => {
  let tried = 0;
  const failing = database.inScope({ kind: "public" }, async (tx) => {
    tried += 1;
    await sql`do $$ begin raise exception 'no' using errcode = 'serialization_failure'; end $$`.execute(tx);
  });
  await expect(failing).rejects.toMatchObject({ code: "40001" });
  expect(tried).toBe(3);
});

test("any other failure is told at once", async () => {
  let tried = 0;
  const failing = database.inScope({ kind: "public" }, async (tx) => {
    tried += 1;
    await sql`select 1 / 0`.execute(tx);
  });
  await expect(failing).rejects.toMatchObject({ code: "22012" });
  expect(tried).toBe(1);
});

test("a scope that needs an id has one", async () => {
  await expect(database.inScope({ kind: "school", id: "" }, () => Promise.resolve(1))).rejects.toThrow("UUID");
  await expect(database.inScope({ kind: "owner" as "public" }, () => Promise.resolve(1))).rejects.toThrow(
    "unknown scope",
  );
  await expect(
    database.inScope({ kind: "public" }, () => Promise.resolve(1), { actorId: "'; reset role; --" }),
  ).rejects.toThrow("UUID");
});

test("a scope's id that is no UUID never reaches the database", async () => {
  await expect(database.inScope({ kind: "school", id: "'; reset role; --" }, () => Promise.resolve(1))).rejects.toThrow(
    "UUID",
  );
});
