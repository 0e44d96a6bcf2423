import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { testDatabase } from "../testing/test-database.ts";
import { openOwnerPool } from "./database/migrate.ts";
import { addJob, type Jobs, runJobs, task } from "./jobs.ts";
import { openLog } from "./log.ts";

const { database, superuser, owner } = await testDatabase();
const lines: string[] = [];
const log = openLog("debug", { write: (line: string) => lines.push(line) });
const name = "李建国";

/** What the tasks were given, and a way to wait for it. */
const taken: unknown[] = [];
let arrived: () => void = () => undefined;
function take(value: unknown): void {
  taken.push(value);
  arrived();
}
async function untilTaken(count: number): Promise<void> {
  while (taken.length < count) {
    await new Promise<void>((resolve) => {
      arrived = resolve;
    });
  }
}

const released = Promise.withResolvers<void>();

let jobs: Jobs;
const pool = openOwnerPool(superuser, 4);
beforeAll(async () => {
  const tasks = {
    greet: task(z.object({ name: z.string() }), async (payload, { attempt }) => take({ ...payload, attempt })),
    alone: task(z.object({ name: z.string() }), async ({ name: holder }, { exclusively }) => {
      const isDone = await exclusively("one at a time", async () => {
        take(holder);
        await released.promise;
      });
      take({ [holder]: isDone });
    }),
    fail: task(z.object({ name: z.string() }), async (payload) => {
      take(payload);
      throw Object.assign(new TypeError(`cannot send to ${payload.name}`), { code: "EENVELOPE" });
    }),
  };
  jobs = await runJobs({ pool, tasks, minutely: [], log });
});
afterAll(async () => {
  await jobs.stop();
  await pool.end();
});

test("a job queued in a transaction is done after it, whoever queued it", async () => {
  taken.length = 0;
  await database.inScope({ kind: "public" }, (tx) => addJob(tx, "greet", { name }));
  await untilTaken(1);
  expect(taken).toEqual([{ name, attempt: 1 }]);
});

test("a job is lost with the transaction that queued it", async () => {
  taken.length = 0;
  const failing = database.inScope({ kind: "public" }, async (tx) => {
    await addJob(tx, "greet", { name: "lost" });
    throw new Error("on purpose");
  });
  await expect(failing).rejects.toThrow("on purpose");
  await database.inScope({ kind: "public" }, (tx) => addJob(tx, "greet", { name: "kept" }));
  await untilTaken(1);
  expect(taken).toEqual([{ name: "kept", attempt: 1 }]);
});

test("a waiting job of the same key is replaced", async () => {
  const runAt = Temporal.Instant.from("2999-01-01T00:00:00Z");
  for (const text of ["first", "second"]) {
    await database.inScope({ kind: "public" }, (tx) => addJob(tx, "greet", { name: text }, { runAt, jobKey: "one" }));
  }
  const { rows } = await owner.query(
    "select payload from worker._private_jobs where key = 'one' and run_at > '2998-01-01'",
  );
  expect(rows.map((row) => row.payload)).toEqual([{ name: "second" }]);
});

test("a failed job is kept for another try, and neither the log nor the queue's table quotes its error", async () => {
  taken.length = 0;
  lines.length = 0;
  await database.inScope({ kind: "public" }, (tx) => addJob(tx, "fail", { name }));
  await untilTaken(1);
  await expect
    .poll(async () => {
      const { rows } = await owner.query(
        "select attempts, last_error from worker._private_jobs where last_error is not null",
      );
      return rows[0];
    })
    .toEqual({ attempts: 1, last_error: expect.stringContaining("TypeError EENVELOPE") });
  const { rows } = await owner.query(
    "select last_error from worker._private_jobs where last_error like '%' || $1 || '%'",
    [name],
  );
  expect(rows).toEqual([]);
  expect(lines.join("")).not.toContain(name);
  expect(lines.map((line) => JSON.parse(line))).toContainEqual(
    expect.objectContaining({ job: "fail", attempt: 1, msg: "job failed" }),
  );
});

test("a job that fails is tried three times, then stays as failed", async () => {
  taken.length = 0;
  await owner.query("delete from worker._private_jobs");
  await database.inScope({ kind: "public" }, (tx) => addJob(tx, "fail", { name: "three times" }));
  for (const attempts of [1, 2, 3]) {
    await expect
      .poll(async () => {
        const { rows } = await owner.query(
          "select attempts, max_attempts, locked_at is null as free from worker._private_jobs",
        );
        return rows;
      })
      .toEqual([{ attempts, max_attempts: 3, free: true }]);
    // Nobody waits in a test for the queue's pauses between tries.
    await owner.query("update worker._private_jobs set run_at = now() - interval '1 hour'");
    if (attempts < 3) await owner.query('notify "jobs:insert"');
  }
  // Queued after it and due later: were the failed one taken again, it would come first.
  await database.inScope({ kind: "public" }, (tx) => addJob(tx, "greet", { name: "the next" }));
  await untilTaken(4);
  expect(taken.slice(0, 3)).toEqual(Array.from({ length: 3 }, () => ({ name: "three times" })));
  expect(taken[3]).toEqual({ name: "the next", attempt: 1 });
});

test("what is held by one job is not begun by another", async () => {
  taken.length = 0;
  const queue = (holder: string) => database.inScope({ kind: "public" }, (tx) => addJob(tx, "alone", { name: holder }));
  await queue("first");
  await untilTaken(1);
  await queue("second");
  await untilTaken(2);
  expect(taken).toEqual(["first", { second: false }]);
  released.resolve();
  await untilTaken(3);
  expect(taken[2]).toEqual({ first: true });
  await queue("third");
  await untilTaken(5);
  expect(taken.slice(3)).toEqual(["third", { third: true }]);
});
