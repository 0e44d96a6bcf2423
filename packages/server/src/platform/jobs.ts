import { Logger, type Runner, run, type TaskList } from "graphile-worker";
import { sql } from "kysely";
import type pg from "pg";
import type { z } from "zod";
import type { Tx } from "./database/database.ts";
import { patientPool } from "./database/patient-pool.ts";
import { describeError, type Log } from "./log.ts";

export interface Jobs {
  /** Finishes what is being done (at most five seconds), and takes nothing more. */
  stop(): Promise<void>;
}

export interface JobContext {
  /** Attempt number, starting at 1. */
  attempt: number;
  /** Aborted when the program can wait no longer: the job is done again later. */
  signal: AbortSignal | undefined;
  /**
   * Does the work unless somebody else does it just now, in this program or another; the database frees the name when
   * its holder dies. Returns whether it was done.
   */
  exclusively: (name: string, work: () => Promise<void>) => Promise<boolean>;
}

type Task = (payload: unknown, context: JobContext) => Promise<void>;
export type Tasks = Readonly<Record<string, Task>>;

/** A task whose payload is checked when it is taken from the queue: an older program may have queued it. */
export function task<Payload extends z.ZodType>(
  payload: Payload,
  work: (payload: z.output<Payload>, context: JobContext) => Promise<void>,
): Task {
  return async (value, context) => work(payload.parse(value), context);
}

/**
 * Queues a job in the transaction that causes it: it is lost with it, or done after it. With a `jobKey` a waiting job
 * of that key is replaced. `runAt` is compared with the machine's clock by the queue: a moment on a training clock
 * that has passed by the machine's runs at once.
 */
export async function addJob(
  tx: Tx,
  name: string,
  payload: Readonly<Record<string, unknown>>,
  { runAt, jobKey }: { runAt?: Temporal.Instant; jobKey?: string } = {},
): Promise<void> {
  await sql`select shice.add_job(${name}, ${JSON.stringify(payload)}::jsonb, ${runAt?.toString() ?? null}::timestamptz, ${jobKey ?? null})`.execute(
    tx,
  );
}

/** The same number stands in shice.add_job. */
const mostAttempts = 3;

/**
 * Runs the queue of jobs (graphile-worker, on the same database): several programs share it, and what a killed one
 * had taken is done again. A job is tried three times in all, ever later. `minutely` is queued each minute by the
 * machine's clock, once for all programs.
 */
export async function runJobs({
  pool,
  tasks,
  minutely,
  log,
}: {
  pool: pg.Pool;
  tasks: Tasks;
  minutely: readonly string[];
  log: Log;
}): Promise<Jobs> {
  const taskList: TaskList = Object.fromEntries(
    Object.entries(tasks).map(([name, work]) => [name, runnable(name, work, log)]),
  );
  const runner: Runner = await run({
    pgPool: patientPool(pool),
    schema: "worker",
    taskList,
    concurrency: 2,
    noHandleSignals: true,
    gracefulShutdownAbortTimeout: 5000,
    crontab: minutely
      .map((name) => `* * * * * ${name} ?max=${mostAttempts}&jobKey=${name}&jobKeyMode=preserve_run_at`)
      .join("\n"),
    logger: new Logger(() => (level, _message, meta) => {
      // The queue's own words quote payloads and statements, which may name people: only kinds and codes are kept.
      if (level === "error") log.warn({ job: taskNameIn(meta), err: meta?.["error"] }, "job queue trouble");
      else if (level === "warning") log.debug({ job: taskNameIn(meta) }, "job queue warning");
    }),
  });
  // The runner's own failure (a lost database) is logged above; it tries again by itself.
  runner.promise.catch((error: unknown) => log.error({ err: error }, "job queue ended"));
  return { stop: () => runner.stop() };
}

/** The queue keeps a failed job's error text in its table: it gets the kind and code, never what was being handled. */
function runnable(name: string, work: Task, log: Log): TaskList[string] {
  return async (payload, helpers) => {
    const context: JobContext = {
      attempt: helpers.job.attempts,
      signal: helpers.abortSignal,
      exclusively: (key, exclusiveWork) => helpers.withPgClient((client) => holding(client, key, exclusiveWork)),
    };
    try {
      await work(payload, context);
    } catch (error) {
      log.error({ job: name, attempt: context.attempt, err: error }, "job failed");
      const { kind, code } = describeError(error);
      throw new Error([kind, code].filter((part) => part !== undefined).join(" "));
    }
  };
}

/** Holds an advisory lock of the session while it works. */
async function holding(client: pg.ClientBase, name: string, work: () => Promise<void>): Promise<boolean> {
  const { rows } = await client.query("select pg_try_advisory_lock(hashtextextended($1, 0)) as held", [name]);
  if (rows[0]?.held !== true) return false;
  try {
    await work();
    return true;
  } finally {
    // A connection that broke has lost its locks already.
    await client.query("select pg_advisory_unlock(hashtextextended($1, 0))", [name]).catch(() => undefined);
  }
}

function taskNameIn(meta: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const job = meta?.["job"];
  if (typeof job !== "object" || job === null) return undefined;
  const name: unknown = Reflect.get(job, "task_identifier");
  return typeof name === "string" ? name : undefined;
}
