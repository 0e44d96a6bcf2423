-- The campaign: its plan in versions, extensions, roster, restriction list.

create table shice.campaign (
  id uuid primary key default uuidv7(),
  key text not null unique,
  title text not null,
  plan_version integer not null,
  created_at timestamptz not null,
  closed_at timestamptz
);
comment on table shice.campaign is 'One run of registration under one notice (批次)';

create table shice.plan_version (
  campaign_id uuid not null references shice.campaign,
  version integer not null,
  plan jsonb not null,
  source text not null,
  source_hash bytea not null,
  reason text not null,
  published_by uuid references shice.account,
  published_at timestamptz not null,
  primary key (campaign_id, version)
);
comment on table shice.plan_version is 'A published plan never changes; an amendment is a new version with who, when, why';

create table shice.campaign_body (
  campaign_id uuid not null references shice.campaign,
  organisation_id uuid not null references shice.organisation,
  part text not null,
  area_key text,
  review_body_id uuid references shice.organisation,
  primary key (campaign_id, organisation_id, part),
  constraint part_known check (part in ('authority', 'review', 'final', 'operator')),
  constraint authority_has_area check ((part = 'authority') = (area_key is not null))
);
comment on table shice.campaign_body is 'Which organisation plays which part of the plan; the seventeen areas of Notice §一';
create unique index one_authority_per_area on shice.campaign_body (campaign_id, area_key);

create table shice.extension (
  id uuid primary key default uuidv7(),
  campaign_id uuid not null references shice.campaign,
  stage text not null,
  authority_id uuid references shice.organisation,
  school_id uuid references shice.organisation,
  application_id uuid,
  from_at timestamptz not null,
  until_at timestamptz not null,
  reason text not null,
  granted_by uuid not null references shice.account,
  granted_at timestamptz not null,
  constraint extension_for_exactly_one check (num_nonnulls(authority_id, school_id, application_id) = 1),
  constraint extension_in_order check (until_at > from_at),
  constraint extension_has_reason check (reason <> ''),
  constraint extension_stage_known check (stage in ('apply', 'confirm', 'preliminary', 'review', 'final'))
);
comment on table shice.extension is '延期: a recorded decision for one area, school or applicant, with a reason and an end';
create index extension_by_application on shice.extension (application_id);
create index extension_by_campaign on shice.extension (campaign_id);

create table shice.roster_entry (
  id uuid primary key default uuidv7(),
  campaign_id uuid not null references shice.campaign,
  school_id uuid not null references shice.organisation,
  confirmation_point_id uuid not null references shice.organisation,
  authority_id uuid not null references shice.organisation,
  name text not null,
  document_kind text not null default 'id-card',
  id_number_sealed bytea not null,
  id_number_index bytea not null,
  facts jsonb not null default '{}',
  standing text not null,
  reason text,
  remark text,
  source text not null,
  entered_by uuid references shice.account,
  entered_at timestamptz not null,
  seen_by uuid references shice.account,
  seen_at timestamptz,
  constraint once_on_the_roster unique (campaign_id, id_number_index),
  constraint standing_known check (standing in ('due', 'not-due', 'on-probation', 'seconded-out', 'seconded-in', 'retiring', 'out-of-scope', 'unwilling')),
  constraint roster_source_known check (source in ('district', 'excel', 'hand'))
);
comment on table shice.roster_entry is '应注册教师名册: who should register, per school (Notice §三(一): 学校统一组织)';
create index roster_by_school on shice.roster_entry (campaign_id, school_id, id);
create index roster_by_authority on shice.roster_entry (campaign_id, authority_id, id);

create table shice.restriction (
  id uuid primary key default uuidv7(),
  id_number_index bytea not null,
  kind text not null,
  from_on date not null,
  until_on date,
  source text not null,
  entered_by uuid not null references shice.account,
  entered_at timestamptz not null,
  reviewed_by uuid references shice.account,
  reviewed_at timestamptz,
  constraint restriction_reviewed_by_another check (reviewed_by is distinct from entered_by)
);
comment on table shice.restriction is '限制库; an entry counts once a second person has reviewed it';
create index restriction_by_person on shice.restriction (id_number_index);

create table shice.past_registration (
  id uuid primary key default uuidv7(),
  id_number_index bytea not null,
  concluded_on date not null,
  conclusion text not null,
  ordinal integer not null,
  certificate_number_index bytea,
  source text not null,
  constraint one_registration_a_day unique (id_number_index, concluded_on)
);
comment on table shice.past_registration is 'Earlier registrations, from this system or taken in: the next one opens by the plan''s cycle';
