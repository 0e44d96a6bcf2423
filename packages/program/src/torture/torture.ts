import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startMeasure } from "@shice/rehearsal/measure.ts";
import { type Random, randomOf } from "@shice/rehearsal/random.ts";
import { type RehearsalResult, rehearse } from "@shice/rehearsal/rehearse.ts";
import { checkPlanText } from "@shice/rules/plan/check.ts";
import { urlOf } from "@shice/server/platform/database/connection.ts";
import { openPool } from "@shice/server/platform/database/pool.ts";
import type pg from "pg";
import { type DatabaseUnderTest, runDatabase } from "./database-under-test.ts";
import { type Acknowledged, makePersistent, type Persistent, transitionsWithoutState } from "./persistent.ts";
import { type ProgramUnderTest, runProgram } from "./program-under-test.ts";
import { openSeverableSocket, type SeverableSocket } from "./severable-socket.ts";

export const blows = ["kill-program", "kill-database", "sever", "black-out", "fill-disk"] as const;
export type Blow = (typeof blows)[number];

interface Tortured {
  rehearsal: RehearsalResult;
  blows: Record<Blow, number>;
  /** `shared`: no small file system can be mounted here, so the disk is never filled. */
  disk: "small" | "shared";
  /** Number of requests sent again. */
  repeated: number;
  acknowledged: number;
  /** Faults: lost acts, acts done twice, internal errors instead of refusals, broken invariants. */
  broken: string[];
}

interface TortureOptions {
  plan: string;
  teachers: number;
  seed: number;
  /** Maximum number of requests answered between two disturbances. */
  every: number;
  say(line: string): void;
}

/**
 * Runs one rehearsal against a program and a database that are repeatedly killed, disconnected and deprived of disk
 * space at random times, while the invented people continue and repeat unanswered requests.
 */
export async function torture(options: TortureOptions): Promise<Tortured> {
  const { plan } = checkPlanText(options.plan);
  if (plan === undefined) throw new Error("the plan has errors");
  const folder = mkdtempSync(join(tmpdir(), "shice-torture-"));
  // As root, PostgreSQL runs under another user.
  chmodSync(folder, 0o755);
  await using opened = new AsyncDisposableStack();
  opened.defer(() => rmSync(folder, { recursive: true, force: true }));
  const database = await runDatabase(join(folder, "disk"));
  opened.defer(() => database.stop());
  const way = await openSeverableSocket(join(folder, "way"), database.connection.host);
  opened.defer(() => way.stop());
  const program = await runProgram({
    SHICE_TRAINING: "on",
    SHICE_DATA: join(folder, "data"),
    SHICE_SECRET: "the secret of rehearsals, whose people are all invented",
    SHICE_LOG_LEVEL: "error",
    DATABASE_URL: urlOf({ ...database.connection, host: way.folder }),
  });
  opened.defer(() => program.stop());
  const { firstInvitation, url } = program;
  if (firstInvitation === undefined) throw new Error("the program printed no first invitation");

  const persistent = makePersistent(startMeasure());
  const outside = openPool({ ...database.connection, max: 2 });
  opened.defer(() => outside.end());
  const adversary = makeAdversary({ program, database, way, answered: persistent.answered, ...options });
  const rehearsed = rehearse({
    url,
    database: outside,
    plan,
    firstInvitation,
    teachers: options.teachers,
    seed: options.seed,
    say: options.say,
    measure: persistent.measure,
    mailsMayBeLost: true,
    onActs: () => adversary.begin(),
    onChecks: () => adversary.end(),
  });
  // If nothing can be repaired, requests would wait for ever: the torture fails at once with the reason.
  const rehearsal = await Promise.race([rehearsed, adversary.failed]);
  return {
    rehearsal,
    blows: adversary.counts,
    disk: database.disk,
    repeated: persistent.repeated(),
    acknowledged: persistent.acknowledged().length,
    broken: [
      ...rehearsal.invariants.filter(({ ok }) => !ok).map(({ name, detail }) => `${name}: ${detail}`),
      ...persistent.faults().map((call) => `answered as a fault: ${call}`),
      ...(await compareWithHistory(outside, persistent)),
    ],
  };
}

interface Adversary {
  counts: Record<Blow, number>;
  /** Rejects if a disturbed part does not start again. */
  failed: Promise<never>;
  begin(): void;
  /** Ends the disturbances. Resolves when everything runs again. */
  end(): Promise<void>;
}

function makeAdversary(setting: {
  program: ProgramUnderTest;
  database: DatabaseUnderTest;
  way: SeverableSocket;
  answered: () => number;
  seed: number;
  every: number;
}): Adversary {
  const { program, database, way } = setting;
  const random: Random = randomOf(setting.seed ^ 0xb10b);
  const counts: Record<Blow, number> = {
    "kill-program": 0,
    "kill-database": 0,
    sever: 0,
    "black-out": 0,
    "fill-disk": 0,
  };
  const known = blows.filter((blow) => blow !== "fill-disk" || database.disk === "small");
  let ending = false;
  let running: Promise<void> | undefined;
  const failed = Promise.withResolvers<never>();
  failed.promise.catch(() => undefined);

  const deal: Record<Blow, () => Promise<void>> = {
    "kill-program": () => program.kill(),
    "kill-database": () => database.kill(),
    sever: async () => way.sever(),
    async "black-out"() {
      way.closed = true;
      way.sever();
      await sleep(random.between(200, 2500));
      way.closed = false;
    },
    async "fill-disk"() {
      database.fillDisk();
      await sleep(random.between(500, 3000));
      database.freeDisk();
    },
  };
  async function repair(): Promise<void> {
    await database.ensure();
    await program.ensure(60);
  }
  async function work(): Promise<void> {
    // Each kind of disturbance occurs once before they are chosen at random, so that a short run covers all.
    for (let round = 0; !ending; round++) {
      const due = setting.answered() + random.between(Math.ceil(setting.every / 4), setting.every);
      while (!ending && setting.answered() < due) {
        await sleep(5);
        const words = program.lastWords();
        if (words !== undefined) throw new Error(`the program has ended by itself:\n${words.slice(-4000)}`);
      }
      if (ending) break;
      const blow = known[round] ?? random.pick(known);
      counts[blow] += 1;
      await deal[blow]();
      await repair();
    }
  }
  return {
    counts,
    failed: failed.promise,
    begin() {
      running ??= work();
      running.catch(failed.reject);
    },
    async end() {
      ending = true;
      await running;
      await repair();
    },
  };
}

/**
 * Checks that the history holds every acknowledged act, and no act more often. Beginning a draft, also by the school,
 * is not an acknowledged act: the history holds it once, however often it was requested.
 */
async function compareWithHistory(database: pg.Pool, persistent: Persistent): Promise<string[]> {
  const { rows } = await database.query<{ application: string; result: string; n: number; begins: boolean }>(
    `select application_id as application, result, count(*)::int as n, begins
     from shice.application_history,
       lateral (select transition in ('start', 'assist') as begins,
         case when transition = any($1) then transition else to_state end as result) as kind
     where role <> 'system' group by application_id, result, begins, case when begins then transition end`,
    [transitionsWithoutState],
  );
  const keyOf = ({ application, result }: Acknowledged) => `${application} ${result}`;
  const [begun, acts] = [rows.filter(({ begins }) => begins), rows.filter(({ begins }) => !begins)];
  const done = new Map(acts.map((row) => [keyOf(row), row.n]));
  const acknowledged = Map.groupBy(persistent.acknowledged(), keyOf);
  const lost = [...acknowledged]
    .filter(([key, answers]) => (done.get(key) ?? 0) < answers.length)
    .map(([key]) => `lost: ${key}`);
  const twice = [...done]
    .filter(([key, n]) => n > (acknowledged.get(key)?.length ?? 0))
    .map(([key, n]) => `done ${n} times, acknowledged ${acknowledged.get(key)?.length ?? 0} times: ${key}`);
  const begunTwice = begun.filter(({ n }) => n > 1).map((row) => `begun ${row.n} times: ${keyOf(row)}`);
  return [...lost, ...twice, ...begunTwice];
}
