-- What is said beside the acts: how somebody wants to be told, an office's own words for a message, circulars to a group,
-- words between a teacher and the office about one case; pictures that go with an objection.

-- How an account is told. What has consequences is always mailed, and the inbox holds everything.
alter table shice.account
  add column mail_wanted text not null default 'all',
  add column sms_wanted boolean not null default true,
  add constraint mail_wanted_known check (mail_wanted in ('all', 'important'));
comment on column shice.account.mail_wanted is 'all: every message by mail too; important: only those that ask for an act or have consequences';
alter table shice.message
  drop constraint message_state_known,
  add constraint message_state_known check (state in ('queued', 'sending', 'sent', 'failed', 'unwanted'));

-- The office's own words for what the system sends; a message keeps the words in force when it was caused.
create table shice.message_wording (
  template text not null,
  version integer not null,
  title text,
  text text,
  short text,
  entered_by uuid references shice.account,
  entered_at timestamptz not null,
  primary key (template, version),
  constraint wording_is_whole check ((title is null) = (text is null) and (title is not null or short is null))
);
comment on table shice.message_wording is 'Words of a message as the campaign manager entered them, each change a new version; without words: back to those that come with the program';
alter table shice.message_wording enable row level security;
grant select on shice.message_wording to shice_applicant, shice_school, shice_authority, shice_review, shice_all, shice_accounts,
  shice_auditor, shice_public, shice_system;
create policy everyone_reads on shice.message_wording for select using (true);
grant insert on shice.message_wording to shice_all;
create policy operator_writes on shice.message_wording for insert to shice_all with check (true);

-- A circular: an office's own words to those of its teachers whose application stands at certain points.
create table shice.circular (
  id uuid primary key default uuidv7(),
  campaign_id uuid not null references shice.campaign,
  organisation_id uuid not null references shice.organisation,
  role text not null,
  title text not null,
  text text not null,
  groups text[] not null,
  by_sms boolean not null,
  recipients integer not null,
  sent_by uuid references shice.account,
  sent_at timestamptz not null,
  constraint circular_to_somebody check (cardinality(groups) > 0)
);
comment on table shice.circular is 'A message of an office''s own words to a chosen group of its teachers (Notice §四(二): 做好政策解释与宣传工作)';
create index circular_by_office on shice.circular (campaign_id, organisation_id, sent_at);
alter table shice.message add column circular_id uuid references shice.circular;
alter table shice.circular enable row level security;
grant select, insert on shice.circular to shice_school, shice_authority, shice_all;
grant select on shice.circular to shice_applicant, shice_review, shice_system, shice_auditor;
create policy of_the_office on shice.circular for all to shice_school, shice_authority
  using (organisation_id = (select shice.scope_id())) with check (organisation_id = (select shice.scope_id()));
create policy everything on shice.circular for all to shice_all using (true) with check (true);
create policy read on shice.circular for select to shice_system, shice_auditor using (true);
create policy that_came_to_me on shice.circular for select to shice_applicant, shice_review
  using (exists (select from shice.message m where m.circular_id = circular.id));
create index message_by_circular on shice.message (circular_id) where circular_id is not null;

-- Words between a teacher and the office that has the case.
create table shice.conversation_entry (
  id uuid primary key default uuidv7(),
  campaign_id uuid not null,
  application_id uuid not null,
  side text not null,
  account_id uuid not null references shice.account,
  organisation_id uuid references shice.organisation,
  role text not null,
  text text not null,
  written_at timestamptz not null,
  read_at timestamptz,
  settled_at timestamptz,
  foreign key (campaign_id, application_id) references shice.application (campaign_id, id),
  constraint conversation_side_known check (side in ('teacher', 'office')),
  constraint conversation_says_something check (char_length(text) between 1 and 1000),
  constraint only_questions_are_settled check (settled_at is null or side = 'teacher')
);
comment on table shice.conversation_entry is 'Questions and answers about one application, in place of telephone calls and chat groups; never changed or removed';
comment on column shice.conversation_entry.settled_at is 'A teacher''s words were answered, or need no answer';
create index conversation_by_application on shice.conversation_entry (campaign_id, application_id, written_at);
create index conversation_open on shice.conversation_entry (campaign_id, written_at) where side = 'teacher' and settled_at is null;
alter table shice.conversation_entry enable row level security;
grant select, insert on shice.conversation_entry to shice_applicant, shice_school, shice_authority;
grant update (read_at, settled_at) on shice.conversation_entry to shice_applicant, shice_school, shice_authority;
grant select on shice.conversation_entry to shice_review, shice_all, shice_system;
-- The auditor sees that there were words, and whose, not what they were.
grant select (id, campaign_id, application_id, side, account_id, organisation_id, role, written_at, read_at, settled_at)
  on shice.conversation_entry to shice_auditor;
create policy with_its_application on shice.conversation_entry for select to shice_applicant, shice_school, shice_authority, shice_review
  using (exists (select from shice.application a where a.campaign_id = conversation_entry.campaign_id and a.id = conversation_entry.application_id));
create policy own_words on shice.conversation_entry for insert to shice_applicant, shice_school, shice_authority
  with check (account_id = (select shice.actor_id())
    and exists (select from shice.application a where a.campaign_id = conversation_entry.campaign_id and a.id = conversation_entry.application_id));
create policy read_and_settled on shice.conversation_entry for update to shice_applicant, shice_school, shice_authority
  using (exists (select from shice.application a where a.campaign_id = conversation_entry.campaign_id and a.id = conversation_entry.application_id));
create policy everything on shice.conversation_entry for select to shice_all, shice_system, shice_auditor using (true);

-- Whoever writes is read soon: the clerks of the confirmation point, or the reviewers of the district that has the case.
create function shice.tell_office(entry uuid, at_district boolean, now timestamptz) returns integer
  language sql security definer set search_path = '' as $$
  with told as (
    insert into shice.message (campaign_id, application_id, account_id, channel, template, dedupe_key, state, created_at)
    select e.campaign_id, e.application_id, p.account_id, channel, 'teacher-wrote', e.id || ':' || p.account_id,
      case channel when 'inbox' then 'sent' else 'queued' end, tell_office.now
    from shice.conversation_entry e
    join shice.application a on a.campaign_id = e.campaign_id and a.id = e.application_id
    join shice.post p on p.organisation_id = case when at_district then a.authority_id else a.confirmation_point_id end
      and p.role = case when at_district then 'district-reviewer' else 'school-clerk' end
      and p.valid_from <= tell_office.now and (p.valid_to is null or p.valid_to > tell_office.now)
    cross join unnest(array['inbox', 'email']) as channel
    where e.id = tell_office.entry and e.side = 'teacher' and a.person_id = shice.scope_id()
    on conflict (dedupe_key, channel) do nothing returning account_id)
  select count(distinct account_id)::integer from told
$$;
comment on function shice.tell_office is 'How many were told: nobody, where the office has no one';
revoke all on function shice.tell_office from public;
grant execute on function shice.tell_office to shice_applicant;

-- At most once an hour for one case: several answers in a row are one piece of news.
create function shice.tell_teacher(entry uuid, now timestamptz) returns void
  language sql security definer set search_path = '' as $$
  insert into shice.message (campaign_id, application_id, account_id, channel, template, dedupe_key, state, created_at)
  select e.campaign_id, e.application_id, t.id, channel, 'office-wrote',
    e.application_id || ':office-wrote:' || extract(epoch from date_trunc('hour', tell_teacher.now)),
    case channel when 'inbox' then 'sent' else 'queued' end, tell_teacher.now
  from shice.conversation_entry e
  join shice.application a on a.campaign_id = e.campaign_id and a.id = e.application_id
  join shice.account t on t.person_id = a.person_id and t.kind = 'applicant'
  cross join unnest(array['inbox', 'email']) as channel
  where e.id = tell_teacher.entry and e.side = 'office' and e.account_id = shice.actor_id()
  on conflict (dedupe_key, channel) do nothing
$$;
revoke all on function shice.tell_teacher from public;
grant execute on function shice.tell_teacher to shice_school, shice_authority;

-- One certificate number on two applications: the second cannot be submitted, and those who can look at both papers are told.
create function shice.tell_certificate_clash(application uuid, now timestamptz) returns void
  language sql security definer set search_path = '' as $$
  with pair as (
    select a.campaign_id, a.id, a.number, o.id as other_id, o.number as other_number
    from shice.application a
    join shice.application o on o.campaign_id = a.campaign_id and o.certificate_number_index = a.certificate_number_index
      and o.person_id <> a.person_id and o.state not in ('draft', 'withdrawn', 'refused', 'lapsed')
    where a.id = tell_certificate_clash.application and a.person_id = shice.scope_id()),
  both_sides as (
    select campaign_id, id, other_number as other, id || ':' || other_id as pair from pair
    union all
    select campaign_id, other_id, number, id || ':' || other_id from pair)
  insert into shice.message (campaign_id, application_id, account_id, channel, template, parameters, dedupe_key, state, created_at)
  select b.campaign_id, b.id, p.account_id, channel, 'certificate-clash', jsonb_build_object('other', b.other),
    'clash:' || b.pair || ':' || b.id || ':' || p.account_id, case channel when 'inbox' then 'sent' else 'queued' end,
    tell_certificate_clash.now
  from both_sides b
  join shice.application a on a.campaign_id = b.campaign_id and a.id = b.id
  join shice.post p on (p.organisation_id = a.confirmation_point_id and p.role = 'school-clerk'
      or p.organisation_id = a.authority_id and p.role = 'district-lead')
    and p.valid_from <= tell_certificate_clash.now and (p.valid_to is null or p.valid_to > tell_certificate_clash.now)
  cross join unnest(array['inbox', 'email']) as channel
  on conflict (dedupe_key, channel) do nothing
$$;
revoke all on function shice.tell_certificate_clash from public;
grant execute on function shice.tell_certificate_clash to shice_applicant;

-- Pictures that go with an objection or appeal.
create table shice.objection_picture (
  id uuid primary key default uuidv7(),
  objection_id uuid not null references shice.objection,
  position integer not null,
  sha256 bytea not null,
  size_bytes integer not null,
  width integer not null,
  height integer not null,
  file_name text not null,
  added_at timestamptz not null,
  unique (objection_id, position),
  constraint objection_picture_few check (position between 1 and 3)
);
comment on table shice.objection_picture is 'A picture that supports an objection, re-encoded by us; the bytes lie sealed in the file store under this id';
alter table shice.objection_picture enable row level security;
grant insert on shice.objection_picture to shice_public, shice_applicant;
grant select on shice.objection_picture to shice_applicant, shice_authority, shice_review, shice_all, shice_system, shice_auditor;
create policy goes_with_its_objection on shice.objection_picture for insert to shice_public, shice_applicant with check (true);
create policy with_its_objection on shice.objection_picture for select to shice_applicant, shice_authority, shice_review
  using (exists (select from shice.objection o where o.id = objection_picture.objection_id));
create policy everything on shice.objection_picture for select to shice_all, shice_system, shice_auditor using (true);
