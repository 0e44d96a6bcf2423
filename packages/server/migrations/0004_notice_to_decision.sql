-- 公示, 上报, 复审, 终审.

create table shice.public_notice (
  id uuid primary key default uuidv7(),
  campaign_id uuid not null references shice.campaign,
  authority_id uuid not null references shice.organisation,
  number text not null,
  published_by uuid not null references shice.account,
  published_at timestamptz not null,
  first_day date not null,
  last_day date not null,
  ends_at timestamptz not null,
  list_hash bytea not null,
  entries integer not null,
  closed_by uuid references shice.account,
  closed_at timestamptz,
  constraint notice_number_once unique (campaign_id, number),
  constraint notice_never_closes_early check (closed_at >= ends_at),
  constraint notice_not_empty check (entries > 0)
);
comment on table shice.public_notice is 'Notice §三(三): 不少于7天的公示; the list is frozen with its hash';
comment on constraint notice_never_closes_early on shice.public_notice is '公示期限届满前不得结束';

create table shice.public_notice_entry (
  notice_id uuid not null references shice.public_notice,
  position integer not null,
  campaign_id uuid not null,
  application_id uuid not null,
  name text not null,
  school_name text not null,
  certificate_kind text not null,
  subject text,
  registration_kind text not null,
  conclusion text not null,
  primary key (notice_id, position),
  unique (notice_id, application_id),
  foreign key (campaign_id, application_id) references shice.application (campaign_id, id)
);
comment on table shice.public_notice_entry is 'What was published, as published: no ID or certificate number';
create index notice_entry_by_name on shice.public_notice_entry using gin (name gin_trgm_ops);
create index notice_entry_by_application on shice.public_notice_entry (campaign_id, application_id);

create table shice.objection (
  id uuid primary key default uuidv7(),
  notice_id uuid not null references shice.public_notice,
  campaign_id uuid not null,
  application_id uuid not null,
  authority_id uuid not null references shice.organisation,
  kind text not null,
  account_id uuid references shice.account,
  objector_name text not null,
  contact_sealed bytea not null,
  statement text not null,
  raised_at timestamptz not null,
  answer_by timestamptz not null,
  outcome text,
  answer text,
  decided_by uuid references shice.account,
  decided_at timestamptz,
  foreign key (campaign_id, application_id) references shice.application (campaign_id, id),
  constraint objection_kind_known check (kind in ('objection', 'appeal')),
  constraint objection_outcome_known check (outcome in ('dismissed', 'upheld')),
  constraint objection_answered_with_words check (outcome is null or answer <> '')
);
comment on table shice.objection is '异议: raised against an entry, under a real name, with an answer by a date';
create index objection_by_application on shice.objection (campaign_id, application_id);

create table shice.report (
  id uuid primary key default uuidv7(),
  campaign_id uuid not null references shice.campaign,
  authority_id uuid not null references shice.organisation,
  number integer not null,
  figures jsonb not null,
  figures_hash bytea not null,
  prepared_by uuid not null references shice.account,
  prepared_at timestamptz not null,
  reported_by uuid references shice.account,
  reported_at timestamptz,
  paper_received_by uuid references shice.account,
  paper_received_at timestamptz,
  accepted_by uuid references shice.account,
  accepted_at timestamptz,
  constraint report_in_order unique (campaign_id, authority_id, number),
  constraint report_under_two_signatures check (reported_by is distinct from prepared_by)
);
comment on table shice.report is 'Notice §三(三): 注册情况统计表, frozen under two signatures (填表人, 审核人), electronic and on paper';
create unique index one_report_in_preparation on shice.report (campaign_id, authority_id) where reported_at is null;

create table shice.sample (
  id uuid primary key default uuidv7(),
  campaign_id uuid not null references shice.campaign,
  review_body_id uuid not null references shice.organisation,
  commitment bytea not null,
  seed_sealed bytea not null,
  seed text,
  percent numeric not null,
  committed_by uuid not null references shice.account,
  committed_at timestamptz not null,
  drawn_at timestamptz,
  size integer,
  constraint seed_revealed_with_the_draw check ((seed is null) = (drawn_at is null))
);
comment on table shice.sample is '抽查: drawn from a seed whose hash was recorded beforehand, so that anyone can draw it again';

create table shice.sample_item (
  sample_id uuid not null references shice.sample,
  campaign_id uuid not null,
  application_id uuid not null,
  stratum text not null,
  outcome text,
  remark text,
  checked_by uuid references shice.account,
  checked_at timestamptz,
  primary key (sample_id, application_id),
  foreign key (campaign_id, application_id) references shice.application (campaign_id, id),
  constraint sample_outcome_known check (outcome in ('agrees', 'differs'))
);
create index sample_item_by_application on shice.sample_item (campaign_id, application_id);

create table shice.decision (
  id uuid primary key default uuidv7(),
  campaign_id uuid not null references shice.campaign,
  number text not null,
  kind text not null default 'conclude',
  decided_by uuid not null references shice.account,
  decided_at timestamptz not null,
  entries integer not null,
  list_hash bytea not null,
  signature bytea not null,
  signature_algorithm text not null,
  constraint decision_number_once unique (campaign_id, number),
  constraint decision_kind_known check (kind in ('conclude', 'revoke'))
);
comment on table shice.decision is 'Notice §三(五): 终审, by list with a decision number, signed';

create table shice.decision_entry (
  decision_id uuid not null references shice.decision,
  position integer not null,
  campaign_id uuid not null,
  application_id uuid not null,
  conclusion text not null,
  primary key (decision_id, position),
  unique (decision_id, application_id),
  foreign key (campaign_id, application_id) references shice.application (campaign_id, id)
);
