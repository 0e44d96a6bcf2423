-- Appeals against a lapse or a refusal (an unconfirmed case may be re-opened by the district upheld on appeal). Until now a
-- lead could re-open without one. One appeal for each ending of a case; the words are its teacher's.

create table shice.appeal (
  id uuid primary key default uuidv7(),
  campaign_id uuid not null references shice.campaign,
  application_id uuid not null,
  -- Who entered it: the teacher, or the lead who received a letter or a call.
  entered_by uuid not null references shice.account,
  statement text not null,
  raised_at timestamptz not null,
  outcome text,
  answer text,
  decided_by uuid references shice.account,
  decided_at timestamptz,
  foreign key (campaign_id, application_id) references shice.application (campaign_id, id),
  constraint appeal_outcome_known check (outcome in ('dismissed', 'upheld')),
  constraint appeal_answered_with_words check (outcome is null or answer <> ''),
  constraint appeal_decided_by_somebody check ((outcome is null) = (decided_at is null) and (outcome is null) = (decided_by is null))
);
comment on table shice.appeal is '申诉: against a lapse or a refusal, entered by the teacher or by the district that received it';
create unique index one_open_appeal on shice.appeal (campaign_id, application_id) where outcome is null;
create index appeal_by_application on shice.appeal (campaign_id, application_id, raised_at);

alter table shice.appeal enable row level security;
grant select, insert on shice.appeal to shice_applicant;
grant select, insert on shice.appeal to shice_authority;
grant update (outcome, answer, decided_by, decided_at) on shice.appeal to shice_authority;
grant select on shice.appeal to shice_school, shice_review, shice_all, shice_system, shice_auditor;
create policy with_its_application on shice.appeal for select to shice_applicant, shice_authority, shice_school, shice_review
  using (exists (select from shice.application a where a.campaign_id = appeal.campaign_id and a.id = appeal.application_id));
create policy raised_in_scope on shice.appeal for insert to shice_applicant, shice_authority
  with check (entered_by = (select shice.actor_id()) and outcome is null
    and exists (select from shice.application a where a.campaign_id = appeal.campaign_id and a.id = appeal.application_id));
create policy answered_in_scope on shice.appeal for update to shice_authority
  using (outcome is null and exists (select from shice.application a where a.campaign_id = appeal.campaign_id and a.id = appeal.application_id))
  with check (outcome is not null and decided_by = (select shice.actor_id()));
create policy everything on shice.appeal for select to shice_all, shice_system, shice_auditor using (true);

-- Requests to withdraw wait on the school's page until they are answered.
create index withdrawal_to_release on shice.application (campaign_id, confirmation_point_id)
  where withdrawal_asked_at is not null and withdrawal_released_at is null and state = 'confirmed';
