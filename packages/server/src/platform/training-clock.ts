import { sql } from "kysely";
import pg from "pg";
import { type ClockSetting, machineClock, type TrainingClock } from "./clock.ts";
import type { ConnectionParameters } from "./database/connection.ts";
import type { Database } from "./database/database.ts";
import type { Log } from "./log.ts";

/** Following the shared training clock until stopped. */
interface ClockWatch {
  stop(): Promise<void>;
}

const channel = "training_clock";
const retryMs = 1000;

/**
 * Sets the training clock for all programs of the database: they hear of it at once, this one before the promise is
 * fulfilled. `runs` says whether it goes on from there or stands still.
 */
export async function moveTrainingClock(
  database: Database,
  clock: TrainingClock,
  { at, runs }: { at: Temporal.Instant; runs: boolean },
): Promise<void> {
  const setting = { at, runs, setAtMachine: machineClock.now() };
  await database.inScope({ kind: "system" }, (tx) =>
    sql`
      insert into shice.training_clock (at, runs, set_at_machine)
      values (${at.toString()}, ${runs}, ${setting.setAtMachine.toString()})
      on conflict (singleton) do update
        set at = excluded.at, runs = excluded.runs, set_at_machine = excluded.set_at_machine`.execute(tx),
  );
  clock.set(setting);
}

/** What the training clock was set to; undefined while it has never been. */
async function findClockSetting(database: Database): Promise<ClockSetting | undefined> {
  const { rows } = await database.inScope({ kind: "system" }, (tx) =>
    sql<{ at: Temporal.Instant; runs: boolean; set_at_machine: Temporal.Instant }>`
      select at, runs, set_at_machine from shice.training_clock`.execute(tx),
  );
  const [row] = rows;
  return row === undefined ? undefined : { at: row.at, runs: row.runs, setAtMachine: row.set_at_machine };
}

/**
 * Makes a clock follow the one in the database: read now, and again whenever another program moves it. A lost
 * connection is taken up again, and the clock read anew, for a move may have been missed.
 */
export async function watchTrainingClock({
  clock,
  database,
  connection,
  log,
}: {
  clock: TrainingClock;
  database: Database;
  connection: ConnectionParameters;
  log: Log;
}): Promise<ClockWatch> {
  let stopped = false;
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;

  const read = async () => clock.set(await findClockSetting(database));
  const listen = async () => {
    const listening = new pg.Client({ ...connection, application_name: "shice clock" });
    client = listening;
    listening.on("error", () => lost(listening));
    listening.on("end", () => lost(listening));
    listening.on("notification", () => {
      read().catch((error: unknown) => log.warn({ err: error }, "training clock not read"));
    });
    await listening.connect();
    await listening.query(`listen ${channel}`);
    await read();
  };
  const lost = (which: pg.Client) => {
    if (stopped || which !== client) return;
    client = undefined;
    retry = setTimeout(() => {
      listen().catch((error: unknown) => {
        log.warn({ err: error }, "training clock not reached");
        if (client !== undefined) lost(client);
      });
    }, retryMs);
  };

  const stop = async () => {
    stopped = true;
    clearTimeout(retry);
    await client?.end().catch(() => undefined);
  };
  try {
    await listen();
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop };
}
