-- What teachers need beside the application itself: a way back into the account, files, texts, messages on every channel.

create table shice.email_change (
  account_id uuid primary key references shice.account,
  email_sealed bytea not null,
  email_index bytea not null,
  token_hash bytea not null unique,
  asked_at timestamptz not null,
  expires_at timestamptz not null
);
comment on table shice.email_change is 'A new address that waits for its proof; the old one stays in force until then';

create table shice.assisted_reset (
  id uuid primary key default uuidv7(),
  account_id uuid not null references shice.account,
  code_hash bytea not null,
  asked_by uuid not null references shice.account,
  organisation_id uuid not null references shice.organisation,
  reason text not null,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  attempts integer not null default 0,
  finished_at timestamptz,
  constraint reset_is_not_for_oneself check (asked_by <> account_id)
);
comment on table shice.assisted_reset is 'A clerk has seen the teacher and the document, and handed out a code; the teacher alone sets the password';
create index assisted_reset_by_account on shice.assisted_reset (account_id, asked_at);

create table shice.spent_proof (
  challenge bytea primary key,
  expires_at timestamptz not null
);
comment on table shice.spent_proof is 'A solved challenge is taken once';
create index spent_proof_by_age on shice.spent_proof (expires_at);

do $$
declare t text;
begin
  foreach t in array array['email_change', 'assisted_reset', 'spent_proof'] loop
    execute format('alter table shice.%I enable row level security', t);
    execute format('grant select, insert, update, delete on shice.%I to shice_accounts', t);
    execute format('create policy accounts_keep on shice.%I for all to shice_accounts using (true) with check (true)', t);
  end loop;
end $$;
grant select (id, account_id, asked_by, organisation_id, reason, asked_at, expires_at, finished_at) on shice.assisted_reset to shice_auditor;
create policy auditor_reads on shice.assisted_reset for select to shice_auditor using (true);

-- A new address is a new sign-in name for staff; better-auth keeps it.
create function shice.rename_sign_in(account uuid, sign_in_name text) returns void
  language sql security definer set search_path = '' as $$
  update auth."user" u set email = sign_in_name, email_verified = true where u.id = account
$$;
create function shice.end_other_sessions(account uuid, kept uuid) returns void
  language sql security definer set search_path = '' as $$
  delete from auth.session s where s.user_id = account and s.id is distinct from kept
$$;
-- The hash that a password is checked against; only for setting one without knowing the one before.
create function shice.set_password(account uuid, password_hash text) returns void
  language sql security definer set search_path = '' as $$
  update auth.account a set password = password_hash where a.user_id = account and a.provider_id = 'credential'
$$;
create function shice.unprove_email(account uuid) returns void
  language sql security definer set search_path = '' as $$
  update auth."user" u set email_verified = false where u.id = account
$$;
comment on function shice.unprove_email is 'An address was replaced by one that nobody has proved yet';
revoke all on function shice.rename_sign_in, shice.end_other_sessions, shice.set_password, shice.unprove_email from public;
grant execute on function shice.rename_sign_in, shice.end_other_sessions, shice.set_password, shice.unprove_email to shice_accounts;

-- Files: pages of a scan in their order; what the photo's check found.
alter table shice.attachment
  add column position integer not null default 1,
  add column width integer,
  add column height integer,
  add column findings jsonb not null default '[]',
  add column checked_at timestamptz,
  add column lost_at timestamptz;
comment on column shice.attachment.lost_at is 'When the bytes were found missing or altered; the owner is told';
create index attachment_to_check on shice.attachment (checked_at nulls first) where replaced_at is null and lost_at is null;
grant update on shice.attachment to shice_system;
comment on table shice.attachment is 'A scan or photo, re-encoded by us; the bytes lie sealed in the file store under this id';
create unique index one_page_a_place on shice.attachment (campaign_id, application_id, slot, position) where replaced_at is null;

-- Texts of a campaign as its manager enters them, each change a new version.
create table shice.campaign_text (
  campaign_id uuid not null references shice.campaign,
  kind text not null,
  version integer not null,
  text text not null,
  entered_by uuid references shice.account,
  entered_at timestamptz not null,
  primary key (campaign_id, kind, version),
  constraint campaign_text_kind_known check (kind in ('notice', 'attention'))
);
comment on table shice.campaign_text is 'The notice as published, and what a teacher reads at step 6; in Markdown, never changed, only followed by a newer version';
alter table shice.campaign_text enable row level security;
grant select on shice.campaign_text to shice_applicant, shice_school, shice_authority, shice_review, shice_all, shice_accounts,
  shice_auditor, shice_public, shice_system;
create policy everyone_reads on shice.campaign_text for select using (true);
grant insert on shice.campaign_text to shice_all;
create policy operator_writes on shice.campaign_text for insert to shice_all with check (true);

-- Messages wait ever longer between their tries, on each channel.
alter table shice.message add column due_at timestamptz;
create index message_due on shice.message (channel, due_at) where state = 'queued';
-- A clerk sees what did not reach a teacher of the own school.
create policy of_an_own_case on shice.message for select to shice_school
  using (state in ('failed', 'sending') and exists (
    select from shice.application a where a.campaign_id = message.campaign_id and a.id = message.application_id));

-- Schools are found by the sound of their names and by its first letters.
alter table shice.organisation_name add column initials text;
create index organisation_name_by_pinyin on shice.organisation_name using gin (pinyin gin_trgm_ops);
create index organisation_name_by_initials on shice.organisation_name (initials text_pattern_ops);

-- Whoever the application is about sees who has looked at it: when, in which office, for what; no names of staff.
create function shice.list_views(application uuid)
  returns table (at timestamptz, role text, organisation text, action text)
  language sql stable security definer set search_path = '' as $$
  select e.at, e.role, o.name, e.action
  from shice.audit_entry e left join shice.organisation o on o.id = e.organisation_id
  where e.subject_id = list_views.application and e.subject_kind = 'application' and e.role <> 'applicant'
    and exists (select from shice.application a where a.id = list_views.application and a.person_id = shice.scope_id())
  order by e.at desc, e.id desc limit 200
$$;
revoke all on function shice.list_views from public;
grant execute on function shice.list_views to shice_applicant;

-- Whoever answers for a list is told of an objection to it at once; whoever raises one sees nobody's account.
create function shice.tell_leads(objection uuid, answer_by_text text, now timestamptz) returns void
  language sql security definer set search_path = '' as $$
  insert into shice.message (campaign_id, application_id, account_id, channel, template, parameters, dedupe_key, state, created_at)
  select o.campaign_id, o.application_id, p.account_id, channel, 'objection-raised', jsonb_build_object('end', answer_by_text),
    o.id || ':' || p.account_id, case channel when 'inbox' then 'sent' else 'queued' end, tell_leads.now
  from shice.objection o
  join shice.post p on p.organisation_id = o.authority_id and p.role = 'district-lead'
    and p.valid_from <= tell_leads.now and (p.valid_to is null or p.valid_to > tell_leads.now)
  cross join unnest(array['inbox', 'email']) as channel
  where o.id = tell_leads.objection
  on conflict (dedupe_key, channel) do nothing
$$;
revoke all on function shice.tell_leads from public;
grant execute on function shice.tell_leads to shice_public, shice_applicant;
