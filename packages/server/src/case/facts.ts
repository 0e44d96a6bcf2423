import type { EntryKey } from "@shice/contract/terms.ts";
import type { Calendar, Extension } from "@shice/rules/calendar/window.ts";
import type { CaseFacts, Duty, Sighting } from "@shice/rules/lifecycle/facts.ts";
import { lifecycle, transitionOf } from "@shice/rules/lifecycle/lifecycle.ts";
import { type State, unconfirmedStates } from "@shice/rules/lifecycle/state.ts";
import { transitionNames } from "@shice/rules/lifecycle/transition-names.ts";
import type { CertificateKind, PostKind } from "@shice/rules/plan/institution.ts";
import { sql } from "kysely";
import type { Tx } from "../platform/database/database.ts";
import type { Secrets } from "../platform/secrets.ts";
import { type Campaign, calendarWith, mustBeInForce, stageOf } from "./campaign.ts";
import { blockingFindingsOf, type FormFacts } from "./form-findings.ts";
import { missingChecksOf, type RecordedChecks } from "./missing-checks.ts";
import { sightsOf } from "./sight.ts";
import { stateList } from "./state-sql.ts";

/** One application with all that the rules need to judge an act on it, read in one round trip. */
export interface Case {
  id: string;
  row: FactsRow;
  facts: CaseFacts;
  /** The campaign's calendar with this case's extensions. */
  calendar: Calendar;
  /** Whether the form was checked: only then do the facts name its blocking findings. */
  formChecked: boolean;
}

/** The application's columns as the acts use them. */
export interface ApplicationRow {
  id: string;
  number: string;
  person_id: string;
  name: string;
  state: State;
  version: number;
  plan_version: number;
  school_id: string | null;
  confirmation_point_id: string | null;
  authority_id: string | null;
  review_body_id: string | null;
  registration_kind: "first" | "periodic";
  newly_hired: boolean;
  certificate_kind: CertificateKind | null;
  certificate_issued_on: Temporal.PlainDate | null;
  certificate_number_index: Buffer | null;
  certificate_version: "old" | "new" | null;
  post_kind: PostKind | null;
  subject: string | null;
  form: Record<string, unknown>;
  form_sealed: Buffer | null;
  flags: string[];
  submitted_at: Temporal.Instant | null;
  state_since: Temporal.Instant;
  reply_by: Temporal.Instant | null;
  answer_to: "submitted" | "sent-back" | null;
  withdrawal_asked_at: Temporal.Instant | null;
  withdrawal_released_at: Temporal.Instant | null;
  carried_over: string | null;
  name_on_certificate: string | null;
  assisted_at: Temporal.Instant | null;
  assisted_fields: EntryKey[];
  attested_at: Temporal.Instant | null;
  attestation_asked_at: Temporal.Instant | null;
  ethics: "met" | "breached" | null;
  fit: boolean | null;
  mark_with: "sticker" | "annotation" | "none" | null;
  manifest_id: string | null;
  preliminary_conclusion: string | null;
  reviewed_conclusion: string | null;
  final_conclusion: string | null;
  notice_id: string | null;
  published_conclusion: string | null;
  report_id: string | null;
  decision_id: string | null;
  last_sequence: number;
  last_hash: Buffer;
}

export interface FactsRow extends ApplicationRow {
  plan_version_in_force: number;
  campaign_closed_at: Temporal.Instant | null;
  last_transition: string | null;
  last_role: string | null;
  last_at: Temporal.Instant | null;
  state_before: State | null;
  appeal: {
    id: string;
    outcome: "dismissed" | null;
    statement: string;
    raisedAt: string;
    answer: string | null;
  } | null;
  signed_for: boolean;
  acts: { transition: string; account_id: string; person_id: string | null }[] | null;
  notice_ends_at: Temporal.Instant | null;
  undecided_objections: number;
  material_checks: RecordedChecks["materials"] | null;
  certificate_checks: RecordedChecks["certificate"] | null;
  extensions: { stage: string; from: string; until: string }[] | null;
  person_name: string | null;
  person_document_kind: string | null;
  person_id_number_sealed: Buffer | null;
  school: FormFacts["school"];
  restrictions: FormFacts["restrictions"];
  last_registered_on: string | null;
  numbers_read: FormFacts["numbers_read"];
  sight: { how: Sighting; by: string | null; at: string } | null;
}

const dutyByTransition = new Map<string, Duty>(
  transitionNames.flatMap((name) => {
    const { duty } = transitionOf(name);
    return duty === undefined ? [] : [[name, duty] as const];
  }),
);

/** What judging a form needs beside the form: its school, the restriction list, the last registration, its scans. */
const formFactsOf = ({ plan }: Campaign) => sql`
  (select jsonb_build_object('kind', s.institution_kind, 'ownership', s.ownership, 'industryRun', s.industry_run,
      'inPlan', b.organisation_id is not null and o.valid_to is null)
     from shice.school s join shice.organisation o on o.id = s.organisation_id
     left join shice.campaign_body b on b.campaign_id = a.campaign_id and b.organisation_id = s.authority_id and b.part = 'authority'
     where s.organisation_id = a.school_id) as school,
  (select jsonb_agg(jsonb_build_object('kind', r.kind, 'from', r.from_on, 'until', r.until_on, 'source', r.source))
     from shice.restriction r where r.id_number_index = p.id_number_index and r.reviewed_at is not null) as restrictions,
  (select max(g.concluded_on)::text from shice.past_registration g
     where g.id_number_index = p.id_number_index
       and g.conclusion = any(${plan.conclusions.filter((known) => known.raisesOrdinal).map(({ key }) => key)})) as last_registered_on,
  array(select encode(t.numbers_sealed, 'base64') from shice.attachment t
     where t.campaign_id = a.campaign_id and t.application_id = a.id and t.numbers_sealed is not null) as numbers_read`;
const noFormFacts = sql`null as school, null as restrictions, null as last_registered_on, null as numbers_read`;

/**
 * Reads and, for an act, locks the named applications that the actor's scope holds; those it does not hold are absent.
 * Locks are taken in the order of ids, so that two bulk acts cannot wait for each other.
 * @throws CampaignChangedError when the campaign was amended or closed since it was read
 */
export async function loadCases(
  tx: Tx,
  campaign: Campaign,
  ids: readonly string[],
  options: {
    lock: boolean;
    now: Temporal.Instant;
    secrets: Secrets;
    checkForm: boolean;
    /** Leaves out what is sealed, the ID number and half of the form: for the auditor, who has no right to it. */
    withoutSecrets?: boolean;
  },
): Promise<Map<string, Case>> {
  const locked = options.lock ? lockCases(tx, campaign, ids) : Promise.resolve();
  const read = sql<FactsRow>`
    select a.*, c.plan_version as plan_version_in_force, c.closed_at as campaign_closed_at,
      h.transition as last_transition, h.role as last_role, h.at as last_at,
      case when a.state in ${stateList(lifecycle.reopen.from)} then (
        select b.from_state from shice.application_history b
          where b.campaign_id = a.campaign_id and b.application_id = a.id and b.from_state <> b.to_state
          order by b.sequence desc limit 1) end as state_before,
      case when a.state in ${stateList(lifecycle.reopen.from)} then (
        select jsonb_build_object('id', p.id, 'outcome', p.outcome, 'statement', p.statement, 'raisedAt', p.raised_at, 'answer', p.answer) from shice.appeal p
          where p.campaign_id = a.campaign_id and p.application_id = a.id and p.raised_at >= a.state_since
          order by p.raised_at desc limit 1) end as appeal,
      exists (select from shice.conclusion_receipt e where e.campaign_id = a.campaign_id and e.application_id = a.id
        and e.decision_id = a.decision_id) as signed_for,
      (select jsonb_agg(distinct jsonb_build_object('transition', d.transition, 'account_id', d.account_id, 'person_id', d.person_id))
         from shice.application_history d
         where d.campaign_id = a.campaign_id and d.application_id = a.id and d.transition = any(${[...dutyByTransition.keys()]})) as acts,
      n.ends_at as notice_ends_at,
      (select count(*)::int from shice.objection o
         where o.campaign_id = a.campaign_id and o.application_id = a.id and o.notice_id = a.notice_id and o.outcome is null) as undecided_objections,
      (select jsonb_agg(jsonb_build_object('material', m.material, 'concerns', m.concerns, 'originalSeen', m.original_seen,
           'copyStamped', m.copy_stamped, 'copies', m.copies, 'suppliedBy', m.supplied_by, 'signer', m.signer))
         from shice.material_check m where m.campaign_id = a.campaign_id and m.application_id = a.id) as material_checks,
      (select jsonb_agg(jsonb_build_object('field', k.field, 'agrees', k.agrees))
         from shice.certificate_check k where k.campaign_id = a.campaign_id and k.application_id = a.id) as certificate_checks,
      (select jsonb_agg(jsonb_build_object('stage', e.stage, 'from', e.from_at, 'until', e.until_at))
         from shice.extension e where e.campaign_id = a.campaign_id
           and (e.application_id = a.id or e.school_id = a.school_id or e.authority_id = a.authority_id)) as extensions,
      ${options.checkForm ? formFactsOf(campaign) : noFormFacts},
      case when a.state in ${stateList(unconfirmedStates)} then (
        select jsonb_build_object('how', s.how, 'by', s.by, 'at', s.at) from (${sightsOf}) s order by s.at desc limit 1)
      end as sight,
      p.name as person_name, p.document_kind as person_document_kind, ${
        options.withoutSecrets === true
          ? sql`null::bytea as person_id_number_sealed, null::bytea as form_sealed`
          : sql`p.id_number_sealed as person_id_number_sealed`
      }
    from shice.application a
    join shice.campaign c on c.id = a.campaign_id
    left join shice.application_history h
      on h.campaign_id = a.campaign_id and h.application_id = a.id and h.sequence = a.last_sequence
    left join shice.public_notice n on n.id = a.notice_id
    left join shice.person p on p.id = a.person_id
    where a.campaign_id = ${campaign.id} and a.id = any(${ids}::uuid[])
    order by a.id`.execute(tx);
  const [{ rows }] = await Promise.all([read, locked]);

  const cases = new Map<string, Case>();
  for (const row of rows) {
    mustBeInForce(campaign, { planVersion: row.plan_version_in_force, closedAt: row.campaign_closed_at });
    cases.set(row.id, caseOf(row, campaign, options));
  }
  return cases;
}

/**
 * Takes the locks in a statement of its own, sent ahead of the reading and not waited for: what is read after it sees
 * all that was committed while it waited. In one statement with the reading, a row that had to be waited for would
 * come with the history and checks of before.
 */
async function lockCases(tx: Tx, campaign: Campaign, ids: readonly string[]): Promise<void> {
  await sql`
    select id from shice.application
    where campaign_id = ${campaign.id} and id = any(${ids}::uuid[]) order by id for update`.execute(tx);
}

function caseOf(
  row: FactsRow,
  campaign: Campaign,
  { now, secrets, checkForm }: { now: Temporal.Instant; secrets: Secrets; checkForm: boolean },
): Case {
  const extensions: Extension[] = (row.extensions ?? []).map((extension) => ({
    stage: stageOf(extension.stage),
    from: Temporal.Instant.from(extension.from),
    until: Temporal.Instant.from(extension.until),
  }));
  const facts: CaseFacts = {
    state: row.state,
    version: row.version,
    personId: row.person_id,
    confirmationPointId: row.confirmation_point_id,
    authorityId: row.authority_id,
    reviewBodyId: row.review_body_id,
    last:
      row.last_transition === null || row.last_role === null || row.last_at === null
        ? null
        : {
            transition: row.last_transition,
            role: row.last_role,
            at: row.last_at,
          },
    stateBefore: row.state_before,
    acts: (row.acts ?? []).flatMap((act) => {
      const duty = dutyByTransition.get(act.transition);
      return duty === undefined ? [] : [{ duty, accountId: act.account_id, personId: act.person_id }];
    }),
    replyBy: row.reply_by,
    answerTo: row.answer_to,
    blockingFindings: checkForm ? blockingFindingsOf(row, campaign, secrets, now) : [],
    missingChecks: missingChecksOf(campaign.plan, row, {
      materials: row.material_checks ?? [],
      certificate: row.certificate_checks ?? [],
    }),
    notice:
      row.notice_ends_at === null
        ? null
        : {
            endsAt: row.notice_ends_at,
            undecidedObjections: row.undecided_objections,
          },
    withdrawalAsked: row.withdrawal_asked_at !== null,
    withdrawalReleased: row.withdrawal_released_at !== null,
    hasEntries: row.form_sealed !== null || Object.keys(row.form).length > 0,
    appeal: row.appeal === null ? null : (row.appeal.outcome ?? "open"),
    signedFor: row.signed_for,
    assisted: row.assisted_at !== null,
    sight: row.sight === null ? null : { ...row.sight, at: Temporal.Instant.from(row.sight.at) },
    extended: extensions.filter(({ until }) => Temporal.Instant.compare(now, until) < 0).map(({ stage }) => stage),
    markWith: row.mark_with,
    hasReview: campaign.plan.stages.review !== undefined,
    carriedOver: row.carried_over !== null,
  };
  return {
    id: row.id,
    row,
    facts,
    calendar: calendarWith(campaign, extensions),
    formChecked: checkForm,
  };
}
