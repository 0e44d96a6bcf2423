-- A job that fails, or whose program dies over it, is tried three times in all; then it stays as failed until somebody looks.
create or replace function shice.add_job(task text, payload jsonb, run_at timestamptz default null, job_key text default null) returns void
  language sql security definer set search_path = '' as $$
  select worker.add_job(task, payload::json, run_at => run_at, job_key => job_key, max_attempts => 3);
$$;
update worker._private_jobs set max_attempts = 3 where max_attempts > 3;

-- An import is queued again whenever it is found under way, so its own row counts the tries.
alter table shice.roster_import add column attempts integer not null default 0,
  add constraint roster_import_attempts_few check (attempts between 0 and 3);
comment on column shice.roster_import.attempts is
  'Tries of the present step that have begun since the last slice of rows was done; after the third nothing is tried again';
-- The system ends an import that nothing else can end, and removes its file.
grant select (import_id), delete on shice.roster_import_part to shice_system;
create policy of_an_ended_import on shice.roster_import_part for all to shice_system
  using (exists (select from shice.roster_import i where i.id = import_id and i.state = 'unreadable')) with check (false);
