-- What the school needs: rosters from spreadsheets, teachers who wait for their papers, the confirmation desk.

-- A roster knows more of a teacher than a name: what the form seals is sealed here too.
alter table shice.roster_entry
  add column facts_sealed bytea,
  add column pinyin text,
  add column initials text;
comment on column shice.roster_entry.facts_sealed is 'Certificate number and mobile number of the roster';
alter table shice.application add column name_pinyin text, add column name_initials text, add column certificate_version text,
  add constraint certificate_version_known check (certificate_version in ('old', 'new'));
comment on column shice.application.certificate_version is 'Old, or the version of 2017, as the original at the desk showed; where absent the year of issue decides (Notice §三(六)1, 2)';
comment on column shice.application.name_pinyin is 'How the name is typed by its sound: the desk finds a teacher by it';

-- Whether somebody stands on the roster of another school, told to who holds the number in hand.
-- Planned anew each time: a plan made while the roster was empty, and kept, reads the whole of it once it is full.
create function shice.find_on_rosters(campaign uuid, indexes bytea[])
  returns table (id_number_index bytea, entry_id uuid, school_name text)
  language sql stable security definer set search_path = '' set plan_cache_mode = 'force_custom_plan' as $$
  select r.id_number_index, r.id, o.name
  from unnest(indexes) as asked(index)
  cross join lateral (select * from shice.roster_entry e
    where e.campaign_id = find_on_rosters.campaign and e.id_number_index = asked.index limit 1) r
  join shice.organisation o on o.id = r.school_id
$$;
revoke all on function shice.find_on_rosters from public;
grant execute on function shice.find_on_rosters to shice_school, shice_authority, shice_all;

-- A spreadsheet that was sent in: checked, looked at, then applied, in slices that a crash cannot halve.
create table shice.roster_import (
  id uuid primary key default uuidv7(),
  campaign_id uuid not null references shice.campaign,
  -- the office that sent it, and how far it sees: the import is worked through within the same bounds
  organisation_id uuid not null references shice.organisation,
  scope_kind text not null,
  role text not null,
  post_id uuid references shice.post,
  account_id uuid not null references shice.account,
  file_name text not null,
  parts integer not null,
  content_hash bytea,
  state text not null,
  notes jsonb not null default '[]',
  problem jsonb,
  rows_total integer,
  rows_checked integer not null default 0,
  rows_new integer not null default 0,
  rows_changed integer not null default 0,
  rows_unchanged integer not null default 0,
  rows_wrong integer not null default 0,
  rows_applied integer not null default 0,
  asked_at timestamptz not null,
  checked_at timestamptz,
  finished_at timestamptz,
  constraint roster_import_scope_known check (scope_kind in ('school', 'authority')),
  constraint roster_import_state_known check (state in ('receiving', 'checking', 'checked', 'applying', 'applied', 'cancelled', 'unreadable')),
  constraint roster_import_parts_few check (parts between 1 and 40)
);
comment on table shice.roster_import is 'A roster that came as a spreadsheet (Notice §三(一): 学校统一组织); the file itself is kept only until it is read';
create index roster_import_by_office on shice.roster_import (organisation_id, asked_at);
create index roster_import_under_way on shice.roster_import (id) where state in ('checking', 'applying');

create table shice.roster_import_part (
  import_id uuid not null references shice.roster_import,
  part integer not null,
  bytes_sealed bytea not null,
  primary key (import_id, part)
);
comment on table shice.roster_import_part is 'The file in pieces as they came in, sealed; removed once it is read';

create table shice.roster_import_row (
  import_id uuid not null references shice.roster_import,
  -- the row's number in the spreadsheet, as the user sees it there
  position integer not null,
  outcome text not null,
  row_sealed bytea not null,
  applied_at timestamptz,
  primary key (import_id, position),
  constraint roster_import_outcome_known check (outcome in ('new', 'changed', 'unchanged', 'wrong'))
);
comment on table shice.roster_import_row is 'What was found in each row: as it stood, what it says, what is wrong with it; sealed, for it names people';
create index roster_import_row_by_outcome on shice.roster_import_row (import_id, outcome, position);
create index roster_import_row_to_apply on shice.roster_import_row (import_id, position)
  where outcome in ('new', 'changed') and applied_at is null;

-- Whoever has a teacher's folder on the table: a second clerk sees it, and takes over with a reason or not at all.
create table shice.desk_claim (
  campaign_id uuid not null,
  application_id uuid not null,
  account_id uuid not null references shice.account,
  since timestamptz not null,
  primary key (campaign_id, application_id),
  foreign key (campaign_id, application_id) references shice.application (campaign_id, id)
);
comment on table shice.desk_claim is 'Who holds the folder at the confirmation desk, and since when';
create table shice.desk_takeover (
  id uuid primary key default uuidv7(),
  campaign_id uuid not null,
  application_id uuid not null,
  from_account_id uuid not null references shice.account,
  to_account_id uuid not null references shice.account,
  reason text not null,
  at timestamptz not null,
  foreign key (campaign_id, application_id) references shice.application (campaign_id, id)
);
comment on table shice.desk_takeover is 'A folder taken out of a colleague''s hands, and why';

-- Items 5, 6, 7 by the school for all at once (Notice §三(二)): a numbered sheet with its rows and its signer.
create sequence shice.school_sheet_number;
create table shice.school_sheet (
  id uuid primary key default uuidv7(),
  campaign_id uuid not null references shice.campaign,
  school_id uuid not null references shice.organisation,
  confirmation_point_id uuid not null references shice.organisation,
  authority_id uuid not null references shice.organisation,
  material text not null,
  concerns text not null,
  number text not null,
  signer text not null,
  issued_by uuid not null references shice.account,
  issued_at timestamptz not null,
  constraint school_sheet_number_once unique (campaign_id, number)
);
comment on table shice.school_sheet is 'Proofs that the school issues truthfully and answers for (Notice §四(二)): who signed, for whom';
create index school_sheet_by_point on shice.school_sheet (confirmation_point_id, id);
create index school_sheet_by_authority on shice.school_sheet (authority_id, id);
create table shice.school_sheet_item (
  sheet_id uuid not null references shice.school_sheet,
  position integer not null,
  campaign_id uuid not null,
  application_id uuid not null,
  -- what the proof says of this teacher beside name and number, as it was when it was issued
  facts jsonb not null default '{}',
  primary key (sheet_id, position),
  unique (sheet_id, application_id),
  foreign key (campaign_id, application_id) references shice.application (campaign_id, id)
);
create index school_sheet_item_by_application on shice.school_sheet_item (campaign_id, application_id);
alter table shice.material_check add column sheet_id uuid references shice.school_sheet;
comment on column shice.material_check.sheet_id is 'The sheet on which the school''s proof stands';
do $$
declare t text;
begin
  foreach t in array array['school_sheet', 'school_sheet_item'] loop
    execute format('alter table shice.%I enable row level security', t);
    execute format('grant select on shice.%I to shice_auditor, shice_authority, shice_review, shice_all', t);
    execute format('create policy auditor_reads on shice.%I for select to shice_auditor, shice_all using (true)', t);
    execute format('grant select, insert on shice.%I to shice_school', t);
  end loop;
end $$;
grant usage on sequence shice.school_sheet_number to shice_school;
create policy of_the_point on shice.school_sheet for all to shice_school
  using (confirmation_point_id = (select shice.scope_id())) with check (confirmation_point_id = (select shice.scope_id()));
create policy of_the_authority on shice.school_sheet for select to shice_authority
  using (authority_id = (select shice.scope_id()));
create policy of_the_review_body on shice.school_sheet for select to shice_review
  using (exists (select from shice.campaign_body b where b.campaign_id = school_sheet.campaign_id
    and b.organisation_id = school_sheet.authority_id and b.review_body_id = (select shice.scope_id())));
create policy with_its_application on shice.school_sheet_item for all to shice_school, shice_authority, shice_review
  using (exists (select from shice.application a where a.campaign_id = school_sheet_item.campaign_id and a.id = school_sheet_item.application_id))
  with check (exists (select from shice.application a where a.campaign_id = school_sheet_item.campaign_id and a.id = school_sheet_item.application_id));

do $$
declare t text;
begin
  foreach t in array array['roster_import', 'roster_import_part', 'roster_import_row', 'desk_claim', 'desk_takeover'] loop
    execute format('alter table shice.%I enable row level security', t);
  end loop;
  foreach t in array array['roster_import_part', 'roster_import_row'] loop
    execute format($policy$
      create policy with_its_import on shice.%1$I for all to shice_school, shice_authority
        using (exists (select from shice.roster_import i where i.id = %1$I.import_id))
        with check (exists (select from shice.roster_import i where i.id = %1$I.import_id))$policy$, t);
    execute format('grant select, insert, update, delete on shice.%I to shice_school, shice_authority', t);
  end loop;
  foreach t in array array['desk_claim', 'desk_takeover'] loop
    execute format($policy$
      create policy with_its_application on shice.%1$I for all to shice_school
        using (exists (select from shice.application a where a.campaign_id = %1$I.campaign_id and a.id = %1$I.application_id))
        with check (exists (select from shice.application a where a.campaign_id = %1$I.campaign_id and a.id = %1$I.application_id))$policy$, t);
    execute format('grant select on shice.%I to shice_auditor', t);
    execute format('create policy auditor_reads on shice.%I for select to shice_auditor using (true)', t);
  end loop;
end $$;
grant select, insert, update on shice.roster_import to shice_school, shice_authority;
create policy of_the_office on shice.roster_import for all to shice_school, shice_authority
  using (organisation_id = (select shice.scope_id())) with check (organisation_id = (select shice.scope_id()));
grant select, update on shice.roster_import to shice_system;
create policy everything on shice.roster_import for all to shice_system using (true) with check (true);
grant select on shice.roster_import to shice_auditor;
create policy auditor_reads on shice.roster_import for select to shice_auditor using (true);
grant select, insert, update, delete on shice.desk_claim to shice_school;
grant select, insert on shice.desk_takeover to shice_school;
