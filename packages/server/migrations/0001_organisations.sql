-- Who takes part: bodies, schools, people, accounts, posts.
-- Run as shice_owner; the scope roles exist already (platform/database/roles.ts).

create extension if not exists pg_trgm;
create extension if not exists btree_gist;

create schema if not exists shice;

create function shice.scope_id() returns uuid language sql stable parallel safe
  return nullif(current_setting('shice.scope_id', true), '')::uuid;
comment on function shice.scope_id is 'The applicant, school, authority or review body that the transaction is confined to';

create function shice.actor_id() returns uuid language sql stable parallel safe
  return nullif(current_setting('shice.actor_id', true), '')::uuid;
comment on function shice.actor_id is 'The account that acts in this transaction';

create table shice.organisation (
  id uuid primary key default uuidv7(),
  key text unique,
  kind text not null,
  name text not null,
  area_code text,
  -- district under its review body, school under its authority
  parent_id uuid references shice.organisation,
  valid_from date not null,
  valid_to date,
  created_at timestamptz not null,
  constraint organisation_kind_known check (kind in ('commission', 'centre', 'authority', 'school')),
  constraint area_code_six_digits check (area_code ~ '^[0-9]{6}$'),
  constraint organisation_validity_in_order check (valid_to is null or valid_to >= valid_from)
);
comment on table shice.organisation is 'A body or a school. Its identifier is its own, never an area code (两江新区 has none): Notice §一';
create index organisation_by_parent on shice.organisation (parent_id);
create index organisation_by_name on shice.organisation using gin (name gin_trgm_ops);

create table shice.organisation_name (
  organisation_id uuid not null references shice.organisation,
  name text not null,
  pinyin text,
  kind text not null,
  valid_from date,
  valid_to date,
  primary key (organisation_id, name),
  constraint organisation_name_kind_known check (kind in ('standard', 'alias', 'former'))
);
comment on table shice.organisation_name is 'Standard name, aliases and former names: 统一规范填写任教学校名称 (Notice §三(一))';
create index organisation_name_search on shice.organisation_name using gin (name gin_trgm_ops);

create table shice.organisation_successor (
  organisation_id uuid not null references shice.organisation,
  successor_id uuid not null references shice.organisation,
  kind text not null,
  effective_on date not null,
  reason text not null,
  primary key (organisation_id, successor_id),
  constraint successor_is_another check (organisation_id <> successor_id),
  constraint successor_kind_known check (kind in ('merged', 'split', 'replaced', 'transferred'))
);
comment on table shice.organisation_successor is 'What became of an abolished or merged body';

create table shice.school (
  organisation_id uuid primary key references shice.organisation,
  institution_kind text not null,
  ownership text not null,
  industry_run boolean not null default false,
  authority_id uuid not null references shice.organisation,
  -- the school itself, or the county office
  confirmation_point_id uuid not null references shice.organisation,
  constraint institution_kind_known check (institution_kind in ('kindergarten', 'primary', 'junior', 'nine-year', 'senior',
    'complete-secondary', 'vocational', 'special', 'teacher-training', 'teaching-research', 'audio-visual',
    'open-university-branch', 'health-care', 'education-management')),
  constraint ownership_known check (ownership in ('public', 'private'))
);
comment on table shice.school is 'Authority and confirmation point follow from the school (Notice §三(一): 正确选择注册机构和确认点)';
create index school_by_authority on shice.school (authority_id);
create index school_by_confirmation_point on shice.school (confirmation_point_id);

create table shice.person (
  id uuid primary key default uuidv7(),
  name text not null,
  document_kind text not null,
  id_number_sealed bytea not null,
  id_number_index bytea not null,
  sex text,
  born_on date,
  created_at timestamptz not null,
  constraint one_person_per_document unique (document_kind, id_number_index),
  constraint name_at_most_50_characters check (char_length(name) between 1 and 50)
);
comment on table shice.person is 'A human being, once; the number of the document is encrypted beside its blind index';

create table shice.account (
  id uuid primary key,
  kind text not null,
  person_id uuid references shice.person,
  display_name text not null,
  email_sealed bytea,
  email_index bytea,
  mobile_sealed bytea,
  created_at timestamptz not null,
  disabled_at timestamptz,
  constraint account_kind_known check (kind in ('applicant', 'staff')),
  constraint applicant_is_a_person check (kind = 'staff' or person_id is not null)
);
comment on table shice.account is 'The account of better-auth with the same id, as this system knows it';
create unique index one_applicant_account_per_person on shice.account (person_id) where kind = 'applicant';

create table shice.post (
  id uuid primary key default uuidv7(),
  account_id uuid not null references shice.account,
  role text not null,
  organisation_id uuid not null references shice.organisation,
  valid_from timestamptz not null,
  valid_to timestamptz,
  granted_by uuid references shice.account,
  constraint post_role_known check (role in ('school-clerk', 'district-reviewer', 'district-lead', 'sticker-custodian',
    'sticker-handler', 'centre-reviewer', 'campaign-manager', 'commission-approver', 'account-administrator',
    'security-administrator', 'auditor'))
);
comment on table shice.post is 'What an account may act as, and where (Notice §四(三): 责任到人)';
create index post_by_account on shice.post (account_id);
create unique index one_post_of_a_kind on shice.post (account_id, role, organisation_id) where valid_to is null;

create table shice.invitation (
  id uuid primary key default uuidv7(),
  role text not null,
  organisation_id uuid not null references shice.organisation,
  name text not null,
  email_sealed bytea not null,
  email_index bytea not null,
  token_hash bytea not null unique,
  invited_by uuid references shice.account,
  invited_at timestamptz not null,
  expires_at timestamptz not null,
  accepted_at timestamptz,
  accepted_by uuid references shice.account,
  withdrawn_at timestamptz
);
comment on table shice.invitation is 'Staff are invited with an expiry; nobody is ever given a default or shared password';
