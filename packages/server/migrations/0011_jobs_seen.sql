-- The queue of jobs, as an account administrator may see and restart it. Payloads are never shown: they may name people.
create function shice.list_jobs() returns table (id bigint, task text, run_at timestamptz, locked_at timestamptz,
    attempts integer, max_attempts integer, last_error text, created_at timestamptz)
  language sql stable security definer set search_path = '' as $$
  select j.id, j.task_identifier, j.run_at, j.locked_at, j.attempts::integer, j.max_attempts::integer, j.last_error, j.created_at
  from worker.jobs j;
$$;
create function shice.list_scheduled_tasks() returns table (task text, last_at timestamptz)
  language sql stable security definer set search_path = '' as $$
  select k.identifier, k.last_execution from worker._private_known_crontabs k order by k.identifier;
$$;
-- A job that waits for its next try, or has used all of them, is tried again now.
create function shice.retry_job(job bigint) returns boolean
  language sql security definer set search_path = '' as $$
  select exists (select from worker.reschedule_jobs(array[job], run_at => now(), attempts => 0));
$$;
revoke all on function shice.list_jobs, shice.list_scheduled_tasks, shice.retry_job from public;
grant execute on function shice.list_jobs, shice.list_scheduled_tasks, shice.retry_job to shice_accounts;
grant execute on function shice.list_jobs to shice_system;
