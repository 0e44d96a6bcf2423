-- The application and all that hangs on it. Partitioned by campaign, so that a closed campaign can be detached.

create sequence shice.application_number;
create sequence shice.manifest_number;

create table shice.application (
  campaign_id uuid not null references shice.campaign,
  id uuid not null default uuidv7(),
  number text not null,
  person_id uuid not null references shice.person,
  name text not null,
  state text not null,
  version integer not null default 1,
  plan_version integer not null,
  school_id uuid references shice.organisation,
  confirmation_point_id uuid references shice.organisation,
  authority_id uuid references shice.organisation,
  review_body_id uuid references shice.organisation,
  registration_kind text not null default 'first',
  newly_hired boolean not null default false,
  certificate_kind text,
  certificate_issued_on date,
  certificate_number_index bytea,
  post_kind text,
  subject text,
  form jsonb not null default '{}',
  form_sealed bytea,
  flags text[] not null default '{}',
  created_at timestamptz not null,
  changed_at timestamptz not null,
  submitted_at timestamptz,
  state_since timestamptz not null,
  reply_by timestamptz,
  answer_to text,
  withdrawal_asked_at timestamptz,
  withdrawal_released_at timestamptz,
  carried_over text,
  ethics text,
  fit boolean,
  mark_with text,
  manifest_id uuid,
  preliminary_conclusion text,
  reviewed_conclusion text,
  final_conclusion text,
  notice_id uuid,
  published_conclusion text,
  report_id uuid,
  decision_id uuid,
  last_sequence integer not null default 0,
  last_hash bytea not null default '\x',
  primary key (campaign_id, id),
  constraint application_number_once unique (campaign_id, number),
  constraint application_state_known check (state in ('draft', 'submitted', 'returned', 'confirmed', 'handed-over', 'sent-back',
    'preliminary', 'on-notice', 'inquiry', 'noticed', 'reported', 'review-returned', 'reviewed', 'concluded', 'marked',
    'archived', 'withdrawn', 'lapsed', 'refused', 'revoked')),
  constraint registration_kind_known check (registration_kind in ('first', 'periodic')),
  constraint answer_to_known check (answer_to in ('submitted', 'sent-back')),
  constraint submitted_has_a_school check (state in ('draft', 'withdrawn', 'lapsed')
    or (school_id is not null and confirmation_point_id is not null and authority_id is not null)),
  constraint concluded_has_a_conclusion check (state not in ('concluded', 'marked', 'archived', 'revoked') or (final_conclusion is not null and decision_id is not null)),
  constraint mark_with_known check (mark_with in ('sticker', 'annotation', 'none')),
  constraint ethics_known check (ethics in ('met', 'breached'))
) partition by list (campaign_id);
comment on table shice.application is 'One teacher in one campaign; state is changed by application/transition.ts alone';
comment on constraint concluded_has_a_conclusion on shice.application is 'Notice §三(五), §三(六): the final conclusion comes from a decision';

-- Notice: at most one live application a teacher and campaign.
create unique index one_live_application on shice.application (campaign_id, person_id) where state not in ('withdrawn', 'refused');
-- One certificate, one person: the same number on another live application blocks and goes to staff.
create unique index one_live_application_per_certificate on shice.application (campaign_id, certificate_number_index)
  where state not in ('draft', 'withdrawn', 'refused', 'lapsed') and certificate_number_index is not null;
create index application_queue_of_point on shice.application (confirmation_point_id, state, state_since, id);
create index application_queue_of_authority on shice.application (authority_id, state, state_since, id);
create index application_queue_of_review on shice.application (review_body_id, state, state_since, id);
create index application_queue_of_all on shice.application (state, state_since, id);
create index application_by_school on shice.application (school_id, state, id);
create index application_by_person on shice.application (person_id);
create index application_by_name on shice.application using gin (name gin_trgm_ops);
create index application_reply_due on shice.application (reply_by) where state in ('returned', 'sent-back');
create index application_by_notice on shice.application (notice_id) where notice_id is not null;
create index application_by_report on shice.application (report_id) where report_id is not null;

create table shice.application_history (
  campaign_id uuid not null,
  application_id uuid not null,
  sequence integer not null,
  transition text not null,
  from_state text,
  to_state text not null,
  at timestamptz not null,
  role text not null,
  account_id uuid references shice.account,
  person_id uuid references shice.person,
  post_id uuid references shice.post,
  organisation_id uuid references shice.organisation,
  reason text,
  record jsonb not null,
  changes jsonb not null,
  plan_version integer not null,
  previous_hash bytea not null,
  hash bytea not null,
  primary key (campaign_id, application_id, sequence),
  foreign key (campaign_id, application_id) references shice.application (campaign_id, id),
  constraint only_the_system_has_no_account check ((role = 'system') = (account_id is null)),
  constraint hash_is_sha256 check (octet_length(hash) = 32)
) partition by list (campaign_id);
comment on table shice.application_history is 'Who, when, from, to, why, under which plan: one row a transition, chained by hash, never changed (Notice §四(三))';
create index history_by_transition on shice.application_history (transition, at);
create index history_by_account on shice.application_history (account_id, at);

create function shice.create_campaign_partitions(campaign uuid) returns void
  language plpgsql security definer set search_path = '' as $$
declare suffix text := replace(campaign::text, '-', '');
begin
  if not exists (select from shice.campaign c where c.id = create_campaign_partitions.campaign) then
    raise exception 'no campaign %', campaign;
  end if;
  execute format('create table if not exists shice.application_%s partition of shice.application for values in (%L)', suffix, campaign);
  execute format('create table if not exists shice.application_history_%s partition of shice.application_history for values in (%L)', suffix, campaign);
end $$;
comment on function shice.create_campaign_partitions is 'The room for a campaign''s applications; partitions have no grants of their own';
revoke all on function shice.create_campaign_partitions from public;

create table shice.undertaking (
  campaign_id uuid not null,
  application_id uuid not null,
  kind text not null,
  text_version text not null,
  account_id uuid not null references shice.account,
  at timestamptz not null,
  primary key (campaign_id, application_id, kind, text_version),
  foreign key (campaign_id, application_id) references shice.application (campaign_id, id),
  constraint undertaking_kind_known check (kind in ('privacy-notice', 'honesty'))
);
comment on table shice.undertaking is 'The privacy notice read and the honesty undertaking (诚信承诺) given, each with its text''s version';

create table shice.attachment (
  id uuid primary key default uuidv7(),
  campaign_id uuid not null,
  application_id uuid not null,
  slot text not null,
  sha256 bytea not null,
  size_bytes bigint not null,
  media_type text not null,
  file_name text not null,
  uploaded_by uuid not null references shice.account,
  uploaded_at timestamptz not null,
  replaced_at timestamptz,
  foreign key (campaign_id, application_id) references shice.application (campaign_id, id)
);
comment on table shice.attachment is 'A scan or photo; the bytes lie in the file store under their hash';
create index attachment_by_application on shice.attachment (campaign_id, application_id);

create table shice.material_check (
  campaign_id uuid not null,
  application_id uuid not null,
  material text not null,
  concerns text not null,
  original_seen boolean not null,
  copy_stamped boolean not null,
  copies integer not null,
  supplied_by text not null,
  signer text,
  remark text,
  checked_by uuid not null references shice.account,
  checked_at timestamptz not null,
  primary key (campaign_id, application_id, material),
  foreign key (campaign_id, application_id) references shice.application (campaign_id, id),
  constraint copies_not_negative check (copies >= 0),
  constraint school_signs_what_it_supplies check (supplied_by <> 'school' or signer is not null),
  constraint supplier_known check (supplied_by in ('applicant', 'school'))
);
comment on table shice.material_check is 'Notice §三(二): original seen, copy stamped 与原件相符 and sealed, copies; items 5 to 7 by the school with its signer';

create table shice.certificate_check (
  campaign_id uuid not null,
  application_id uuid not null,
  field text not null,
  agrees boolean not null,
  remark text,
  checked_by uuid not null references shice.account,
  checked_at timestamptz not null,
  primary key (campaign_id, application_id, field),
  foreign key (campaign_id, application_id) references shice.application (campaign_id, id)
);
comment on table shice.certificate_check is 'Notice §三(一), §四(二): what was entered agrees with the certificate, field by field';

create table shice.return_request (
  id uuid primary key default uuidv7(),
  campaign_id uuid not null,
  application_id uuid not null,
  round integer not null,
  asked_at_stage text not null,
  asked jsonb not null,
  text text,
  form_before jsonb,
  form_before_sealed bytea,
  answer_to text not null,
  reply_by timestamptz not null,
  asked_by uuid not null references shice.account,
  asked_at timestamptz not null,
  answered_at timestamptz,
  outcome text,
  foreign key (campaign_id, application_id) references shice.application (campaign_id, id),
  constraint return_rounds_in_order unique (campaign_id, application_id, round),
  constraint return_asks_something check (jsonb_array_length(asked) > 0),
  constraint return_outcome_known check (outcome in ('answered', 'expired', 'withdrawn', 'passed-on'))
);
comment on table shice.return_request is 'What a return asks, where the answer goes and until when; opens only what was asked';

create table shice.correction (
  id uuid primary key default uuidv7(),
  campaign_id uuid not null,
  application_id uuid not null,
  changes jsonb not null,
  changes_sealed bytea,
  reason text not null,
  asked_by uuid not null references shice.account,
  asked_at timestamptz not null,
  outcome text,
  answer text,
  decided_by uuid references shice.account,
  decided_at timestamptz,
  foreign key (campaign_id, application_id) references shice.application (campaign_id, id),
  constraint correction_granted_by_another check (decided_by is distinct from asked_by),
  constraint correction_outcome_known check (outcome in ('granted', 'refused'))
);
comment on table shice.correction is 'After the preliminary decision a change of data is a request that the next level grants';

create table shice.manifest (
  id uuid primary key default uuidv7(),
  campaign_id uuid not null references shice.campaign,
  confirmation_point_id uuid not null references shice.organisation,
  authority_id uuid not null references shice.organisation,
  number text not null,
  handed_over_by uuid not null references shice.account,
  handed_over_at timestamptz not null,
  list_hash bytea not null,
  received_by uuid references shice.account,
  received_at timestamptz,
  constraint manifest_number_once unique (campaign_id, number)
);
comment on table shice.manifest is '交接清单: what a school delivers together to the district (Notice §三(二))';

create table shice.manifest_item (
  manifest_id uuid not null references shice.manifest,
  position integer not null,
  campaign_id uuid not null,
  application_id uuid not null,
  received boolean,
  difference text,
  primary key (manifest_id, position),
  unique (manifest_id, application_id),
  foreign key (campaign_id, application_id) references shice.application (campaign_id, id)
);

create table shice.opinion (
  id uuid primary key default uuidv7(),
  campaign_id uuid not null,
  application_id uuid not null,
  stage text not null,
  conclusion text not null,
  reasons text[] not null,
  text text,
  suggested text,
  because jsonb not null default '[]',
  given_by uuid not null references shice.account,
  given_at timestamptz not null,
  foreign key (campaign_id, application_id) references shice.application (campaign_id, id),
  constraint opinion_has_a_reason check (cardinality(reasons) > 0)
);
comment on table shice.opinion is 'Notice §三(三): 初审意见, with reasons; the suggestion and its facts are kept beside what a person decided';
create index opinion_by_application on shice.opinion (campaign_id, application_id, given_at);
