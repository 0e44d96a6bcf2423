import { sql } from "kysely";
import type { Tx } from "../platform/database/database.ts";

export type JobState = "waiting" | "running" | "retrying" | "failed";

interface JobRow {
  id: string;
  task: string;
  state: JobState;
  run_at: Temporal.Instant;
  attempts: number;
  max_attempts: number;
  last_error: string | null;
}

/** A job that has used its tries stays as failed until somebody looks; one with an error and tries left is retried. */
const state = sql`case when locked_at is not null then 'running' when attempts >= max_attempts then 'failed'
  when attempts > 0 then 'retrying' else 'waiting' end`;

/** Failed ones first, then by when they are due. */
export async function listJobs(tx: Tx, limit: number): Promise<JobRow[]> {
  const { rows } = await sql<JobRow>`
    select id::text as id, task, ${state} as state, run_at, attempts, max_attempts, last_error from shice.list_jobs()
    order by (${state} = 'failed') desc, (${state} = 'retrying') desc, run_at, id limit ${limit}`.execute(tx);
  return rows;
}

export async function countJobs(tx: Tx): Promise<Record<JobState, number>> {
  const counts = { waiting: 0, running: 0, retrying: 0, failed: 0 };
  const { rows } = await sql<{ state: JobState; jobs: number }>`
    select ${state} as state, count(*)::int as jobs from shice.list_jobs() group by 1`.execute(tx);
  for (const row of rows) counts[row.state] = row.jobs;
  return counts;
}

export async function listScheduled(tx: Tx) {
  const { rows } = await sql<{ task: string; last_at: Temporal.Instant | null }>`
    select task, last_at from shice.list_scheduled_tasks()`.execute(tx);
  return rows;
}

/** Whether there was such a job that is not running just now. */
export async function retryJob(tx: Tx, id: string): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`select shice.retry_job(${id}::bigint) as done`.execute(tx);
  return rows[0]?.done === true;
}
