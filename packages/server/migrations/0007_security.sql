-- Who may see and change what, as the third net beneath contract and rules.
-- Scope roles: applicant, school (a confirmation point), authority, review (a review body), all, accounts, auditor, public, system.

grant usage on schema shice to shice_applicant, shice_school, shice_authority, shice_review, shice_all,
  shice_accounts, shice_auditor, shice_public, shice_system;
grant execute on function shice.scope_id, shice.actor_id to shice_applicant, shice_school, shice_authority, shice_review,
  shice_all, shice_accounts, shice_auditor, shice_public, shice_system;
grant execute on function shice.add_job to shice_applicant, shice_school, shice_authority, shice_review, shice_all,
  shice_accounts, shice_public, shice_system;
grant execute on function shice.create_campaign_partitions to shice_all, shice_system;
grant usage on sequence shice.application_number to shice_applicant, shice_school;
grant usage on sequence shice.manifest_number to shice_school;

do $$
declare t text;
begin
  for t in select tablename from pg_tables where schemaname = 'shice' loop
    execute format('alter table shice.%I enable row level security', t);
    execute format('grant select on shice.%I to shice_auditor', t);
    execute format('create policy auditor_reads on shice.%I for select to shice_auditor using (true)', t);
  end loop;
end $$;
-- The auditor reads acts and decisions, not people's secrets.
revoke select on shice.person, shice.account, shice.invitation, shice.idempotency_key, shice.sample from shice_auditor;
grant select (id, name, document_kind, id_number_index, sex, born_on, created_at) on shice.person to shice_auditor;
grant select (id, kind, person_id, display_name, created_at, disabled_at) on shice.account to shice_auditor;
grant select (id, role, organisation_id, name, invited_by, invited_at, expires_at, accepted_at, accepted_by, withdrawn_at) on shice.invitation to shice_auditor;
grant select (id, campaign_id, review_body_id, commitment, seed, percent, committed_by, committed_at, drawn_at, size) on shice.sample to shice_auditor;

-- What is public anyway: bodies, schools, campaigns, plans, notices.
do $$
declare t text;
begin
  foreach t in array array['organisation', 'organisation_name', 'organisation_successor', 'school', 'campaign', 'plan_version',
    'campaign_body', 'public_notice', 'training_clock'] loop
    execute format('grant select on shice.%I to shice_applicant, shice_school, shice_authority, shice_review, shice_all, shice_accounts, shice_public, shice_system', t);
    execute format('create policy everyone_reads on shice.%I for select to shice_applicant, shice_school, shice_authority, shice_review, shice_all, shice_accounts, shice_public, shice_system using (true)', t);
  end loop;
  foreach t in array array['organisation', 'organisation_name', 'organisation_successor', 'school'] loop
    execute format('grant insert, update on shice.%I to shice_all, shice_accounts', t);
    execute format('create policy directory_is_kept on shice.%I for all to shice_all, shice_accounts using (true) with check (true)', t);
  end loop;
  foreach t in array array['campaign', 'plan_version', 'campaign_body'] loop
    execute format('grant insert on shice.%I to shice_all', t);
    execute format('create policy operator_writes on shice.%I for insert to shice_all with check (true)', t);
  end loop;
  foreach t in array array['campaign', 'campaign_body'] loop
    execute format('grant update on shice.%I to shice_all', t);
    execute format('create policy operator_changes on shice.%I for update to shice_all using (true) with check (true)', t);
  end loop;
end $$;
grant insert, update, delete on shice.training_clock to shice_system;
create policy clock_is_moved on shice.training_clock for all to shice_system using (true) with check (true);

-- The application: each role's plain policy on one indexed column.
grant select, update on shice.application to shice_school, shice_authority, shice_review, shice_all, shice_system;
grant select, insert, update on shice.application to shice_applicant;
grant insert on shice.application to shice_school;
create policy own on shice.application for all to shice_applicant
  using (person_id = (select shice.scope_id())) with check (person_id = (select shice.scope_id()));
create policy of_the_point on shice.application for all to shice_school
  using (confirmation_point_id = (select shice.scope_id())) with check (confirmation_point_id = (select shice.scope_id()));
create policy of_the_authority on shice.application for all to shice_authority
  using (authority_id = (select shice.scope_id())) with check (authority_id = (select shice.scope_id()));
create policy of_the_review_body on shice.application for all to shice_review
  using (review_body_id = (select shice.scope_id())) with check (review_body_id = (select shice.scope_id()));
create policy everything on shice.application for all to shice_all, shice_system using (true) with check (true);

-- What hangs on an application is seen by whoever sees the application.
do $$
declare t text;
begin
  foreach t in array array['application_history', 'undertaking', 'attachment', 'material_check', 'certificate_check',
    'return_request', 'correction', 'manifest_item', 'opinion', 'sample_item', 'decision_entry', 'marking', 'archive_item'] loop
    execute format($policy$
      create policy with_its_application on shice.%1$I for all to shice_applicant, shice_school, shice_authority, shice_review
        using (exists (select from shice.application a where a.campaign_id = %1$I.campaign_id and a.id = %1$I.application_id))
        with check (exists (select from shice.application a where a.campaign_id = %1$I.campaign_id and a.id = %1$I.application_id))$policy$, t);
    execute format('create policy everything on shice.%I for all to shice_all, shice_system using (true) with check (true)', t);
    execute format('grant select on shice.%I to shice_authority, shice_review, shice_all, shice_system', t);
  end loop;
end $$;

-- History is written and read, by nobody changed or removed.
grant insert on shice.application_history to shice_applicant, shice_school, shice_authority, shice_review, shice_all, shice_system;
grant select on shice.application_history to shice_applicant, shice_school;
grant select, insert on shice.undertaking to shice_applicant;
grant select on shice.undertaking to shice_school;
grant select, insert, update on shice.attachment to shice_applicant, shice_school;
grant select, insert, update on shice.material_check, shice.certificate_check to shice_school;
grant select on shice.material_check, shice.certificate_check to shice_applicant;
grant select, insert, update on shice.return_request to shice_school;
grant insert, update on shice.return_request to shice_authority;
grant select, update on shice.return_request to shice_applicant, shice_system;
grant update on shice.return_request to shice_all;
grant insert, update on shice.correction to shice_authority, shice_review, shice_all;
grant select, insert on shice.manifest_item to shice_school;
grant update on shice.manifest_item to shice_authority;
grant insert on shice.opinion to shice_authority, shice_review, shice_all;
grant insert, update on shice.sample_item to shice_review;
grant insert on shice.decision_entry to shice_all;
grant insert on shice.marking to shice_authority;
grant insert on shice.archive_item to shice_authority;
grant select on shice.marking, shice.archive_item, shice.decision_entry to shice_applicant, shice_school;

grant select, insert on shice.manifest to shice_school;
grant select, update on shice.manifest to shice_authority;
grant select on shice.manifest to shice_review, shice_all, shice_system;
create policy of_the_point on shice.manifest for all to shice_school
  using (confirmation_point_id = (select shice.scope_id())) with check (confirmation_point_id = (select shice.scope_id()));
create policy of_the_authority on shice.manifest for all to shice_authority
  using (authority_id = (select shice.scope_id())) with check (authority_id = (select shice.scope_id()));
create policy everything on shice.manifest for select to shice_review, shice_all, shice_system using (true);

-- People and accounts.
grant select on shice.person to shice_applicant, shice_school, shice_authority, shice_review, shice_all, shice_system;
grant select, insert, update on shice.person to shice_accounts;
create policy self on shice.person for select to shice_applicant using (id = (select shice.scope_id()));
create policy with_an_application on shice.person for select to shice_school, shice_authority, shice_review
  using (exists (select from shice.application a where a.person_id = person.id));
create policy everything on shice.person for select to shice_all, shice_system using (true);
create policy accounts_keep on shice.person for all to shice_accounts using (true) with check (true);

grant select (id, kind, person_id, display_name, disabled_at) on shice.account to shice_school, shice_authority, shice_review, shice_all;
grant select on shice.account to shice_applicant, shice_system;
grant select, insert, update on shice.account to shice_accounts;
create policy self on shice.account for select to shice_applicant using (id = (select shice.actor_id()));
create policy names_of_colleagues on shice.account for select to shice_school, shice_authority, shice_review, shice_all using (true);
create policy everything on shice.account for select to shice_system using (true);
create policy accounts_keep on shice.account for all to shice_accounts using (true) with check (true);

grant select on shice.post to shice_school, shice_authority, shice_review, shice_all, shice_system;
grant select, insert, update on shice.post to shice_accounts;
create policy colleagues on shice.post for select to shice_school, shice_authority, shice_review, shice_all, shice_system using (true);
create policy accounts_keep on shice.post for all to shice_accounts using (true) with check (true);
grant select, insert, update on shice.invitation to shice_accounts;
create policy accounts_keep on shice.invitation for all to shice_accounts using (true) with check (true);

-- Roster, restriction list, earlier registrations, extensions.
grant select on shice.roster_entry to shice_applicant, shice_review, shice_all, shice_system;
grant select, insert, update on shice.roster_entry to shice_school, shice_authority;
grant insert, update on shice.roster_entry to shice_all;
create policy of_the_point on shice.roster_entry for all to shice_school
  using (confirmation_point_id = (select shice.scope_id())) with check (confirmation_point_id = (select shice.scope_id()));
create policy of_the_authority on shice.roster_entry for all to shice_authority
  using (authority_id = (select shice.scope_id())) with check (authority_id = (select shice.scope_id()));
create policy self on shice.roster_entry for select to shice_applicant
  using (id_number_index = (select p.id_number_index from shice.person p where p.id = (select shice.scope_id())));
create policy of_the_review_body on shice.roster_entry for select to shice_review
  using (exists (select from shice.campaign_body b where b.campaign_id = roster_entry.campaign_id
    and b.organisation_id = roster_entry.authority_id and b.review_body_id = (select shice.scope_id())));
create policy everything on shice.roster_entry for all to shice_all, shice_system using (true) with check (true);

grant select on shice.restriction, shice.past_registration to shice_applicant, shice_school, shice_authority, shice_review, shice_all, shice_system;
grant insert, update on shice.restriction to shice_authority, shice_all;
grant insert on shice.past_registration to shice_all, shice_system;
create policy self on shice.restriction for select to shice_applicant
  using (id_number_index = (select p.id_number_index from shice.person p where p.id = (select shice.scope_id())));
create policy people_in_scope on shice.restriction for select to shice_school, shice_review
  using (exists (select from shice.person p where p.id_number_index = restriction.id_number_index));
create policy authorities_keep on shice.restriction for all to shice_authority, shice_all, shice_system using (true) with check (true);
create policy self on shice.past_registration for select to shice_applicant
  using (id_number_index = (select p.id_number_index from shice.person p where p.id = (select shice.scope_id())));
create policy people_in_scope on shice.past_registration for select to shice_school, shice_authority, shice_review
  using (exists (select from shice.person p where p.id_number_index = past_registration.id_number_index));
create policy everything on shice.past_registration for all to shice_all, shice_system using (true) with check (true);

grant select on shice.extension to shice_applicant, shice_school, shice_authority, shice_review, shice_all, shice_system;
grant insert on shice.extension to shice_all;
create policy read_by_the_parties on shice.extension for select to shice_applicant, shice_school, shice_authority, shice_review using (true);
create policy operator_grants on shice.extension for all to shice_all, shice_system using (true) with check (true);

-- Notices, objections, reports, samples, decisions.
grant insert, update on shice.public_notice to shice_authority;
create policy of_the_authority on shice.public_notice for all to shice_authority
  using (authority_id = (select shice.scope_id())) with check (authority_id = (select shice.scope_id()));
grant select on shice.public_notice_entry to shice_applicant, shice_school, shice_authority, shice_review, shice_all, shice_public, shice_system;
grant insert on shice.public_notice_entry to shice_authority;
create policy everyone_reads on shice.public_notice_entry for select
  to shice_applicant, shice_school, shice_authority, shice_review, shice_all, shice_public, shice_system using (true);
create policy of_the_authority on shice.public_notice_entry for insert to shice_authority
  with check (exists (select from shice.application a where a.campaign_id = public_notice_entry.campaign_id and a.id = public_notice_entry.application_id));

grant insert on shice.objection to shice_public, shice_applicant;
grant select on shice.objection to shice_applicant, shice_review, shice_all, shice_system;
grant select, update on shice.objection to shice_authority;
-- Whether a case waits for an answer is a fact of the case; what was objected is not the school's to read.
grant select (campaign_id, application_id, notice_id, outcome) on shice.objection to shice_school;
create policy anyone_raises on shice.objection for insert to shice_public with check (account_id is null and outcome is null);
create policy own on shice.objection for select to shice_applicant using (account_id = (select shice.actor_id()));
create policy applicant_raises on shice.objection for insert to shice_applicant
  with check (account_id = (select shice.actor_id()) and outcome is null);
create policy of_the_authority on shice.objection for all to shice_authority
  using (authority_id = (select shice.scope_id())) with check (authority_id = (select shice.scope_id()));
create policy with_its_application on shice.objection for select to shice_school, shice_review
  using (exists (select from shice.application a where a.campaign_id = objection.campaign_id and a.id = objection.application_id));
create policy everything on shice.objection for select to shice_all, shice_system using (true);

grant select, insert, update on shice.report to shice_authority;
grant select, update on shice.report to shice_review, shice_all;
grant select on shice.report to shice_system;
create policy of_the_authority on shice.report for all to shice_authority
  using (authority_id = (select shice.scope_id())) with check (authority_id = (select shice.scope_id()));
create policy of_the_review_body on shice.report for all to shice_review
  using (exists (select from shice.campaign_body b where b.campaign_id = report.campaign_id
    and b.organisation_id = report.authority_id and b.review_body_id = (select shice.scope_id())));
create policy everything on shice.report for all to shice_all, shice_system using (true) with check (true);

grant select, insert, update on shice.sample to shice_review;
grant select on shice.sample to shice_all, shice_system;
create policy of_the_review_body on shice.sample for all to shice_review
  using (review_body_id = (select shice.scope_id())) with check (review_body_id = (select shice.scope_id()));
create policy everything on shice.sample for select to shice_all, shice_system using (true);

grant select, insert on shice.decision to shice_all;
grant select on shice.decision to shice_applicant, shice_school, shice_authority, shice_review, shice_public, shice_system;
create policy everyone_reads on shice.decision for select to shice_applicant, shice_school, shice_authority, shice_review, shice_public, shice_system using (true);
create policy commission_decides on shice.decision for all to shice_all using (true) with check (true);

-- Stickers: read where they are yours; moved by shice.move_stickers alone.
grant execute on function shice.move_stickers to shice_authority, shice_review, shice_all;
grant select on shice.sticker_series to shice_authority, shice_review, shice_all, shice_system;
grant insert on shice.sticker_series to shice_review, shice_all;
create policy series_are_known on shice.sticker_series for select to shice_authority, shice_review, shice_all, shice_system using (true);
create policy centre_opens_series on shice.sticker_series for insert to shice_review, shice_all with check (true);
do $$
declare t text;
begin
  foreach t in array array['sticker_holding', 'sticker_balance', 'sticker_count'] loop
    execute format('grant select on shice.%I to shice_authority, shice_review, shice_all, shice_system', t);
    execute format('create policy of_the_authority on shice.%I for select to shice_authority using (organisation_id = (select shice.scope_id()))', t);
    execute format('create policy everything on shice.%I for select to shice_review, shice_all, shice_system using (true)', t);
  end loop;
end $$;
grant insert on shice.sticker_count to shice_authority, shice_review;
create policy count_own on shice.sticker_count for insert to shice_authority, shice_review with check (organisation_id = (select shice.scope_id()));
grant select on shice.sticker_movement to shice_authority, shice_review, shice_all, shice_system;
create policy of_the_authority on shice.sticker_movement for select to shice_authority
  using ((select shice.scope_id()) in (from_organisation_id, to_organisation_id));
create policy everything on shice.sticker_movement for select to shice_review, shice_all, shice_system using (true);

-- Messages, audit, seals, idempotency.
grant insert on shice.message to shice_applicant, shice_school, shice_authority, shice_review, shice_all, shice_accounts, shice_public;
grant select, update on shice.message to shice_applicant, shice_school, shice_authority, shice_review, shice_all;
grant select, insert, update on shice.message to shice_system;
create policy anyone_causes on shice.message for insert
  to shice_applicant, shice_school, shice_authority, shice_review, shice_all, shice_accounts, shice_public with check (true);
create policy own_inbox on shice.message for select to shice_applicant, shice_school, shice_authority, shice_review, shice_all
  using (account_id = (select shice.actor_id()));
create policy own_inbox_read on shice.message for update to shice_applicant, shice_school, shice_authority, shice_review, shice_all
  using (account_id = (select shice.actor_id())) with check (account_id = (select shice.actor_id()));
create policy everything on shice.message for all to shice_system using (true) with check (true);

grant insert on shice.audit_entry to shice_applicant, shice_school, shice_authority, shice_review, shice_all, shice_accounts, shice_auditor, shice_system;
create policy anyone_is_logged on shice.audit_entry for insert
  to shice_applicant, shice_school, shice_authority, shice_review, shice_all, shice_accounts, shice_auditor, shice_system with check (true);
grant select on shice.audit_entry to shice_system;
create policy everything on shice.audit_entry for select to shice_system using (true);

grant select, insert on shice.seal to shice_system;
create policy system_seals on shice.seal for all to shice_system using (true) with check (true);

grant select, insert, update on shice.idempotency_key to shice_applicant, shice_school, shice_authority, shice_review, shice_all, shice_accounts;
create policy own on shice.idempotency_key for all
  to shice_applicant, shice_school, shice_authority, shice_review, shice_all, shice_accounts
  using (account_id = (select shice.actor_id())) with check (account_id = (select shice.actor_id()));
grant delete on shice.idempotency_key to shice_system;
grant select on shice.idempotency_key to shice_system;
create policy system_clears on shice.idempotency_key for all to shice_system using (true);
