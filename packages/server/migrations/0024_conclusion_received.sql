-- The teacher signs for the conclusion before it is shown: from that day the time for legal remedies runs.
create table shice.conclusion_receipt (
  campaign_id uuid not null,
  application_id uuid not null,
  decision_id uuid not null references shice.decision,
  account_id uuid not null references shice.account,
  received_at timestamptz not null,
  primary key (campaign_id, application_id, decision_id),
  foreign key (campaign_id, application_id) references shice.application (campaign_id, id)
);
comment on table shice.conclusion_receipt is 'When a teacher has signed for a conclusion and seen it; each decision is signed for by itself';
alter table shice.conclusion_receipt enable row level security;
grant select on shice.conclusion_receipt to shice_auditor, shice_all, shice_system;
create policy everything on shice.conclusion_receipt for select to shice_auditor, shice_all, shice_system using (true);
grant select on shice.conclusion_receipt to shice_applicant, shice_school, shice_authority, shice_review;
create policy with_its_application on shice.conclusion_receipt for select
  to shice_applicant, shice_school, shice_authority, shice_review
  using (exists (select from shice.application a
    where a.campaign_id = conclusion_receipt.campaign_id and a.id = conclusion_receipt.application_id));
grant insert on shice.conclusion_receipt to shice_applicant;
create policy own on shice.conclusion_receipt for insert to shice_applicant
  with check (account_id = (select shice.actor_id()) and exists (select from shice.application a
    where a.campaign_id = conclusion_receipt.campaign_id and a.id = conclusion_receipt.application_id
      and a.decision_id = conclusion_receipt.decision_id));
