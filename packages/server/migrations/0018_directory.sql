-- The directory of schools with its history; the receipt of a hand-over bag by bag.

create table shice.directory_change (
  id uuid primary key default uuidv7(),
  school_id uuid not null references shice.organisation,
  kind text not null,
  effective_on date not null,
  -- absent where it was entered before reasons were asked for
  reason text,
  -- what it was and is, which other schools take part, how much went along; names of people are not kept here
  detail jsonb not null default '{}',
  made_by uuid references shice.account,
  made_at timestamptz not null,
  constraint directory_change_kind_known check (kind in ('added', 'renamed', 'alias-added', 'alias-removed', 'changed',
    'passed', 'merged', 'took-in', 'split', 'arose'))
);
comment on table shice.directory_change is 'What happened to a school, from which day, who entered it and why (Notice §三(一): 统一规范填写任教学校名称, 正确选择注册机构和确认点)';
create index directory_change_by_school on shice.directory_change (school_id, id);

alter table shice.directory_change enable row level security;
grant select on shice.directory_change to shice_school, shice_authority, shice_review, shice_all, shice_accounts, shice_auditor;
create policy offices_read on shice.directory_change for select
  to shice_school, shice_authority, shice_review, shice_all, shice_accounts, shice_auditor using (true);
grant insert on shice.directory_change to shice_all, shice_accounts;
create policy directory_is_kept on shice.directory_change for insert to shice_all, shice_accounts with check (true);

-- What was done before this table was there stands in the audit alone.
insert into shice.directory_change (school_id, kind, effective_on, reason, detail, made_by, made_at)
select e.subject_id,
  case e.action when 'add-school' then 'added' when 'rename-school' then 'renamed' else 'merged' end,
  coalesce((e.detail ->> 'on')::date, o.valid_from),
  (select u.reason from shice.organisation_successor u
    where e.action = 'merge-school' and u.organisation_id = e.subject_id and u.successor_id = (e.detail ->> 'into')::uuid),
  case e.action when 'rename-school' then jsonb_build_object('to', e.detail ->> 'name')
    when 'merge-school' then jsonb_build_object('schools', jsonb_build_array(jsonb_build_object('id', e.detail ->> 'into', 'name',
      (select t.name from shice.organisation t where t.id = (e.detail ->> 'into')::uuid))))
    else '{}' end,
  e.account_id, e.at
from shice.audit_entry e join shice.organisation o on o.id = e.subject_id
where e.subject_kind = 'school' and e.action in ('add-school', 'rename-school', 'merge-school')
order by e.at, e.id;

-- Of several successors one takes whoever is not named: what comes back to an ended school later goes there.
alter table shice.organisation_successor add column takes_rest boolean not null default false;
update shice.organisation_successor set takes_rest = true where kind in ('merged', 'replaced');
create unique index one_successor_takes_the_rest on shice.organisation_successor (organisation_id) where takes_rest;

-- A short name that was wrong is taken out; a name that a school once bore never is.
grant delete on shice.organisation_name to shice_all, shice_accounts;
create policy only_aliases_go on shice.organisation_name as restrictive for delete
  to shice_all, shice_accounts using (kind = 'alias');

-- Whoever keeps the directory ends a school; that nobody acts for it any more follows, and needs no other power.
create function shice.end_posts_of_school(school uuid, ended_at timestamptz)
  returns table (post_id uuid, account_id uuid, role text)
  language sql security definer set search_path = '' as $$
  with school_that_ended as (
    select o.id from shice.organisation o
    where o.id = school and o.kind = 'school' and o.valid_to is not null),
  uninvited as (
    update shice.invitation i set withdrawn_at = ended_at from school_that_ended e
    where i.organisation_id = e.id and i.accepted_at is null and i.withdrawn_at is null)
  update shice.post p set valid_to = ended_at from school_that_ended e
  where p.organisation_id = e.id and p.valid_to is null
  returning p.id, p.account_id, p.role
$$;
comment on function shice.end_posts_of_school is 'Ends the posts and open invitations of a school that has ended, of no other';
revoke all on function shice.end_posts_of_school from public;
grant execute on function shice.end_posts_of_school to shice_all;

-- A folder that goes to another school lies on nobody's table there.
grant select, delete on shice.desk_claim to shice_all;
create policy goes_with_its_school on shice.desk_claim for all to shice_all using (true) with check (false);

-- The district looks into one bag after another: it is there as listed, something is wrong with it, or it is not there.
alter table shice.manifest_item
  add column outcome text,
  add column reasons text[] not null default '{}',
  add column settled_by uuid references shice.account,
  add column settled_at timestamptz,
  add column supplement text,
  add column supplemented_by uuid references shice.account,
  add column supplemented_at timestamptz;
update shice.manifest_item i
set outcome = case when i.received then 'received' else 'differs' end, settled_by = m.received_by, settled_at = m.received_at
from shice.manifest m where m.id = i.manifest_id and i.received is not null;
alter table shice.manifest_item drop column received;
alter table shice.manifest_item
  add constraint manifest_outcome_known check (outcome in ('received', 'differs', 'missing')),
  add constraint settled_by_somebody check ((outcome is null) = (settled_at is null)),
  add constraint difference_is_told check (outcome is null or (outcome = 'received') = (difference is null)),
  add constraint only_a_difference_is_made_good check (supplemented_at is null or outcome in ('differs', 'missing'));
comment on table shice.manifest_item is 'One bag of a hand-over and its receipt (Notice §三(二): 统一报送至所在区县教育行政部门)';
comment on column shice.manifest_item.difference is 'What is missing or wrong, in words; with coded reasons their words too, as they were then';
comment on constraint only_a_difference_is_made_good on shice.manifest_item is 'What was short at the receipt and came later, with who took it in and when; the difference stays on record';
create index manifest_item_by_application on shice.manifest_item (campaign_id, application_id);

-- The school is told of a difference at once, once for each time that somebody looks: while a message about the same
-- list is unread, no other follows.
create function shice.tell_clerks_of_difference(manifest uuid, now timestamptz) returns void
  language sql security definer set search_path = '' as $$
  insert into shice.message (campaign_id, account_id, channel, template, parameters, dedupe_key, state, created_at)
  select m.campaign_id, p.account_id, channel, 'manifest-difference', jsonb_build_object('manifest', m.number),
    m.id || ':' || p.account_id || ':' || tell_clerks_of_difference.now,
    case channel when 'inbox' then 'sent' else 'queued' end, tell_clerks_of_difference.now
  from shice.manifest m
  join shice.post p on p.organisation_id = m.confirmation_point_id and p.role = 'school-clerk'
    and p.valid_from <= tell_clerks_of_difference.now and (p.valid_to is null or p.valid_to > tell_clerks_of_difference.now)
  cross join unnest(array['inbox', 'email']) as channel
  where m.id = tell_clerks_of_difference.manifest and m.authority_id = shice.scope_id()
    and not exists (select from shice.message w where w.account_id = p.account_id and w.template = 'manifest-difference'
      and w.channel = 'inbox' and w.read_at is null and w.parameters ->> 'manifest' = m.number)
  on conflict (dedupe_key, channel) do nothing
$$;
revoke all on function shice.tell_clerks_of_difference from public;
grant execute on function shice.tell_clerks_of_difference to shice_authority;
