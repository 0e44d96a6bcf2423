-- The school goes through its roster: nobody lapses whom it has not seen (Notice §三(二)), and it may register in batches (Notice §三(一)).

-- Batches within a school, for teachers whose files or certificates are being put right.
create table shice.school_batch (
  id uuid primary key default uuidv7(),
  campaign_id uuid not null references shice.campaign,
  school_id uuid not null references shice.organisation,
  confirmation_point_id uuid not null references shice.organisation,
  authority_id uuid not null references shice.organisation,
  name text not null,
  planned_on date not null,
  from_hour text,
  to_hour text,
  place text,
  remark text,
  -- raised by each change of day, hours or place, so that people are told again
  revision integer not null default 1,
  announced_revision integer,
  announced_at timestamptz,
  announced_by uuid references shice.account,
  made_by uuid not null references shice.account,
  made_at timestamptz not null,
  removed_at timestamptz,
  constraint batch_hours_in_order check (from_hour ~ '^[0-2][0-9]:[0-5][0-9]$' and to_hour ~ '^[0-2][0-9]:[0-5][0-9]$' and from_hour < to_hour)
);
comment on table shice.school_batch is 'People whom a school sees together on a planned day (Notice §三(一): 可以分批组织注册，但应确保在规定时间内完成)';
create unique index batch_name_once on shice.school_batch (campaign_id, school_id, name) where removed_at is null;
create index school_batch_by_point on shice.school_batch (confirmation_point_id, planned_on);
create index school_batch_by_authority on shice.school_batch (authority_id, planned_on);

alter table shice.roster_entry
  add column id_number_tail bytea,
  add column statement_on date,
  add column batch_id uuid references shice.school_batch,
  add column batch_told integer,
  drop constraint roster_source_known,
  add constraint roster_source_known check (source in ('district', 'excel', 'hand', 'application'));
comment on column shice.roster_entry.id_number_tail is 'Blind index of the last four characters: a clerk finds a teacher by them';
comment on column shice.roster_entry.statement_on is 'The day on which an unwilling teacher signed the statement';
comment on column shice.roster_entry.batch_told is 'The revision of the batch that this teacher has been told of';
comment on column shice.roster_entry.seen_at is 'When the school last went through this person: nobody lapses whom it has not seen (Notice §三(二))';
create index roster_by_tail on shice.roster_entry (campaign_id, id_number_tail);
create index roster_by_batch on shice.roster_entry (batch_id) where batch_id is not null;

create table shice.statement_scan (
  id uuid primary key default uuidv7(),
  entry_id uuid not null references shice.roster_entry,
  sha256 bytea not null,
  size_bytes bigint not null,
  media_type text not null,
  file_name text not null,
  width integer not null,
  height integer not null,
  uploaded_by uuid not null references shice.account,
  uploaded_at timestamptz not null,
  replaced_at timestamptz,
  checked_at timestamptz,
  lost_at timestamptz
);
comment on table shice.statement_scan is 'The signed statement of an unwilling teacher, made anew by us; the bytes lie sealed in the file store under this id';
create unique index one_statement_an_entry on shice.statement_scan (entry_id) where replaced_at is null;
create index statement_scan_to_check on shice.statement_scan (checked_at nulls first) where replaced_at is null and lost_at is null;

-- The lane 证书更正: who waits for a certificate or a file that is being put right.
create table shice.parking (
  id uuid primary key default uuidv7(),
  campaign_id uuid not null references shice.campaign,
  entry_id uuid not null references shice.roster_entry,
  kind text not null,
  missing text not null,
  since date not null,
  parked_by uuid not null references shice.account,
  parked_at timestamptz not null,
  released_at timestamptz,
  released_by uuid references shice.account,
  note text,
  constraint released_with_a_note check ((released_at is null) = (note is null) and (released_at is null) = (released_by is null))
);
comment on table shice.parking is 'Files or certificates being put right (Notice §三(一)): what is missing, since when, and how it ended';
create unique index parked_once on shice.parking (entry_id) where released_at is null;

-- That somebody answerable knows of a case before it lapses.
create table shice.silence_note (
  id uuid primary key default uuidv7(),
  campaign_id uuid not null references shice.campaign,
  school_id uuid not null references shice.organisation,
  confirmation_point_id uuid not null references shice.organisation,
  authority_id uuid not null references shice.organisation,
  cases integer not null,
  reason text not null,
  noted_by uuid not null references shice.account,
  noted_at timestamptz not null,
  constraint silence_concerns_somebody check (cases > 0)
);
comment on table shice.silence_note is 'The district takes note that a school did not look (Notice §三(二): 逾期未进行现场确认的学校，视为自动放弃)';
create index silence_note_by_authority on shice.silence_note (authority_id, noted_at);

create table shice.sight (
  campaign_id uuid not null,
  application_id uuid not null,
  -- a case that was moved is to be seen by the school that it came to
  confirmation_point_id uuid not null references shice.organisation,
  how text not null,
  account_id uuid not null references shice.account,
  at timestamptz not null,
  note_id uuid references shice.silence_note,
  primary key (campaign_id, application_id, confirmation_point_id),
  foreign key (campaign_id, application_id) references shice.application (campaign_id, id),
  constraint sighting_known check (how in ('acted', 'took-up', 'checked', 'acknowledged', 'district-noted')),
  constraint silence_is_noted check ((how = 'district-noted') = (note_id is not null))
);
comment on table shice.sight is 'Who of the school has last seen the case: nobody lapses whom it has not seen (Notice §三(二))';

-- What clerks have done so far is a sight too.
insert into shice.sight (campaign_id, application_id, confirmation_point_id, how, account_id, at)
  select distinct on (a.campaign_id, a.id) a.campaign_id, a.id, a.confirmation_point_id, s.how, s.account_id, s.at
  from shice.application a
  cross join lateral (
    select 'acted' as how, h.account_id, h.at from shice.application_history h
      where h.campaign_id = a.campaign_id and h.application_id = a.id and h.role = 'school-clerk' and h.organisation_id = a.confirmation_point_id
    union all
    select 'checked', m.checked_by, m.checked_at from shice.material_check m
      where m.campaign_id = a.campaign_id and m.application_id = a.id and m.sheet_id is null
    union all
    select 'checked', k.checked_by, k.checked_at from shice.certificate_check k
      where k.campaign_id = a.campaign_id and k.application_id = a.id
    union all
    select 'took-up', d.account_id, d.since from shice.desk_claim d
      where d.campaign_id = a.campaign_id and d.application_id = a.id) s
  where a.confirmation_point_id is not null
  order by a.campaign_id, a.id, s.at desc;

-- A message may go to a number that only the roster knows, about a teacher who has no account.
alter table shice.message add column roster_entry_id uuid references shice.roster_entry;
comment on column shice.message.recipient_sealed is 'A number or address that no account holds: a mobile number of the roster';
comment on column shice.message.roster_entry_id is 'The teacher of the roster whom the message is for, with or without an account';
create index message_by_entry on shice.message (roster_entry_id) where roster_entry_id is not null;
create policy of_an_own_teacher on shice.message for select to shice_school
  using (roster_entry_id is not null and state in ('failed', 'sending')
    and exists (select from shice.roster_entry r where r.id = message.roster_entry_id));

-- By which ways a teacher of the caller's own roster can be told something, and whether an application lies elsewhere;
-- neither address nor number comes out.
create function shice.reach_of_roster(campaign uuid, entries uuid[])
  returns table (entry_id uuid, account_id uuid, has_email boolean, has_mobile boolean, elsewhere text)
  language sql stable security definer set search_path = '' set plan_cache_mode = 'force_custom_plan' as $$
  select r.id, t.id, t.email_sealed is not null, t.mobile_sealed is not null, o.name
  from shice.roster_entry r
  left join shice.person p on p.id_number_index = r.id_number_index and p.document_kind = r.document_kind
  left join shice.account t on t.person_id = p.id and t.kind = 'applicant' and t.disabled_at is null
  left join lateral (
    select a.school_id from shice.application a
    where a.campaign_id = r.campaign_id and a.person_id = p.id and a.submitted_at is not null
      and a.state not in ('withdrawn', 'refused') and a.confirmation_point_id <> r.confirmation_point_id
    order by a.submitted_at desc limit 1) a on true
  left join shice.organisation o on o.id = a.school_id
  where r.campaign_id = reach_of_roster.campaign and r.id = any(reach_of_roster.entries)
    and shice.scope_id() in (r.confirmation_point_id, r.authority_id)
$$;
revoke all on function shice.reach_of_roster from public;
grant execute on function shice.reach_of_roster to shice_school, shice_authority;

-- Tells teachers of the caller's own roster something by every way that reaches them, under each key once: inbox, mail and
-- short message where they have an account, a short message to the roster's number where they have none. What was written
-- before is told as not fresh; whom nothing reaches is absent.
create function shice.tell_of_roster(campaign uuid, tellings jsonb, now timestamptz)
  returns table (entry_id uuid, channel text, has_account boolean, fresh boolean)
  language sql volatile security definer set search_path = '' set plan_cache_mode = 'force_custom_plan' as $$
  with wanted as (
    select i.entry, a.id as application, i.template, i.parameters, i.recipient, i.key, t.id as account,
      t.email_sealed is not null as has_email, t.mobile_sealed is not null as has_mobile
    from jsonb_to_recordset(tell_of_roster.tellings) as i(entry uuid, application uuid, template text, parameters jsonb,
      recipient text, key text)
    join shice.roster_entry r on r.id = i.entry and r.campaign_id = tell_of_roster.campaign
      and r.confirmation_point_id = shice.scope_id()
    left join shice.person p on p.id_number_index = r.id_number_index and p.document_kind = r.document_kind
    left join shice.account t on t.person_id = p.id and t.kind = 'applicant' and t.disabled_at is null
    left join shice.application a on a.campaign_id = r.campaign_id and a.id = i.application and a.person_id = p.id
  ), ways as (
    select w.*, c.channel from wanted w cross join unnest(array['inbox', 'email', 'sms']) as c(channel)
    where case when w.account is null then c.channel = 'sms' and w.recipient is not null
      else c.channel = 'inbox' or (c.channel = 'email' and w.has_email) or (c.channel = 'sms' and w.has_mobile) end
  ), written as (
    insert into shice.message as m (campaign_id, application_id, roster_entry_id, account_id, channel, template, parameters,
        recipient_sealed, dedupe_key, state, created_at)
      select tell_of_roster.campaign, w.application, w.entry, w.account, w.channel, w.template, w.parameters,
        case when w.account is null then w.recipient::bytea end, w.key,
        case w.channel when 'inbox' then 'sent' else 'queued' end, tell_of_roster.now
      from ways w
      on conflict (dedupe_key, channel) do nothing
      returning m.roster_entry_id, m.channel
  )
  select w.entry, w.channel, w.account is not null, x.channel is not null
  from ways w left join written x on x.roster_entry_id = w.entry and x.channel = w.channel
$$;
revoke all on function shice.tell_of_roster from public;
grant execute on function shice.tell_of_roster to shice_school;

do $$
declare t text;
begin
  foreach t in array array['school_batch', 'statement_scan', 'parking', 'silence_note', 'sight'] loop
    execute format('alter table shice.%I enable row level security', t);
    execute format('grant select on shice.%I to shice_auditor, shice_all, shice_system', t);
    execute format('create policy everything on shice.%I for select to shice_auditor, shice_all, shice_system using (true)', t);
  end loop;
  foreach t in array array['statement_scan', 'parking'] loop
    execute format($policy$
      create policy with_its_entry on shice.%1$I for all to shice_school, shice_authority, shice_review
        using (exists (select from shice.roster_entry r where r.id = %1$I.entry_id))
        with check (exists (select from shice.roster_entry r where r.id = %1$I.entry_id))$policy$, t);
    execute format('grant select on shice.%I to shice_review', t);
    execute format('grant select, insert, update on shice.%I to shice_school, shice_authority', t);
  end loop;
  foreach t in array array['school_batch', 'silence_note'] loop
    execute format($policy$
      create policy of_the_review_body on shice.%1$I for select to shice_review
        using (exists (select from shice.campaign_body b where b.campaign_id = %1$I.campaign_id
          and b.organisation_id = %1$I.authority_id and b.review_body_id = (select shice.scope_id())))$policy$, t);
    execute format('grant select on shice.%I to shice_review', t);
  end loop;
end $$;
grant update (checked_at, lost_at) on shice.statement_scan to shice_system;
create policy files_are_checked on shice.statement_scan for update to shice_system using (true) with check (true);

grant select, insert, update on shice.school_batch to shice_school;
create policy of_the_point on shice.school_batch for all to shice_school
  using (confirmation_point_id = (select shice.scope_id())) with check (confirmation_point_id = (select shice.scope_id()));
grant select on shice.school_batch to shice_authority, shice_applicant;
create policy of_the_authority on shice.school_batch for select to shice_authority
  using (authority_id = (select shice.scope_id()));
-- A teacher reads the batch that the own row of the roster is in, once it is announced.
create policy own on shice.school_batch for select to shice_applicant
  using (announced_at is not null and exists (select from shice.roster_entry r where r.batch_id = school_batch.id));

grant select on shice.silence_note to shice_school;
create policy of_the_point on shice.silence_note for select to shice_school
  using (confirmation_point_id = (select shice.scope_id()));
grant select, insert on shice.silence_note to shice_authority;
create policy of_the_authority on shice.silence_note for all to shice_authority
  using (authority_id = (select shice.scope_id())) with check (authority_id = (select shice.scope_id()));

grant select on shice.sight to shice_applicant, shice_review;
grant select, insert, update on shice.sight to shice_school, shice_authority;
create policy with_its_application on shice.sight for all to shice_applicant, shice_authority, shice_review
  using (exists (select from shice.application a where a.campaign_id = sight.campaign_id and a.id = sight.application_id))
  with check (exists (select from shice.application a where a.campaign_id = sight.campaign_id and a.id = sight.application_id));
create policy of_the_point on shice.sight for all to shice_school
  using (confirmation_point_id = (select shice.scope_id()))
  with check (confirmation_point_id = (select shice.scope_id())
    and exists (select from shice.application a where a.campaign_id = sight.campaign_id and a.id = sight.application_id));
