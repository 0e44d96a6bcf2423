-- better-auth's tables. They hold no personal data: `email` is a keyed blind index of the sign-in name,
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
alter table shice.account add column failed_sign_ins integer not null default 0;
alter table shice.account add column locked_until timestamptz;
create unique index one_account_per_email on shice.account (kind, email_index) where disabled_at is null;

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
create function shice.end_session(account uuid, session uuid) returns void
  language sql security definer set search_path = '' as $$
  delete from auth.session s where s.user_id = account and s.id = session
$$;
revoke all on function shice.list_sessions, shice.end_session from public;
grant execute on function shice.list_sessions, shice.end_session to shice_accounts;
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
