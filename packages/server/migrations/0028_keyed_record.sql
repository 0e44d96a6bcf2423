-- The record is bound by keyed codes (HMAC-SHA-256 under keys derived from the installation's secret): nobody who can write
-- to the database alone can write a row that verifies, or compute a chain anew. Rows of before this migration keep their
-- plain hashes; the program seals them while it migrates (case/keep-record.ts), and accepts no other plain row.

alter table shice.application_history add column sets jsonb not null default '{}';
comment on column shice.application_history.sets is
  'The columns of the application that the act set: values, or keyed digests where they are personal. Part of the hash';
alter table shice.application_history rename constraint hash_is_sha256 to hash_is_32_bytes;

alter table shice.application add column head_mac bytea;
comment on column shice.application.head_mac is
  'Keyed code over the head of the history with state and conclusion: a chain cut at its end does not have it';

alter table shice.audit_entry add column number bigint, add column previous_mac bytea, add column mac bytea,
  add constraint audit_numbered_once unique (number);
comment on column shice.audit_entry.mac is 'Keyed code over the entry and the code of the one before: one chain for the installation';

create table shice.audit_head (
  singleton boolean primary key default true check (singleton),
  number bigint not null,
  mac bytea not null,
  head_mac bytea not null
);
comment on table shice.audit_head is 'Where the chain of the audit log ends; its own keyed code, so that the log cannot be cut at its end';
insert into shice.audit_head values (true, 0, '\x', '\x');

-- Locks the end of the audit log until commit and gives keys for new entries. The rows that the entries will refer to are
-- locked first: otherwise this transaction could hold the end and wait for one that waits for the end.
create function shice.lock_audit_head(entries integer, accounts uuid[], organisations uuid[])
  returns table (number bigint, mac bytea, ids uuid[])
  language plpgsql security definer set search_path = '' as $$
begin
  perform from shice.account a where a.id = any(lock_audit_head.accounts) order by a.id for key share;
  perform from shice.organisation o where o.id = any(lock_audit_head.organisations) order by o.id for key share;
  return query
    select h.number, h.mac, array(select uuidv7() from generate_series(1, lock_audit_head.entries))
    from shice.audit_head h for update;
end $$;

create function shice.append_audit(entries jsonb, head_mac bytea) returns void
  language sql security definer set search_path = '' as $$
  insert into shice.audit_entry (id, at, account_id, role, organisation_id, action, campaign_id, subject_kind, subject_id,
      detail, request, number, previous_mac, mac)
    select e.id, e.at, e."accountId", e.role, e."organisationId", e.action, e."campaignId", e."subjectKind", e."subjectId",
      e.detail, e.request, e.number, e."previousMac"::bytea, e.mac::bytea
    from jsonb_to_recordset(append_audit.entries) as e(id uuid, at timestamptz, "accountId" uuid, role text,
      "organisationId" uuid, action text, "campaignId" uuid, "subjectKind" text, "subjectId" uuid, detail jsonb, request text,
      number bigint, "previousMac" text, mac text);
  update shice.audit_head h set number = e.number, mac = e.mac::bytea, head_mac = append_audit.head_mac
    from (select l.number, l.mac from jsonb_to_recordset(append_audit.entries) as l(number bigint, mac text)
      order by l.number desc limit 1) e;
$$;

alter table shice.seal add column kind text not null default 'plain', add column heads_digest bytea,
  add column audit_number bigint, add column audit_mac bytea,
  add constraint seal_kind_known check (kind in ('plain', 'upgrade', 'daily'));
alter table shice.seal drop constraint seal_day_key;
create unique index one_seal_a_day on shice.seal (day) where kind <> 'upgrade';
comment on column shice.seal.kind is
  'plain: made before codes were keyed. upgrade: seals what was there when they became keyed. daily: of one day';

create table shice.seal_head (
  seal integer not null,
  campaign_id uuid not null,
  application_id uuid not null,
  sequence integer not null,
  hash bytea not null,
  holds jsonb,
  primary key (seal, campaign_id, application_id)
);
comment on table shice.seal_head is 'The heads of the histories that have moved since the seal before; what a seal is recomputed from';
comment on column shice.seal_head.holds is 'At the upgrade: what the application''s columns held, from where later acts are replayed';
create index seal_head_by_application on shice.seal_head (campaign_id, application_id, seal);

alter table shice.audit_head enable row level security;
alter table shice.seal_head enable row level security;
grant select on shice.audit_head, shice.seal_head to shice_auditor, shice_system;
grant insert on shice.seal_head to shice_system;
create policy auditor_reads on shice.audit_head for select to shice_auditor, shice_system using (true);
create policy auditor_reads on shice.seal_head for select to shice_auditor using (true);
create policy system_seals on shice.seal_head for all to shice_system using (true) with check (true);

-- Entries are written by shice.append_audit alone.
revoke insert on shice.audit_entry from shice_applicant, shice_school, shice_authority, shice_review, shice_all,
  shice_accounts, shice_auditor, shice_system;
drop policy anyone_is_logged on shice.audit_entry;
revoke all on function shice.lock_audit_head, shice.append_audit from public;
grant execute on function shice.lock_audit_head, shice.append_audit to shice_applicant, shice_school, shice_authority,
  shice_review, shice_all, shice_accounts, shice_auditor, shice_system;

-- Whoever asks for a conclusion is given what signed decisions say (Notice §三(五)), never what a column says.
drop function shice.verify_conclusion;

create function shice.decisions_on(campaign uuid, application_number text, whole_name text)
  returns table (application_id uuid, certificate_kind text, state text, final_conclusion text, decision_id uuid,
    last_sequence integer, last_hash bytea, head_mac bytea, id uuid, number text, kind text, decided_at timestamptz,
    entries integer, list_hash bytea, signature bytea, signature_algorithm text, conclusion text, lines_digest bytea)
  language sql stable security definer set search_path = '' as $$
  select a.id, a.certificate_kind, a.state, a.final_conclusion, a.decision_id, a.last_sequence, a.last_hash, a.head_mac,
    d.id, d.number, d.kind, d.decided_at, d.entries, d.list_hash, d.signature, d.signature_algorithm, e.conclusion,
    (select sha256(convert_to(string_agg(
         jsonb_build_array(l.position, b.number, b.name, l.conclusion)::text, E'\n' order by l.position), 'UTF8'))
       from shice.decision_entry l join shice.application b on b.campaign_id = l.campaign_id and b.id = l.application_id
       where l.decision_id = d.id)
  from shice.application a
  left join (shice.decision_entry e join shice.decision d on d.id = e.decision_id)
    on e.campaign_id = a.campaign_id and e.application_id = a.id and d.campaign_id = a.campaign_id
  where a.campaign_id = campaign and a.number = application_number and a.name = whole_name
  order by d.decided_at, d.id
$$;
comment on function shice.decisions_on is
  'The decisions on a case for whoever knows its number and the whole name; the digest tells whether a list was checked before';

create function shice.lines_of_decision(campaign uuid, application_number text, whole_name text, decision uuid)
  returns table (line integer, number text, name text, conclusion text)
  language sql stable security definer set search_path = '' as $$
  select l.position, b.number, b.name, l.conclusion
  from shice.application a
  join shice.decision_entry e on e.campaign_id = a.campaign_id and e.application_id = a.id
  join shice.decision_entry l on l.decision_id = e.decision_id
  join shice.application b on b.campaign_id = l.campaign_id and b.id = l.application_id
  where a.campaign_id = campaign and a.number = application_number and a.name = whole_name
    and e.decision_id = lines_of_decision.decision
  order by l.position
$$;
comment on function shice.lines_of_decision is
  'The list that a decision on the case was signed over: without it nobody can check the signature';
revoke all on function shice.decisions_on, shice.lines_of_decision from public;
grant execute on function shice.decisions_on, shice.lines_of_decision to shice_public, shice_applicant, shice_school,
  shice_authority, shice_review, shice_all, shice_auditor;
