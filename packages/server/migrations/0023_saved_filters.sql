-- What somebody looks for every day is kept with the account, and is there at any machine.
create table shice.saved_filter (
  id uuid primary key default uuidv7(),
  account_id uuid not null references shice.account,
  campaign_id uuid not null references shice.campaign,
  role text not null,
  name text not null,
  filter jsonb not null,
  columns text[] not null,
  saved_at timestamptz not null,
  unique (account_id, campaign_id, role, name),
  constraint saved_filter_has_a_name check (char_length(name) between 1 and 20)
);
comment on table shice.saved_filter is 'A filter of the queues with its columns, under a name of its owner''s; one''s own alone';
alter table shice.saved_filter enable row level security;
grant select, insert, update, delete on shice.saved_filter to shice_accounts;
create policy own on shice.saved_filter for all to shice_accounts
  using (account_id = (select shice.actor_id())) with check (account_id = (select shice.actor_id()));
