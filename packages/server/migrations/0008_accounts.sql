-- better-auth's tables, once made by its compileMigrations() and kept by hand since. Its own pool connects as
-- shice_login and takes up the role shice_auth (`-c role=shice_auth` at connect): so a fault in it reaches this schema
-- alone, and no second password has to be kept. They hold no personal data: `email` is a keyed blind index of the sign-in name,
-- `name` is empty; the person behind an account is in schema shice, sealed.

create schema auth;
grant usage on schema auth to shice_auth;

create table auth."user" (
  id uuid primary key default uuidv7(),
  name text not null,
  email text not null unique,
  email_verified boolean not null,
  image text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
comment on column auth."user".email is 'Blind index of the ID number (applicants) or e-mail (staff), in the form of an address';

create table auth.session (
  id uuid primary key default uuidv7(),
  expires_at timestamptz not null,
  token text not null unique,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  ip_address text,
  user_agent text,
  user_id uuid not null references auth."user" on delete cascade
);
create index session_by_user on auth.session (user_id);

create table auth.account (
  id uuid primary key default uuidv7(),
  account_id text not null,
  provider_id text not null,
  user_id uuid not null references auth."user" on delete cascade,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index account_by_user on auth.account (user_id);

create table auth.verification (
  id uuid primary key default uuidv7(),
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index verification_by_identifier on auth.verification (identifier);

create table auth.rate_limit (
  id uuid primary key default uuidv7(),
  key text not null unique,
  count integer not null,
  last_request bigint not null
);

grant select, insert, update, delete on all tables in schema auth to shice_auth;

alter table shice.account add column sign_in_name text unique;
comment on column shice.account.sign_in_name is 'The same blind index as auth.user.email';
alter table shice.account add column privacy_notice text;
comment on column shice.account.privacy_notice is 'Version of the privacy notice that was read at the registration';
create unique index one_account_per_email on shice.account (kind, email_index) where disabled_at is null;

-- Counted by what was typed, whether anyone is registered under it or not: so a lock tells nobody who is.
create table shice.sign_in_attempt (
  name_index bytea primary key,
  attempts integer not null,
  last_at timestamptz not null,
  locked_until timestamptz
);
comment on table shice.sign_in_attempt is 'Failed sign-ins in a row by the blind index of the ID number or e-mail typed, by the machine''s clock';
create index sign_in_attempt_by_age on shice.sign_in_attempt (last_at);

create table shice.account_mail (
  id uuid primary key default uuidv7(),
  mail_sealed bytea not null,
  due_at timestamptz not null,
  attempts integer not null default 0,
  created_at timestamptz not null
);
comment on table shice.account_mail is 'Mails that carry a token (invitation, proof of an address, new password), sealed; a row is gone once the mail server has taken it';
create index account_mail_due on shice.account_mail (due_at);

do $$
declare t text;
begin
  foreach t in array array['sign_in_attempt', 'account_mail'] loop
    execute format('alter table shice.%I enable row level security', t);
    execute format('grant select, insert, update, delete on shice.%I to shice_accounts', t);
    execute format('create policy accounts_keep on shice.%I for all to shice_accounts using (true) with check (true)', t);
  end loop;
end $$;

-- One round trip tells who is signed in: session, account, person and the posts held at this moment.
create function shice.open_session(session_token text, machine_now timestamptz, program_now timestamptz)
  returns table (session_id uuid, expires_at timestamptz, account_id uuid, kind text, person_id uuid, name text,
    email_verified boolean, posts jsonb)
  language sql stable security definer set search_path = '' as $$
  select s.id, s.expires_at, a.id, a.kind, a.person_id, a.display_name, u.email_verified,
    coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'role', p.role,
        'organisation', jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind)) order by p.id)
      from shice.post p join shice.organisation o on o.id = p.organisation_id
      where p.account_id = a.id and p.valid_from <= program_now and (p.valid_to is null or p.valid_to > program_now)), '[]')
  from auth.session s
  join auth."user" u on u.id = s.user_id
  join shice.account a on a.id = u.id
  where s.token = session_token and s.expires_at > machine_now and a.disabled_at is null
$$;
comment on function shice.open_session is 'A session lives by the machine''s clock, a post by the program''s (which training mode moves)';
revoke all on function shice.open_session from public;
grant execute on function shice.open_session to shice_public;

create function shice.list_sessions(account uuid)
  returns table (id uuid, created_at timestamptz, expires_at timestamptz)
  language sql stable security definer set search_path = '' as $$
  select s.id, s.created_at, s.expires_at from auth.session s where s.user_id = account order by s.created_at
$$;
create function shice.end_session(account uuid, session uuid) returns setof uuid
  language sql security definer set search_path = '' as $$
  delete from auth.session s where s.user_id = account and s.id = session returning s.id
$$;

create function shice.account_of_reset_token(token text, machine_now timestamptz) returns uuid
  language sql stable security definer set search_path = '' as $$
  select v.value::uuid from auth.verification v where v.identifier = 'reset-password:' || token and v.expires_at > machine_now
$$;
comment on function shice.account_of_reset_token is 'Whose new password a mailed token would set; better-auth spends it';

create function shice.prove_email(account uuid) returns void
  language sql security definer set search_path = '' as $$
  update auth."user" u set email_verified = true where u.id = account and not u.email_verified
$$;
comment on function shice.prove_email is 'A token mailed to the address came back: an invitation, or one for a new password';

-- better-auth commits a sign-in before the account it belongs to is written. One that was left alone keeps its owner
-- from registering again.
create function shice.remove_orphan_sign_ins(made_before timestamptz) returns bigint
  language sql security definer set search_path = '' as $$
  with gone as (
    delete from auth."user" u
    where u.created_at < made_before and not exists (select from shice.account a where a.id = u.id) returning 1)
  select count(*) from gone
$$;
create function shice.remove_orphan_sign_in(id uuid) returns void
  language sql security definer set search_path = '' as $$
  delete from auth."user" u
  where u.id = remove_orphan_sign_in.id and not exists (select from shice.account a where a.id = u.id)
$$;

create function shice.remove_expired_sign_ins(machine_now timestamptz) returns void
  language sql security definer set search_path = '' as $$
  delete from auth.session s where s.expires_at < machine_now;
  delete from auth.verification v where v.expires_at < machine_now;
  delete from shice.sign_in_attempt t where t.last_at < machine_now - interval '1 day';
  delete from shice.account_mail m where m.created_at < machine_now - interval '7 days';
$$;
comment on function shice.remove_expired_sign_ins is 'Sessions, tokens, counts and mails whose time has passed: nothing reads them any more';

revoke all on function shice.list_sessions, shice.end_session, shice.account_of_reset_token, shice.prove_email,
  shice.remove_orphan_sign_ins, shice.remove_orphan_sign_in, shice.remove_expired_sign_ins from public;
grant execute on function shice.list_sessions, shice.end_session, shice.account_of_reset_token, shice.prove_email,
  shice.remove_orphan_sign_ins, shice.remove_orphan_sign_in, shice.remove_expired_sign_ins to shice_accounts;
grant insert, select on shice.audit_entry to shice_accounts;
create policy accounts_read_none on shice.audit_entry for select to shice_accounts using (false);

-- What anyone may verify who knows both the application's number and the whole name.
create function shice.verify_conclusion(campaign uuid, application_number text, whole_name text)
  returns table (conclusion text, decision text, decided_at timestamptz, revoked boolean)
  language sql stable security definer set search_path = '' as $$
  select a.final_conclusion, d.number, d.decided_at, a.state = 'revoked'
  from shice.application a join shice.decision d on d.id = a.decision_id
  where a.campaign_id = campaign and a.number = application_number and a.name = whole_name
    and a.state in ('concluded', 'marked', 'archived', 'revoked')
$$;
revoke all on function shice.verify_conclusion from public;
grant execute on function shice.verify_conclusion to shice_public;
