-- Made by `npm run generate` from the migrations; not run, only compared.

-- extensions

btree_gist in public

pg_trgm in public

-- schemas and who may use them

auth  owner shice_owner  shice_auth=U/shice_owner shice_owner=UC/shice_owner

shice  owner shice_owner  shice_accounts=U/shice_owner shice_all=U/shice_owner shice_applicant=U/shice_owner shice_auditor=U/shice_owner shice_authority=U/shice_owner shice_owner=UC/shice_owner shice_public=U/shice_owner shice_review=U/shice_owner shice_school=U/shice_owner shice_system=U/shice_owner

-- tables and columns

auth.account  id uuid not null default uuidv7()

auth.account  account_id text not null

auth.account  provider_id text not null

auth.account  user_id uuid not null

auth.account  access_token text

auth.account  refresh_token text

auth.account  id_token text

auth.account  access_token_expires_at timestamp with time zone

auth.account  refresh_token_expires_at timestamp with time zone

auth.account  scope text

auth.account  password text

auth.account  created_at timestamp with time zone not null

auth.account  updated_at timestamp with time zone not null

auth.rate_limit  id uuid not null default uuidv7()

auth.rate_limit  key text not null

auth.rate_limit  count integer not null

auth.rate_limit  last_request bigint not null

auth.session  id uuid not null default uuidv7()

auth.session  expires_at timestamp with time zone not null

auth.session  token text not null

auth.session  created_at timestamp with time zone not null

auth.session  updated_at timestamp with time zone not null

auth.session  ip_address text

auth.session  user_agent text

auth.session  user_id uuid not null

auth.user  id uuid not null default uuidv7()

auth.user  name text not null

auth.user  email text not null

auth.user  email_verified boolean not null

auth.user  image text

auth.user  created_at timestamp with time zone not null

auth.user  updated_at timestamp with time zone not null

auth.verification  id uuid not null default uuidv7()

auth.verification  identifier text not null

auth.verification  value text not null

auth.verification  expires_at timestamp with time zone not null

auth.verification  created_at timestamp with time zone not null

auth.verification  updated_at timestamp with time zone not null

shice.account  id uuid not null

shice.account  kind text not null

shice.account  person_id uuid

shice.account  display_name text not null

shice.account  email_sealed bytea

shice.account  email_index bytea

shice.account  mobile_sealed bytea

shice.account  created_at timestamp with time zone not null

shice.account  disabled_at timestamp with time zone

shice.account  sign_in_name text

shice.account  privacy_notice text

shice.account  mail_wanted text not null default 'all'::text

shice.account  sms_wanted boolean not null default true

shice.account_mail  id uuid not null default uuidv7()

shice.account_mail  mail_sealed bytea not null

shice.account_mail  due_at timestamp with time zone not null

shice.account_mail  attempts integer not null default 0

shice.account_mail  created_at timestamp with time zone not null

shice.appeal  id uuid not null default uuidv7()

shice.appeal  campaign_id uuid not null

shice.appeal  application_id uuid not null

shice.appeal  entered_by uuid not null

shice.appeal  statement text not null

shice.appeal  raised_at timestamp with time zone not null

shice.appeal  outcome text

shice.appeal  answer text

shice.appeal  decided_by uuid

shice.appeal  decided_at timestamp with time zone

shice.application  campaign_id uuid not null

shice.application  id uuid not null default uuidv7()

shice.application  number text not null

shice.application  person_id uuid not null

shice.application  name text not null

shice.application  state text not null

shice.application  version integer not null default 1

shice.application  plan_version integer not null

shice.application  school_id uuid

shice.application  confirmation_point_id uuid

shice.application  authority_id uuid

shice.application  review_body_id uuid

shice.application  registration_kind text not null default 'first'::text

shice.application  newly_hired boolean not null default false

shice.application  certificate_kind text

shice.application  certificate_issued_on date

shice.application  certificate_number_index bytea

shice.application  post_kind text

shice.application  subject text

shice.application  form jsonb not null default '{}'::jsonb

shice.application  form_sealed bytea

shice.application  flags text[] not null default '{}'::text[]

shice.application  created_at timestamp with time zone not null

shice.application  changed_at timestamp with time zone not null

shice.application  submitted_at timestamp with time zone

shice.application  state_since timestamp with time zone not null

shice.application  reply_by timestamp with time zone

shice.application  answer_to text

shice.application  withdrawal_asked_at timestamp with time zone

shice.application  withdrawal_released_at timestamp with time zone

shice.application  carried_over text

shice.application  ethics text

shice.application  fit boolean

shice.application  mark_with text

shice.application  manifest_id uuid

shice.application  preliminary_conclusion text

shice.application  reviewed_conclusion text

shice.application  final_conclusion text

shice.application  notice_id uuid

shice.application  published_conclusion text

shice.application  report_id uuid

shice.application  decision_id uuid

shice.application  last_sequence integer not null default 0

shice.application  last_hash bytea not null default '\x'::bytea

shice.application  name_pinyin text

shice.application  name_initials text

shice.application  certificate_version text

shice.application  assisted_at timestamp with time zone

shice.application  assisted_fields text[] not null default '{}'::text[]

shice.application  attested_at timestamp with time zone

shice.application  attestation_asked_at timestamp with time zone

shice.application  name_on_certificate text generated as 
CASE
    WHEN ((form ->> 'certificateName'::text) <> name) THEN NULLIF((form ->> 'certificateName'::text), ''::text)
    ELSE NULL::text
END

shice.application  head_mac bytea

shice.application_history  campaign_id uuid not null

shice.application_history  application_id uuid not null

shice.application_history  sequence integer not null

shice.application_history  transition text not null

shice.application_history  from_state text

shice.application_history  to_state text not null

shice.application_history  at timestamp with time zone not null

shice.application_history  role text not null

shice.application_history  account_id uuid

shice.application_history  person_id uuid

shice.application_history  post_id uuid

shice.application_history  organisation_id uuid

shice.application_history  reason text

shice.application_history  record jsonb not null

shice.application_history  changes jsonb not null

shice.application_history  plan_version integer not null

shice.application_history  previous_hash bytea not null

shice.application_history  hash bytea not null

shice.application_history  sets jsonb not null default '{}'::jsonb

shice.archive_item  campaign_id uuid not null

shice.archive_item  application_id uuid not null

shice.archive_item  authority_id uuid not null

shice.archive_item  copy integer not null

shice.archive_item  place text not null

shice.archive_item  box text

shice.archive_item  item integer

shice.archive_item  opinion_by text not null

shice.archive_item  filed_by uuid not null

shice.archive_item  filed_at timestamp with time zone not null

shice.assisted_reset  id uuid not null default uuidv7()

shice.assisted_reset  account_id uuid not null

shice.assisted_reset  code_hash bytea not null

shice.assisted_reset  asked_by uuid not null

shice.assisted_reset  organisation_id uuid not null

shice.assisted_reset  reason text not null

shice.assisted_reset  asked_at timestamp with time zone not null

shice.assisted_reset  expires_at timestamp with time zone not null

shice.assisted_reset  attempts integer not null default 0

shice.assisted_reset  finished_at timestamp with time zone

shice.assisted_save  id uuid not null default uuidv7()

shice.assisted_save  campaign_id uuid not null

shice.assisted_save  application_id uuid not null

shice.assisted_save  account_id uuid not null

shice.assisted_save  clerk_name text not null

shice.assisted_save  organisation_id uuid not null

shice.assisted_save  at timestamp with time zone not null

shice.assisted_save  fields text[] not null

shice.attachment  id uuid not null default uuidv7()

shice.attachment  campaign_id uuid not null

shice.attachment  application_id uuid not null

shice.attachment  slot text not null

shice.attachment  sha256 bytea not null

shice.attachment  size_bytes bigint not null

shice.attachment  media_type text not null

shice.attachment  file_name text not null

shice.attachment  uploaded_by uuid not null

shice.attachment  uploaded_at timestamp with time zone not null

shice.attachment  replaced_at timestamp with time zone

shice.attachment  position integer not null default 1

shice.attachment  width integer

shice.attachment  height integer

shice.attachment  findings jsonb not null default '[]'::jsonb

shice.attachment  checked_at timestamp with time zone

shice.attachment  lost_at timestamp with time zone

shice.attachment  waits_for_reading boolean not null default false

shice.attachment  numbers_sealed bytea

shice.audit_entry  id uuid not null default uuidv7()

shice.audit_entry  at timestamp with time zone not null

shice.audit_entry  account_id uuid

shice.audit_entry  role text not null

shice.audit_entry  organisation_id uuid

shice.audit_entry  action text not null

shice.audit_entry  campaign_id uuid

shice.audit_entry  subject_kind text not null

shice.audit_entry  subject_id uuid

shice.audit_entry  detail jsonb not null default '{}'::jsonb

shice.audit_entry  request text

shice.audit_entry  number bigint

shice.audit_entry  previous_mac bytea

shice.audit_entry  mac bytea

shice.audit_head  singleton boolean not null default true

shice.audit_head  number bigint not null

shice.audit_head  mac bytea not null

shice.audit_head  head_mac bytea not null

shice.campaign  id uuid not null default uuidv7()

shice.campaign  key text not null

shice.campaign  title text not null

shice.campaign  plan_version integer not null

shice.campaign  created_at timestamp with time zone not null

shice.campaign  closed_at timestamp with time zone

shice.campaign_body  campaign_id uuid not null

shice.campaign_body  organisation_id uuid not null

shice.campaign_body  part text not null

shice.campaign_body  area_key text

shice.campaign_body  review_body_id uuid

shice.campaign_text  campaign_id uuid not null

shice.campaign_text  kind text not null

shice.campaign_text  version integer not null

shice.campaign_text  text text not null

shice.campaign_text  entered_by uuid

shice.campaign_text  entered_at timestamp with time zone not null

shice.certificate_check  campaign_id uuid not null

shice.certificate_check  application_id uuid not null

shice.certificate_check  field text not null

shice.certificate_check  agrees boolean not null

shice.certificate_check  remark text

shice.certificate_check  checked_by uuid not null

shice.certificate_check  checked_at timestamp with time zone not null

shice.circular  id uuid not null default uuidv7()

shice.circular  campaign_id uuid not null

shice.circular  organisation_id uuid not null

shice.circular  role text not null

shice.circular  title text not null

shice.circular  text text not null

shice.circular  groups text[] not null

shice.circular  by_sms boolean not null

shice.circular  recipients integer not null

shice.circular  sent_by uuid

shice.circular  sent_at timestamp with time zone not null

shice.conclusion_receipt  campaign_id uuid not null

shice.conclusion_receipt  application_id uuid not null

shice.conclusion_receipt  decision_id uuid not null

shice.conclusion_receipt  account_id uuid not null

shice.conclusion_receipt  received_at timestamp with time zone not null

shice.conversation_entry  id uuid not null default uuidv7()

shice.conversation_entry  campaign_id uuid not null

shice.conversation_entry  application_id uuid not null

shice.conversation_entry  side text not null

shice.conversation_entry  account_id uuid not null

shice.conversation_entry  organisation_id uuid

shice.conversation_entry  role text not null

shice.conversation_entry  text text not null

shice.conversation_entry  written_at timestamp with time zone not null

shice.conversation_entry  read_at timestamp with time zone

shice.conversation_entry  settled_at timestamp with time zone

shice.correction  id uuid not null default uuidv7()

shice.correction  campaign_id uuid not null

shice.correction  application_id uuid not null

shice.correction  changes jsonb not null

shice.correction  changes_sealed bytea

shice.correction  reason text not null

shice.correction  asked_by uuid not null

shice.correction  asked_at timestamp with time zone not null

shice.correction  outcome text

shice.correction  answer text

shice.correction  decided_by uuid

shice.correction  decided_at timestamp with time zone

shice.decision  id uuid not null default uuidv7()

shice.decision  campaign_id uuid not null

shice.decision  number text not null

shice.decision  kind text not null default 'conclude'::text

shice.decision  decided_by uuid not null

shice.decision  decided_at timestamp with time zone not null

shice.decision  entries integer not null

shice.decision  list_hash bytea not null

shice.decision  signature bytea not null

shice.decision  signature_algorithm text not null

shice.decision_entry  decision_id uuid not null

shice.decision_entry  position integer not null

shice.decision_entry  campaign_id uuid not null

shice.decision_entry  application_id uuid not null

shice.decision_entry  conclusion text not null

shice.desk_claim  campaign_id uuid not null

shice.desk_claim  application_id uuid not null

shice.desk_claim  account_id uuid not null

shice.desk_claim  since timestamp with time zone not null

shice.desk_takeover  id uuid not null default uuidv7()

shice.desk_takeover  campaign_id uuid not null

shice.desk_takeover  application_id uuid not null

shice.desk_takeover  from_account_id uuid not null

shice.desk_takeover  to_account_id uuid not null

shice.desk_takeover  reason text not null

shice.desk_takeover  at timestamp with time zone not null

shice.directory_change  id uuid not null default uuidv7()

shice.directory_change  school_id uuid not null

shice.directory_change  kind text not null

shice.directory_change  effective_on date not null

shice.directory_change  reason text

shice.directory_change  detail jsonb not null default '{}'::jsonb

shice.directory_change  made_by uuid

shice.directory_change  made_at timestamp with time zone not null

shice.email_change  account_id uuid not null

shice.email_change  email_sealed bytea not null

shice.email_change  email_index bytea not null

shice.email_change  token_hash bytea not null

shice.email_change  asked_at timestamp with time zone not null

shice.email_change  expires_at timestamp with time zone not null

shice.extension  id uuid not null default uuidv7()

shice.extension  campaign_id uuid not null

shice.extension  stage text not null

shice.extension  authority_id uuid

shice.extension  school_id uuid

shice.extension  application_id uuid

shice.extension  from_at timestamp with time zone not null

shice.extension  until_at timestamp with time zone not null

shice.extension  reason text not null

shice.extension  granted_by uuid not null

shice.extension  granted_at timestamp with time zone not null

shice.idempotency_key  account_id uuid not null

shice.idempotency_key  key text not null

shice.idempotency_key  request_hash bytea not null

shice.idempotency_key  status integer

shice.idempotency_key  response jsonb

shice.idempotency_key  created_at timestamp with time zone not null

shice.installation  singleton boolean not null default true

shice.installation  kind text not null

shice.installation  filled boolean not null default false

shice.invitation  id uuid not null default uuidv7()

shice.invitation  role text not null

shice.invitation  organisation_id uuid not null

shice.invitation  name text not null

shice.invitation  email_sealed bytea not null

shice.invitation  email_index bytea not null

shice.invitation  token_hash bytea not null

shice.invitation  invited_by uuid

shice.invitation  invited_at timestamp with time zone not null

shice.invitation  expires_at timestamp with time zone not null

shice.invitation  accepted_at timestamp with time zone

shice.invitation  accepted_by uuid

shice.invitation  withdrawn_at timestamp with time zone

shice.manifest  id uuid not null default uuidv7()

shice.manifest  campaign_id uuid not null

shice.manifest  confirmation_point_id uuid not null

shice.manifest  authority_id uuid not null

shice.manifest  number text not null

shice.manifest  handed_over_by uuid not null

shice.manifest  handed_over_at timestamp with time zone not null

shice.manifest  list_hash bytea not null

shice.manifest  received_by uuid

shice.manifest  received_at timestamp with time zone

shice.manifest_item  manifest_id uuid not null

shice.manifest_item  position integer not null

shice.manifest_item  campaign_id uuid not null

shice.manifest_item  application_id uuid not null

shice.manifest_item  difference text

shice.manifest_item  outcome text

shice.manifest_item  reasons text[] not null default '{}'::text[]

shice.manifest_item  settled_by uuid

shice.manifest_item  settled_at timestamp with time zone

shice.manifest_item  supplement text

shice.manifest_item  supplemented_by uuid

shice.manifest_item  supplemented_at timestamp with time zone

shice.marking  campaign_id uuid not null

shice.marking  application_id uuid not null

shice.marking  kind text not null

shice.marking  conclusion text not null

shice.marking  series_id uuid

shice.marking  serial bigint

shice.marking  riding_seal boolean not null

shice.marking  marked_by uuid not null

shice.marking  marked_at timestamp with time zone not null

shice.material_check  campaign_id uuid not null

shice.material_check  application_id uuid not null

shice.material_check  material text not null

shice.material_check  concerns text not null

shice.material_check  original_seen boolean not null

shice.material_check  copy_stamped boolean not null

shice.material_check  copies integer not null

shice.material_check  supplied_by text not null

shice.material_check  signer text

shice.material_check  remark text

shice.material_check  checked_by uuid not null

shice.material_check  checked_at timestamp with time zone not null

shice.material_check  sheet_id uuid

shice.message  id uuid not null default uuidv7()

shice.message  campaign_id uuid

shice.message  application_id uuid

shice.message  account_id uuid

shice.message  channel text not null

shice.message  template text not null

shice.message  parameters jsonb not null default '{}'::jsonb

shice.message  recipient_sealed bytea

shice.message  dedupe_key text not null

shice.message  state text not null

shice.message  attempts integer not null default 0

shice.message  last_error text

shice.message  created_at timestamp with time zone not null

shice.message  sent_at timestamp with time zone

shice.message  read_at timestamp with time zone

shice.message  due_at timestamp with time zone

shice.message  roster_entry_id uuid

shice.message  circular_id uuid

shice.message_wording  template text not null

shice.message_wording  version integer not null

shice.message_wording  title text

shice.message_wording  text text

shice.message_wording  short text

shice.message_wording  entered_by uuid

shice.message_wording  entered_at timestamp with time zone not null

shice.objection  id uuid not null default uuidv7()

shice.objection  notice_id uuid not null

shice.objection  campaign_id uuid not null

shice.objection  application_id uuid not null

shice.objection  authority_id uuid not null

shice.objection  kind text not null

shice.objection  account_id uuid

shice.objection  objector_name text not null

shice.objection  contact_sealed bytea not null

shice.objection  statement text not null

shice.objection  raised_at timestamp with time zone not null

shice.objection  answer_by timestamp with time zone not null

shice.objection  outcome text

shice.objection  answer text

shice.objection  decided_by uuid

shice.objection  decided_at timestamp with time zone

shice.objection_picture  id uuid not null default uuidv7()

shice.objection_picture  objection_id uuid not null

shice.objection_picture  position integer not null

shice.objection_picture  sha256 bytea not null

shice.objection_picture  size_bytes integer not null

shice.objection_picture  width integer not null

shice.objection_picture  height integer not null

shice.objection_picture  file_name text not null

shice.objection_picture  added_at timestamp with time zone not null

shice.opinion  id uuid not null default uuidv7()

shice.opinion  campaign_id uuid not null

shice.opinion  application_id uuid not null

shice.opinion  stage text not null

shice.opinion  conclusion text not null

shice.opinion  reasons text[] not null

shice.opinion  text text

shice.opinion  suggested text

shice.opinion  because jsonb not null default '[]'::jsonb

shice.opinion  given_by uuid not null

shice.opinion  given_at timestamp with time zone not null

shice.organisation  id uuid not null default uuidv7()

shice.organisation  key text

shice.organisation  kind text not null

shice.organisation  name text not null

shice.organisation  area_code text

shice.organisation  parent_id uuid

shice.organisation  valid_from date not null

shice.organisation  valid_to date

shice.organisation  created_at timestamp with time zone not null

shice.organisation_name  organisation_id uuid not null

shice.organisation_name  name text not null

shice.organisation_name  pinyin text

shice.organisation_name  kind text not null

shice.organisation_name  valid_from date

shice.organisation_name  valid_to date

shice.organisation_name  initials text

shice.organisation_successor  organisation_id uuid not null

shice.organisation_successor  successor_id uuid not null

shice.organisation_successor  kind text not null

shice.organisation_successor  effective_on date not null

shice.organisation_successor  reason text not null

shice.organisation_successor  takes_rest boolean not null default false

shice.parking  id uuid not null default uuidv7()

shice.parking  campaign_id uuid not null

shice.parking  entry_id uuid not null

shice.parking  kind text not null

shice.parking  missing text not null

shice.parking  since date not null

shice.parking  parked_by uuid not null

shice.parking  parked_at timestamp with time zone not null

shice.parking  released_at timestamp with time zone

shice.parking  released_by uuid

shice.parking  note text

shice.past_registration  id uuid not null default uuidv7()

shice.past_registration  id_number_index bytea not null

shice.past_registration  concluded_on date not null

shice.past_registration  conclusion text not null

shice.past_registration  ordinal integer not null

shice.past_registration  certificate_number_index bytea

shice.past_registration  source text not null

shice.person  id uuid not null default uuidv7()

shice.person  name text not null

shice.person  document_kind text not null

shice.person  id_number_sealed bytea not null

shice.person  id_number_index bytea not null

shice.person  sex text

shice.person  born_on date

shice.person  created_at timestamp with time zone not null

shice.plan_version  campaign_id uuid not null

shice.plan_version  version integer not null

shice.plan_version  plan jsonb not null

shice.plan_version  source text not null

shice.plan_version  source_hash bytea not null

shice.plan_version  reason text not null

shice.plan_version  published_by uuid

shice.plan_version  published_at timestamp with time zone not null

shice.post  id uuid not null default uuidv7()

shice.post  account_id uuid not null

shice.post  role text not null

shice.post  organisation_id uuid not null

shice.post  valid_from timestamp with time zone not null

shice.post  valid_to timestamp with time zone

shice.post  granted_by uuid

shice.public_notice  id uuid not null default uuidv7()

shice.public_notice  campaign_id uuid not null

shice.public_notice  authority_id uuid not null

shice.public_notice  number text not null

shice.public_notice  published_by uuid not null

shice.public_notice  published_at timestamp with time zone not null

shice.public_notice  first_day date not null

shice.public_notice  last_day date not null

shice.public_notice  ends_at timestamp with time zone not null

shice.public_notice  list_hash bytea not null

shice.public_notice  entries integer not null

shice.public_notice  closed_by uuid

shice.public_notice  closed_at timestamp with time zone

shice.public_notice_entry  notice_id uuid not null

shice.public_notice_entry  position integer not null

shice.public_notice_entry  campaign_id uuid not null

shice.public_notice_entry  application_id uuid not null

shice.public_notice_entry  name text not null

shice.public_notice_entry  school_name text not null

shice.public_notice_entry  certificate_kind text not null

shice.public_notice_entry  subject text

shice.public_notice_entry  registration_kind text not null

shice.public_notice_entry  conclusion text not null

shice.report  id uuid not null default uuidv7()

shice.report  campaign_id uuid not null

shice.report  authority_id uuid not null

shice.report  number integer not null

shice.report  figures jsonb not null

shice.report  figures_hash bytea not null

shice.report  prepared_by uuid not null

shice.report  prepared_at timestamp with time zone not null

shice.report  reported_by uuid

shice.report  reported_at timestamp with time zone

shice.report  paper_received_by uuid

shice.report  paper_received_at timestamp with time zone

shice.report  accepted_by uuid

shice.report  accepted_at timestamp with time zone

shice.restriction  id uuid not null default uuidv7()

shice.restriction  id_number_index bytea not null

shice.restriction  kind text not null

shice.restriction  from_on date not null

shice.restriction  until_on date

shice.restriction  source text not null

shice.restriction  entered_by uuid not null

shice.restriction  entered_at timestamp with time zone not null

shice.restriction  reviewed_by uuid

shice.restriction  reviewed_at timestamp with time zone

shice.return_request  id uuid not null default uuidv7()

shice.return_request  campaign_id uuid not null

shice.return_request  application_id uuid not null

shice.return_request  round integer not null

shice.return_request  asked_at_stage text not null

shice.return_request  asked jsonb not null

shice.return_request  text text

shice.return_request  form_before jsonb

shice.return_request  form_before_sealed bytea

shice.return_request  answer_to text not null

shice.return_request  reply_by timestamp with time zone not null

shice.return_request  asked_by uuid not null

shice.return_request  asked_at timestamp with time zone not null

shice.return_request  answered_at timestamp with time zone

shice.return_request  outcome text

shice.roster_entry  id uuid not null default uuidv7()

shice.roster_entry  campaign_id uuid not null

shice.roster_entry  school_id uuid not null

shice.roster_entry  confirmation_point_id uuid not null

shice.roster_entry  authority_id uuid not null

shice.roster_entry  name text not null

shice.roster_entry  document_kind text not null default 'id-card'::text

shice.roster_entry  id_number_sealed bytea not null

shice.roster_entry  id_number_index bytea not null

shice.roster_entry  facts jsonb not null default '{}'::jsonb

shice.roster_entry  standing text not null

shice.roster_entry  reason text

shice.roster_entry  remark text

shice.roster_entry  source text not null

shice.roster_entry  entered_by uuid

shice.roster_entry  entered_at timestamp with time zone not null

shice.roster_entry  seen_by uuid

shice.roster_entry  seen_at timestamp with time zone

shice.roster_entry  facts_sealed bytea

shice.roster_entry  pinyin text

shice.roster_entry  initials text

shice.roster_entry  id_number_tail bytea

shice.roster_entry  statement_on date

shice.roster_entry  batch_id uuid

shice.roster_entry  batch_told integer

shice.roster_import  id uuid not null default uuidv7()

shice.roster_import  campaign_id uuid not null

shice.roster_import  organisation_id uuid not null

shice.roster_import  scope_kind text not null

shice.roster_import  role text not null

shice.roster_import  post_id uuid

shice.roster_import  account_id uuid not null

shice.roster_import  file_name text not null

shice.roster_import  parts integer not null

shice.roster_import  content_hash bytea

shice.roster_import  state text not null

shice.roster_import  notes jsonb not null default '[]'::jsonb

shice.roster_import  problem jsonb

shice.roster_import  rows_total integer

shice.roster_import  rows_checked integer not null default 0

shice.roster_import  rows_new integer not null default 0

shice.roster_import  rows_changed integer not null default 0

shice.roster_import  rows_unchanged integer not null default 0

shice.roster_import  rows_wrong integer not null default 0

shice.roster_import  rows_applied integer not null default 0

shice.roster_import  asked_at timestamp with time zone not null

shice.roster_import  checked_at timestamp with time zone

shice.roster_import  finished_at timestamp with time zone

shice.roster_import  attempts integer not null default 0

shice.roster_import_part  import_id uuid not null

shice.roster_import_part  part integer not null

shice.roster_import_part  bytes_sealed bytea not null

shice.roster_import_row  import_id uuid not null

shice.roster_import_row  position integer not null

shice.roster_import_row  outcome text not null

shice.roster_import_row  row_sealed bytea not null

shice.roster_import_row  applied_at timestamp with time zone

shice.sample  id uuid not null default uuidv7()

shice.sample  campaign_id uuid not null

shice.sample  review_body_id uuid not null

shice.sample  commitment bytea not null

shice.sample  seed_sealed bytea not null

shice.sample  seed text

shice.sample  percent numeric not null

shice.sample  committed_by uuid not null

shice.sample  committed_at timestamp with time zone not null

shice.sample  drawn_at timestamp with time zone

shice.sample  size integer

shice.sample_item  sample_id uuid not null

shice.sample_item  campaign_id uuid not null

shice.sample_item  application_id uuid not null

shice.sample_item  stratum text not null

shice.sample_item  outcome text

shice.sample_item  remark text

shice.sample_item  checked_by uuid

shice.sample_item  checked_at timestamp with time zone

shice.saved_filter  id uuid not null default uuidv7()

shice.saved_filter  account_id uuid not null

shice.saved_filter  campaign_id uuid not null

shice.saved_filter  role text not null

shice.saved_filter  name text not null

shice.saved_filter  filter jsonb not null

shice.saved_filter  columns text[] not null

shice.saved_filter  saved_at timestamp with time zone not null

shice.school  organisation_id uuid not null

shice.school  institution_kind text not null

shice.school  ownership text not null

shice.school  industry_run boolean not null default false

shice.school  authority_id uuid not null

shice.school  confirmation_point_id uuid not null

shice.school_batch  id uuid not null default uuidv7()

shice.school_batch  campaign_id uuid not null

shice.school_batch  school_id uuid not null

shice.school_batch  confirmation_point_id uuid not null

shice.school_batch  authority_id uuid not null

shice.school_batch  name text not null

shice.school_batch  planned_on date not null

shice.school_batch  from_hour text

shice.school_batch  to_hour text

shice.school_batch  place text

shice.school_batch  remark text

shice.school_batch  revision integer not null default 1

shice.school_batch  announced_revision integer

shice.school_batch  announced_at timestamp with time zone

shice.school_batch  announced_by uuid

shice.school_batch  made_by uuid not null

shice.school_batch  made_at timestamp with time zone not null

shice.school_batch  removed_at timestamp with time zone

shice.school_sheet  id uuid not null default uuidv7()

shice.school_sheet  campaign_id uuid not null

shice.school_sheet  school_id uuid not null

shice.school_sheet  confirmation_point_id uuid not null

shice.school_sheet  authority_id uuid not null

shice.school_sheet  material text not null

shice.school_sheet  concerns text not null

shice.school_sheet  number text not null

shice.school_sheet  signer text not null

shice.school_sheet  issued_by uuid not null

shice.school_sheet  issued_at timestamp with time zone not null

shice.school_sheet_item  sheet_id uuid not null

shice.school_sheet_item  position integer not null

shice.school_sheet_item  campaign_id uuid not null

shice.school_sheet_item  application_id uuid not null

shice.school_sheet_item  facts jsonb not null default '{}'::jsonb

shice.seal  number integer not null

shice.seal  day date not null

shice.seal  chains integer not null

shice.seal  audit_entries bigint not null

shice.seal  root bytea not null

shice.seal  previous_root bytea not null

shice.seal  sealed_at timestamp with time zone not null

shice.seal  kind text not null default 'plain'::text

shice.seal  heads_digest bytea

shice.seal  audit_number bigint

shice.seal  audit_mac bytea

shice.seal_head  seal integer not null

shice.seal_head  campaign_id uuid not null

shice.seal_head  application_id uuid not null

shice.seal_head  sequence integer not null

shice.seal_head  hash bytea not null

shice.seal_head  holds jsonb

shice.sight  campaign_id uuid not null

shice.sight  application_id uuid not null

shice.sight  confirmation_point_id uuid not null

shice.sight  how text not null

shice.sight  account_id uuid not null

shice.sight  at timestamp with time zone not null

shice.sight  note_id uuid

shice.sign_in_attempt  name_index bytea not null

shice.sign_in_attempt  attempts integer not null

shice.sign_in_attempt  last_at timestamp with time zone not null

shice.sign_in_attempt  locked_until timestamp with time zone

shice.silence_note  id uuid not null default uuidv7()

shice.silence_note  campaign_id uuid not null

shice.silence_note  school_id uuid not null

shice.silence_note  confirmation_point_id uuid not null

shice.silence_note  authority_id uuid not null

shice.silence_note  cases integer not null

shice.silence_note  reason text not null

shice.silence_note  noted_by uuid not null

shice.silence_note  noted_at timestamp with time zone not null

shice.spent_proof  challenge bytea not null

shice.spent_proof  expires_at timestamp with time zone not null

shice.statement_scan  id uuid not null default uuidv7()

shice.statement_scan  entry_id uuid not null

shice.statement_scan  sha256 bytea not null

shice.statement_scan  size_bytes bigint not null

shice.statement_scan  media_type text not null

shice.statement_scan  file_name text not null

shice.statement_scan  width integer not null

shice.statement_scan  height integer not null

shice.statement_scan  uploaded_by uuid not null

shice.statement_scan  uploaded_at timestamp with time zone not null

shice.statement_scan  replaced_at timestamp with time zone

shice.statement_scan  checked_at timestamp with time zone

shice.statement_scan  lost_at timestamp with time zone

shice.sticker_balance  series_id uuid not null

shice.sticker_balance  organisation_id uuid not null

shice.sticker_balance  received bigint not null default 0

shice.sticker_balance  issued bigint not null default 0

shice.sticker_balance  used bigint not null default 0

shice.sticker_balance  scrapped bigint not null default 0

shice.sticker_balance  returned bigint not null default 0

shice.sticker_balance  in_hand bigint not null default 0

shice.sticker_count  id uuid not null default uuidv7()

shice.sticker_count  series_id uuid not null

shice.sticker_count  organisation_id uuid not null

shice.sticker_count  expected bigint not null

shice.sticker_count  counted bigint not null

shice.sticker_count  remark text

shice.sticker_count  custodian_id uuid not null

shice.sticker_count  handler_id uuid not null

shice.sticker_count  at timestamp with time zone not null

shice.sticker_holding  series_id uuid not null

shice.sticker_holding  serials int8range not null

shice.sticker_holding  place text not null

shice.sticker_holding  organisation_id uuid not null

shice.sticker_holding  printed_conclusion text

shice.sticker_holding  campaign_id uuid

shice.sticker_holding  application_id uuid

shice.sticker_holding  movement_id uuid not null

shice.sticker_movement  id uuid not null default uuidv7()

shice.sticker_movement  series_id uuid not null

shice.sticker_movement  serials int8range not null

shice.sticker_movement  kind text not null

shice.sticker_movement  from_place text not null

shice.sticker_movement  from_organisation_id uuid

shice.sticker_movement  to_place text not null

shice.sticker_movement  to_organisation_id uuid

shice.sticker_movement  conclusion text

shice.sticker_movement  campaign_id uuid

shice.sticker_movement  application_id uuid

shice.sticker_movement  custodian_id uuid not null

shice.sticker_movement  handler_id uuid not null

shice.sticker_movement  witness text

shice.sticker_movement  reason text

shice.sticker_movement  document text

shice.sticker_movement  at timestamp with time zone not null

shice.sticker_series  id uuid not null default uuidv7()

shice.sticker_series  campaign_id uuid not null

shice.sticker_series  prefix text not null

shice.sticker_series  digits integer not null

shice.sticker_series  created_at timestamp with time zone not null

shice.training_clock  singleton boolean not null default true

shice.training_clock  at timestamp with time zone not null

shice.training_clock  runs boolean not null

shice.training_clock  set_at_machine timestamp with time zone not null

shice.undertaking  campaign_id uuid not null

shice.undertaking  application_id uuid not null

shice.undertaking  kind text not null

shice.undertaking  text_version text not null

shice.undertaking  account_id uuid not null

shice.undertaking  at timestamp with time zone not null

-- partitioned tables

shice.application  LIST (campaign_id)

shice.application_history  LIST (campaign_id)

-- views

-- sequences

shice.application_number  bigint start 1 increment 1 from 1 to 9223372036854775807

shice.manifest_number  bigint start 1 increment 1 from 1 to 9223372036854775807

shice.school_sheet_number  bigint start 1 increment 1 from 1 to 9223372036854775807

-- types

-- constraints

auth."user"  user_email_key  UNIQUE (email)

auth."user"  user_pkey  PRIMARY KEY (id)

auth.account  account_pkey  PRIMARY KEY (id)

auth.account  account_user_id_fkey  FOREIGN KEY (user_id) REFERENCES auth."user"(id) ON DELETE CASCADE

auth.rate_limit  rate_limit_key_key  UNIQUE (key)

auth.rate_limit  rate_limit_pkey  PRIMARY KEY (id)

auth.session  session_pkey  PRIMARY KEY (id)

auth.session  session_token_key  UNIQUE (token)

auth.session  session_user_id_fkey  FOREIGN KEY (user_id) REFERENCES auth."user"(id) ON DELETE CASCADE

auth.verification  verification_pkey  PRIMARY KEY (id)

shice.account  account_kind_known  CHECK ((kind = ANY (ARRAY['applicant'::text, 'staff'::text])))

shice.account  account_person_id_fkey  FOREIGN KEY (person_id) REFERENCES shice.person(id)

shice.account  account_pkey  PRIMARY KEY (id)

shice.account  account_sign_in_name_key  UNIQUE (sign_in_name)

shice.account  applicant_is_a_person  CHECK (((kind = 'staff'::text) OR (person_id IS NOT NULL)))

shice.account  mail_wanted_known  CHECK ((mail_wanted = ANY (ARRAY['all'::text, 'important'::text])))

shice.account_mail  account_mail_pkey  PRIMARY KEY (id)

shice.appeal  appeal_answered_with_words  CHECK (((outcome IS NULL) OR (answer <> ''::text)))

shice.appeal  appeal_campaign_id_application_id_fkey  FOREIGN KEY (campaign_id, application_id) REFERENCES shice.application(campaign_id, id)

shice.appeal  appeal_campaign_id_fkey  FOREIGN KEY (campaign_id) REFERENCES shice.campaign(id)

shice.appeal  appeal_decided_by_fkey  FOREIGN KEY (decided_by) REFERENCES shice.account(id)

shice.appeal  appeal_decided_by_somebody  CHECK ((((outcome IS NULL) = (decided_at IS NULL)) AND ((outcome IS NULL) = (decided_by IS NULL))))

shice.appeal  appeal_entered_by_fkey  FOREIGN KEY (entered_by) REFERENCES shice.account(id)

shice.appeal  appeal_outcome_known  CHECK ((outcome = ANY (ARRAY['dismissed'::text, 'upheld'::text])))

shice.appeal  appeal_pkey  PRIMARY KEY (id)

shice.application  answer_to_known  CHECK ((answer_to = ANY (ARRAY['submitted'::text, 'sent-back'::text])))

shice.application  application_authority_id_fkey  FOREIGN KEY (authority_id) REFERENCES shice.organisation(id)

shice.application  application_campaign_id_fkey  FOREIGN KEY (campaign_id) REFERENCES shice.campaign(id)

shice.application  application_confirmation_point_id_fkey  FOREIGN KEY (confirmation_point_id) REFERENCES shice.organisation(id)

shice.application  application_number_once  UNIQUE (campaign_id, number)

shice.application  application_person_id_fkey  FOREIGN KEY (person_id) REFERENCES shice.person(id)

shice.application  application_pkey  PRIMARY KEY (campaign_id, id)

shice.application  application_review_body_id_fkey  FOREIGN KEY (review_body_id) REFERENCES shice.organisation(id)

shice.application  application_school_id_fkey  FOREIGN KEY (school_id) REFERENCES shice.organisation(id)

shice.application  application_state_known  CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'returned'::text, 'confirmed'::text, 'handed-over'::text, 'sent-back'::text, 'preliminary'::text, 'on-notice'::text, 'inquiry'::text, 'noticed'::text, 'reported'::text, 'review-returned'::text, 'reviewed'::text, 'concluded'::text, 'marked'::text, 'archived'::text, 'withdrawn'::text, 'lapsed'::text, 'refused'::text, 'revoked'::text])))

shice.application  attested_before_it_counts  CHECK (((assisted_at IS NULL) OR (attested_at IS NOT NULL) OR (state = ANY (ARRAY['draft'::text, 'withdrawn'::text, 'lapsed'::text]))))

shice.application  certificate_version_known  CHECK ((certificate_version = ANY (ARRAY['old'::text, 'new'::text])))

shice.application  concluded_has_a_conclusion  CHECK (((state <> ALL (ARRAY['concluded'::text, 'marked'::text, 'archived'::text, 'revoked'::text])) OR ((final_conclusion IS NOT NULL) AND (decision_id IS NOT NULL))))

shice.application  ethics_known  CHECK ((ethics = ANY (ARRAY['met'::text, 'breached'::text])))

shice.application  mark_with_known  CHECK ((mark_with = ANY (ARRAY['sticker'::text, 'annotation'::text, 'none'::text])))

shice.application  registration_kind_known  CHECK ((registration_kind = ANY (ARRAY['first'::text, 'periodic'::text])))

shice.application  submitted_has_a_school  CHECK (((state = ANY (ARRAY['draft'::text, 'withdrawn'::text, 'lapsed'::text])) OR ((school_id IS NOT NULL) AND (confirmation_point_id IS NOT NULL) AND (authority_id IS NOT NULL))))

shice.application_history  application_history_account_id_fkey  FOREIGN KEY (account_id) REFERENCES shice.account(id)

shice.application_history  application_history_campaign_id_application_id_fkey  FOREIGN KEY (campaign_id, application_id) REFERENCES shice.application(campaign_id, id)

shice.application_history  application_history_organisation_id_fkey  FOREIGN KEY (organisation_id) REFERENCES shice.organisation(id)

shice.application_history  application_history_person_id_fkey  FOREIGN KEY (person_id) REFERENCES shice.person(id)

shice.application_history  application_history_pkey  PRIMARY KEY (campaign_id, application_id, sequence)

shice.application_history  application_history_post_id_fkey  FOREIGN KEY (post_id) REFERENCES shice.post(id)

shice.application_history  hash_is_32_bytes  CHECK ((octet_length(hash) = 32))

shice.application_history  only_the_system_has_no_account  CHECK (((role = 'system'::text) = (account_id IS NULL)))

shice.archive_item  archive_item_authority_id_fkey  FOREIGN KEY (authority_id) REFERENCES shice.organisation(id)

shice.archive_item  archive_item_campaign_id_application_id_fkey  FOREIGN KEY (campaign_id, application_id) REFERENCES shice.application(campaign_id, id)

shice.archive_item  archive_item_filed_by_fkey  FOREIGN KEY (filed_by) REFERENCES shice.account(id)

shice.archive_item  archive_item_pkey  PRIMARY KEY (campaign_id, application_id, copy)

shice.archive_item  archive_place_known  CHECK ((place = ANY (ARRAY['personal-file'::text, 'authority-archive'::text])))

shice.archive_item  authority_copy_has_its_box  CHECK (((place <> 'authority-archive'::text) OR ((box IS NOT NULL) AND (item IS NOT NULL))))

shice.archive_item  opinion_by_stamp_or_hand  CHECK ((opinion_by = ANY (ARRAY['stamp'::text, 'hand'::text])))

shice.assisted_reset  assisted_reset_account_id_fkey  FOREIGN KEY (account_id) REFERENCES shice.account(id)

shice.assisted_reset  assisted_reset_asked_by_fkey  FOREIGN KEY (asked_by) REFERENCES shice.account(id)

shice.assisted_reset  assisted_reset_organisation_id_fkey  FOREIGN KEY (organisation_id) REFERENCES shice.organisation(id)

shice.assisted_reset  assisted_reset_pkey  PRIMARY KEY (id)

shice.assisted_reset  reset_is_not_for_oneself  CHECK ((asked_by <> account_id))

shice.assisted_save  assisted_save_account_id_fkey  FOREIGN KEY (account_id) REFERENCES shice.account(id)

shice.assisted_save  assisted_save_campaign_id_application_id_fkey  FOREIGN KEY (campaign_id, application_id) REFERENCES shice.application(campaign_id, id)

shice.assisted_save  assisted_save_organisation_id_fkey  FOREIGN KEY (organisation_id) REFERENCES shice.organisation(id)

shice.assisted_save  assisted_save_pkey  PRIMARY KEY (id)

shice.attachment  attachment_campaign_id_application_id_fkey  FOREIGN KEY (campaign_id, application_id) REFERENCES shice.application(campaign_id, id)

shice.attachment  attachment_pkey  PRIMARY KEY (id)

shice.attachment  attachment_uploaded_by_fkey  FOREIGN KEY (uploaded_by) REFERENCES shice.account(id)

shice.audit_entry  audit_entry_account_id_fkey  FOREIGN KEY (account_id) REFERENCES shice.account(id)

shice.audit_entry  audit_entry_organisation_id_fkey  FOREIGN KEY (organisation_id) REFERENCES shice.organisation(id)

shice.audit_entry  audit_entry_pkey  PRIMARY KEY (id)

shice.audit_entry  audit_numbered_once  UNIQUE (number)

shice.audit_head  audit_head_pkey  PRIMARY KEY (singleton)

shice.audit_head  audit_head_singleton_check  CHECK (singleton)

shice.campaign  campaign_key_key  UNIQUE (key)

shice.campaign  campaign_pkey  PRIMARY KEY (id)

shice.campaign_body  authority_has_area  CHECK (((part = 'authority'::text) = (area_key IS NOT NULL)))

shice.campaign_body  campaign_body_campaign_id_fkey  FOREIGN KEY (campaign_id) REFERENCES shice.campaign(id)

shice.campaign_body  campaign_body_organisation_id_fkey  FOREIGN KEY (organisation_id) REFERENCES shice.organisation(id)

shice.campaign_body  campaign_body_pkey  PRIMARY KEY (campaign_id, organisation_id, part)

shice.campaign_body  campaign_body_review_body_id_fkey  FOREIGN KEY (review_body_id) REFERENCES shice.organisation(id)

shice.campaign_body  part_known  CHECK ((part = ANY (ARRAY['authority'::text, 'review'::text, 'final'::text, 'operator'::text])))

shice.campaign_text  campaign_text_campaign_id_fkey  FOREIGN KEY (campaign_id) REFERENCES shice.campaign(id)

shice.campaign_text  campaign_text_entered_by_fkey  FOREIGN KEY (entered_by) REFERENCES shice.account(id)

shice.campaign_text  campaign_text_kind_known  CHECK ((kind = ANY (ARRAY['notice'::text, 'attention'::text])))

shice.campaign_text  campaign_text_pkey  PRIMARY KEY (campaign_id, kind, version)

shice.certificate_check  certificate_check_campaign_id_application_id_fkey  FOREIGN KEY (campaign_id, application_id) REFERENCES shice.application(campaign_id, id)

shice.certificate_check  certificate_check_checked_by_fkey  FOREIGN KEY (checked_by) REFERENCES shice.account(id)

shice.certificate_check  certificate_check_pkey  PRIMARY KEY (campaign_id, application_id, field)

shice.circular  circular_campaign_id_fkey  FOREIGN KEY (campaign_id) REFERENCES shice.campaign(id)

shice.circular  circular_organisation_id_fkey  FOREIGN KEY (organisation_id) REFERENCES shice.organisation(id)

shice.circular  circular_pkey  PRIMARY KEY (id)

shice.circular  circular_sent_by_fkey  FOREIGN KEY (sent_by) REFERENCES shice.account(id)

shice.circular  circular_to_somebody  CHECK ((cardinality(groups) > 0))

shice.conclusion_receipt  conclusion_receipt_account_id_fkey  FOREIGN KEY (account_id) REFERENCES shice.account(id)

shice.conclusion_receipt  conclusion_receipt_campaign_id_application_id_fkey  FOREIGN KEY (campaign_id, application_id) REFERENCES shice.application(campaign_id, id)

shice.conclusion_receipt  conclusion_receipt_decision_id_fkey  FOREIGN KEY (decision_id) REFERENCES shice.decision(id)

shice.conclusion_receipt  conclusion_receipt_pkey  PRIMARY KEY (campaign_id, application_id, decision_id)

shice.conversation_entry  conversation_entry_account_id_fkey  FOREIGN KEY (account_id) REFERENCES shice.account(id)

shice.conversation_entry  conversation_entry_campaign_id_application_id_fkey  FOREIGN KEY (campaign_id, application_id) REFERENCES shice.application(campaign_id, id)

shice.conversation_entry  conversation_entry_organisation_id_fkey  FOREIGN KEY (organisation_id) REFERENCES shice.organisation(id)

shice.conversation_entry  conversation_entry_pkey  PRIMARY KEY (id)

shice.conversation_entry  conversation_says_something  CHECK (((char_length(text) >= 1) AND (char_length(text) <= 1000)))

shice.conversation_entry  conversation_side_known  CHECK ((side = ANY (ARRAY['teacher'::text, 'office'::text])))

shice.conversation_entry  only_questions_are_settled  CHECK (((settled_at IS NULL) OR (side = 'teacher'::text)))

shice.correction  correction_asked_by_fkey  FOREIGN KEY (asked_by) REFERENCES shice.account(id)

shice.correction  correction_campaign_id_application_id_fkey  FOREIGN KEY (campaign_id, application_id) REFERENCES shice.application(campaign_id, id)

shice.correction  correction_decided_by_fkey  FOREIGN KEY (decided_by) REFERENCES shice.account(id)

shice.correction  correction_granted_by_another  CHECK ((decided_by IS DISTINCT FROM asked_by))

shice.correction  correction_outcome_known  CHECK ((outcome = ANY (ARRAY['granted'::text, 'refused'::text])))

shice.correction  correction_pkey  PRIMARY KEY (id)

shice.decision  decision_campaign_id_fkey  FOREIGN KEY (campaign_id) REFERENCES shice.campaign(id)

shice.decision  decision_decided_by_fkey  FOREIGN KEY (decided_by) REFERENCES shice.account(id)

shice.decision  decision_kind_known  CHECK ((kind = ANY (ARRAY['conclude'::text, 'revoke'::text])))

shice.decision  decision_number_once  UNIQUE (campaign_id, number)

shice.decision  decision_pkey  PRIMARY KEY (id)

shice.decision_entry  decision_entry_campaign_id_application_id_fkey  FOREIGN KEY (campaign_id, application_id) REFERENCES shice.application(campaign_id, id)

shice.decision_entry  decision_entry_decision_id_application_id_key  UNIQUE (decision_id, application_id)

shice.decision_entry  decision_entry_decision_id_fkey  FOREIGN KEY (decision_id) REFERENCES shice.decision(id)

shice.decision_entry  decision_entry_pkey  PRIMARY KEY (decision_id, "position")

shice.desk_claim  desk_claim_account_id_fkey  FOREIGN KEY (account_id) REFERENCES shice.account(id)

shice.desk_claim  desk_claim_campaign_id_application_id_fkey  FOREIGN KEY (campaign_id, application_id) REFERENCES shice.application(campaign_id, id)

shice.desk_claim  desk_claim_pkey  PRIMARY KEY (campaign_id, application_id)

shice.desk_takeover  desk_takeover_campaign_id_application_id_fkey  FOREIGN KEY (campaign_id, application_id) REFERENCES shice.application(campaign_id, id)

shice.desk_takeover  desk_takeover_from_account_id_fkey  FOREIGN KEY (from_account_id) REFERENCES shice.account(id)

shice.desk_takeover  desk_takeover_pkey  PRIMARY KEY (id)

shice.desk_takeover  desk_takeover_to_account_id_fkey  FOREIGN KEY (to_account_id) REFERENCES shice.account(id)

shice.directory_change  directory_change_kind_known  CHECK ((kind = ANY (ARRAY['added'::text, 'renamed'::text, 'alias-added'::text, 'alias-removed'::text, 'changed'::text, 'passed'::text, 'merged'::text, 'took-in'::text, 'split'::text, 'arose'::text])))

shice.directory_change  directory_change_made_by_fkey  FOREIGN KEY (made_by) REFERENCES shice.account(id)

shice.directory_change  directory_change_pkey  PRIMARY KEY (id)

shice.directory_change  directory_change_school_id_fkey  FOREIGN KEY (school_id) REFERENCES shice.organisation(id)

shice.email_change  email_change_account_id_fkey  FOREIGN KEY (account_id) REFERENCES shice.account(id)

shice.email_change  email_change_pkey  PRIMARY KEY (account_id)

shice.email_change  email_change_token_hash_key  UNIQUE (token_hash)

shice.extension  extension_authority_id_fkey  FOREIGN KEY (authority_id) REFERENCES shice.organisation(id)

shice.extension  extension_campaign_id_fkey  FOREIGN KEY (campaign_id) REFERENCES shice.campaign(id)

shice.extension  extension_for_exactly_one  CHECK ((num_nonnulls(authority_id, school_id, application_id) = 1))

shice.extension  extension_granted_by_fkey  FOREIGN KEY (granted_by) REFERENCES shice.account(id)

shice.extension  extension_has_reason  CHECK ((reason <> ''::text))

shice.extension  extension_in_order  CHECK ((until_at > from_at))

shice.extension  extension_pkey  PRIMARY KEY (id)

shice.extension  extension_school_id_fkey  FOREIGN KEY (school_id) REFERENCES shice.organisation(id)

shice.extension  extension_stage_known  CHECK ((stage = ANY (ARRAY['apply'::text, 'confirm'::text, 'preliminary'::text, 'review'::text, 'final'::text])))

shice.idempotency_key  idempotency_key_pkey  PRIMARY KEY (account_id, key)

shice.idempotency_key  idempotency_key_sensible  CHECK (((char_length(key) >= 8) AND (char_length(key) <= 200)))

shice.installation  installation_kind_known  CHECK ((kind = ANY (ARRAY['real'::text, 'training'::text, 'demonstration'::text])))

shice.installation  installation_pkey  PRIMARY KEY (singleton)

shice.installation  installation_singleton_check  CHECK (singleton)

shice.invitation  invitation_accepted_by_fkey  FOREIGN KEY (accepted_by) REFERENCES shice.account(id)

shice.invitation  invitation_invited_by_fkey  FOREIGN KEY (invited_by) REFERENCES shice.account(id)

shice.invitation  invitation_organisation_id_fkey  FOREIGN KEY (organisation_id) REFERENCES shice.organisation(id)

shice.invitation  invitation_pkey  PRIMARY KEY (id)

shice.invitation  invitation_token_hash_key  UNIQUE (token_hash)

shice.manifest  manifest_authority_id_fkey  FOREIGN KEY (authority_id) REFERENCES shice.organisation(id)

shice.manifest  manifest_campaign_id_fkey  FOREIGN KEY (campaign_id) REFERENCES shice.campaign(id)

shice.manifest  manifest_confirmation_point_id_fkey  FOREIGN KEY (confirmation_point_id) REFERENCES shice.organisation(id)

shice.manifest  manifest_handed_over_by_fkey  FOREIGN KEY (handed_over_by) REFERENCES shice.account(id)

shice.manifest  manifest_number_once  UNIQUE (campaign_id, number)

shice.manifest  manifest_pkey  PRIMARY KEY (id)

shice.manifest  manifest_received_by_fkey  FOREIGN KEY (received_by) REFERENCES shice.account(id)

shice.manifest_item  difference_is_told  CHECK (((outcome IS NULL) OR ((outcome = 'received'::text) = (difference IS NULL))))

shice.manifest_item  manifest_item_campaign_id_application_id_fkey  FOREIGN KEY (campaign_id, application_id) REFERENCES shice.application(campaign_id, id)

shice.manifest_item  manifest_item_manifest_id_application_id_key  UNIQUE (manifest_id, application_id)

shice.manifest_item  manifest_item_manifest_id_fkey  FOREIGN KEY (manifest_id) REFERENCES shice.manifest(id)

shice.manifest_item  manifest_item_pkey  PRIMARY KEY (manifest_id, "position")

shice.manifest_item  manifest_item_settled_by_fkey  FOREIGN KEY (settled_by) REFERENCES shice.account(id)

shice.manifest_item  manifest_item_supplemented_by_fkey  FOREIGN KEY (supplemented_by) REFERENCES shice.account(id)

shice.manifest_item  manifest_outcome_known  CHECK ((outcome = ANY (ARRAY['received'::text, 'differs'::text, 'missing'::text])))

shice.manifest_item  only_a_difference_is_made_good  CHECK (((supplemented_at IS NULL) OR (outcome = ANY (ARRAY['differs'::text, 'missing'::text]))))

shice.manifest_item  settled_by_somebody  CHECK (((outcome IS NULL) = (settled_at IS NULL)))

shice.marking  marking_campaign_id_application_id_fkey  FOREIGN KEY (campaign_id, application_id) REFERENCES shice.application(campaign_id, id)

shice.marking  marking_kind_known  CHECK ((kind = ANY (ARRAY['sticker'::text, 'annotation'::text])))

shice.marking  marking_marked_by_fkey  FOREIGN KEY (marked_by) REFERENCES shice.account(id)

shice.marking  marking_pkey  PRIMARY KEY (campaign_id, application_id)

shice.marking  marking_series_id_fkey  FOREIGN KEY (series_id) REFERENCES shice.sticker_series(id)

shice.marking  sticker_marking_has_its_serial  CHECK (((kind = 'sticker'::text) = ((serial IS NOT NULL) AND (series_id IS NOT NULL))))

shice.material_check  copies_not_negative  CHECK ((copies >= 0))

shice.material_check  material_check_campaign_id_application_id_fkey  FOREIGN KEY (campaign_id, application_id) REFERENCES shice.application(campaign_id, id)

shice.material_check  material_check_checked_by_fkey  FOREIGN KEY (checked_by) REFERENCES shice.account(id)

shice.material_check  material_check_pkey  PRIMARY KEY (campaign_id, application_id, material)

shice.material_check  material_check_sheet_id_fkey  FOREIGN KEY (sheet_id) REFERENCES shice.school_sheet(id)

shice.material_check  school_signs_what_it_supplies  CHECK (((supplied_by <> 'school'::text) OR (signer IS NOT NULL)))

shice.material_check  supplier_known  CHECK ((supplied_by = ANY (ARRAY['applicant'::text, 'school'::text])))

shice.message  channel_known  CHECK ((channel = ANY (ARRAY['inbox'::text, 'email'::text, 'sms'::text])))

shice.message  message_account_id_fkey  FOREIGN KEY (account_id) REFERENCES shice.account(id)

shice.message  message_campaign_id_fkey  FOREIGN KEY (campaign_id) REFERENCES shice.campaign(id)

shice.message  message_circular_id_fkey  FOREIGN KEY (circular_id) REFERENCES shice.circular(id)

shice.message  message_once  UNIQUE (dedupe_key, channel)

shice.message  message_pkey  PRIMARY KEY (id)

shice.message  message_roster_entry_id_fkey  FOREIGN KEY (roster_entry_id) REFERENCES shice.roster_entry(id)

shice.message  message_state_known  CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'sent'::text, 'failed'::text, 'unwanted'::text])))

shice.message_wording  message_wording_entered_by_fkey  FOREIGN KEY (entered_by) REFERENCES shice.account(id)

shice.message_wording  message_wording_pkey  PRIMARY KEY (template, version)

shice.message_wording  wording_is_whole  CHECK ((((title IS NULL) = (text IS NULL)) AND ((title IS NOT NULL) OR (short IS NULL))))

shice.objection  objection_account_id_fkey  FOREIGN KEY (account_id) REFERENCES shice.account(id)

shice.objection  objection_answered_with_words  CHECK (((outcome IS NULL) OR (answer <> ''::text)))

shice.objection  objection_authority_id_fkey  FOREIGN KEY (authority_id) REFERENCES shice.organisation(id)

shice.objection  objection_campaign_id_application_id_fkey  FOREIGN KEY (campaign_id, application_id) REFERENCES shice.application(campaign_id, id)

shice.objection  objection_decided_by_fkey  FOREIGN KEY (decided_by) REFERENCES shice.account(id)

shice.objection  objection_kind_known  CHECK ((kind = ANY (ARRAY['objection'::text, 'appeal'::text])))

shice.objection  objection_notice_id_fkey  FOREIGN KEY (notice_id) REFERENCES shice.public_notice(id)

shice.objection  objection_outcome_known  CHECK ((outcome = ANY (ARRAY['dismissed'::text, 'upheld'::text])))

shice.objection  objection_pkey  PRIMARY KEY (id)

shice.objection_picture  objection_picture_few  CHECK ((("position" >= 1) AND ("position" <= 3)))

shice.objection_picture  objection_picture_objection_id_fkey  FOREIGN KEY (objection_id) REFERENCES shice.objection(id)

shice.objection_picture  objection_picture_objection_id_position_key  UNIQUE (objection_id, "position")

shice.objection_picture  objection_picture_pkey  PRIMARY KEY (id)

shice.opinion  opinion_campaign_id_application_id_fkey  FOREIGN KEY (campaign_id, application_id) REFERENCES shice.application(campaign_id, id)

shice.opinion  opinion_given_by_fkey  FOREIGN KEY (given_by) REFERENCES shice.account(id)

shice.opinion  opinion_has_a_reason  CHECK ((cardinality(reasons) > 0))

shice.opinion  opinion_pkey  PRIMARY KEY (id)

shice.organisation  area_code_six_digits  CHECK ((area_code ~ '^[0-9]{6}$'::text))

shice.organisation  organisation_key_key  UNIQUE (key)

shice.organisation  organisation_kind_known  CHECK ((kind = ANY (ARRAY['commission'::text, 'centre'::text, 'authority'::text, 'school'::text])))

shice.organisation  organisation_parent_id_fkey  FOREIGN KEY (parent_id) REFERENCES shice.organisation(id)

shice.organisation  organisation_pkey  PRIMARY KEY (id)

shice.organisation  organisation_validity_in_order  CHECK (((valid_to IS NULL) OR (valid_to >= valid_from)))

shice.organisation_name  organisation_name_kind_known  CHECK ((kind = ANY (ARRAY['standard'::text, 'alias'::text, 'former'::text])))

shice.organisation_name  organisation_name_organisation_id_fkey  FOREIGN KEY (organisation_id) REFERENCES shice.organisation(id)

shice.organisation_name  organisation_name_pkey  PRIMARY KEY (organisation_id, name)

shice.organisation_successor  organisation_successor_organisation_id_fkey  FOREIGN KEY (organisation_id) REFERENCES shice.organisation(id)

shice.organisation_successor  organisation_successor_pkey  PRIMARY KEY (organisation_id, successor_id)

shice.organisation_successor  organisation_successor_successor_id_fkey  FOREIGN KEY (successor_id) REFERENCES shice.organisation(id)

shice.organisation_successor  successor_is_another  CHECK ((organisation_id <> successor_id))

shice.organisation_successor  successor_kind_known  CHECK ((kind = ANY (ARRAY['merged'::text, 'split'::text, 'replaced'::text, 'transferred'::text])))

shice.parking  parking_campaign_id_fkey  FOREIGN KEY (campaign_id) REFERENCES shice.campaign(id)

shice.parking  parking_entry_id_fkey  FOREIGN KEY (entry_id) REFERENCES shice.roster_entry(id)

shice.parking  parking_parked_by_fkey  FOREIGN KEY (parked_by) REFERENCES shice.account(id)

shice.parking  parking_pkey  PRIMARY KEY (id)

shice.parking  parking_released_by_fkey  FOREIGN KEY (released_by) REFERENCES shice.account(id)

shice.parking  released_with_a_note  CHECK ((((released_at IS NULL) = (note IS NULL)) AND ((released_at IS NULL) = (released_by IS NULL))))

shice.past_registration  one_registration_a_day  UNIQUE (id_number_index, concluded_on)

shice.past_registration  past_registration_pkey  PRIMARY KEY (id)

shice.person  name_at_most_50_characters  CHECK (((char_length(name) >= 1) AND (char_length(name) <= 50)))

shice.person  one_person_per_document  UNIQUE (document_kind, id_number_index)

shice.person  person_pkey  PRIMARY KEY (id)

shice.plan_version  plan_version_campaign_id_fkey  FOREIGN KEY (campaign_id) REFERENCES shice.campaign(id)

shice.plan_version  plan_version_pkey  PRIMARY KEY (campaign_id, version)

shice.plan_version  plan_version_published_by_fkey  FOREIGN KEY (published_by) REFERENCES shice.account(id)

shice.post  post_account_id_fkey  FOREIGN KEY (account_id) REFERENCES shice.account(id)

shice.post  post_granted_by_fkey  FOREIGN KEY (granted_by) REFERENCES shice.account(id)

shice.post  post_organisation_id_fkey  FOREIGN KEY (organisation_id) REFERENCES shice.organisation(id)

shice.post  post_pkey  PRIMARY KEY (id)

shice.post  post_role_known  CHECK ((role = ANY (ARRAY['school-clerk'::text, 'district-reviewer'::text, 'district-lead'::text, 'sticker-custodian'::text, 'sticker-handler'::text, 'centre-reviewer'::text, 'campaign-manager'::text, 'commission-approver'::text, 'account-administrator'::text, 'security-administrator'::text, 'auditor'::text])))

shice.public_notice  notice_never_closes_early  CHECK ((closed_at >= ends_at))

shice.public_notice  notice_not_empty  CHECK ((entries > 0))

shice.public_notice  notice_number_once  UNIQUE (campaign_id, number)

shice.public_notice  public_notice_authority_id_fkey  FOREIGN KEY (authority_id) REFERENCES shice.organisation(id)

shice.public_notice  public_notice_campaign_id_fkey  FOREIGN KEY (campaign_id) REFERENCES shice.campaign(id)

shice.public_notice  public_notice_closed_by_fkey  FOREIGN KEY (closed_by) REFERENCES shice.account(id)

shice.public_notice  public_notice_pkey  PRIMARY KEY (id)

shice.public_notice  public_notice_published_by_fkey  FOREIGN KEY (published_by) REFERENCES shice.account(id)

shice.public_notice_entry  public_notice_entry_campaign_id_application_id_fkey  FOREIGN KEY (campaign_id, application_id) REFERENCES shice.application(campaign_id, id)

shice.public_notice_entry  public_notice_entry_notice_id_application_id_key  UNIQUE (notice_id, application_id)

shice.public_notice_entry  public_notice_entry_notice_id_fkey  FOREIGN KEY (notice_id) REFERENCES shice.public_notice(id)

shice.public_notice_entry  public_notice_entry_pkey  PRIMARY KEY (notice_id, "position")

shice.report  report_accepted_by_fkey  FOREIGN KEY (accepted_by) REFERENCES shice.account(id)

shice.report  report_authority_id_fkey  FOREIGN KEY (authority_id) REFERENCES shice.organisation(id)

shice.report  report_campaign_id_fkey  FOREIGN KEY (campaign_id) REFERENCES shice.campaign(id)

shice.report  report_in_order  UNIQUE (campaign_id, authority_id, number)

shice.report  report_paper_received_by_fkey  FOREIGN KEY (paper_received_by) REFERENCES shice.account(id)

shice.report  report_pkey  PRIMARY KEY (id)

shice.report  report_prepared_by_fkey  FOREIGN KEY (prepared_by) REFERENCES shice.account(id)

shice.report  report_reported_by_fkey  FOREIGN KEY (reported_by) REFERENCES shice.account(id)

shice.report  report_under_two_signatures  CHECK ((reported_by IS DISTINCT FROM prepared_by))

shice.restriction  restriction_entered_by_fkey  FOREIGN KEY (entered_by) REFERENCES shice.account(id)

shice.restriction  restriction_pkey  PRIMARY KEY (id)

shice.restriction  restriction_reviewed_by_another  CHECK ((reviewed_by IS DISTINCT FROM entered_by))

shice.restriction  restriction_reviewed_by_fkey  FOREIGN KEY (reviewed_by) REFERENCES shice.account(id)

shice.return_request  return_asks_something  CHECK ((jsonb_array_length(asked) > 0))

shice.return_request  return_outcome_known  CHECK ((outcome = ANY (ARRAY['answered'::text, 'expired'::text, 'withdrawn'::text, 'passed-on'::text])))

shice.return_request  return_request_asked_by_fkey  FOREIGN KEY (asked_by) REFERENCES shice.account(id)

shice.return_request  return_request_campaign_id_application_id_fkey  FOREIGN KEY (campaign_id, application_id) REFERENCES shice.application(campaign_id, id)

shice.return_request  return_request_pkey  PRIMARY KEY (id)

shice.return_request  return_rounds_in_order  UNIQUE (campaign_id, application_id, round)

shice.roster_entry  once_on_the_roster  UNIQUE (campaign_id, id_number_index)

shice.roster_entry  roster_entry_authority_id_fkey  FOREIGN KEY (authority_id) REFERENCES shice.organisation(id)

shice.roster_entry  roster_entry_batch_id_fkey  FOREIGN KEY (batch_id) REFERENCES shice.school_batch(id)

shice.roster_entry  roster_entry_campaign_id_fkey  FOREIGN KEY (campaign_id) REFERENCES shice.campaign(id)

shice.roster_entry  roster_entry_confirmation_point_id_fkey  FOREIGN KEY (confirmation_point_id) REFERENCES shice.organisation(id)

shice.roster_entry  roster_entry_entered_by_fkey  FOREIGN KEY (entered_by) REFERENCES shice.account(id)

shice.roster_entry  roster_entry_pkey  PRIMARY KEY (id)

shice.roster_entry  roster_entry_school_id_fkey  FOREIGN KEY (school_id) REFERENCES shice.organisation(id)

shice.roster_entry  roster_entry_seen_by_fkey  FOREIGN KEY (seen_by) REFERENCES shice.account(id)

shice.roster_entry  roster_source_known  CHECK ((source = ANY (ARRAY['district'::text, 'excel'::text, 'hand'::text, 'application'::text])))

shice.roster_entry  standing_known  CHECK ((standing = ANY (ARRAY['due'::text, 'not-due'::text, 'on-probation'::text, 'seconded-out'::text, 'seconded-in'::text, 'retiring'::text, 'out-of-scope'::text, 'unwilling'::text])))

shice.roster_import  roster_import_account_id_fkey  FOREIGN KEY (account_id) REFERENCES shice.account(id)

shice.roster_import  roster_import_attempts_few  CHECK (((attempts >= 0) AND (attempts <= 3)))

shice.roster_import  roster_import_campaign_id_fkey  FOREIGN KEY (campaign_id) REFERENCES shice.campaign(id)

shice.roster_import  roster_import_organisation_id_fkey  FOREIGN KEY (organisation_id) REFERENCES shice.organisation(id)

shice.roster_import  roster_import_parts_few  CHECK (((parts >= 1) AND (parts <= 40)))

shice.roster_import  roster_import_pkey  PRIMARY KEY (id)

shice.roster_import  roster_import_post_id_fkey  FOREIGN KEY (post_id) REFERENCES shice.post(id)

shice.roster_import  roster_import_scope_known  CHECK ((scope_kind = ANY (ARRAY['school'::text, 'authority'::text])))

shice.roster_import  roster_import_state_known  CHECK ((state = ANY (ARRAY['receiving'::text, 'checking'::text, 'checked'::text, 'applying'::text, 'applied'::text, 'cancelled'::text, 'unreadable'::text])))

shice.roster_import_part  roster_import_part_import_id_fkey  FOREIGN KEY (import_id) REFERENCES shice.roster_import(id)

shice.roster_import_part  roster_import_part_pkey  PRIMARY KEY (import_id, part)

shice.roster_import_row  roster_import_outcome_known  CHECK ((outcome = ANY (ARRAY['new'::text, 'changed'::text, 'unchanged'::text, 'wrong'::text])))

shice.roster_import_row  roster_import_row_import_id_fkey  FOREIGN KEY (import_id) REFERENCES shice.roster_import(id)

shice.roster_import_row  roster_import_row_pkey  PRIMARY KEY (import_id, "position")

shice.sample  sample_campaign_id_fkey  FOREIGN KEY (campaign_id) REFERENCES shice.campaign(id)

shice.sample  sample_committed_by_fkey  FOREIGN KEY (committed_by) REFERENCES shice.account(id)

shice.sample  sample_pkey  PRIMARY KEY (id)

shice.sample  sample_review_body_id_fkey  FOREIGN KEY (review_body_id) REFERENCES shice.organisation(id)

shice.sample  seed_revealed_with_the_draw  CHECK (((seed IS NULL) = (drawn_at IS NULL)))

shice.sample_item  sample_item_campaign_id_application_id_fkey  FOREIGN KEY (campaign_id, application_id) REFERENCES shice.application(campaign_id, id)

shice.sample_item  sample_item_checked_by_fkey  FOREIGN KEY (checked_by) REFERENCES shice.account(id)

shice.sample_item  sample_item_pkey  PRIMARY KEY (sample_id, application_id)

shice.sample_item  sample_item_sample_id_fkey  FOREIGN KEY (sample_id) REFERENCES shice.sample(id)

shice.sample_item  sample_outcome_known  CHECK ((outcome = ANY (ARRAY['agrees'::text, 'differs'::text])))

shice.saved_filter  saved_filter_account_id_campaign_id_role_name_key  UNIQUE (account_id, campaign_id, role, name)

shice.saved_filter  saved_filter_account_id_fkey  FOREIGN KEY (account_id) REFERENCES shice.account(id)

shice.saved_filter  saved_filter_campaign_id_fkey  FOREIGN KEY (campaign_id) REFERENCES shice.campaign(id)

shice.saved_filter  saved_filter_has_a_name  CHECK (((char_length(name) >= 1) AND (char_length(name) <= 20)))

shice.saved_filter  saved_filter_pkey  PRIMARY KEY (id)

shice.school  institution_kind_known  CHECK ((institution_kind = ANY (ARRAY['kindergarten'::text, 'primary'::text, 'junior'::text, 'nine-year'::text, 'senior'::text, 'complete-secondary'::text, 'vocational'::text, 'special'::text, 'teacher-training'::text, 'teaching-research'::text, 'audio-visual'::text, 'open-university-branch'::text, 'health-care'::text, 'education-management'::text])))

shice.school  ownership_known  CHECK ((ownership = ANY (ARRAY['public'::text, 'private'::text])))

shice.school  school_authority_id_fkey  FOREIGN KEY (authority_id) REFERENCES shice.organisation(id)

shice.school  school_confirmation_point_id_fkey  FOREIGN KEY (confirmation_point_id) REFERENCES shice.organisation(id)

shice.school  school_organisation_id_fkey  FOREIGN KEY (organisation_id) REFERENCES shice.organisation(id)

shice.school  school_pkey  PRIMARY KEY (organisation_id)

shice.school_batch  batch_hours_in_order  CHECK (((from_hour ~ '^[0-2][0-9]:[0-5][0-9]$'::text) AND (to_hour ~ '^[0-2][0-9]:[0-5][0-9]$'::text) AND (from_hour < to_hour)))

shice.school_batch  school_batch_announced_by_fkey  FOREIGN KEY (announced_by) REFERENCES shice.account(id)

shice.school_batch  school_batch_authority_id_fkey  FOREIGN KEY (authority_id) REFERENCES shice.organisation(id)

shice.school_batch  school_batch_campaign_id_fkey  FOREIGN KEY (campaign_id) REFERENCES shice.campaign(id)

shice.school_batch  school_batch_confirmation_point_id_fkey  FOREIGN KEY (confirmation_point_id) REFERENCES shice.organisation(id)

shice.school_batch  school_batch_made_by_fkey  FOREIGN KEY (made_by) REFERENCES shice.account(id)

shice.school_batch  school_batch_pkey  PRIMARY KEY (id)

shice.school_batch  school_batch_school_id_fkey  FOREIGN KEY (school_id) REFERENCES shice.organisation(id)

shice.school_sheet  school_sheet_authority_id_fkey  FOREIGN KEY (authority_id) REFERENCES shice.organisation(id)

shice.school_sheet  school_sheet_campaign_id_fkey  FOREIGN KEY (campaign_id) REFERENCES shice.campaign(id)

shice.school_sheet  school_sheet_confirmation_point_id_fkey  FOREIGN KEY (confirmation_point_id) REFERENCES shice.organisation(id)

shice.school_sheet  school_sheet_issued_by_fkey  FOREIGN KEY (issued_by) REFERENCES shice.account(id)

shice.school_sheet  school_sheet_number_once  UNIQUE (campaign_id, number)

shice.school_sheet  school_sheet_pkey  PRIMARY KEY (id)

shice.school_sheet  school_sheet_school_id_fkey  FOREIGN KEY (school_id) REFERENCES shice.organisation(id)

shice.school_sheet_item  school_sheet_item_campaign_id_application_id_fkey  FOREIGN KEY (campaign_id, application_id) REFERENCES shice.application(campaign_id, id)

shice.school_sheet_item  school_sheet_item_pkey  PRIMARY KEY (sheet_id, "position")

shice.school_sheet_item  school_sheet_item_sheet_id_application_id_key  UNIQUE (sheet_id, application_id)

shice.school_sheet_item  school_sheet_item_sheet_id_fkey  FOREIGN KEY (sheet_id) REFERENCES shice.school_sheet(id)

shice.seal  seal_kind_known  CHECK ((kind = ANY (ARRAY['plain'::text, 'upgrade'::text, 'daily'::text])))

shice.seal  seal_pkey  PRIMARY KEY (number)

shice.seal_head  seal_head_pkey  PRIMARY KEY (seal, campaign_id, application_id)

shice.sight  sight_account_id_fkey  FOREIGN KEY (account_id) REFERENCES shice.account(id)

shice.sight  sight_campaign_id_application_id_fkey  FOREIGN KEY (campaign_id, application_id) REFERENCES shice.application(campaign_id, id)

shice.sight  sight_confirmation_point_id_fkey  FOREIGN KEY (confirmation_point_id) REFERENCES shice.organisation(id)

shice.sight  sight_note_id_fkey  FOREIGN KEY (note_id) REFERENCES shice.silence_note(id)

shice.sight  sight_pkey  PRIMARY KEY (campaign_id, application_id, confirmation_point_id)

shice.sight  sighting_known  CHECK ((how = ANY (ARRAY['acted'::text, 'took-up'::text, 'checked'::text, 'acknowledged'::text, 'district-noted'::text])))

shice.sight  silence_is_noted  CHECK (((how = 'district-noted'::text) = (note_id IS NOT NULL)))

shice.sign_in_attempt  sign_in_attempt_pkey  PRIMARY KEY (name_index)

shice.silence_note  silence_concerns_somebody  CHECK ((cases > 0))

shice.silence_note  silence_note_authority_id_fkey  FOREIGN KEY (authority_id) REFERENCES shice.organisation(id)

shice.silence_note  silence_note_campaign_id_fkey  FOREIGN KEY (campaign_id) REFERENCES shice.campaign(id)

shice.silence_note  silence_note_confirmation_point_id_fkey  FOREIGN KEY (confirmation_point_id) REFERENCES shice.organisation(id)

shice.silence_note  silence_note_noted_by_fkey  FOREIGN KEY (noted_by) REFERENCES shice.account(id)

shice.silence_note  silence_note_pkey  PRIMARY KEY (id)

shice.silence_note  silence_note_school_id_fkey  FOREIGN KEY (school_id) REFERENCES shice.organisation(id)

shice.spent_proof  spent_proof_pkey  PRIMARY KEY (challenge)

shice.statement_scan  statement_scan_entry_id_fkey  FOREIGN KEY (entry_id) REFERENCES shice.roster_entry(id)

shice.statement_scan  statement_scan_pkey  PRIMARY KEY (id)

shice.statement_scan  statement_scan_uploaded_by_fkey  FOREIGN KEY (uploaded_by) REFERENCES shice.account(id)

shice.sticker_balance  balance_not_negative  CHECK ((LEAST(received, issued, used, scrapped, returned, in_hand) >= 0))

shice.sticker_balance  sticker_balance_organisation_id_fkey  FOREIGN KEY (organisation_id) REFERENCES shice.organisation(id)

shice.sticker_balance  sticker_balance_pkey  PRIMARY KEY (series_id, organisation_id)

shice.sticker_balance  sticker_balance_series_id_fkey  FOREIGN KEY (series_id) REFERENCES shice.sticker_series(id)

shice.sticker_balance  sticker_books_match_shelves  TRIGGER DEFERRABLE INITIALLY DEFERRED

shice.sticker_balance  stickers_balance  CHECK ((received = ((((issued + used) + scrapped) + returned) + in_hand)))

shice.sticker_count  counted_by_two  CHECK ((custodian_id <> handler_id))

shice.sticker_count  difference_is_explained  CHECK (((expected = counted) OR (remark IS NOT NULL)))

shice.sticker_count  sticker_count_custodian_id_fkey  FOREIGN KEY (custodian_id) REFERENCES shice.account(id)

shice.sticker_count  sticker_count_handler_id_fkey  FOREIGN KEY (handler_id) REFERENCES shice.account(id)

shice.sticker_count  sticker_count_organisation_id_fkey  FOREIGN KEY (organisation_id) REFERENCES shice.organisation(id)

shice.sticker_count  sticker_count_pkey  PRIMARY KEY (id)

shice.sticker_count  sticker_count_series_id_fkey  FOREIGN KEY (series_id) REFERENCES shice.sticker_series(id)

shice.sticker_holding  holding_place_known  CHECK ((place = ANY (ARRAY['stock'::text, 'used'::text, 'scrapped'::text])))

shice.sticker_holding  sticker_books_match_shelves  TRIGGER DEFERRABLE INITIALLY DEFERRED

shice.sticker_holding  sticker_holding_movement_id_fkey  FOREIGN KEY (movement_id) REFERENCES shice.sticker_movement(id)

shice.sticker_holding  sticker_holding_organisation_id_fkey  FOREIGN KEY (organisation_id) REFERENCES shice.organisation(id)

shice.sticker_holding  sticker_holding_pkey  PRIMARY KEY (series_id, serials)

shice.sticker_holding  sticker_holding_series_id_fkey  FOREIGN KEY (series_id) REFERENCES shice.sticker_series(id)

shice.sticker_holding  sticker_in_one_place  EXCLUDE USING gist (series_id WITH =, serials WITH &&)

shice.sticker_holding  used_for_exactly_one_application  CHECK (((place = 'used'::text) = (application_id IS NOT NULL)))

shice.sticker_holding  used_one_by_one  CHECK (((place <> 'used'::text) OR ((upper(serials) - lower(serials)) = 1)))

shice.sticker_movement  custodian_and_handler_are_two  CHECK ((custodian_id <> handler_id))

shice.sticker_movement  movement_kind_known  CHECK ((kind = ANY (ARRAY['receive'::text, 'print'::text, 'issue'::text, 'return'::text, 'use'::text, 'recall'::text, 'scrap'::text])))

shice.sticker_movement  movement_not_empty  CHECK (((NOT isempty(serials)) AND (lower(serials) >= 0)))

shice.sticker_movement  place_known  CHECK (((from_place = ANY (ARRAY['ministry'::text, 'stock'::text, 'used'::text, 'scrapped'::text])) AND (to_place = ANY (ARRAY['stock'::text, 'used'::text, 'scrapped'::text]))))

shice.sticker_movement  scrap_has_reason_and_witness  CHECK (((kind <> 'scrap'::text) OR ((reason IS NOT NULL) AND (witness IS NOT NULL))))

shice.sticker_movement  sticker_movement_custodian_id_fkey  FOREIGN KEY (custodian_id) REFERENCES shice.account(id)

shice.sticker_movement  sticker_movement_from_organisation_id_fkey  FOREIGN KEY (from_organisation_id) REFERENCES shice.organisation(id)

shice.sticker_movement  sticker_movement_handler_id_fkey  FOREIGN KEY (handler_id) REFERENCES shice.account(id)

shice.sticker_movement  sticker_movement_pkey  PRIMARY KEY (id)

shice.sticker_movement  sticker_movement_series_id_fkey  FOREIGN KEY (series_id) REFERENCES shice.sticker_series(id)

shice.sticker_movement  sticker_movement_to_organisation_id_fkey  FOREIGN KEY (to_organisation_id) REFERENCES shice.organisation(id)

shice.sticker_series  sticker_digits_sensible  CHECK (((digits >= 4) AND (digits <= 15)))

shice.sticker_series  sticker_series_campaign_id_fkey  FOREIGN KEY (campaign_id) REFERENCES shice.campaign(id)

shice.sticker_series  sticker_series_once  UNIQUE (campaign_id, prefix)

shice.sticker_series  sticker_series_pkey  PRIMARY KEY (id)

shice.training_clock  training_clock_pkey  PRIMARY KEY (singleton)

shice.training_clock  training_clock_singleton_check  CHECK (singleton)

shice.undertaking  undertaking_account_id_fkey  FOREIGN KEY (account_id) REFERENCES shice.account(id)

shice.undertaking  undertaking_campaign_id_application_id_fkey  FOREIGN KEY (campaign_id, application_id) REFERENCES shice.application(campaign_id, id)

shice.undertaking  undertaking_kind_known  CHECK ((kind = ANY (ARRAY['privacy-notice'::text, 'honesty'::text, 'attestation'::text])))

shice.undertaking  undertaking_pkey  PRIMARY KEY (campaign_id, application_id, kind, text_version)

-- indexes

CREATE INDEX account_by_user ON auth.account USING btree (user_id)

CREATE INDEX account_mail_due ON shice.account_mail USING btree (due_at)

CREATE INDEX appeal_by_application ON shice.appeal USING btree (campaign_id, application_id, raised_at)

CREATE INDEX application_assisted ON ONLY shice.application USING btree (confirmation_point_id, assisted_at, id) WHERE (assisted_at IS NOT NULL)

CREATE INDEX application_by_name ON ONLY shice.application USING gin (name public.gin_trgm_ops)

CREATE INDEX application_by_notice ON ONLY shice.application USING btree (notice_id) WHERE (notice_id IS NOT NULL)

CREATE INDEX application_by_person ON ONLY shice.application USING btree (person_id)

CREATE INDEX application_by_report ON ONLY shice.application USING btree (report_id) WHERE (report_id IS NOT NULL)

CREATE INDEX application_by_school ON ONLY shice.application USING btree (school_id, state, id)

CREATE INDEX application_queue_of_all ON ONLY shice.application USING btree (state, state_since, id) INCLUDE (campaign_id)

CREATE INDEX application_queue_of_authority ON ONLY shice.application USING btree (authority_id, state, state_since, id) INCLUDE (campaign_id)

CREATE INDEX application_queue_of_point ON ONLY shice.application USING btree (confirmation_point_id, state, state_since, id) INCLUDE (campaign_id)

CREATE INDEX application_queue_of_review ON ONLY shice.application USING btree (review_body_id, state, state_since, id) INCLUDE (campaign_id)

CREATE INDEX application_reply_due ON ONLY shice.application USING btree (reply_by) WHERE (state = ANY (ARRAY['returned'::text, 'sent-back'::text]))

CREATE INDEX assisted_reset_by_account ON shice.assisted_reset USING btree (account_id, asked_at)

CREATE INDEX assisted_save_by_application ON shice.assisted_save USING btree (campaign_id, application_id, at)

CREATE INDEX attachment_by_application ON shice.attachment USING btree (campaign_id, application_id)

CREATE INDEX attachment_to_check ON shice.attachment USING btree (checked_at NULLS FIRST) WHERE ((replaced_at IS NULL) AND (lost_at IS NULL))

CREATE INDEX audit_by_account ON shice.audit_entry USING btree (account_id, at)

CREATE INDEX audit_by_subject ON shice.audit_entry USING btree (subject_id, at)

CREATE INDEX circular_by_office ON shice.circular USING btree (campaign_id, organisation_id, sent_at)

CREATE INDEX conversation_by_application ON shice.conversation_entry USING btree (campaign_id, application_id, written_at)

CREATE INDEX conversation_open ON shice.conversation_entry USING btree (campaign_id, written_at) WHERE ((side = 'teacher'::text) AND (settled_at IS NULL))

CREATE INDEX directory_change_by_school ON shice.directory_change USING btree (school_id, id)

CREATE INDEX extension_by_application ON shice.extension USING btree (application_id)

CREATE INDEX extension_by_campaign ON shice.extension USING btree (campaign_id)

CREATE INDEX history_by_account ON ONLY shice.application_history USING btree (account_id, at)

CREATE INDEX history_by_transition ON ONLY shice.application_history USING btree (transition, at)

CREATE INDEX manifest_item_by_application ON shice.manifest_item USING btree (campaign_id, application_id)

CREATE INDEX message_by_account ON shice.message USING btree (account_id, created_at)

CREATE INDEX message_by_circular ON shice.message USING btree (circular_id) WHERE (circular_id IS NOT NULL)

CREATE INDEX message_by_entry ON shice.message USING btree (roster_entry_id) WHERE (roster_entry_id IS NOT NULL)

CREATE INDEX message_due ON shice.message USING btree (channel, due_at) WHERE (state = 'queued'::text)

CREATE INDEX message_failed ON shice.message USING btree (created_at) WHERE (state = 'failed'::text)

CREATE INDEX notice_entry_by_application ON shice.public_notice_entry USING btree (campaign_id, application_id)

CREATE INDEX notice_entry_by_name ON shice.public_notice_entry USING gin (name public.gin_trgm_ops)

CREATE INDEX objection_by_application ON shice.objection USING btree (campaign_id, application_id)

CREATE INDEX opinion_by_application ON shice.opinion USING btree (campaign_id, application_id, given_at)

CREATE INDEX organisation_by_name ON shice.organisation USING gin (name public.gin_trgm_ops)

CREATE INDEX organisation_by_parent ON shice.organisation USING btree (parent_id)

CREATE INDEX organisation_name_by_initials ON shice.organisation_name USING btree (initials text_pattern_ops)

CREATE INDEX organisation_name_by_pinyin ON shice.organisation_name USING gin (pinyin public.gin_trgm_ops)

CREATE INDEX organisation_name_search ON shice.organisation_name USING gin (name public.gin_trgm_ops)

CREATE INDEX post_by_account ON shice.post USING btree (account_id)

CREATE INDEX restriction_by_person ON shice.restriction USING btree (id_number_index)

CREATE INDEX roster_by_authority ON shice.roster_entry USING btree (campaign_id, authority_id, id)

CREATE INDEX roster_by_batch ON shice.roster_entry USING btree (batch_id) WHERE (batch_id IS NOT NULL)

CREATE INDEX roster_by_school ON shice.roster_entry USING btree (campaign_id, school_id, id)

CREATE INDEX roster_by_tail ON shice.roster_entry USING btree (campaign_id, id_number_tail)

CREATE INDEX roster_import_by_office ON shice.roster_import USING btree (organisation_id, asked_at)

CREATE INDEX roster_import_row_by_outcome ON shice.roster_import_row USING btree (import_id, outcome, "position")

CREATE INDEX roster_import_row_to_apply ON shice.roster_import_row USING btree (import_id, "position") WHERE ((outcome = ANY (ARRAY['new'::text, 'changed'::text])) AND (applied_at IS NULL))

CREATE INDEX roster_import_under_way ON shice.roster_import USING btree (id) WHERE (state = ANY (ARRAY['checking'::text, 'applying'::text]))

CREATE INDEX sample_item_by_application ON shice.sample_item USING btree (campaign_id, application_id)

CREATE INDEX school_batch_by_authority ON shice.school_batch USING btree (authority_id, planned_on)

CREATE INDEX school_batch_by_point ON shice.school_batch USING btree (confirmation_point_id, planned_on)

CREATE INDEX school_by_authority ON shice.school USING btree (authority_id)

CREATE INDEX school_by_confirmation_point ON shice.school USING btree (confirmation_point_id)

CREATE INDEX school_sheet_by_authority ON shice.school_sheet USING btree (authority_id, id)

CREATE INDEX school_sheet_by_point ON shice.school_sheet USING btree (confirmation_point_id, id)

CREATE INDEX school_sheet_item_by_application ON shice.school_sheet_item USING btree (campaign_id, application_id)

CREATE INDEX seal_head_by_application ON shice.seal_head USING btree (campaign_id, application_id, seal)

CREATE INDEX session_by_user ON auth.session USING btree (user_id)

CREATE INDEX sign_in_attempt_by_age ON shice.sign_in_attempt USING btree (last_at)

CREATE INDEX silence_note_by_authority ON shice.silence_note USING btree (authority_id, noted_at)

CREATE INDEX spent_proof_by_age ON shice.spent_proof USING btree (expires_at)

CREATE INDEX statement_scan_to_check ON shice.statement_scan USING btree (checked_at NULLS FIRST) WHERE ((replaced_at IS NULL) AND (lost_at IS NULL))

CREATE INDEX sticker_holding_by_organisation ON shice.sticker_holding USING btree (organisation_id, place)

CREATE INDEX sticker_in_one_place ON shice.sticker_holding USING gist (series_id, serials)

CREATE INDEX sticker_movement_by_series ON shice.sticker_movement USING btree (series_id, at)

CREATE INDEX verification_by_identifier ON auth.verification USING btree (identifier)

CREATE INDEX withdrawal_to_release ON ONLY shice.application USING btree (campaign_id, confirmation_point_id) WHERE ((withdrawal_asked_at IS NOT NULL) AND (withdrawal_released_at IS NULL) AND (state = 'confirmed'::text))

CREATE UNIQUE INDEX account_mail_pkey ON shice.account_mail USING btree (id)

CREATE UNIQUE INDEX account_pkey ON auth.account USING btree (id)

CREATE UNIQUE INDEX account_pkey ON shice.account USING btree (id)

CREATE UNIQUE INDEX account_sign_in_name_key ON shice.account USING btree (sign_in_name)

CREATE UNIQUE INDEX appeal_pkey ON shice.appeal USING btree (id)

CREATE UNIQUE INDEX application_history_pkey ON ONLY shice.application_history USING btree (campaign_id, application_id, sequence)

CREATE UNIQUE INDEX application_number_once ON ONLY shice.application USING btree (campaign_id, number)

CREATE UNIQUE INDEX application_pkey ON ONLY shice.application USING btree (campaign_id, id)

CREATE UNIQUE INDEX archive_item_pkey ON shice.archive_item USING btree (campaign_id, application_id, copy)

CREATE UNIQUE INDEX assisted_reset_pkey ON shice.assisted_reset USING btree (id)

CREATE UNIQUE INDEX assisted_save_pkey ON shice.assisted_save USING btree (id)

CREATE UNIQUE INDEX attachment_pkey ON shice.attachment USING btree (id)

CREATE UNIQUE INDEX audit_entry_pkey ON shice.audit_entry USING btree (id)

CREATE UNIQUE INDEX audit_head_pkey ON shice.audit_head USING btree (singleton)

CREATE UNIQUE INDEX audit_numbered_once ON shice.audit_entry USING btree (number)

CREATE UNIQUE INDEX batch_name_once ON shice.school_batch USING btree (campaign_id, school_id, name) WHERE (removed_at IS NULL)

CREATE UNIQUE INDEX campaign_body_pkey ON shice.campaign_body USING btree (campaign_id, organisation_id, part)

CREATE UNIQUE INDEX campaign_key_key ON shice.campaign USING btree (key)

CREATE UNIQUE INDEX campaign_pkey ON shice.campaign USING btree (id)

CREATE UNIQUE INDEX campaign_text_pkey ON shice.campaign_text USING btree (campaign_id, kind, version)

CREATE UNIQUE INDEX certificate_check_pkey ON shice.certificate_check USING btree (campaign_id, application_id, field)

CREATE UNIQUE INDEX circular_pkey ON shice.circular USING btree (id)

CREATE UNIQUE INDEX conclusion_receipt_pkey ON shice.conclusion_receipt USING btree (campaign_id, application_id, decision_id)

CREATE UNIQUE INDEX conversation_entry_pkey ON shice.conversation_entry USING btree (id)

CREATE UNIQUE INDEX correction_pkey ON shice.correction USING btree (id)

CREATE UNIQUE INDEX decision_entry_decision_id_application_id_key ON shice.decision_entry USING btree (decision_id, application_id)

CREATE UNIQUE INDEX decision_entry_pkey ON shice.decision_entry USING btree (decision_id, "position")

CREATE UNIQUE INDEX decision_number_once ON shice.decision USING btree (campaign_id, number)

CREATE UNIQUE INDEX decision_pkey ON shice.decision USING btree (id)

CREATE UNIQUE INDEX desk_claim_pkey ON shice.desk_claim USING btree (campaign_id, application_id)

CREATE UNIQUE INDEX desk_takeover_pkey ON shice.desk_takeover USING btree (id)

CREATE UNIQUE INDEX directory_change_pkey ON shice.directory_change USING btree (id)

CREATE UNIQUE INDEX email_change_pkey ON shice.email_change USING btree (account_id)

CREATE UNIQUE INDEX email_change_token_hash_key ON shice.email_change USING btree (token_hash)

CREATE UNIQUE INDEX extension_pkey ON shice.extension USING btree (id)

CREATE UNIQUE INDEX idempotency_key_pkey ON shice.idempotency_key USING btree (account_id, key)

CREATE UNIQUE INDEX installation_pkey ON shice.installation USING btree (singleton)

CREATE UNIQUE INDEX invitation_pkey ON shice.invitation USING btree (id)

CREATE UNIQUE INDEX invitation_token_hash_key ON shice.invitation USING btree (token_hash)

CREATE UNIQUE INDEX manifest_item_manifest_id_application_id_key ON shice.manifest_item USING btree (manifest_id, application_id)

CREATE UNIQUE INDEX manifest_item_pkey ON shice.manifest_item USING btree (manifest_id, "position")

CREATE UNIQUE INDEX manifest_number_once ON shice.manifest USING btree (campaign_id, number)

CREATE UNIQUE INDEX manifest_pkey ON shice.manifest USING btree (id)

CREATE UNIQUE INDEX marking_pkey ON shice.marking USING btree (campaign_id, application_id)

CREATE UNIQUE INDEX material_check_pkey ON shice.material_check USING btree (campaign_id, application_id, material)

CREATE UNIQUE INDEX message_once ON shice.message USING btree (dedupe_key, channel)

CREATE UNIQUE INDEX message_pkey ON shice.message USING btree (id)

CREATE UNIQUE INDEX message_wording_pkey ON shice.message_wording USING btree (template, version)

CREATE UNIQUE INDEX notice_number_once ON shice.public_notice USING btree (campaign_id, number)

CREATE UNIQUE INDEX objection_picture_objection_id_position_key ON shice.objection_picture USING btree (objection_id, "position")

CREATE UNIQUE INDEX objection_picture_pkey ON shice.objection_picture USING btree (id)

CREATE UNIQUE INDEX objection_pkey ON shice.objection USING btree (id)

CREATE UNIQUE INDEX once_on_the_roster ON shice.roster_entry USING btree (campaign_id, id_number_index)

CREATE UNIQUE INDEX one_account_per_email ON shice.account USING btree (kind, email_index) WHERE (disabled_at IS NULL)

CREATE UNIQUE INDEX one_applicant_account_per_person ON shice.account USING btree (person_id) WHERE (kind = 'applicant'::text)

CREATE UNIQUE INDEX one_authority_per_area ON shice.campaign_body USING btree (campaign_id, area_key)

CREATE UNIQUE INDEX one_item_a_place_in_box ON shice.archive_item USING btree (campaign_id, authority_id, box, item) WHERE (box IS NOT NULL)

CREATE UNIQUE INDEX one_live_application ON ONLY shice.application USING btree (campaign_id, person_id) WHERE (state <> ALL (ARRAY['withdrawn'::text, 'refused'::text]))

CREATE UNIQUE INDEX one_live_application_per_certificate ON ONLY shice.application USING btree (campaign_id, certificate_number_index) WHERE ((state <> ALL (ARRAY['draft'::text, 'withdrawn'::text, 'refused'::text, 'lapsed'::text])) AND (certificate_number_index IS NOT NULL))

CREATE UNIQUE INDEX one_open_appeal ON shice.appeal USING btree (campaign_id, application_id) WHERE (outcome IS NULL)

CREATE UNIQUE INDEX one_page_a_place ON shice.attachment USING btree (campaign_id, application_id, slot, "position") WHERE (replaced_at IS NULL)

CREATE UNIQUE INDEX one_person_per_document ON shice.person USING btree (document_kind, id_number_index)

CREATE UNIQUE INDEX one_post_of_a_kind ON shice.post USING btree (account_id, role, organisation_id) WHERE (valid_to IS NULL)

CREATE UNIQUE INDEX one_registration_a_day ON shice.past_registration USING btree (id_number_index, concluded_on)

CREATE UNIQUE INDEX one_report_in_preparation ON shice.report USING btree (campaign_id, authority_id) WHERE (reported_at IS NULL)

CREATE UNIQUE INDEX one_seal_a_day ON shice.seal USING btree (day) WHERE (kind <> 'upgrade'::text)

CREATE UNIQUE INDEX one_statement_an_entry ON shice.statement_scan USING btree (entry_id) WHERE (replaced_at IS NULL)

CREATE UNIQUE INDEX one_sticker_an_application ON shice.sticker_holding USING btree (campaign_id, application_id) WHERE (application_id IS NOT NULL)

CREATE UNIQUE INDEX one_successor_takes_the_rest ON shice.organisation_successor USING btree (organisation_id) WHERE takes_rest

CREATE UNIQUE INDEX opinion_pkey ON shice.opinion USING btree (id)

CREATE UNIQUE INDEX organisation_key_key ON shice.organisation USING btree (key)

CREATE UNIQUE INDEX organisation_name_pkey ON shice.organisation_name USING btree (organisation_id, name)

CREATE UNIQUE INDEX organisation_pkey ON shice.organisation USING btree (id)

CREATE UNIQUE INDEX organisation_successor_pkey ON shice.organisation_successor USING btree (organisation_id, successor_id)

CREATE UNIQUE INDEX parked_once ON shice.parking USING btree (entry_id) WHERE (released_at IS NULL)

CREATE UNIQUE INDEX parking_pkey ON shice.parking USING btree (id)

CREATE UNIQUE INDEX past_registration_pkey ON shice.past_registration USING btree (id)

CREATE UNIQUE INDEX person_pkey ON shice.person USING btree (id)

CREATE UNIQUE INDEX plan_version_pkey ON shice.plan_version USING btree (campaign_id, version)

CREATE UNIQUE INDEX post_pkey ON shice.post USING btree (id)

CREATE UNIQUE INDEX public_notice_entry_notice_id_application_id_key ON shice.public_notice_entry USING btree (notice_id, application_id)

CREATE UNIQUE INDEX public_notice_entry_pkey ON shice.public_notice_entry USING btree (notice_id, "position")

CREATE UNIQUE INDEX public_notice_pkey ON shice.public_notice USING btree (id)

CREATE UNIQUE INDEX rate_limit_key_key ON auth.rate_limit USING btree (key)

CREATE UNIQUE INDEX rate_limit_pkey ON auth.rate_limit USING btree (id)

CREATE UNIQUE INDEX report_in_order ON shice.report USING btree (campaign_id, authority_id, number)

CREATE UNIQUE INDEX report_pkey ON shice.report USING btree (id)

CREATE UNIQUE INDEX restriction_pkey ON shice.restriction USING btree (id)

CREATE UNIQUE INDEX return_request_pkey ON shice.return_request USING btree (id)

CREATE UNIQUE INDEX return_rounds_in_order ON shice.return_request USING btree (campaign_id, application_id, round)

CREATE UNIQUE INDEX roster_entry_pkey ON shice.roster_entry USING btree (id)

CREATE UNIQUE INDEX roster_import_part_pkey ON shice.roster_import_part USING btree (import_id, part)

CREATE UNIQUE INDEX roster_import_pkey ON shice.roster_import USING btree (id)

CREATE UNIQUE INDEX roster_import_row_pkey ON shice.roster_import_row USING btree (import_id, "position")

CREATE UNIQUE INDEX sample_item_pkey ON shice.sample_item USING btree (sample_id, application_id)

CREATE UNIQUE INDEX sample_pkey ON shice.sample USING btree (id)

CREATE UNIQUE INDEX saved_filter_account_id_campaign_id_role_name_key ON shice.saved_filter USING btree (account_id, campaign_id, role, name)

CREATE UNIQUE INDEX saved_filter_pkey ON shice.saved_filter USING btree (id)

CREATE UNIQUE INDEX school_batch_pkey ON shice.school_batch USING btree (id)

CREATE UNIQUE INDEX school_pkey ON shice.school USING btree (organisation_id)

CREATE UNIQUE INDEX school_sheet_item_pkey ON shice.school_sheet_item USING btree (sheet_id, "position")

CREATE UNIQUE INDEX school_sheet_item_sheet_id_application_id_key ON shice.school_sheet_item USING btree (sheet_id, application_id)

CREATE UNIQUE INDEX school_sheet_number_once ON shice.school_sheet USING btree (campaign_id, number)

CREATE UNIQUE INDEX school_sheet_pkey ON shice.school_sheet USING btree (id)

CREATE UNIQUE INDEX seal_head_pkey ON shice.seal_head USING btree (seal, campaign_id, application_id)

CREATE UNIQUE INDEX seal_pkey ON shice.seal USING btree (number)

CREATE UNIQUE INDEX session_pkey ON auth.session USING btree (id)

CREATE UNIQUE INDEX session_token_key ON auth.session USING btree (token)

CREATE UNIQUE INDEX sight_pkey ON shice.sight USING btree (campaign_id, application_id, confirmation_point_id)

CREATE UNIQUE INDEX sign_in_attempt_pkey ON shice.sign_in_attempt USING btree (name_index)

CREATE UNIQUE INDEX silence_note_pkey ON shice.silence_note USING btree (id)

CREATE UNIQUE INDEX spent_proof_pkey ON shice.spent_proof USING btree (challenge)

CREATE UNIQUE INDEX statement_scan_pkey ON shice.statement_scan USING btree (id)

CREATE UNIQUE INDEX sticker_balance_pkey ON shice.sticker_balance USING btree (series_id, organisation_id)

CREATE UNIQUE INDEX sticker_count_pkey ON shice.sticker_count USING btree (id)

CREATE UNIQUE INDEX sticker_holding_pkey ON shice.sticker_holding USING btree (series_id, serials)

CREATE UNIQUE INDEX sticker_movement_pkey ON shice.sticker_movement USING btree (id)

CREATE UNIQUE INDEX sticker_series_once ON shice.sticker_series USING btree (campaign_id, prefix)

CREATE UNIQUE INDEX sticker_series_pkey ON shice.sticker_series USING btree (id)

CREATE UNIQUE INDEX training_clock_pkey ON shice.training_clock USING btree (singleton)

CREATE UNIQUE INDEX undertaking_pkey ON shice.undertaking USING btree (campaign_id, application_id, kind, text_version)

CREATE UNIQUE INDEX user_email_key ON auth."user" USING btree (email)

CREATE UNIQUE INDEX user_pkey ON auth."user" USING btree (id)

CREATE UNIQUE INDEX verification_pkey ON auth.verification USING btree (id)

-- functions

CREATE OR REPLACE FUNCTION shice.account_of_reset_token(token text, machine_now timestamp with time zone)
 RETURNS uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select v.value::uuid from auth.verification v where v.identifier = 'reset-password:' || token and v.expires_at > machine_now
$function$

CREATE OR REPLACE FUNCTION shice.actor_id()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('shice.actor_id'::text, true), ''::text))::uuid

CREATE OR REPLACE FUNCTION shice.add_job(task text, payload jsonb, run_at timestamp with time zone DEFAULT NULL::timestamp with time zone, job_key text DEFAULT NULL::text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select worker.add_job(task, payload::json, run_at => run_at, job_key => job_key, max_attempts => 3);
$function$

CREATE OR REPLACE FUNCTION shice.append_audit(entries jsonb, head_mac bytea)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
$function$

CREATE OR REPLACE FUNCTION shice.check_sticker_balance()
 RETURNS trigger
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  series uuid := coalesce(new.series_id, old.series_id);
  organisation uuid := coalesce(new.organisation_id, old.organisation_id);
  held record;
  book record;
begin
  select coalesce(sum(upper(serials) - lower(serials)) filter (where place = 'stock'), 0) as in_hand,
         coalesce(sum(upper(serials) - lower(serials)) filter (where place = 'used'), 0) as used,
         coalesce(sum(upper(serials) - lower(serials)) filter (where place = 'scrapped'), 0) as scrapped
    into held from shice.sticker_holding where series_id = series and organisation_id = organisation;
  select coalesce(max(in_hand), 0) as in_hand, coalesce(max(used), 0) as used, coalesce(max(scrapped), 0) as scrapped
    into book from shice.sticker_balance where series_id = series and organisation_id = organisation;
  if (held.in_hand, held.used, held.scrapped) is distinct from (book.in_hand, book.used, book.scrapped) then
    raise exception 'sticker books and shelves differ' using errcode = '23514', constraint = 'sticker_books_match_shelves';
  end if;
  return null;
end $function$

CREATE OR REPLACE FUNCTION shice.clear_stalled_sign_in(sign_in_name text, made_before timestamp with time zone)
 RETURNS text
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare found auth."user";
begin
  select * into found from auth."user" u where u.email = clear_stalled_sign_in.sign_in_name for update;
  if found.id is null then return 'absent'; end if;
  if exists (select from shice.account a where a.id = found.id) then return 'complete'; end if;
  if found.created_at >= made_before then return 'under-way'; end if;
  delete from auth."user" u where u.id = found.id;
  return 'removed';
end $function$

CREATE OR REPLACE FUNCTION shice.correct_unregistered_name(entry uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
end $function$

CREATE OR REPLACE FUNCTION shice.create_campaign_partitions(campaign uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare suffix text := replace(campaign::text, '-', '');
begin
  if not exists (select from shice.campaign c where c.id = create_campaign_partitions.campaign) then
    raise exception 'no campaign %', campaign;
  end if;
  execute format('create table if not exists shice.application_%s partition of shice.application for values in (%L)', suffix, campaign);
  execute format('create table if not exists shice.application_history_%s partition of shice.application_history for values in (%L)', suffix, campaign);
end $function$

CREATE OR REPLACE FUNCTION shice.decisions_on(campaign uuid, application_number text, whole_name text)
 RETURNS TABLE(application_id uuid, certificate_kind text, state text, final_conclusion text, decision_id uuid, last_sequence integer, last_hash bytea, head_mac bytea, id uuid, number text, kind text, decided_at timestamp with time zone, entries integer, list_hash bytea, signature bytea, signature_algorithm text, conclusion text, lines_digest bytea)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
$function$

CREATE OR REPLACE FUNCTION shice.end_other_sessions(account uuid, kept uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  delete from auth.session s where s.user_id = account and s.id is distinct from kept
$function$

CREATE OR REPLACE FUNCTION shice.end_posts_of_school(school uuid, ended_at timestamp with time zone)
 RETURNS TABLE(post_id uuid, account_id uuid, role text)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  with school_that_ended as (
    select o.id from shice.organisation o
    where o.id = school and o.kind = 'school' and o.valid_to is not null),
  uninvited as (
    update shice.invitation i set withdrawn_at = ended_at from school_that_ended e
    where i.organisation_id = e.id and i.accepted_at is null and i.withdrawn_at is null)
  update shice.post p set valid_to = ended_at from school_that_ended e
  where p.organisation_id = e.id and p.valid_to is null
  returning p.id, p.account_id, p.role
$function$

CREATE OR REPLACE FUNCTION shice.end_session(account uuid, session uuid)
 RETURNS SETOF uuid
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  delete from auth.session s where s.user_id = account and s.id = session returning s.id
$function$

CREATE OR REPLACE FUNCTION shice.find_on_rosters(campaign uuid, indexes bytea[])
 RETURNS TABLE(id_number_index bytea, entry_id uuid, school_name text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
  select r.id_number_index, r.id, o.name
  from unnest(indexes) as asked(index)
  cross join lateral (select * from shice.roster_entry e
    where e.campaign_id = find_on_rosters.campaign and e.id_number_index = asked.index limit 1) r
  join shice.organisation o on o.id = r.school_id
$function$

CREATE OR REPLACE FUNCTION shice.hold_school_to_drafts()
 RETURNS trigger
 LANGUAGE plpgsql
 SET search_path TO ''
AS $function$
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
end $function$

CREATE OR REPLACE FUNCTION shice.lines_of_decision(campaign uuid, application_number text, whole_name text, decision uuid)
 RETURNS TABLE(line integer, number text, name text, conclusion text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select l.position, b.number, b.name, l.conclusion
  from shice.application a
  join shice.decision_entry e on e.campaign_id = a.campaign_id and e.application_id = a.id
  join shice.decision_entry l on l.decision_id = e.decision_id
  join shice.application b on b.campaign_id = l.campaign_id and b.id = l.application_id
  where a.campaign_id = campaign and a.number = application_number and a.name = whole_name
    and e.decision_id = lines_of_decision.decision
  order by l.position
$function$

CREATE OR REPLACE FUNCTION shice.list_jobs()
 RETURNS TABLE(id bigint, task text, run_at timestamp with time zone, locked_at timestamp with time zone, attempts integer, max_attempts integer, last_error text, created_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select j.id, j.task_identifier, j.run_at, j.locked_at, j.attempts::integer, j.max_attempts::integer, j.last_error, j.created_at
  from worker.jobs j;
$function$

CREATE OR REPLACE FUNCTION shice.list_scheduled_tasks()
 RETURNS TABLE(task text, last_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select k.identifier, k.last_execution from worker._private_known_crontabs k order by k.identifier;
$function$

CREATE OR REPLACE FUNCTION shice.list_sessions(account uuid)
 RETURNS TABLE(id uuid, created_at timestamp with time zone, expires_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select s.id, s.created_at, s.expires_at from auth.session s where s.user_id = account order by s.created_at
$function$

CREATE OR REPLACE FUNCTION shice.list_views(application uuid)
 RETURNS TABLE(at timestamp with time zone, role text, organisation text, action text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select e.at, e.role, o.name, e.action
  from shice.audit_entry e left join shice.organisation o on o.id = e.organisation_id
  where e.subject_id = list_views.application and e.subject_kind = 'application' and e.role <> 'applicant'
    and exists (select from shice.application a where a.id = list_views.application and a.person_id = shice.scope_id())
  order by e.at desc, e.id desc limit 200
$function$

CREATE OR REPLACE FUNCTION shice.lock_audit_head(entries integer, accounts uuid[], organisations uuid[])
 RETURNS TABLE(number bigint, mac bytea, ids uuid[])
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
begin
  perform from shice.account a where a.id = any(lock_audit_head.accounts) order by a.id for key share;
  perform from shice.organisation o where o.id = any(lock_audit_head.organisations) order by o.id for key share;
  return query
    select h.number, h.mac, array(select uuidv7() from generate_series(1, lock_audit_head.entries))
    from shice.audit_head h for update;
end $function$

CREATE OR REPLACE FUNCTION shice.move_stickers(p_series uuid, p_serials int8range, p_kind text, p_from uuid, p_to uuid, p_conclusion text, p_campaign uuid, p_application uuid, p_custodian uuid, p_handler uuid, p_witness text, p_reason text, p_document text, p_at timestamp with time zone)
 RETURNS uuid
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
declare
  size bigint := upper(p_serials) - lower(p_serials);
  movement uuid;
  from_place text := case p_kind when 'receive' then 'ministry' when 'recall' then 'used' else 'stock' end;
  to_place text := case p_kind when 'use' then 'used' when 'scrap' then 'scrapped' when 'recall' then 'scrapped' else 'stock' end;
  piece record;
  covered bigint := 0;
begin
  -- who calls may only take from (or receive into) the place of its own scope
  if current_setting('role', true) in ('shice_authority', 'shice_review')
     and (case p_kind when 'receive' then p_to else p_from end) is distinct from shice.scope_id() then
    raise exception 'stickers of another place' using errcode = '42501';
  end if;
  if size is null or size <= 0 then
    raise exception 'empty range' using errcode = '23514', constraint = 'movement_not_empty';
  end if;
  insert into shice.sticker_movement (series_id, serials, kind, from_place, from_organisation_id, to_place, to_organisation_id,
      conclusion, campaign_id, application_id, custodian_id, handler_id, witness, reason, document, at)
    values (p_series, p_serials, p_kind, from_place, case when p_kind = 'receive' then null else p_from end, to_place, p_to,
      p_conclusion, p_campaign, p_application, p_custodian, p_handler, p_witness, p_reason, p_document, p_at)
    returning id into movement;

  if p_kind = 'receive' then
    insert into shice.sticker_holding (series_id, serials, place, organisation_id, movement_id)
      values (p_series, p_serials, 'stock', p_to, movement);
  else
    for piece in
      select * from shice.sticker_holding
        where series_id = p_series and serials && p_serials and place = from_place and organisation_id = p_from
        order by serials for update
    loop
      covered := covered + upper(piece.serials * p_serials) - lower(piece.serials * p_serials);
      -- a printed sticker goes only to a case with that conclusion; an unprinted one to none
      if p_kind = 'use' and piece.printed_conclusion is distinct from p_conclusion then
        raise exception 'sticker printed otherwise' using errcode = '23514', constraint = 'sticker_shows_the_conclusion';
      end if;
      if p_kind = 'print' and piece.printed_conclusion is not null then
        raise exception 'sticker printed already' using errcode = '23514', constraint = 'sticker_printed_once';
      end if;
      if p_kind = 'recall' and piece.application_id is distinct from p_application then
        raise exception 'sticker of another case' using errcode = '23514', constraint = 'used_for_exactly_one_application';
      end if;
      delete from shice.sticker_holding where series_id = piece.series_id and serials = piece.serials;
      insert into shice.sticker_holding (series_id, serials, place, organisation_id, printed_conclusion, campaign_id, application_id, movement_id)
        select piece.series_id, rest, piece.place, piece.organisation_id, piece.printed_conclusion, piece.campaign_id, piece.application_id, piece.movement_id
          from unnest(array[
            int8range(lower(piece.serials), greatest(lower(piece.serials), lower(p_serials))),
            int8range(least(upper(piece.serials), upper(p_serials)), upper(piece.serials))]) as rest
          where not isempty(rest);
      insert into shice.sticker_holding (series_id, serials, place, organisation_id, printed_conclusion, campaign_id, application_id, movement_id)
        values (p_series, piece.serials * p_serials, to_place, p_to,
          case when p_kind = 'print' then p_conclusion else piece.printed_conclusion end,
          case when p_kind = 'use' then p_campaign end, case when p_kind = 'use' then p_application end, movement);
    end loop;
    if covered <> size then
      raise exception 'serials % are not all there', p_serials using errcode = '23514', constraint = 'sticker_is_where_it_is_taken';
    end if;
  end if;

  if p_kind in ('receive', 'issue', 'return', 'use', 'recall', 'scrap') then
    insert into shice.sticker_balance (series_id, organisation_id)
      select p_series, o from unnest(array[p_from, p_to]) o where o is not null
      on conflict do nothing;
    if p_kind = 'receive' then
      update shice.sticker_balance set received = received + size, in_hand = in_hand + size where series_id = p_series and organisation_id = p_to;
    elsif p_kind = 'issue' then
      update shice.sticker_balance set issued = issued + size, in_hand = in_hand - size where series_id = p_series and organisation_id = p_from;
      update shice.sticker_balance set received = received + size, in_hand = in_hand + size where series_id = p_series and organisation_id = p_to;
    elsif p_kind = 'return' then
      -- what comes back is no longer issued; it stays on the district's account as returned
      update shice.sticker_balance set returned = returned + size, in_hand = in_hand - size where series_id = p_series and organisation_id = p_from;
      update shice.sticker_balance set issued = issued - size, in_hand = in_hand + size where series_id = p_series and organisation_id = p_to;
    elsif p_kind = 'use' then
      update shice.sticker_balance set used = used + size, in_hand = in_hand - size where series_id = p_series and organisation_id = p_from;
    elsif p_kind = 'scrap' then
      update shice.sticker_balance set scrapped = scrapped + size, in_hand = in_hand - size where series_id = p_series and organisation_id = p_from;
    elsif p_kind = 'recall' then
      update shice.sticker_balance set used = used - size, scrapped = scrapped + size where series_id = p_series and organisation_id = p_from;
    end if;
  end if;
  return movement;
end $function$

CREATE OR REPLACE FUNCTION shice.notify_training_clock()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_notify('training_clock', '');
  return null;
end $function$

CREATE OR REPLACE FUNCTION shice.open_session(session_token text, machine_now timestamp with time zone, program_now timestamp with time zone)
 RETURNS TABLE(session_id uuid, expires_at timestamp with time zone, account_id uuid, kind text, person_id uuid, name text, email_verified boolean, posts jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select s.id, s.expires_at, a.id, a.kind, a.person_id, a.display_name, u.email_verified,
    coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'role', p.role,
        'organisation', jsonb_build_object('id', o.id, 'name', o.name, 'kind', o.kind)) order by p.id)
      from shice.post p join shice.organisation o on o.id = p.organisation_id
      where p.account_id = a.id and p.valid_from <= program_now and (p.valid_to is null or p.valid_to > program_now)), '[]')
  from auth.session s
  join auth."user" u on u.id = s.user_id
  join shice.account a on a.id = u.id
  where s.token = session_token and s.expires_at > machine_now and a.disabled_at is null
$function$

CREATE OR REPLACE FUNCTION shice.prove_email(account uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  update auth."user" u set email_verified = true where u.id = account and not u.email_verified
$function$

CREATE OR REPLACE FUNCTION shice.reach_of_roster(campaign uuid, entries uuid[])
 RETURNS TABLE(entry_id uuid, account_id uuid, has_email boolean, has_mobile boolean, elsewhere text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO ''
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
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
$function$

CREATE OR REPLACE FUNCTION shice.remove_expired_sign_ins(machine_now timestamp with time zone)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  delete from auth.session s where s.expires_at < machine_now;
  delete from auth.verification v where v.expires_at < machine_now;
  delete from shice.sign_in_attempt t where t.last_at < machine_now - interval '1 day';
  delete from shice.account_mail m where m.created_at < machine_now - interval '7 days';
$function$

CREATE OR REPLACE FUNCTION shice.remove_orphan_sign_in(id uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  delete from auth."user" u
  where u.id = remove_orphan_sign_in.id and not exists (select from shice.account a where a.id = u.id)
$function$

CREATE OR REPLACE FUNCTION shice.remove_orphan_sign_ins(made_before timestamp with time zone)
 RETURNS bigint
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  with gone as (
    delete from auth."user" u
    where u.created_at < made_before and not exists (select from shice.account a where a.id = u.id) returning 1)
  select count(*) from gone
$function$

CREATE OR REPLACE FUNCTION shice.rename_sign_in(account uuid, sign_in_name text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  update auth."user" u set email = sign_in_name, email_verified = true where u.id = account
$function$

CREATE OR REPLACE FUNCTION shice.retry_job(job bigint)
 RETURNS boolean
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  select exists (select from worker.reschedule_jobs(array[job], run_at => now(), attempts => 0));
$function$

CREATE OR REPLACE FUNCTION shice.scope_id()
 RETURNS uuid
 LANGUAGE sql
 STABLE PARALLEL SAFE
RETURN (NULLIF(current_setting('shice.scope_id'::text, true), ''::text))::uuid

CREATE OR REPLACE FUNCTION shice.send_messages(template text, channels text[], messages jsonb, now timestamp with time zone)
 RETURNS TABLE(entry uuid, channel text, has_account boolean, fresh boolean)
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  with wanted as (
    select i.* from jsonb_to_recordset(send_messages.messages) as i(campaign uuid, application uuid, account uuid,
      organisation uuid, role text, entry uuid, recipient text, parameters jsonb, circular uuid, key text, "unlessUnread" boolean)
  ), reader as (
    select w.campaign, w.application, null::uuid as entry, w.account, null::text as recipient, w.parameters, w.circular,
      w.key, send_messages.channels as reach
    from wanted w where w.account is not null
    union all
    select w.campaign, w.application, null, p.account_id, null, w.parameters, w.circular, w.key || ':' || p.account_id,
      send_messages.channels
    from wanted w
    join shice.post p on p.organisation_id = w.organisation and p.role = w.role
      and p.valid_from <= send_messages.now and (p.valid_to is null or p.valid_to > send_messages.now)
    where w."unlessUnread" is not true or not exists (
      select from shice.message u where u.account_id = p.account_id and u.template = send_messages.template
        and u.channel = 'inbox' and u.read_at is null and u.parameters = w.parameters)
    union all
    -- Inbox, mail and short message where the teacher has an account; a short message to the roster's number where not.
    select w.campaign, a.id, r.id, t.id, case when t.id is null then w.recipient end, w.parameters, w.circular, w.key,
      array(select c from unnest(send_messages.channels) as c
        where case when t.id is null then c = 'sms' and w.recipient is not null
          else c = 'inbox' or (c = 'email' and t.email_sealed is not null) or (c = 'sms' and t.mobile_sealed is not null) end)
    from wanted w
    join shice.roster_entry r on r.id = w.entry and r.campaign_id = w.campaign and r.confirmation_point_id = shice.scope_id()
    left join shice.person p on p.id_number_index = r.id_number_index and p.document_kind = r.document_kind
    left join shice.account t on t.person_id = p.id and t.kind = 'applicant' and t.disabled_at is null
    left join shice.application a on a.campaign_id = r.campaign_id and a.id = w.application and a.person_id = p.id
  ), way as (
    select r.*, c as channel from reader r cross join unnest(r.reach) as c
  ), written as (
    insert into shice.message as m (campaign_id, application_id, roster_entry_id, account_id, channel, template, parameters,
        recipient_sealed, circular_id, dedupe_key, state, created_at)
      select w.campaign, w.application, w.entry, w.account, w.channel, send_messages.template, coalesce(w.parameters, '{}'),
        w.recipient::bytea, w.circular, w.key, case w.channel when 'inbox' then 'sent' else 'queued' end, send_messages.now
      from way w
      on conflict (dedupe_key, channel) do nothing
      returning m.dedupe_key, m.channel
  )
  select w.entry, w.channel, w.account is not null, x.channel is not null
  from way w left join written x on x.dedupe_key = w.key and x.channel = w.channel
  order by array_position(send_messages.channels, w.channel)
$function$

CREATE OR REPLACE FUNCTION shice.set_password(account uuid, password_hash text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  update auth.account a set password = password_hash where a.user_id = account and a.provider_id = 'credential'
$function$

CREATE OR REPLACE FUNCTION shice.take_up_draft(entry uuid, now timestamp with time zone)
 RETURNS uuid
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  update shice.application a set school_id = r.school_id, confirmation_point_id = r.confirmation_point_id,
      authority_id = r.authority_id, review_body_id = b.review_body_id, version = a.version + 1, changed_at = take_up_draft.now
  from shice.roster_entry r
  join shice.person p on p.document_kind = r.document_kind and p.id_number_index = r.id_number_index
  join shice.campaign_body b on b.campaign_id = r.campaign_id and b.organisation_id = r.authority_id and b.part = 'authority'
  where r.id = take_up_draft.entry and r.confirmation_point_id = shice.scope_id()
    and a.campaign_id = r.campaign_id and a.person_id = p.id and a.state = 'draft' and a.confirmation_point_id is null
  returning a.id
$function$

CREATE OR REPLACE FUNCTION shice.teacher_to_assist(entry uuid, sex text, born_on date, now timestamp with time zone)
 RETURNS TABLE(person_id uuid, name text, registered boolean, application_id uuid, state text, place text)
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
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
end $function$

CREATE OR REPLACE FUNCTION shice.unprove_email(account uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO ''
AS $function$
  update auth."user" u set email_verified = false where u.id = account
$function$

-- triggers

CREATE CONSTRAINT TRIGGER sticker_books_match_shelves AFTER INSERT OR DELETE OR UPDATE ON shice.sticker_balance DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION shice.check_sticker_balance()

CREATE CONSTRAINT TRIGGER sticker_books_match_shelves AFTER INSERT OR DELETE OR UPDATE ON shice.sticker_holding DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION shice.check_sticker_balance()

CREATE TRIGGER school_writes_drafts BEFORE UPDATE OF form, form_sealed, person_id, name, school_id, authority_id, review_body_id, newly_hired, certificate_kind, certificate_issued_on, certificate_number_index, post_kind, subject, assisted_at, assisted_fields, attested_at ON shice.application FOR EACH ROW WHEN ((CURRENT_USER = 'shice_school'::name)) EXECUTE FUNCTION shice.hold_school_to_drafts()

CREATE TRIGGER training_clock_moved AFTER INSERT OR DELETE OR UPDATE ON shice.training_clock FOR EACH STATEMENT EXECUTE FUNCTION shice.notify_training_clock()

-- owners and row security

auth."user"  owner shice_owner  row security off

auth.account  owner shice_owner  row security off

auth.rate_limit  owner shice_owner  row security off

auth.session  owner shice_owner  row security off

auth.verification  owner shice_owner  row security off

shice.account  owner shice_owner  row security on

shice.account_mail  owner shice_owner  row security on

shice.appeal  owner shice_owner  row security on

shice.application  owner shice_owner  row security on

shice.application_history  owner shice_owner  row security on

shice.archive_item  owner shice_owner  row security on

shice.assisted_reset  owner shice_owner  row security on

shice.assisted_save  owner shice_owner  row security on

shice.attachment  owner shice_owner  row security on

shice.audit_entry  owner shice_owner  row security on

shice.audit_head  owner shice_owner  row security on

shice.campaign  owner shice_owner  row security on

shice.campaign_body  owner shice_owner  row security on

shice.campaign_text  owner shice_owner  row security on

shice.certificate_check  owner shice_owner  row security on

shice.circular  owner shice_owner  row security on

shice.conclusion_receipt  owner shice_owner  row security on

shice.conversation_entry  owner shice_owner  row security on

shice.correction  owner shice_owner  row security on

shice.decision  owner shice_owner  row security on

shice.decision_entry  owner shice_owner  row security on

shice.desk_claim  owner shice_owner  row security on

shice.desk_takeover  owner shice_owner  row security on

shice.directory_change  owner shice_owner  row security on

shice.email_change  owner shice_owner  row security on

shice.extension  owner shice_owner  row security on

shice.idempotency_key  owner shice_owner  row security on

shice.installation  owner shice_owner  row security off

shice.invitation  owner shice_owner  row security on

shice.manifest  owner shice_owner  row security on

shice.manifest_item  owner shice_owner  row security on

shice.marking  owner shice_owner  row security on

shice.material_check  owner shice_owner  row security on

shice.message  owner shice_owner  row security on

shice.message_wording  owner shice_owner  row security on

shice.objection  owner shice_owner  row security on

shice.objection_picture  owner shice_owner  row security on

shice.opinion  owner shice_owner  row security on

shice.organisation  owner shice_owner  row security on

shice.organisation_name  owner shice_owner  row security on

shice.organisation_successor  owner shice_owner  row security on

shice.parking  owner shice_owner  row security on

shice.past_registration  owner shice_owner  row security on

shice.person  owner shice_owner  row security on

shice.plan_version  owner shice_owner  row security on

shice.post  owner shice_owner  row security on

shice.public_notice  owner shice_owner  row security on

shice.public_notice_entry  owner shice_owner  row security on

shice.report  owner shice_owner  row security on

shice.restriction  owner shice_owner  row security on

shice.return_request  owner shice_owner  row security on

shice.roster_entry  owner shice_owner  row security on

shice.roster_import  owner shice_owner  row security on

shice.roster_import_part  owner shice_owner  row security on

shice.roster_import_row  owner shice_owner  row security on

shice.sample  owner shice_owner  row security on

shice.sample_item  owner shice_owner  row security on

shice.saved_filter  owner shice_owner  row security on

shice.school  owner shice_owner  row security on

shice.school_batch  owner shice_owner  row security on

shice.school_sheet  owner shice_owner  row security on

shice.school_sheet_item  owner shice_owner  row security on

shice.seal  owner shice_owner  row security on

shice.seal_head  owner shice_owner  row security on

shice.sight  owner shice_owner  row security on

shice.sign_in_attempt  owner shice_owner  row security on

shice.silence_note  owner shice_owner  row security on

shice.spent_proof  owner shice_owner  row security on

shice.statement_scan  owner shice_owner  row security on

shice.sticker_balance  owner shice_owner  row security on

shice.sticker_count  owner shice_owner  row security on

shice.sticker_holding  owner shice_owner  row security on

shice.sticker_movement  owner shice_owner  row security on

shice.sticker_series  owner shice_owner  row security on

shice.training_clock  owner shice_owner  row security on

shice.undertaking  owner shice_owner  row security on

-- policies

shice.account  accounts_keep ALL to shice_accounts using (true) check (true)

shice.account  auditor_reads SELECT to shice_auditor using (true) check ()

shice.account  everything SELECT to shice_system using (true) check ()

shice.account  names_of_colleagues SELECT to shice_all, shice_authority, shice_review, shice_school using (true) check ()

shice.account  self SELECT to shice_applicant using ((id = ( SELECT shice.actor_id() AS actor_id))) check ()

shice.account_mail  accounts_keep ALL to shice_accounts using (true) check (true)

shice.appeal  answered_in_scope UPDATE to shice_authority using (((outcome IS NULL) AND (EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = appeal.campaign_id) AND (a.id = appeal.application_id)))))) check (((outcome IS NOT NULL) AND (decided_by = ( SELECT shice.actor_id() AS actor_id))))

shice.appeal  everything SELECT to shice_all, shice_auditor, shice_system using (true) check ()

shice.appeal  raised_in_scope INSERT to shice_applicant, shice_authority using () check (((entered_by = ( SELECT shice.actor_id() AS actor_id)) AND (outcome IS NULL) AND (EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = appeal.campaign_id) AND (a.id = appeal.application_id))))))

shice.appeal  with_its_application SELECT to shice_applicant, shice_authority, shice_review, shice_school using ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = appeal.campaign_id) AND (a.id = appeal.application_id))))) check ()

shice.application  auditor_reads SELECT to shice_auditor using (true) check ()

shice.application  everything ALL to shice_all, shice_system using (true) check (true)

shice.application  of_the_authority ALL to shice_authority using ((authority_id = ( SELECT shice.scope_id() AS scope_id))) check ((authority_id = ( SELECT shice.scope_id() AS scope_id)))

shice.application  of_the_point ALL to shice_school using ((confirmation_point_id = ( SELECT shice.scope_id() AS scope_id))) check ((confirmation_point_id = ( SELECT shice.scope_id() AS scope_id)))

shice.application  of_the_review_body ALL to shice_review using ((review_body_id = ( SELECT shice.scope_id() AS scope_id))) check ((review_body_id = ( SELECT shice.scope_id() AS scope_id)))

shice.application  own ALL to shice_applicant using ((person_id = ( SELECT shice.scope_id() AS scope_id))) check ((person_id = ( SELECT shice.scope_id() AS scope_id)))

shice.application  school_begins_drafts INSERT restrictive to shice_school using () check ((state = 'draft'::text))

shice.application_history  auditor_reads SELECT to shice_auditor using (true) check ()

shice.application_history  everything ALL to shice_all, shice_system using (true) check (true)

shice.application_history  with_its_application ALL to shice_applicant, shice_authority, shice_review, shice_school using ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = application_history.campaign_id) AND (a.id = application_history.application_id))))) check ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = application_history.campaign_id) AND (a.id = application_history.application_id)))))

shice.archive_item  auditor_reads SELECT to shice_auditor using (true) check ()

shice.archive_item  everything ALL to shice_all, shice_system using (true) check (true)

shice.archive_item  with_its_application ALL to shice_applicant, shice_authority, shice_review, shice_school using ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = archive_item.campaign_id) AND (a.id = archive_item.application_id))))) check ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = archive_item.campaign_id) AND (a.id = archive_item.application_id)))))

shice.assisted_reset  accounts_keep ALL to shice_accounts using (true) check (true)

shice.assisted_reset  auditor_reads SELECT to shice_auditor using (true) check ()

shice.assisted_save  everything SELECT to shice_all, shice_auditor, shice_system using (true) check ()

shice.assisted_save  school_records_its_saves INSERT restrictive to shice_school using () check (((account_id = ( SELECT shice.actor_id() AS actor_id)) AND (EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = assisted_save.campaign_id) AND (a.id = assisted_save.application_id) AND (a.state = 'draft'::text) AND (a.assisted_at IS NOT NULL))))))

shice.assisted_save  with_its_application ALL to shice_applicant, shice_authority, shice_review, shice_school using ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = assisted_save.campaign_id) AND (a.id = assisted_save.application_id))))) check ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = assisted_save.campaign_id) AND (a.id = assisted_save.application_id)))))

shice.attachment  auditor_reads SELECT to shice_auditor using (true) check ()

shice.attachment  everything ALL to shice_all, shice_system using (true) check (true)

shice.attachment  school_adds_to_drafts INSERT restrictive to shice_school using () check ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = attachment.campaign_id) AND (a.id = attachment.application_id) AND (a.state = 'draft'::text) AND (a.assisted_at IS NOT NULL)))))

shice.attachment  school_arranges_drafts UPDATE restrictive to shice_school using ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = attachment.campaign_id) AND (a.id = attachment.application_id) AND (a.state = 'draft'::text) AND (a.assisted_at IS NOT NULL))))) check ()

shice.attachment  with_its_application ALL to shice_applicant, shice_authority, shice_review, shice_school using ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = attachment.campaign_id) AND (a.id = attachment.application_id))))) check ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = attachment.campaign_id) AND (a.id = attachment.application_id)))))

shice.audit_entry  accounts_read_refused_sign_ins SELECT to shice_accounts using ((action = 'refuse-sign-in'::text)) check ()

shice.audit_entry  auditor_reads SELECT to shice_auditor using (true) check ()

shice.audit_entry  everything SELECT to shice_system using (true) check ()

shice.audit_head  auditor_reads SELECT to shice_auditor, shice_system using (true) check ()

shice.campaign  auditor_reads SELECT to shice_auditor using (true) check ()

shice.campaign  everyone_reads SELECT to shice_accounts, shice_all, shice_applicant, shice_authority, shice_public, shice_review, shice_school, shice_system using (true) check ()

shice.campaign  operator_changes UPDATE to shice_all using (true) check (true)

shice.campaign  operator_writes INSERT to shice_all using () check (true)

shice.campaign_body  auditor_reads SELECT to shice_auditor using (true) check ()

shice.campaign_body  everyone_reads SELECT to shice_accounts, shice_all, shice_applicant, shice_authority, shice_public, shice_review, shice_school, shice_system using (true) check ()

shice.campaign_body  operator_changes UPDATE to shice_all using (true) check (true)

shice.campaign_body  operator_writes INSERT to shice_all using () check (true)

shice.campaign_text  everyone_reads SELECT to public using (true) check ()

shice.campaign_text  operator_writes INSERT to shice_all using () check (true)

shice.certificate_check  auditor_reads SELECT to shice_auditor using (true) check ()

shice.certificate_check  everything ALL to shice_all, shice_system using (true) check (true)

shice.certificate_check  with_its_application ALL to shice_applicant, shice_authority, shice_review, shice_school using ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = certificate_check.campaign_id) AND (a.id = certificate_check.application_id))))) check ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = certificate_check.campaign_id) AND (a.id = certificate_check.application_id)))))

shice.circular  everything ALL to shice_all using (true) check (true)

shice.circular  of_the_office ALL to shice_authority, shice_school using ((organisation_id = ( SELECT shice.scope_id() AS scope_id))) check ((organisation_id = ( SELECT shice.scope_id() AS scope_id)))

shice.circular  read SELECT to shice_auditor, shice_system using (true) check ()

shice.circular  that_came_to_me SELECT to shice_applicant, shice_review using ((EXISTS ( SELECT
   FROM shice.message m
  WHERE (m.circular_id = circular.id)))) check ()

shice.conclusion_receipt  everything SELECT to shice_all, shice_auditor, shice_system using (true) check ()

shice.conclusion_receipt  own INSERT to shice_applicant using () check (((account_id = ( SELECT shice.actor_id() AS actor_id)) AND (EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = conclusion_receipt.campaign_id) AND (a.id = conclusion_receipt.application_id) AND (a.decision_id = conclusion_receipt.decision_id))))))

shice.conclusion_receipt  with_its_application SELECT to shice_applicant, shice_authority, shice_review, shice_school using ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = conclusion_receipt.campaign_id) AND (a.id = conclusion_receipt.application_id))))) check ()

shice.conversation_entry  everything SELECT to shice_all, shice_auditor, shice_system using (true) check ()

shice.conversation_entry  own_words INSERT to shice_applicant, shice_authority, shice_school using () check (((account_id = ( SELECT shice.actor_id() AS actor_id)) AND (EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = conversation_entry.campaign_id) AND (a.id = conversation_entry.application_id))))))

shice.conversation_entry  read_and_settled UPDATE to shice_applicant, shice_authority, shice_school using ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = conversation_entry.campaign_id) AND (a.id = conversation_entry.application_id))))) check ()

shice.conversation_entry  with_its_application SELECT to shice_applicant, shice_authority, shice_review, shice_school using ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = conversation_entry.campaign_id) AND (a.id = conversation_entry.application_id))))) check ()

shice.correction  auditor_reads SELECT to shice_auditor using (true) check ()

shice.correction  everything ALL to shice_all, shice_system using (true) check (true)

shice.correction  with_its_application ALL to shice_applicant, shice_authority, shice_review, shice_school using ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = correction.campaign_id) AND (a.id = correction.application_id))))) check ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = correction.campaign_id) AND (a.id = correction.application_id)))))

shice.decision  auditor_reads SELECT to shice_auditor using (true) check ()

shice.decision  commission_decides ALL to shice_all using (true) check (true)

shice.decision  everyone_reads SELECT to shice_applicant, shice_authority, shice_public, shice_review, shice_school, shice_system using (true) check ()

shice.decision_entry  auditor_reads SELECT to shice_auditor using (true) check ()

shice.decision_entry  everything ALL to shice_all, shice_system using (true) check (true)

shice.decision_entry  with_its_application ALL to shice_applicant, shice_authority, shice_review, shice_school using ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = decision_entry.campaign_id) AND (a.id = decision_entry.application_id))))) check ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = decision_entry.campaign_id) AND (a.id = decision_entry.application_id)))))

shice.desk_claim  auditor_reads SELECT to shice_auditor using (true) check ()

shice.desk_claim  goes_with_its_school ALL to shice_all using (true) check (false)

shice.desk_claim  with_its_application ALL to shice_school using ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = desk_claim.campaign_id) AND (a.id = desk_claim.application_id))))) check ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = desk_claim.campaign_id) AND (a.id = desk_claim.application_id)))))

shice.desk_takeover  auditor_reads SELECT to shice_auditor using (true) check ()

shice.desk_takeover  with_its_application ALL to shice_school using ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = desk_takeover.campaign_id) AND (a.id = desk_takeover.application_id))))) check ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = desk_takeover.campaign_id) AND (a.id = desk_takeover.application_id)))))

shice.directory_change  directory_is_kept INSERT to shice_accounts, shice_all using () check (true)

shice.directory_change  offices_read SELECT to shice_accounts, shice_all, shice_auditor, shice_authority, shice_review, shice_school using (true) check ()

shice.email_change  accounts_keep ALL to shice_accounts using (true) check (true)

shice.extension  auditor_reads SELECT to shice_auditor using (true) check ()

shice.extension  operator_grants ALL to shice_all, shice_system using (true) check (true)

shice.extension  read_by_the_parties SELECT to shice_applicant, shice_authority, shice_review, shice_school using (true) check ()

shice.idempotency_key  auditor_reads SELECT to shice_auditor using (true) check ()

shice.idempotency_key  own ALL to shice_accounts, shice_all, shice_applicant, shice_authority, shice_review, shice_school using ((account_id = ( SELECT shice.actor_id() AS actor_id))) check ((account_id = ( SELECT shice.actor_id() AS actor_id)))

shice.idempotency_key  system_clears ALL to shice_system using (true) check ()

shice.invitation  accounts_keep ALL to shice_accounts using (true) check (true)

shice.invitation  auditor_reads SELECT to shice_auditor using (true) check ()

shice.manifest  auditor_reads SELECT to shice_auditor using (true) check ()

shice.manifest  everything SELECT to shice_all, shice_review, shice_system using (true) check ()

shice.manifest  of_the_authority ALL to shice_authority using ((authority_id = ( SELECT shice.scope_id() AS scope_id))) check ((authority_id = ( SELECT shice.scope_id() AS scope_id)))

shice.manifest  of_the_point ALL to shice_school using ((confirmation_point_id = ( SELECT shice.scope_id() AS scope_id))) check ((confirmation_point_id = ( SELECT shice.scope_id() AS scope_id)))

shice.manifest_item  auditor_reads SELECT to shice_auditor using (true) check ()

shice.manifest_item  everything ALL to shice_all, shice_system using (true) check (true)

shice.manifest_item  with_its_application ALL to shice_applicant, shice_authority, shice_review, shice_school using ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = manifest_item.campaign_id) AND (a.id = manifest_item.application_id))))) check ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = manifest_item.campaign_id) AND (a.id = manifest_item.application_id)))))

shice.marking  auditor_reads SELECT to shice_auditor using (true) check ()

shice.marking  everything ALL to shice_all, shice_system using (true) check (true)

shice.marking  with_its_application ALL to shice_applicant, shice_authority, shice_review, shice_school using ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = marking.campaign_id) AND (a.id = marking.application_id))))) check ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = marking.campaign_id) AND (a.id = marking.application_id)))))

shice.material_check  auditor_reads SELECT to shice_auditor using (true) check ()

shice.material_check  everything ALL to shice_all, shice_system using (true) check (true)

shice.material_check  with_its_application ALL to shice_applicant, shice_authority, shice_review, shice_school using ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = material_check.campaign_id) AND (a.id = material_check.application_id))))) check ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = material_check.campaign_id) AND (a.id = material_check.application_id)))))

shice.message  auditor_reads SELECT to shice_auditor using (true) check ()

shice.message  everything ALL to shice_system using (true) check (true)

shice.message  of_an_own_case SELECT to shice_school using (((state = ANY (ARRAY['failed'::text, 'sending'::text])) AND (EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = message.campaign_id) AND (a.id = message.application_id)))))) check ()

shice.message  of_an_own_teacher SELECT to shice_school using (((roster_entry_id IS NOT NULL) AND (state = ANY (ARRAY['failed'::text, 'sending'::text])) AND (EXISTS ( SELECT
   FROM shice.roster_entry r
  WHERE (r.id = message.roster_entry_id))))) check ()

shice.message  own_inbox SELECT to shice_all, shice_applicant, shice_authority, shice_review, shice_school using ((account_id = ( SELECT shice.actor_id() AS actor_id))) check ()

shice.message  own_inbox_read UPDATE to shice_all, shice_applicant, shice_authority, shice_review, shice_school using ((account_id = ( SELECT shice.actor_id() AS actor_id))) check ((account_id = ( SELECT shice.actor_id() AS actor_id)))

shice.message_wording  everyone_reads SELECT to public using (true) check ()

shice.message_wording  operator_writes INSERT to shice_all using () check (true)

shice.objection  anyone_raises INSERT to shice_public using () check (((account_id IS NULL) AND (outcome IS NULL)))

shice.objection  applicant_raises INSERT to shice_applicant using () check (((account_id = ( SELECT shice.actor_id() AS actor_id)) AND (outcome IS NULL)))

shice.objection  auditor_reads SELECT to shice_auditor using (true) check ()

shice.objection  everything SELECT to shice_all, shice_system using (true) check ()

shice.objection  of_the_authority ALL to shice_authority using ((authority_id = ( SELECT shice.scope_id() AS scope_id))) check ((authority_id = ( SELECT shice.scope_id() AS scope_id)))

shice.objection  own SELECT to shice_applicant using ((account_id = ( SELECT shice.actor_id() AS actor_id))) check ()

shice.objection  with_its_application SELECT to shice_review, shice_school using ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = objection.campaign_id) AND (a.id = objection.application_id))))) check ()

shice.objection_picture  everything SELECT to shice_all, shice_auditor, shice_system using (true) check ()

shice.objection_picture  goes_with_its_objection INSERT to shice_applicant, shice_public using () check (true)

shice.objection_picture  with_its_objection SELECT to shice_applicant, shice_authority, shice_review using ((EXISTS ( SELECT
   FROM shice.objection o
  WHERE (o.id = objection_picture.objection_id)))) check ()

shice.opinion  auditor_reads SELECT to shice_auditor using (true) check ()

shice.opinion  everything ALL to shice_all, shice_system using (true) check (true)

shice.opinion  with_its_application ALL to shice_applicant, shice_authority, shice_review, shice_school using ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = opinion.campaign_id) AND (a.id = opinion.application_id))))) check ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = opinion.campaign_id) AND (a.id = opinion.application_id)))))

shice.organisation  auditor_reads SELECT to shice_auditor using (true) check ()

shice.organisation  directory_is_kept ALL to shice_accounts, shice_all using (true) check (true)

shice.organisation  everyone_reads SELECT to shice_accounts, shice_all, shice_applicant, shice_authority, shice_public, shice_review, shice_school, shice_system using (true) check ()

shice.organisation_name  auditor_reads SELECT to shice_auditor using (true) check ()

shice.organisation_name  directory_is_kept ALL to shice_accounts, shice_all using (true) check (true)

shice.organisation_name  everyone_reads SELECT to shice_accounts, shice_all, shice_applicant, shice_authority, shice_public, shice_review, shice_school, shice_system using (true) check ()

shice.organisation_name  only_aliases_go DELETE restrictive to shice_accounts, shice_all using ((kind = 'alias'::text)) check ()

shice.organisation_successor  auditor_reads SELECT to shice_auditor using (true) check ()

shice.organisation_successor  directory_is_kept ALL to shice_accounts, shice_all using (true) check (true)

shice.organisation_successor  everyone_reads SELECT to shice_accounts, shice_all, shice_applicant, shice_authority, shice_public, shice_review, shice_school, shice_system using (true) check ()

shice.parking  everything SELECT to shice_all, shice_auditor, shice_system using (true) check ()

shice.parking  with_its_entry ALL to shice_authority, shice_review, shice_school using ((EXISTS ( SELECT
   FROM shice.roster_entry r
  WHERE (r.id = parking.entry_id)))) check ((EXISTS ( SELECT
   FROM shice.roster_entry r
  WHERE (r.id = parking.entry_id))))

shice.past_registration  auditor_reads SELECT to shice_auditor using (true) check ()

shice.past_registration  everything ALL to shice_all, shice_system using (true) check (true)

shice.past_registration  people_in_scope SELECT to shice_authority, shice_review, shice_school using ((EXISTS ( SELECT
   FROM shice.person p
  WHERE (p.id_number_index = past_registration.id_number_index)))) check ()

shice.past_registration  self SELECT to shice_applicant using ((id_number_index = ( SELECT p.id_number_index
   FROM shice.person p
  WHERE (p.id = ( SELECT shice.scope_id() AS scope_id))))) check ()

shice.person  accounts_keep ALL to shice_accounts using (true) check (true)

shice.person  auditor_reads SELECT to shice_auditor using (true) check ()

shice.person  everything SELECT to shice_all, shice_system using (true) check ()

shice.person  self SELECT to shice_applicant using ((id = ( SELECT shice.scope_id() AS scope_id))) check ()

shice.person  with_an_application SELECT to shice_authority, shice_review, shice_school using ((EXISTS ( SELECT
   FROM shice.application a
  WHERE (a.person_id = person.id)))) check ()

shice.plan_version  auditor_reads SELECT to shice_auditor using (true) check ()

shice.plan_version  everyone_reads SELECT to shice_accounts, shice_all, shice_applicant, shice_authority, shice_public, shice_review, shice_school, shice_system using (true) check ()

shice.plan_version  operator_writes INSERT to shice_all using () check (true)

shice.post  accounts_keep ALL to shice_accounts using (true) check (true)

shice.post  auditor_reads SELECT to shice_auditor using (true) check ()

shice.post  colleagues SELECT to shice_all, shice_authority, shice_review, shice_school, shice_system using (true) check ()

shice.public_notice  auditor_reads SELECT to shice_auditor using (true) check ()

shice.public_notice  everyone_reads SELECT to shice_accounts, shice_all, shice_applicant, shice_authority, shice_public, shice_review, shice_school, shice_system using (true) check ()

shice.public_notice  of_the_authority ALL to shice_authority using ((authority_id = ( SELECT shice.scope_id() AS scope_id))) check ((authority_id = ( SELECT shice.scope_id() AS scope_id)))

shice.public_notice_entry  auditor_reads SELECT to shice_auditor using (true) check ()

shice.public_notice_entry  everyone_reads SELECT to shice_all, shice_applicant, shice_authority, shice_public, shice_review, shice_school, shice_system using (true) check ()

shice.public_notice_entry  of_the_authority INSERT to shice_authority using () check ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = public_notice_entry.campaign_id) AND (a.id = public_notice_entry.application_id)))))

shice.report  auditor_reads SELECT to shice_auditor using (true) check ()

shice.report  everything ALL to shice_all, shice_system using (true) check (true)

shice.report  of_the_authority ALL to shice_authority using ((authority_id = ( SELECT shice.scope_id() AS scope_id))) check ((authority_id = ( SELECT shice.scope_id() AS scope_id)))

shice.report  of_the_review_body ALL to shice_review using ((EXISTS ( SELECT
   FROM shice.campaign_body b
  WHERE ((b.campaign_id = report.campaign_id) AND (b.organisation_id = report.authority_id) AND (b.review_body_id = ( SELECT shice.scope_id() AS scope_id)))))) check ()

shice.restriction  auditor_reads SELECT to shice_auditor using (true) check ()

shice.restriction  authorities_keep ALL to shice_all, shice_authority, shice_system using (true) check (true)

shice.restriction  people_in_scope SELECT to shice_review, shice_school using ((EXISTS ( SELECT
   FROM shice.person p
  WHERE (p.id_number_index = restriction.id_number_index)))) check ()

shice.restriction  self SELECT to shice_applicant using ((id_number_index = ( SELECT p.id_number_index
   FROM shice.person p
  WHERE (p.id = ( SELECT shice.scope_id() AS scope_id))))) check ()

shice.return_request  auditor_reads SELECT to shice_auditor using (true) check ()

shice.return_request  everything ALL to shice_all, shice_system using (true) check (true)

shice.return_request  with_its_application ALL to shice_applicant, shice_authority, shice_review, shice_school using ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = return_request.campaign_id) AND (a.id = return_request.application_id))))) check ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = return_request.campaign_id) AND (a.id = return_request.application_id)))))

shice.roster_entry  auditor_reads SELECT to shice_auditor using (true) check ()

shice.roster_entry  everything ALL to shice_all, shice_system using (true) check (true)

shice.roster_entry  of_the_authority ALL to shice_authority using ((authority_id = ( SELECT shice.scope_id() AS scope_id))) check ((authority_id = ( SELECT shice.scope_id() AS scope_id)))

shice.roster_entry  of_the_point ALL to shice_school using ((confirmation_point_id = ( SELECT shice.scope_id() AS scope_id))) check ((confirmation_point_id = ( SELECT shice.scope_id() AS scope_id)))

shice.roster_entry  of_the_review_body SELECT to shice_review using ((EXISTS ( SELECT
   FROM shice.campaign_body b
  WHERE ((b.campaign_id = roster_entry.campaign_id) AND (b.organisation_id = roster_entry.authority_id) AND (b.review_body_id = ( SELECT shice.scope_id() AS scope_id)))))) check ()

shice.roster_entry  self SELECT to shice_applicant using ((id_number_index = ( SELECT p.id_number_index
   FROM shice.person p
  WHERE (p.id = ( SELECT shice.scope_id() AS scope_id))))) check ()

shice.roster_import  auditor_reads SELECT to shice_auditor using (true) check ()

shice.roster_import  counted_before_closing SELECT to shice_all using (true) check ()

shice.roster_import  everything ALL to shice_system using (true) check (true)

shice.roster_import  of_the_office ALL to shice_authority, shice_school using ((organisation_id = ( SELECT shice.scope_id() AS scope_id))) check ((organisation_id = ( SELECT shice.scope_id() AS scope_id)))

shice.roster_import_part  of_an_ended_import ALL to shice_system using ((EXISTS ( SELECT
   FROM shice.roster_import i
  WHERE ((i.id = roster_import_part.import_id) AND (i.state = 'unreadable'::text))))) check (false)

shice.roster_import_part  with_its_import ALL to shice_authority, shice_school using ((EXISTS ( SELECT
   FROM shice.roster_import i
  WHERE (i.id = roster_import_part.import_id)))) check ((EXISTS ( SELECT
   FROM shice.roster_import i
  WHERE (i.id = roster_import_part.import_id))))

shice.roster_import_row  with_its_import ALL to shice_authority, shice_school using ((EXISTS ( SELECT
   FROM shice.roster_import i
  WHERE (i.id = roster_import_row.import_id)))) check ((EXISTS ( SELECT
   FROM shice.roster_import i
  WHERE (i.id = roster_import_row.import_id))))

shice.sample  auditor_reads SELECT to shice_auditor using (true) check ()

shice.sample  everything SELECT to shice_all, shice_system using (true) check ()

shice.sample  of_the_review_body ALL to shice_review using ((review_body_id = ( SELECT shice.scope_id() AS scope_id))) check ((review_body_id = ( SELECT shice.scope_id() AS scope_id)))

shice.sample_item  auditor_reads SELECT to shice_auditor using (true) check ()

shice.sample_item  everything ALL to shice_all, shice_system using (true) check (true)

shice.sample_item  with_its_application ALL to shice_applicant, shice_authority, shice_review, shice_school using ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = sample_item.campaign_id) AND (a.id = sample_item.application_id))))) check ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = sample_item.campaign_id) AND (a.id = sample_item.application_id)))))

shice.saved_filter  own ALL to shice_accounts using ((account_id = ( SELECT shice.actor_id() AS actor_id))) check ((account_id = ( SELECT shice.actor_id() AS actor_id)))

shice.school  auditor_reads SELECT to shice_auditor using (true) check ()

shice.school  directory_is_kept ALL to shice_accounts, shice_all using (true) check (true)

shice.school  everyone_reads SELECT to shice_accounts, shice_all, shice_applicant, shice_authority, shice_public, shice_review, shice_school, shice_system using (true) check ()

shice.school_batch  everything SELECT to shice_all, shice_auditor, shice_system using (true) check ()

shice.school_batch  goes_with_its_school UPDATE to shice_all using (true) check (true)

shice.school_batch  of_the_authority SELECT to shice_authority using ((authority_id = ( SELECT shice.scope_id() AS scope_id))) check ()

shice.school_batch  of_the_point ALL to shice_school using ((confirmation_point_id = ( SELECT shice.scope_id() AS scope_id))) check ((confirmation_point_id = ( SELECT shice.scope_id() AS scope_id)))

shice.school_batch  of_the_review_body SELECT to shice_review using ((EXISTS ( SELECT
   FROM shice.campaign_body b
  WHERE ((b.campaign_id = school_batch.campaign_id) AND (b.organisation_id = school_batch.authority_id) AND (b.review_body_id = ( SELECT shice.scope_id() AS scope_id)))))) check ()

shice.school_batch  own SELECT to shice_applicant using (((announced_at IS NOT NULL) AND (EXISTS ( SELECT
   FROM shice.roster_entry r
  WHERE (r.batch_id = school_batch.id))))) check ()

shice.school_sheet  auditor_reads SELECT to shice_all, shice_auditor using (true) check ()

shice.school_sheet  of_the_authority SELECT to shice_authority using ((authority_id = ( SELECT shice.scope_id() AS scope_id))) check ()

shice.school_sheet  of_the_point ALL to shice_school using ((confirmation_point_id = ( SELECT shice.scope_id() AS scope_id))) check ((confirmation_point_id = ( SELECT shice.scope_id() AS scope_id)))

shice.school_sheet  of_the_review_body SELECT to shice_review using ((EXISTS ( SELECT
   FROM shice.campaign_body b
  WHERE ((b.campaign_id = school_sheet.campaign_id) AND (b.organisation_id = school_sheet.authority_id) AND (b.review_body_id = ( SELECT shice.scope_id() AS scope_id)))))) check ()

shice.school_sheet_item  auditor_reads SELECT to shice_all, shice_auditor using (true) check ()

shice.school_sheet_item  with_its_application ALL to shice_authority, shice_review, shice_school using ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = school_sheet_item.campaign_id) AND (a.id = school_sheet_item.application_id))))) check ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = school_sheet_item.campaign_id) AND (a.id = school_sheet_item.application_id)))))

shice.seal  auditor_reads SELECT to shice_auditor using (true) check ()

shice.seal  system_seals ALL to shice_system using (true) check (true)

shice.seal_head  auditor_reads SELECT to shice_auditor using (true) check ()

shice.seal_head  system_seals ALL to shice_system using (true) check (true)

shice.sight  everything SELECT to shice_all, shice_auditor, shice_system using (true) check ()

shice.sight  of_the_point ALL to shice_school using ((confirmation_point_id = ( SELECT shice.scope_id() AS scope_id))) check (((confirmation_point_id = ( SELECT shice.scope_id() AS scope_id)) AND (EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = sight.campaign_id) AND (a.id = sight.application_id))))))

shice.sight  with_its_application ALL to shice_applicant, shice_authority, shice_review using ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = sight.campaign_id) AND (a.id = sight.application_id))))) check ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = sight.campaign_id) AND (a.id = sight.application_id)))))

shice.sign_in_attempt  accounts_keep ALL to shice_accounts using (true) check (true)

shice.silence_note  everything SELECT to shice_all, shice_auditor, shice_system using (true) check ()

shice.silence_note  of_the_authority ALL to shice_authority using ((authority_id = ( SELECT shice.scope_id() AS scope_id))) check ((authority_id = ( SELECT shice.scope_id() AS scope_id)))

shice.silence_note  of_the_point SELECT to shice_school using ((confirmation_point_id = ( SELECT shice.scope_id() AS scope_id))) check ()

shice.silence_note  of_the_review_body SELECT to shice_review using ((EXISTS ( SELECT
   FROM shice.campaign_body b
  WHERE ((b.campaign_id = silence_note.campaign_id) AND (b.organisation_id = silence_note.authority_id) AND (b.review_body_id = ( SELECT shice.scope_id() AS scope_id)))))) check ()

shice.spent_proof  accounts_keep ALL to shice_accounts using (true) check (true)

shice.statement_scan  everything SELECT to shice_all, shice_auditor, shice_system using (true) check ()

shice.statement_scan  files_are_checked UPDATE to shice_system using (true) check (true)

shice.statement_scan  with_its_entry ALL to shice_authority, shice_review, shice_school using ((EXISTS ( SELECT
   FROM shice.roster_entry r
  WHERE (r.id = statement_scan.entry_id)))) check ((EXISTS ( SELECT
   FROM shice.roster_entry r
  WHERE (r.id = statement_scan.entry_id))))

shice.sticker_balance  auditor_reads SELECT to shice_auditor using (true) check ()

shice.sticker_balance  everything SELECT to shice_all, shice_review, shice_system using (true) check ()

shice.sticker_balance  of_the_authority SELECT to shice_authority using ((organisation_id = ( SELECT shice.scope_id() AS scope_id))) check ()

shice.sticker_count  auditor_reads SELECT to shice_auditor using (true) check ()

shice.sticker_count  count_own INSERT to shice_authority, shice_review using () check ((organisation_id = ( SELECT shice.scope_id() AS scope_id)))

shice.sticker_count  everything SELECT to shice_all, shice_review, shice_system using (true) check ()

shice.sticker_count  of_the_authority SELECT to shice_authority using ((organisation_id = ( SELECT shice.scope_id() AS scope_id))) check ()

shice.sticker_holding  auditor_reads SELECT to shice_auditor using (true) check ()

shice.sticker_holding  everything SELECT to shice_all, shice_review, shice_system using (true) check ()

shice.sticker_holding  of_the_authority SELECT to shice_authority using ((organisation_id = ( SELECT shice.scope_id() AS scope_id))) check ()

shice.sticker_movement  auditor_reads SELECT to shice_auditor using (true) check ()

shice.sticker_movement  everything SELECT to shice_all, shice_review, shice_system using (true) check ()

shice.sticker_movement  of_the_authority SELECT to shice_authority using (((( SELECT shice.scope_id() AS scope_id) = from_organisation_id) OR (( SELECT shice.scope_id() AS scope_id) = to_organisation_id))) check ()

shice.sticker_series  auditor_reads SELECT to shice_auditor using (true) check ()

shice.sticker_series  centre_opens_series INSERT to shice_all, shice_review using () check (true)

shice.sticker_series  series_are_known SELECT to shice_all, shice_authority, shice_review, shice_system using (true) check ()

shice.training_clock  auditor_reads SELECT to shice_auditor using (true) check ()

shice.training_clock  clock_is_moved ALL to shice_system using (true) check (true)

shice.training_clock  everyone_reads SELECT to shice_accounts, shice_all, shice_applicant, shice_authority, shice_public, shice_review, shice_school, shice_system using (true) check ()

shice.undertaking  auditor_reads SELECT to shice_auditor using (true) check ()

shice.undertaking  everything ALL to shice_all, shice_system using (true) check (true)

shice.undertaking  with_its_application ALL to shice_applicant, shice_authority, shice_review, shice_school using ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = undertaking.campaign_id) AND (a.id = undertaking.application_id))))) check ((EXISTS ( SELECT
   FROM shice.application a
  WHERE ((a.campaign_id = undertaking.campaign_id) AND (a.id = undertaking.application_id)))))

-- grants on tables and sequences

auth."user"  shice_auth  DELETE, INSERT, SELECT, UPDATE

auth.account  shice_auth  DELETE, INSERT, SELECT, UPDATE

auth.rate_limit  shice_auth  DELETE, INSERT, SELECT, UPDATE

auth.session  shice_auth  DELETE, INSERT, SELECT, UPDATE

auth.verification  shice_auth  DELETE, INSERT, SELECT, UPDATE

shice.account  shice_accounts  INSERT, SELECT, UPDATE

shice.account  shice_applicant  SELECT

shice.account  shice_system  SELECT

shice.account_mail  shice_accounts  DELETE, INSERT, SELECT, UPDATE

shice.appeal  shice_all  SELECT

shice.appeal  shice_applicant  INSERT, SELECT

shice.appeal  shice_auditor  SELECT

shice.appeal  shice_authority  INSERT, SELECT

shice.appeal  shice_review  SELECT

shice.appeal  shice_school  SELECT

shice.appeal  shice_system  SELECT

shice.application  shice_all  SELECT, UPDATE

shice.application  shice_applicant  INSERT, SELECT, UPDATE

shice.application  shice_auditor  SELECT

shice.application  shice_authority  SELECT, UPDATE

shice.application  shice_review  SELECT, UPDATE

shice.application  shice_school  INSERT, SELECT, UPDATE

shice.application  shice_system  SELECT, UPDATE

shice.application_history  shice_all  INSERT, SELECT

shice.application_history  shice_applicant  INSERT, SELECT

shice.application_history  shice_auditor  SELECT

shice.application_history  shice_authority  INSERT, SELECT

shice.application_history  shice_review  INSERT, SELECT

shice.application_history  shice_school  INSERT, SELECT

shice.application_history  shice_system  INSERT, SELECT

shice.application_number  shice_applicant  USAGE

shice.application_number  shice_school  USAGE

shice.archive_item  shice_all  SELECT

shice.archive_item  shice_applicant  SELECT

shice.archive_item  shice_auditor  SELECT

shice.archive_item  shice_authority  INSERT, SELECT

shice.archive_item  shice_review  SELECT

shice.archive_item  shice_school  SELECT

shice.archive_item  shice_system  SELECT

shice.assisted_reset  shice_accounts  DELETE, INSERT, SELECT, UPDATE

shice.assisted_save  shice_all  SELECT

shice.assisted_save  shice_applicant  SELECT

shice.assisted_save  shice_auditor  SELECT

shice.assisted_save  shice_authority  SELECT

shice.assisted_save  shice_review  SELECT

shice.assisted_save  shice_school  INSERT, SELECT

shice.assisted_save  shice_system  SELECT

shice.attachment  shice_all  SELECT

shice.attachment  shice_applicant  INSERT, SELECT, UPDATE

shice.attachment  shice_auditor  SELECT

shice.attachment  shice_authority  SELECT

shice.attachment  shice_review  SELECT

shice.attachment  shice_school  INSERT, SELECT, UPDATE

shice.attachment  shice_system  SELECT, UPDATE

shice.audit_entry  shice_accounts  SELECT

shice.audit_entry  shice_auditor  SELECT

shice.audit_entry  shice_system  SELECT

shice.audit_head  shice_auditor  SELECT

shice.audit_head  shice_system  SELECT

shice.campaign  shice_accounts  SELECT

shice.campaign  shice_all  INSERT, SELECT, UPDATE

shice.campaign  shice_applicant  SELECT

shice.campaign  shice_auditor  SELECT

shice.campaign  shice_authority  SELECT

shice.campaign  shice_public  SELECT

shice.campaign  shice_review  SELECT

shice.campaign  shice_school  SELECT

shice.campaign  shice_system  SELECT

shice.campaign_body  shice_accounts  SELECT

shice.campaign_body  shice_all  INSERT, SELECT, UPDATE

shice.campaign_body  shice_applicant  SELECT

shice.campaign_body  shice_auditor  SELECT

shice.campaign_body  shice_authority  SELECT

shice.campaign_body  shice_public  SELECT

shice.campaign_body  shice_review  SELECT

shice.campaign_body  shice_school  SELECT

shice.campaign_body  shice_system  SELECT

shice.campaign_text  shice_accounts  SELECT

shice.campaign_text  shice_all  INSERT, SELECT

shice.campaign_text  shice_applicant  SELECT

shice.campaign_text  shice_auditor  SELECT

shice.campaign_text  shice_authority  SELECT

shice.campaign_text  shice_public  SELECT

shice.campaign_text  shice_review  SELECT

shice.campaign_text  shice_school  SELECT

shice.campaign_text  shice_system  SELECT

shice.certificate_check  shice_all  SELECT

shice.certificate_check  shice_applicant  DELETE, SELECT

shice.certificate_check  shice_auditor  SELECT

shice.certificate_check  shice_authority  SELECT

shice.certificate_check  shice_review  SELECT

shice.certificate_check  shice_school  DELETE, INSERT, SELECT, UPDATE

shice.certificate_check  shice_system  SELECT

shice.circular  shice_all  INSERT, SELECT

shice.circular  shice_applicant  SELECT

shice.circular  shice_auditor  SELECT

shice.circular  shice_authority  INSERT, SELECT

shice.circular  shice_review  SELECT

shice.circular  shice_school  INSERT, SELECT

shice.circular  shice_system  SELECT

shice.conclusion_receipt  shice_all  SELECT

shice.conclusion_receipt  shice_applicant  INSERT, SELECT

shice.conclusion_receipt  shice_auditor  SELECT

shice.conclusion_receipt  shice_authority  SELECT

shice.conclusion_receipt  shice_review  SELECT

shice.conclusion_receipt  shice_school  SELECT

shice.conclusion_receipt  shice_system  SELECT

shice.conversation_entry  shice_all  SELECT

shice.conversation_entry  shice_applicant  INSERT, SELECT

shice.conversation_entry  shice_authority  INSERT, SELECT

shice.conversation_entry  shice_review  SELECT

shice.conversation_entry  shice_school  INSERT, SELECT

shice.conversation_entry  shice_system  SELECT

shice.correction  shice_all  INSERT, SELECT, UPDATE

shice.correction  shice_auditor  SELECT

shice.correction  shice_authority  INSERT, SELECT, UPDATE

shice.correction  shice_review  INSERT, SELECT, UPDATE

shice.correction  shice_system  SELECT

shice.decision  shice_all  INSERT, SELECT

shice.decision  shice_applicant  SELECT

shice.decision  shice_auditor  SELECT

shice.decision  shice_authority  SELECT

shice.decision  shice_public  SELECT

shice.decision  shice_review  SELECT

shice.decision  shice_school  SELECT

shice.decision  shice_system  SELECT

shice.decision_entry  shice_all  INSERT, SELECT

shice.decision_entry  shice_applicant  SELECT

shice.decision_entry  shice_auditor  SELECT

shice.decision_entry  shice_authority  SELECT

shice.decision_entry  shice_review  SELECT

shice.decision_entry  shice_school  SELECT

shice.decision_entry  shice_system  SELECT

shice.desk_claim  shice_all  DELETE, SELECT

shice.desk_claim  shice_auditor  SELECT

shice.desk_claim  shice_school  DELETE, INSERT, SELECT, UPDATE

shice.desk_takeover  shice_auditor  SELECT

shice.desk_takeover  shice_school  INSERT, SELECT

shice.directory_change  shice_accounts  INSERT, SELECT

shice.directory_change  shice_all  INSERT, SELECT

shice.directory_change  shice_auditor  SELECT

shice.directory_change  shice_authority  SELECT

shice.directory_change  shice_review  SELECT

shice.directory_change  shice_school  SELECT

shice.email_change  shice_accounts  DELETE, INSERT, SELECT, UPDATE

shice.extension  shice_all  INSERT, SELECT

shice.extension  shice_applicant  SELECT

shice.extension  shice_auditor  SELECT

shice.extension  shice_authority  SELECT

shice.extension  shice_review  SELECT

shice.extension  shice_school  SELECT

shice.extension  shice_system  SELECT

shice.idempotency_key  shice_accounts  INSERT, SELECT, UPDATE

shice.idempotency_key  shice_all  INSERT, SELECT, UPDATE

shice.idempotency_key  shice_applicant  INSERT, SELECT, UPDATE

shice.idempotency_key  shice_authority  INSERT, SELECT, UPDATE

shice.idempotency_key  shice_review  INSERT, SELECT, UPDATE

shice.idempotency_key  shice_school  INSERT, SELECT, UPDATE

shice.idempotency_key  shice_system  DELETE, SELECT

shice.invitation  shice_accounts  INSERT, SELECT, UPDATE

shice.manifest  shice_all  SELECT

shice.manifest  shice_auditor  SELECT

shice.manifest  shice_authority  SELECT, UPDATE

shice.manifest  shice_review  SELECT

shice.manifest  shice_school  INSERT, SELECT

shice.manifest  shice_system  SELECT

shice.manifest_item  shice_all  SELECT

shice.manifest_item  shice_auditor  SELECT

shice.manifest_item  shice_authority  SELECT, UPDATE

shice.manifest_item  shice_review  SELECT

shice.manifest_item  shice_school  INSERT, SELECT

shice.manifest_item  shice_system  SELECT

shice.manifest_number  shice_school  USAGE

shice.marking  shice_all  SELECT

shice.marking  shice_applicant  SELECT

shice.marking  shice_auditor  SELECT

shice.marking  shice_authority  INSERT, SELECT

shice.marking  shice_review  SELECT

shice.marking  shice_school  SELECT

shice.marking  shice_system  SELECT

shice.material_check  shice_all  SELECT

shice.material_check  shice_applicant  SELECT

shice.material_check  shice_auditor  SELECT

shice.material_check  shice_authority  SELECT

shice.material_check  shice_review  SELECT

shice.material_check  shice_school  INSERT, SELECT, UPDATE

shice.material_check  shice_system  SELECT

shice.message  shice_all  SELECT, UPDATE

shice.message  shice_applicant  SELECT, UPDATE

shice.message  shice_auditor  SELECT

shice.message  shice_authority  SELECT, UPDATE

shice.message  shice_review  SELECT, UPDATE

shice.message  shice_school  SELECT, UPDATE

shice.message  shice_system  SELECT, UPDATE

shice.message_wording  shice_accounts  SELECT

shice.message_wording  shice_all  INSERT, SELECT

shice.message_wording  shice_applicant  SELECT

shice.message_wording  shice_auditor  SELECT

shice.message_wording  shice_authority  SELECT

shice.message_wording  shice_public  SELECT

shice.message_wording  shice_review  SELECT

shice.message_wording  shice_school  SELECT

shice.message_wording  shice_system  SELECT

shice.objection  shice_all  SELECT

shice.objection  shice_applicant  INSERT, SELECT

shice.objection  shice_auditor  SELECT

shice.objection  shice_authority  SELECT, UPDATE

shice.objection  shice_public  INSERT

shice.objection  shice_review  SELECT

shice.objection  shice_system  SELECT

shice.objection_picture  shice_all  SELECT

shice.objection_picture  shice_applicant  INSERT, SELECT

shice.objection_picture  shice_auditor  SELECT

shice.objection_picture  shice_authority  SELECT

shice.objection_picture  shice_public  INSERT

shice.objection_picture  shice_review  SELECT

shice.objection_picture  shice_system  SELECT

shice.opinion  shice_all  INSERT, SELECT

shice.opinion  shice_auditor  SELECT

shice.opinion  shice_authority  INSERT, SELECT

shice.opinion  shice_review  INSERT, SELECT

shice.opinion  shice_system  SELECT

shice.organisation  shice_accounts  INSERT, SELECT, UPDATE

shice.organisation  shice_all  INSERT, SELECT, UPDATE

shice.organisation  shice_applicant  SELECT

shice.organisation  shice_auditor  SELECT

shice.organisation  shice_authority  SELECT

shice.organisation  shice_public  SELECT

shice.organisation  shice_review  SELECT

shice.organisation  shice_school  SELECT

shice.organisation  shice_system  SELECT

shice.organisation_name  shice_accounts  DELETE, INSERT, SELECT, UPDATE

shice.organisation_name  shice_all  DELETE, INSERT, SELECT, UPDATE

shice.organisation_name  shice_applicant  SELECT

shice.organisation_name  shice_auditor  SELECT

shice.organisation_name  shice_authority  SELECT

shice.organisation_name  shice_public  SELECT

shice.organisation_name  shice_review  SELECT

shice.organisation_name  shice_school  SELECT

shice.organisation_name  shice_system  SELECT

shice.organisation_successor  shice_accounts  INSERT, SELECT, UPDATE

shice.organisation_successor  shice_all  INSERT, SELECT, UPDATE

shice.organisation_successor  shice_applicant  SELECT

shice.organisation_successor  shice_auditor  SELECT

shice.organisation_successor  shice_authority  SELECT

shice.organisation_successor  shice_public  SELECT

shice.organisation_successor  shice_review  SELECT

shice.organisation_successor  shice_school  SELECT

shice.organisation_successor  shice_system  SELECT

shice.parking  shice_all  SELECT

shice.parking  shice_auditor  SELECT

shice.parking  shice_authority  INSERT, SELECT, UPDATE

shice.parking  shice_review  SELECT

shice.parking  shice_school  INSERT, SELECT, UPDATE

shice.parking  shice_system  SELECT

shice.past_registration  shice_all  INSERT, SELECT

shice.past_registration  shice_applicant  SELECT

shice.past_registration  shice_auditor  SELECT

shice.past_registration  shice_authority  SELECT

shice.past_registration  shice_review  SELECT

shice.past_registration  shice_school  SELECT

shice.past_registration  shice_system  INSERT, SELECT

shice.person  shice_accounts  INSERT, SELECT, UPDATE

shice.person  shice_all  SELECT

shice.person  shice_applicant  SELECT

shice.person  shice_authority  SELECT

shice.person  shice_review  SELECT

shice.person  shice_school  SELECT

shice.person  shice_system  SELECT

shice.plan_version  shice_accounts  SELECT

shice.plan_version  shice_all  INSERT, SELECT

shice.plan_version  shice_applicant  SELECT

shice.plan_version  shice_auditor  SELECT

shice.plan_version  shice_authority  SELECT

shice.plan_version  shice_public  SELECT

shice.plan_version  shice_review  SELECT

shice.plan_version  shice_school  SELECT

shice.plan_version  shice_system  SELECT

shice.post  shice_accounts  INSERT, SELECT, UPDATE

shice.post  shice_all  SELECT

shice.post  shice_auditor  SELECT

shice.post  shice_authority  SELECT

shice.post  shice_review  SELECT

shice.post  shice_school  SELECT

shice.post  shice_system  SELECT

shice.public_notice  shice_accounts  SELECT

shice.public_notice  shice_all  SELECT

shice.public_notice  shice_applicant  SELECT

shice.public_notice  shice_auditor  SELECT

shice.public_notice  shice_authority  INSERT, SELECT, UPDATE

shice.public_notice  shice_public  SELECT

shice.public_notice  shice_review  SELECT

shice.public_notice  shice_school  SELECT

shice.public_notice  shice_system  SELECT

shice.public_notice_entry  shice_all  SELECT

shice.public_notice_entry  shice_applicant  SELECT

shice.public_notice_entry  shice_auditor  SELECT

shice.public_notice_entry  shice_authority  INSERT, SELECT

shice.public_notice_entry  shice_public  SELECT

shice.public_notice_entry  shice_review  SELECT

shice.public_notice_entry  shice_school  SELECT

shice.public_notice_entry  shice_system  SELECT

shice.report  shice_all  SELECT, UPDATE

shice.report  shice_auditor  SELECT

shice.report  shice_authority  INSERT, SELECT, UPDATE

shice.report  shice_review  SELECT, UPDATE

shice.report  shice_system  SELECT

shice.restriction  shice_all  INSERT, SELECT, UPDATE

shice.restriction  shice_applicant  SELECT

shice.restriction  shice_auditor  SELECT

shice.restriction  shice_authority  INSERT, SELECT, UPDATE

shice.restriction  shice_review  SELECT

shice.restriction  shice_school  SELECT

shice.restriction  shice_system  SELECT

shice.return_request  shice_all  SELECT, UPDATE

shice.return_request  shice_applicant  SELECT, UPDATE

shice.return_request  shice_auditor  SELECT

shice.return_request  shice_authority  INSERT, SELECT, UPDATE

shice.return_request  shice_review  SELECT

shice.return_request  shice_school  INSERT, SELECT, UPDATE

shice.return_request  shice_system  SELECT, UPDATE

shice.roster_entry  shice_all  INSERT, SELECT, UPDATE

shice.roster_entry  shice_applicant  SELECT

shice.roster_entry  shice_auditor  SELECT

shice.roster_entry  shice_authority  INSERT, SELECT, UPDATE

shice.roster_entry  shice_review  SELECT

shice.roster_entry  shice_school  INSERT, SELECT, UPDATE

shice.roster_entry  shice_system  SELECT

shice.roster_import  shice_auditor  SELECT

shice.roster_import  shice_authority  INSERT, SELECT, UPDATE

shice.roster_import  shice_school  INSERT, SELECT, UPDATE

shice.roster_import  shice_system  SELECT, UPDATE

shice.roster_import_part  shice_authority  DELETE, INSERT, SELECT, UPDATE

shice.roster_import_part  shice_school  DELETE, INSERT, SELECT, UPDATE

shice.roster_import_part  shice_system  DELETE

shice.roster_import_row  shice_authority  DELETE, INSERT, SELECT, UPDATE

shice.roster_import_row  shice_school  DELETE, INSERT, SELECT, UPDATE

shice.sample  shice_all  SELECT

shice.sample  shice_review  INSERT, SELECT, UPDATE

shice.sample  shice_system  SELECT

shice.sample_item  shice_all  SELECT

shice.sample_item  shice_auditor  SELECT

shice.sample_item  shice_authority  SELECT

shice.sample_item  shice_review  INSERT, SELECT, UPDATE

shice.sample_item  shice_system  SELECT

shice.saved_filter  shice_accounts  DELETE, INSERT, SELECT, UPDATE

shice.school  shice_accounts  INSERT, SELECT, UPDATE

shice.school  shice_all  INSERT, SELECT, UPDATE

shice.school  shice_applicant  SELECT

shice.school  shice_auditor  SELECT

shice.school  shice_authority  SELECT

shice.school  shice_public  SELECT

shice.school  shice_review  SELECT

shice.school  shice_school  SELECT

shice.school  shice_system  SELECT

shice.school_batch  shice_all  SELECT

shice.school_batch  shice_applicant  SELECT

shice.school_batch  shice_auditor  SELECT

shice.school_batch  shice_authority  SELECT

shice.school_batch  shice_review  SELECT

shice.school_batch  shice_school  INSERT, SELECT, UPDATE

shice.school_batch  shice_system  SELECT

shice.school_sheet  shice_all  SELECT

shice.school_sheet  shice_auditor  SELECT

shice.school_sheet  shice_authority  SELECT

shice.school_sheet  shice_review  SELECT

shice.school_sheet  shice_school  INSERT, SELECT

shice.school_sheet_item  shice_all  SELECT

shice.school_sheet_item  shice_auditor  SELECT

shice.school_sheet_item  shice_authority  SELECT

shice.school_sheet_item  shice_review  SELECT

shice.school_sheet_item  shice_school  INSERT, SELECT

shice.school_sheet_number  shice_school  USAGE

shice.seal  shice_auditor  SELECT

shice.seal  shice_system  INSERT, SELECT

shice.seal_head  shice_auditor  SELECT

shice.seal_head  shice_system  INSERT, SELECT

shice.sight  shice_all  SELECT

shice.sight  shice_applicant  SELECT

shice.sight  shice_auditor  SELECT

shice.sight  shice_authority  INSERT, SELECT, UPDATE

shice.sight  shice_review  SELECT

shice.sight  shice_school  INSERT, SELECT, UPDATE

shice.sight  shice_system  SELECT

shice.sign_in_attempt  shice_accounts  DELETE, INSERT, SELECT, UPDATE

shice.silence_note  shice_all  SELECT

shice.silence_note  shice_auditor  SELECT

shice.silence_note  shice_authority  INSERT, SELECT

shice.silence_note  shice_review  SELECT

shice.silence_note  shice_school  SELECT

shice.silence_note  shice_system  SELECT

shice.spent_proof  shice_accounts  DELETE, INSERT, SELECT, UPDATE

shice.statement_scan  shice_all  SELECT

shice.statement_scan  shice_auditor  SELECT

shice.statement_scan  shice_authority  INSERT, SELECT, UPDATE

shice.statement_scan  shice_review  SELECT

shice.statement_scan  shice_school  INSERT, SELECT, UPDATE

shice.statement_scan  shice_system  SELECT

shice.sticker_balance  shice_all  SELECT

shice.sticker_balance  shice_auditor  SELECT

shice.sticker_balance  shice_authority  SELECT

shice.sticker_balance  shice_review  SELECT

shice.sticker_balance  shice_system  SELECT

shice.sticker_count  shice_all  SELECT

shice.sticker_count  shice_auditor  SELECT

shice.sticker_count  shice_authority  INSERT, SELECT

shice.sticker_count  shice_review  INSERT, SELECT

shice.sticker_count  shice_system  SELECT

shice.sticker_holding  shice_all  SELECT

shice.sticker_holding  shice_auditor  SELECT

shice.sticker_holding  shice_authority  SELECT

shice.sticker_holding  shice_review  SELECT

shice.sticker_holding  shice_system  SELECT

shice.sticker_movement  shice_all  SELECT

shice.sticker_movement  shice_auditor  SELECT

shice.sticker_movement  shice_authority  SELECT

shice.sticker_movement  shice_review  SELECT

shice.sticker_movement  shice_system  SELECT

shice.sticker_series  shice_all  INSERT, SELECT

shice.sticker_series  shice_auditor  SELECT

shice.sticker_series  shice_authority  SELECT

shice.sticker_series  shice_review  INSERT, SELECT

shice.sticker_series  shice_system  SELECT

shice.training_clock  shice_accounts  SELECT

shice.training_clock  shice_all  SELECT

shice.training_clock  shice_applicant  SELECT

shice.training_clock  shice_auditor  SELECT

shice.training_clock  shice_authority  SELECT

shice.training_clock  shice_public  SELECT

shice.training_clock  shice_review  SELECT

shice.training_clock  shice_school  SELECT

shice.training_clock  shice_system  DELETE, INSERT, SELECT, UPDATE

shice.undertaking  shice_all  SELECT

shice.undertaking  shice_applicant  INSERT, SELECT

shice.undertaking  shice_auditor  SELECT

shice.undertaking  shice_authority  SELECT

shice.undertaking  shice_review  SELECT

shice.undertaking  shice_school  SELECT

shice.undertaking  shice_system  SELECT

-- grants on columns

shice.account  shice_all  SELECT (id, kind, person_id, display_name, disabled_at)

shice.account  shice_auditor  SELECT (id, kind, person_id, display_name, created_at, disabled_at)

shice.account  shice_authority  SELECT (id, kind, person_id, display_name, disabled_at)

shice.account  shice_review  SELECT (id, kind, person_id, display_name, disabled_at)

shice.account  shice_school  SELECT (id, kind, person_id, display_name, disabled_at)

shice.appeal  shice_authority  UPDATE (outcome, answer, decided_by, decided_at)

shice.assisted_reset  shice_auditor  SELECT (id, account_id, asked_by, organisation_id, reason, asked_at, expires_at, finished_at)

shice.conversation_entry  shice_applicant  UPDATE (read_at, settled_at)

shice.conversation_entry  shice_auditor  SELECT (id, campaign_id, application_id, side, account_id, organisation_id, role, written_at, read_at, settled_at)

shice.conversation_entry  shice_authority  UPDATE (read_at, settled_at)

shice.conversation_entry  shice_school  UPDATE (read_at, settled_at)

shice.invitation  shice_auditor  SELECT (id, role, organisation_id, name, invited_by, invited_at, expires_at, accepted_at, accepted_by, withdrawn_at)

shice.objection  shice_school  SELECT (notice_id, campaign_id, application_id, outcome)

shice.person  shice_auditor  SELECT (id, name, document_kind, id_number_index, sex, born_on, created_at)

shice.roster_import  shice_all  SELECT (campaign_id, state)

shice.roster_import_part  shice_system  SELECT (import_id)

shice.sample  shice_auditor  SELECT (id, campaign_id, review_body_id, commitment, seed, percent, committed_by, committed_at, drawn_at, size)

shice.school_batch  shice_all  UPDATE (authority_id, removed_at)

shice.statement_scan  shice_system  UPDATE (checked_at, lost_at)

-- grants on functions

shice.account_of_reset_token(text,timestamp with time zone)  owner shice_owner  shice_accounts=X/shice_owner shice_owner=X/shice_owner

shice.actor_id()  owner shice_owner  =X/shice_owner shice_accounts=X/shice_owner shice_all=X/shice_owner shice_applicant=X/shice_owner shice_auditor=X/shice_owner shice_authority=X/shice_owner shice_owner=X/shice_owner shice_public=X/shice_owner shice_review=X/shice_owner shice_school=X/shice_owner shice_system=X/shice_owner

shice.add_job(text,jsonb,timestamp with time zone,text)  owner shice_owner  shice_accounts=X/shice_owner shice_all=X/shice_owner shice_applicant=X/shice_owner shice_authority=X/shice_owner shice_owner=X/shice_owner shice_public=X/shice_owner shice_review=X/shice_owner shice_school=X/shice_owner shice_system=X/shice_owner

shice.append_audit(jsonb,bytea)  owner shice_owner  shice_accounts=X/shice_owner shice_all=X/shice_owner shice_applicant=X/shice_owner shice_auditor=X/shice_owner shice_authority=X/shice_owner shice_owner=X/shice_owner shice_review=X/shice_owner shice_school=X/shice_owner shice_system=X/shice_owner

shice.check_sticker_balance()  owner shice_owner  shice_owner=X/shice_owner

shice.clear_stalled_sign_in(text,timestamp with time zone)  owner shice_owner  shice_accounts=X/shice_owner shice_owner=X/shice_owner

shice.correct_unregistered_name(uuid)  owner shice_owner  shice_owner=X/shice_owner shice_school=X/shice_owner

shice.create_campaign_partitions(uuid)  owner shice_owner  shice_all=X/shice_owner shice_owner=X/shice_owner shice_system=X/shice_owner

shice.decisions_on(uuid,text,text)  owner shice_owner  shice_all=X/shice_owner shice_applicant=X/shice_owner shice_auditor=X/shice_owner shice_authority=X/shice_owner shice_owner=X/shice_owner shice_public=X/shice_owner shice_review=X/shice_owner shice_school=X/shice_owner

shice.end_other_sessions(uuid,uuid)  owner shice_owner  shice_accounts=X/shice_owner shice_owner=X/shice_owner

shice.end_posts_of_school(uuid,timestamp with time zone)  owner shice_owner  shice_all=X/shice_owner shice_owner=X/shice_owner

shice.end_session(uuid,uuid)  owner shice_owner  shice_accounts=X/shice_owner shice_owner=X/shice_owner

shice.find_on_rosters(uuid,bytea[])  owner shice_owner  shice_all=X/shice_owner shice_authority=X/shice_owner shice_owner=X/shice_owner shice_school=X/shice_owner

shice.hold_school_to_drafts()  owner shice_owner  public

shice.lines_of_decision(uuid,text,text,uuid)  owner shice_owner  shice_all=X/shice_owner shice_applicant=X/shice_owner shice_auditor=X/shice_owner shice_authority=X/shice_owner shice_owner=X/shice_owner shice_public=X/shice_owner shice_review=X/shice_owner shice_school=X/shice_owner

shice.list_jobs()  owner shice_owner  shice_accounts=X/shice_owner shice_owner=X/shice_owner shice_system=X/shice_owner

shice.list_scheduled_tasks()  owner shice_owner  shice_accounts=X/shice_owner shice_owner=X/shice_owner

shice.list_sessions(uuid)  owner shice_owner  shice_accounts=X/shice_owner shice_owner=X/shice_owner

shice.list_views(uuid)  owner shice_owner  shice_applicant=X/shice_owner shice_owner=X/shice_owner

shice.lock_audit_head(integer,uuid[],uuid[])  owner shice_owner  shice_accounts=X/shice_owner shice_all=X/shice_owner shice_applicant=X/shice_owner shice_auditor=X/shice_owner shice_authority=X/shice_owner shice_owner=X/shice_owner shice_review=X/shice_owner shice_school=X/shice_owner shice_system=X/shice_owner

shice.move_stickers(uuid,int8range,text,uuid,uuid,text,uuid,uuid,uuid,uuid,text,text,text,timestamp with time zone)  owner shice_owner  shice_all=X/shice_owner shice_authority=X/shice_owner shice_owner=X/shice_owner shice_review=X/shice_owner

shice.notify_training_clock()  owner shice_owner  public

shice.open_session(text,timestamp with time zone,timestamp with time zone)  owner shice_owner  shice_owner=X/shice_owner shice_public=X/shice_owner

shice.prove_email(uuid)  owner shice_owner  shice_accounts=X/shice_owner shice_owner=X/shice_owner

shice.reach_of_roster(uuid,uuid[])  owner shice_owner  shice_authority=X/shice_owner shice_owner=X/shice_owner shice_school=X/shice_owner

shice.remove_expired_sign_ins(timestamp with time zone)  owner shice_owner  shice_accounts=X/shice_owner shice_owner=X/shice_owner

shice.remove_orphan_sign_in(uuid)  owner shice_owner  shice_accounts=X/shice_owner shice_owner=X/shice_owner

shice.remove_orphan_sign_ins(timestamp with time zone)  owner shice_owner  shice_accounts=X/shice_owner shice_owner=X/shice_owner

shice.rename_sign_in(uuid,text)  owner shice_owner  shice_accounts=X/shice_owner shice_owner=X/shice_owner

shice.retry_job(bigint)  owner shice_owner  shice_accounts=X/shice_owner shice_owner=X/shice_owner

shice.scope_id()  owner shice_owner  =X/shice_owner shice_accounts=X/shice_owner shice_all=X/shice_owner shice_applicant=X/shice_owner shice_auditor=X/shice_owner shice_authority=X/shice_owner shice_owner=X/shice_owner shice_public=X/shice_owner shice_review=X/shice_owner shice_school=X/shice_owner shice_system=X/shice_owner

shice.send_messages(text,text[],jsonb,timestamp with time zone)  owner shice_owner  shice_accounts=X/shice_owner shice_all=X/shice_owner shice_applicant=X/shice_owner shice_authority=X/shice_owner shice_owner=X/shice_owner shice_public=X/shice_owner shice_review=X/shice_owner shice_school=X/shice_owner shice_system=X/shice_owner

shice.set_password(uuid,text)  owner shice_owner  shice_accounts=X/shice_owner shice_owner=X/shice_owner

shice.take_up_draft(uuid,timestamp with time zone)  owner shice_owner  shice_owner=X/shice_owner shice_school=X/shice_owner

shice.teacher_to_assist(uuid,text,date,timestamp with time zone)  owner shice_owner  shice_owner=X/shice_owner shice_school=X/shice_owner

shice.unprove_email(uuid)  owner shice_owner  shice_accounts=X/shice_owner shice_owner=X/shice_owner

-- comments

function shice.account_of_reset_token(pg_catalog.text,timestamp with time zone): Whose new password a mailed token would set; better-auth spends it

function shice.actor_id(): The account that acts in this transaction

function shice.clear_stalled_sign_in(pg_catalog.text,timestamp with time zone): complete, under-way, absent, or removed: what became of the sign-in of this name

function shice.create_campaign_partitions(pg_catalog.uuid): The room for a campaign's applications; partitions have no grants of their own

function shice.decisions_on(pg_catalog.uuid,pg_catalog.text,pg_catalog.text): The decisions on a case for whoever knows its number and the whole name; the digest tells whether a list was checked before

function shice.end_posts_of_school(pg_catalog.uuid,timestamp with time zone): Ends the posts and open invitations of a school that has ended, of no other

function shice.hold_school_to_drafts(): Row security knows rows, not columns: what a school may do with the form of a case of its own

function shice.lines_of_decision(pg_catalog.uuid,pg_catalog.text,pg_catalog.text,pg_catalog.uuid): The list that a decision on the case was signed over: without it nobody can check the signature

function shice.move_stickers(pg_catalog.uuid,pg_catalog.int8range,pg_catalog.text,pg_catalog.uuid,pg_catalog.uuid,pg_catalog.text,pg_catalog.uuid,pg_catalog.uuid,pg_catalog.uuid,pg_catalog.uuid,pg_catalog.text,pg_catalog.text,pg_catalog.text,timestamp with time zone): receive, print, issue, return, use, recall (from a revoked certificate), scrap: movement, holding and balance in one

function shice.open_session(pg_catalog.text,timestamp with time zone,timestamp with time zone): A session lives by the machine's clock, a post by the program's (which training mode moves)

function shice.prove_email(pg_catalog.uuid): A token mailed to the address came back: an invitation, or one for a new password

function shice.remove_expired_sign_ins(timestamp with time zone): Sessions, tokens, counts and mails whose time has passed: nothing reads them any more

function shice.scope_id(): The applicant, school, authority or review body that the transaction is confined to

function shice.send_messages(pg_catalog.text,pg_catalog.text[],pg_catalog.jsonb,timestamp with time zone): The only writer of shice.message. Readers are accounts, holders of posts, or teachers of the caller's own roster: the caller may see none of their accounts

function shice.teacher_to_assist(pg_catalog.uuid,pg_catalog.text,pg_catalog.date,timestamp with time zone): For whom the school may fill in: a person of its own roster, made known where nobody has registered yet

function shice.unprove_email(pg_catalog.uuid): An address was replaced by one that nobody has proved yet

index shice.one_item_a_place_in_box: Each authority numbers the boxes of its own archive

table column auth."user".email: Blind index of the ID number (applicants) or e-mail (staff), in the form of an address

table column shice.account.mail_wanted: all: every message by mail too; important: only those that ask for an act or have consequences

table column shice.account.privacy_notice: Version of the privacy notice that was read at the registration

table column shice.account.sign_in_name: The same blind index as auth.user.email

table column shice.application.assisted_at: Since when the school fills in for the teacher; never taken back, so that the mark stays

table column shice.application.assisted_fields: Fields and scans that stand as the school entered them; what the teacher changed since is no longer among them

table column shice.application.attested_at: When the teacher said to have looked through what the school entered; gone with a recall

table column shice.application.certificate_version: Old, or the version of 2017, as the original at the desk showed; where absent the year of issue decides (Notice §三(六)1, 2)

table column shice.application.head_mac: Keyed code over the head of the history with state and conclusion: a chain cut at its end does not have it

table column shice.application.name_on_certificate: The name on the certificate, where the document bears another: who has changed the name is found under both

table column shice.application.name_pinyin: How the name is typed by its sound: the desk finds a teacher by it

table column shice.application_history.sets: The columns of the application that the act set: values, or keyed digests where they are personal. Part of the hash

table column shice.attachment.lost_at: When the bytes were found missing or altered; the owner is told

table column shice.attachment.numbers_sealed: The certificate numbers that the machine read on it, sealed as the form's own; null where there are none

table column shice.attachment.waits_for_reading: A page on which a certificate number should stand, until the machine has read it

table column shice.audit_entry.mac: Keyed code over the entry and the code of the one before: one chain for the installation

table column shice.conversation_entry.settled_at: A teacher's words were answered, or need no answer

table column shice.manifest_item.difference: What is missing or wrong, in words; with coded reasons their words too, as they were then

table column shice.material_check.sheet_id: The sheet on which the school's proof stands

table column shice.message.recipient_sealed: A number or address that no account holds: a mobile number of the roster

table column shice.message.roster_entry_id: The teacher of the roster whom the message is for, with or without an account

table column shice.roster_entry.batch_told: The revision of the batch that this teacher has been told of

table column shice.roster_entry.facts_sealed: Certificate number and mobile number of the roster

table column shice.roster_entry.id_number_tail: Blind index of the last four characters: a clerk finds a teacher by them

table column shice.roster_entry.seen_at: When the school last went through this person: nobody lapses whom it has not seen (Notice §三(二))

table column shice.roster_entry.statement_on: The day on which an unwilling teacher signed the statement

table column shice.roster_import.attempts: Tries of the present step that have begun since the last slice of rows was done; after the third nothing is tried again

table column shice.seal.kind: plain: made before codes were keyed. upgrade: seals what was there when they became keyed. daily: of one day

table column shice.seal_head.holds: At the upgrade: what the application's columns held, from where later acts are replayed

table column shice.sticker_balance.issued: Issued on to districts; zero at a district

table constraint attested_before_it_counts on shice.application: What the school filled in is a draft until its teacher has attested it (Notice §三(一): 准确填写个人信息)

table constraint concluded_has_a_conclusion on shice.application: Notice §三(五), §三(六): the final conclusion comes from a decision

table constraint notice_never_closes_early on shice.public_notice: 公示期限届满前不得结束

table constraint only_a_difference_is_made_good on shice.manifest_item: What was short at the receipt and came later, with who took it in and when; the difference stays on record

table shice.account: The account of better-auth with the same id, as this system knows it

table shice.account_mail: Mails that carry a token (invitation, proof of an address, new password), sealed; a row is gone once the mail server has taken it

table shice.appeal: 申诉: against a lapse or a refusal, entered by the teacher or by the district that received it

table shice.application: One teacher in one campaign; state is changed by case/transition.ts alone

table shice.application_history: Who, when, from, to, why, under which plan: one row a transition, chained by hash, never changed (Notice §四(三))

table shice.archive_item: Notice §三(七): one copy to the personal file, one to the authority's archive; conclusion by stamp or by hand

table shice.assisted_reset: A clerk has seen the teacher and the document, and handed out a code; the teacher alone sets the password

table shice.assisted_save: Each time a clerk began to fill in a teacher's form, or saved it: who, when, which fields (Notice §四(三): 责任到人); never changed

table shice.attachment: A scan or photo, re-encoded by us; the bytes lie sealed in the file store under this id

table shice.audit_entry: Views, exports and acts that are not transitions; append only, no personal data in detail

table shice.audit_head: Where the chain of the audit log ends; its own keyed code, so that the log cannot be cut at its end

table shice.campaign: One run of registration under one notice (批次)

table shice.campaign_body: Which organisation plays which part of the plan; the seventeen areas of Notice §一

table shice.campaign_text: The notice as published, and what a teacher reads at step 6; in Markdown, never changed, only followed by a newer version

table shice.certificate_check: Notice §三(一), §四(二): what was entered agrees with the certificate, field by field

table shice.circular: A message of an office's own words to a chosen group of its teachers (Notice §四(二): 做好政策解释与宣传工作)

table shice.conclusion_receipt: When a teacher has signed for a conclusion and seen it; each decision is signed for by itself

table shice.conversation_entry: Questions and answers about one application, in place of telephone calls and chat groups; never changed or removed

table shice.correction: After the preliminary decision a change of data is a request that the next level grants

table shice.decision: Notice §三(五): 终审, by list with a decision number, signed

table shice.desk_claim: Who holds the folder at the confirmation desk, and since when

table shice.desk_takeover: A folder taken out of a colleague's hands, and why

table shice.directory_change: What happened to a school, from which day, who entered it and why (Notice §三(一): 统一规范填写任教学校名称, 正确选择注册机构和确认点)

table shice.email_change: A new address that waits for its proof; the old one stays in force until then

table shice.extension: 延期: a recorded decision for one area, school or applicant, with a reason and an end

table shice.idempotency_key: A request repeated with its key acts once and is answered as before

table shice.installation: real: work by the machine's clock. training: a movable clock. demonstration: training with invented people, filled in at the first start

table shice.invitation: Staff are invited with an expiry; nobody is ever given a default or shared password

table shice.manifest: 交接清单: what a school delivers together to the district (Notice §三(二))

table shice.manifest_item: One bag of a hand-over and its receipt (Notice §三(二): 统一报送至所在区县教育行政部门)

table shice.marking: Notice §三(六): sticker with the riding seal on old certificates, annotation on the registration page of new ones

table shice.material_check: Notice §三(二): original seen, copy stamped 与原件相符 and sealed, copies; items 5 to 7 by the school with its signer

table shice.message: Sent by jobs, retried, never twice: one row a channel and cause

table shice.message_wording: Words of a message as the campaign manager entered them, each change a new version; without words: back to those that come with the program

table shice.objection: 异议: raised against an entry, under a real name, with an answer by a date

table shice.objection_picture: A picture that supports an objection, re-encoded by us; the bytes lie sealed in the file store under this id

table shice.opinion: Notice §三(三): 初审意见, with reasons; the suggestion and its facts are kept beside what a person decided

table shice.organisation: A body or a school. Its identifier is its own, never an area code (两江新区 has none): Notice §一

table shice.organisation_name: Standard name, aliases and former names: 统一规范填写任教学校名称 (Notice §三(一))

table shice.organisation_successor: What became of an abolished or merged body

table shice.parking: Files or certificates being put right (Notice §三(一)): what is missing, since when, and how it ended

table shice.past_registration: Earlier registrations, from this system or taken in: the next one opens by the plan's cycle

table shice.person: A human being, once; the number of the document is encrypted beside its blind index

table shice.plan_version: A published plan never changes; an amendment is a new version with who, when, why

table shice.post: What an account may act as, and where (Notice §四(三): 责任到人)

table shice.public_notice: Notice §三(三): 不少于7天的公示; the list is frozen with its hash

table shice.public_notice_entry: What was published, as published: no ID or certificate number

table shice.report: Notice §三(三): 注册情况统计表, frozen under two signatures (填表人, 审核人), electronic and on paper

table shice.restriction: 限制库; an entry counts once a second person has reviewed it

table shice.return_request: What a return asks, where the answer goes and until when; opens only what was asked

table shice.roster_entry: 应注册教师名册: who should register, per school (Notice §三(一): 学校统一组织)

table shice.roster_import: A roster that came as a spreadsheet (Notice §三(一): 学校统一组织); the file itself is kept only until it is read

table shice.roster_import_part: The file in pieces as they came in, sealed; removed once it is read

table shice.roster_import_row: What was found in each row: as it stood, what it says, what is wrong with it; sealed, for it names people

table shice.sample: 抽查: drawn from a seed whose hash was recorded beforehand, so that anyone can draw it again

table shice.saved_filter: A filter of the queues with its columns, under a name of its owner's; one's own alone

table shice.school: Authority and confirmation point follow from the school (Notice §三(一): 正确选择注册机构和确认点)

table shice.school_batch: People whom a school sees together on a planned day (Notice §三(一): 可以分批组织注册，但应确保在规定时间内完成)

table shice.school_sheet: Proofs that the school issues truthfully and answers for (Notice §四(二)): who signed, for whom

table shice.seal: A daily root over the heads of all history chains and the day's audit entries, chained; it can be printed and kept elsewhere

table shice.seal_head: The heads of the histories that have moved since the seal before; what a seal is recomputed from

table shice.sight: Who of the school has last seen the case: nobody lapses whom it has not seen (Notice §三(二))

table shice.sign_in_attempt: Failed sign-ins in a row by the blind index of the ID number or e-mail typed, by the machine's clock

table shice.silence_note: The district takes note that a school did not look (Notice §三(二): 逾期未进行现场确认的学校，视为自动放弃)

table shice.spent_proof: A solved challenge is taken once

table shice.statement_scan: The signed statement of an unwilling teacher, made anew by us; the bytes lie sealed in the file store under this id

table shice.sticker_balance: 领取、使用、报废及剩余注册贴的数量要进行严格登记 (Notice §四(三)): received = issued on + used + scrapped + returned + in hand

table shice.sticker_count: Stock-taking with its difference

table shice.sticker_holding: Where each serial is: 严防流失和违规使用 (Notice §四(三))

table shice.sticker_movement: Every movement of stickers with custodian and handler, never changed (Notice §四(三))

table shice.sticker_series: A series of serial numbers as the ministry prints them; a serial is a number within its series

table shice.training_clock: The movable clock of training mode, shared by all processes of one database

table shice.undertaking: The privacy notice read and the honesty undertaking (诚信承诺) given, each with its text's version
