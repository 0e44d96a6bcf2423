-- Assisted entry: the clerk fills in for a teacher, and nothing of it counts before the teacher has attested it.
-- Notice §三(一): 学校统一组织本校应注册教师 … 准确填写个人信息. The form stays the teacher's own.

alter table shice.application
  add column assisted_at timestamptz,
  add column assisted_fields text[] not null default '{}',
  add column attested_at timestamptz,
  add column attestation_asked_at timestamptz,
  add constraint attested_before_it_counts check (assisted_at is null or attested_at is not null
    or state in ('draft', 'withdrawn', 'lapsed'));
comment on column shice.application.assisted_at is 'Since when the school fills in for the teacher; never taken back, so that the mark stays';
comment on column shice.application.assisted_fields is 'Fields and scans that stand as the school entered them; what the teacher changed since is no longer among them';
comment on column shice.application.attested_at is 'When the teacher said to have looked through what the school entered; gone with a recall';
comment on constraint attested_before_it_counts on shice.application is
  'What the school filled in is a draft until its teacher has attested it (Notice §三(一): 准确填写个人信息)';
create index application_assisted on shice.application (confirmation_point_id, assisted_at, id) where assisted_at is not null;

alter table shice.undertaking drop constraint undertaking_kind_known;
alter table shice.undertaking add constraint undertaking_kind_known check (kind in ('privacy-notice', 'honesty', 'attestation'));

create table shice.assisted_save (
  id uuid primary key default uuidv7(),
  campaign_id uuid not null,
  application_id uuid not null,
  account_id uuid not null references shice.account,
  -- as the teacher, who sees no accounts of staff, is told it
  clerk_name text not null,
  organisation_id uuid not null references shice.organisation,
  at timestamptz not null,
  fields text[] not null,
  foreign key (campaign_id, application_id) references shice.application (campaign_id, id)
);
comment on table shice.assisted_save is 'Each time a clerk began to fill in a teacher''s form, or saved it: who, when, which fields (Notice §四(三): 责任到人); never changed';
create index assisted_save_by_application on shice.assisted_save (campaign_id, application_id, at);
alter table shice.assisted_save enable row level security;
create policy with_its_application on shice.assisted_save for all to shice_applicant, shice_school, shice_authority, shice_review
  using (exists (select from shice.application a where a.campaign_id = assisted_save.campaign_id and a.id = assisted_save.application_id))
  with check (exists (select from shice.application a where a.campaign_id = assisted_save.campaign_id and a.id = assisted_save.application_id));
create policy everything on shice.assisted_save for select to shice_all, shice_system, shice_auditor using (true);
grant select on shice.assisted_save to shice_applicant, shice_school, shice_authority, shice_review, shice_all, shice_system, shice_auditor;
grant insert on shice.assisted_save to shice_school;

-- The school begins applications as drafts alone, and writes forms and files only of drafts that it said to fill in.
create policy school_begins_drafts on shice.application as restrictive for insert to shice_school with check (state = 'draft');
create policy school_adds_to_drafts on shice.attachment as restrictive for insert to shice_school
  with check (exists (select from shice.application a where a.campaign_id = attachment.campaign_id and a.id = attachment.application_id
    and a.state = 'draft' and a.assisted_at is not null));
create policy school_arranges_drafts on shice.attachment as restrictive for update to shice_school
  using (exists (select from shice.application a where a.campaign_id = attachment.campaign_id and a.id = attachment.application_id
    and a.state = 'draft' and a.assisted_at is not null));
create policy school_records_its_saves on shice.assisted_save as restrictive for insert to shice_school
  with check (account_id = (select shice.actor_id()) and exists (select from shice.application a
    where a.campaign_id = assisted_save.campaign_id and a.id = assisted_save.application_id and a.state = 'draft' and a.assisted_at is not null));

create function shice.hold_school_to_drafts() returns trigger language plpgsql set search_path = '' as $$
begin
  if old.state <> 'draft' then
    raise exception 'the school writes the form of drafts alone' using errcode = '42501';
  end if;
  if new.assisted_at is null or (old.assisted_at is not null and new.assisted_at <> old.assisted_at) then
    raise exception 'what the school fills in is marked for good' using errcode = '42501';
  end if;
  if new.attested_at is distinct from old.attested_at then
    raise exception 'the teacher alone attests' using errcode = '42501';
  end if;
  return new;
end $$;
comment on function shice.hold_school_to_drafts is 'Row security knows rows, not columns: what a school may do with the form of a case of its own';
create trigger school_writes_drafts before update of form, form_sealed, person_id, name, school_id, authority_id, review_body_id,
    newly_hired, certificate_kind, certificate_issued_on, certificate_number_index, post_kind, subject, assisted_at,
    assisted_fields, attested_at on shice.application
  for each row when (current_user = 'shice_school') execute function shice.hold_school_to_drafts();

-- A teacher who stands on the roster of the scope's own confirmation point, as the person that the system knows, and
-- their application in this campaign, wherever it lies: of another school's only that it is there.
create function shice.teacher_to_assist(entry uuid, sex text, born_on date, now timestamptz)
  returns table (person_id uuid, name text, registered boolean, application_id uuid, state text, place text)
  language plpgsql security definer set search_path = '' as $$
declare listed shice.roster_entry%rowtype;
begin
  select * into listed from shice.roster_entry r
    where r.id = teacher_to_assist.entry and r.confirmation_point_id = shice.scope_id();
  if not found then return; end if;
  insert into shice.person (name, document_kind, id_number_sealed, id_number_index, sex, born_on, created_at)
    values (listed.name, listed.document_kind, listed.id_number_sealed, listed.id_number_index, teacher_to_assist.sex,
      teacher_to_assist.born_on, teacher_to_assist.now)
    on conflict (document_kind, id_number_index) do nothing;
  return query
    select p.id, p.name, exists (select from shice.account c where c.person_id = p.id),
      case when a.confirmation_point_id is distinct from shice.scope_id() and a.confirmation_point_id is not null then null else a.id end,
      case when a.confirmation_point_id is distinct from shice.scope_id() and a.confirmation_point_id is not null then null else a.state end,
      case when a.id is null then 'none' when a.confirmation_point_id is null then 'nowhere'
        when a.confirmation_point_id = shice.scope_id() then 'here' else 'elsewhere' end
    from shice.person p
    left join shice.application a on a.campaign_id = listed.campaign_id and a.person_id = p.id and a.state not in ('withdrawn', 'refused')
    where p.document_kind = listed.document_kind and p.id_number_index = listed.id_number_index;
end $$;
comment on function shice.teacher_to_assist is 'For whom the school may fill in: a person of its own roster, made known where nobody has registered yet';

-- A draft begun by its teacher who has not come to choosing a school lies in no school's sight; the roster says whose it is.
create function shice.take_up_draft(entry uuid, now timestamptz) returns uuid
  language sql security definer set search_path = '' as $$
  update shice.application a set school_id = r.school_id, confirmation_point_id = r.confirmation_point_id,
      authority_id = r.authority_id, review_body_id = b.review_body_id, version = a.version + 1, changed_at = take_up_draft.now
  from shice.roster_entry r
  join shice.person p on p.document_kind = r.document_kind and p.id_number_index = r.id_number_index
  join shice.campaign_body b on b.campaign_id = r.campaign_id and b.organisation_id = r.authority_id and b.part = 'authority'
  where r.id = take_up_draft.entry and r.confirmation_point_id = shice.scope_id()
    and a.campaign_id = r.campaign_id and a.person_id = p.id and a.state = 'draft' and a.confirmation_point_id is null
  returning a.id
$$;

-- A name that the school mistyped would keep its bearer from registering. As long as nobody has, and nothing but the
-- school's own draft hangs on it, the roster's corrected name is taken over.
create function shice.correct_unregistered_name(entry uuid) returns boolean
  language plpgsql security definer set search_path = '' as $$
declare listed shice.roster_entry%rowtype; bearer uuid;
begin
  select * into listed from shice.roster_entry r
    where r.id = correct_unregistered_name.entry and r.confirmation_point_id = shice.scope_id();
  update shice.person p set name = listed.name
    where p.document_kind = listed.document_kind and p.id_number_index = listed.id_number_index
      and not exists (select from shice.account c where c.person_id = p.id)
      and not exists (select from shice.application a where a.person_id = p.id and (a.state not in ('draft', 'withdrawn')
        or a.campaign_id <> listed.campaign_id or a.confirmation_point_id is distinct from shice.scope_id()))
    returning p.id into bearer;
  update shice.application a set name = listed.name, name_pinyin = listed.pinyin, name_initials = listed.initials
    where a.person_id = bearer and a.campaign_id = listed.campaign_id and a.state = 'draft';
  return bearer is not null;
end $$;

revoke all on function shice.teacher_to_assist, shice.take_up_draft, shice.correct_unregistered_name from public;
grant execute on function shice.teacher_to_assist, shice.take_up_draft, shice.correct_unregistered_name to shice_school;
