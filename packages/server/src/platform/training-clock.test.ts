import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { testDatabase } from "../testing/test-database.ts";
import { machineClock, TrainingClock } from "./clock.ts";
import { openLog } from "./log.ts";
import { moveTrainingClock, watchTrainingClock } from "./training-clock.ts";

const { database, superuser, loginPassword } = await testDatabase();
const connection = { ...superuser, user: "shice_login", password: loginPassword };
const log = openLog("silent");
const at = Temporal.Instant.from("2017-10-09T01:00:00Z");

const [here, there] = [new TrainingClock(), new TrainingClock()];
const watches = [
  await watchTrainingClock({ clock: here, database, connection, log }),
  await watchTrainingClock({ clock: there, database, connection, log }),
];
afterAll(() => Promise.all(watches.map((watch) => watch.stop())));

test("the machine's clock is rounded to microseconds, so that what is hashed is what is stored", () => {
  expect(machineClock.now().epochNanoseconds % 1000n).toBe(0n);
});

test("a clock that was never set shows the machine's time", () => {
  const apart = new TrainingClock().now().until(machineClock.now()).total("seconds");
  expect(Math.abs(apart)).toBeLessThan(5);
});

test("a frozen clock stands still here at once and in the other programs soon", async () => {
  await moveTrainingClock(database, here, { at, runs: false });
  expect(here.now().equals(at)).toBe(true);
  await expect.poll(() => there.now().toString()).toBe(at.toString());
  expect(there.runs).toBe(false);
});

test("a running clock goes on from where it was set, alike in all programs", async () => {
  await moveTrainingClock(database, here, { at, runs: true });
  await expect.poll(() => there.runs).toBe(true);
  const [first, second] = [here.now(), there.now()];
  expect(at.until(first).total("seconds")).toBeGreaterThanOrEqual(0);
  expect(at.until(second).total("seconds")).toBeLessThan(30);
  expect(Math.abs(first.until(second).total("seconds"))).toBeLessThan(5);
});

test("a program started later reads what was set before", async () => {
  await moveTrainingClock(database, here, { at, runs: false });
  const late = new TrainingClock();
  const watch = await watchTrainingClock({ clock: late, database, connection, log });
  expect(late.now().equals(at)).toBe(true);
  await watch.stop();
});

test("a lost connection is taken up again, and a move in between is not missed", async () => {
  await endSessions("application_name = 'shice clock'");
  const later = at.add({ hours: 5 });
  await moveTrainingClock(database, here, { at: later, runs: false });
  await expect.poll(() => there.now().toString()).toBe(later.toString());
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
