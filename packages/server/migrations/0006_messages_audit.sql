-- Messages, audit, seals over the chains, idempotency, the training clock, jobs.

create table shice.message (
  id uuid primary key default uuidv7(),
  campaign_id uuid references shice.campaign,
  application_id uuid,
  account_id uuid references shice.account,
  channel text not null,
  template text not null,
  parameters jsonb not null default '{}',
  recipient_sealed bytea,
  dedupe_key text not null,
  state text not null,
  attempts integer not null default 0,
  last_error text,
  created_at timestamptz not null,
  sent_at timestamptz,
  read_at timestamptz,
  constraint message_once unique (dedupe_key, channel),
  constraint channel_known check (channel in ('inbox', 'email', 'sms')),
  constraint message_state_known check (state in ('queued', 'sending', 'sent', 'failed'))
);
comment on table shice.message is 'Sent by jobs, retried, never twice: one row a channel and cause';
create index message_by_account on shice.message (account_id, created_at);
create index message_failed on shice.message (created_at) where state = 'failed';

create table shice.audit_entry (
  id uuid primary key default uuidv7(),
  at timestamptz not null,
  account_id uuid references shice.account,
  role text not null,
  organisation_id uuid references shice.organisation,
  action text not null,
  campaign_id uuid,
  subject_kind text not null,
  subject_id uuid,
  detail jsonb not null default '{}',
  request text
);
comment on table shice.audit_entry is 'Views, exports and acts that are not transitions; append only, no personal data in detail';
create index audit_by_account on shice.audit_entry (account_id, at);
create index audit_by_subject on shice.audit_entry (subject_id, at);

create table shice.seal (
  number integer primary key,
  day date not null unique,
  chains integer not null,
  audit_entries bigint not null,
  root bytea not null,
  previous_root bytea not null,
  sealed_at timestamptz not null
);
comment on table shice.seal is 'A daily root over the heads of all history chains and the day''s audit entries, chained; it can be printed and kept elsewhere';

create table shice.idempotency_key (
  account_id uuid not null,
  key text not null,
  request_hash bytea not null,
  status integer,
  response jsonb,
  created_at timestamptz not null,
  primary key (account_id, key),
  constraint idempotency_key_sensible check (char_length(key) between 8 and 200)
);
comment on table shice.idempotency_key is 'A request repeated with its key acts once and is answered as before';

create table shice.training_clock (
  singleton boolean primary key default true check (singleton),
  at timestamptz not null,
  runs boolean not null,
  set_at_machine timestamptz not null
);
comment on table shice.training_clock is 'The movable clock of training mode, shared by all processes of one database';

create function shice.notify_training_clock() returns trigger language plpgsql as $$
begin
  perform pg_notify('training_clock', '');
  return null;
end $$;
create trigger training_clock_moved after insert or update or delete on shice.training_clock
  for each statement execute function shice.notify_training_clock();

-- Jobs are queued in the transaction that causes them, by every scope, through this door only.
create function shice.add_job(task text, payload jsonb, run_at timestamptz default null, job_key text default null) returns void
  language sql security definer set search_path = '' as $$
  select worker.add_job(task, payload::json, run_at => run_at, job_key => job_key);
$$;
revoke all on function shice.add_job from public;
