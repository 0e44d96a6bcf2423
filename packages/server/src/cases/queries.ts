import type { Role } from "@shice/rules/lifecycle/role.ts";
import { type State, states } from "@shice/rules/lifecycle/state.ts";
import type { TransitionName } from "@shice/rules/lifecycle/transition-names.ts";
import type { CertificateKind, PostKind } from "@shice/rules/plan/institution.ts";
import { sql } from "kysely";
import { stateText } from "../case/state-sql.ts";
import { applicationNames, personNamed } from "../platform/name-search.ts";
import type { ActContext } from "../request/run-act.ts";

export interface QueueFilter {
  state?: State | readonly State[] | undefined;
  school?: string | undefined;
  authority?: string | undefined;
  kind?: string | undefined;
  registrationKind?: string | undefined;
  conclusion?: string | undefined;
  flagged?: "yes" | "no" | undefined;
  markWith?: string | undefined;
  notice?: string | undefined;
  report?: string | undefined;
  received?: "yes" | "no" | undefined;
  withdrawal?: "asked" | undefined;
  batch?: string | undefined;
  search?: string | undefined;
}

export interface QueueRow {
  id: string;
  number: string;
  name: string;
  state: State;
  state_since: Temporal.Instant;
  school_name: string | null;
  school_id: string | null;
  authority_id: string | null;
  registration_kind: "first" | "periodic";
  certificate_kind: CertificateKind | null;
  post_kind: PostKind | null;
  subject: string | null;
  flags: string[];
  reply_by: Temporal.Instant | null;
  preliminary_conclusion: string | null;
  final_conclusion: string | null;
  mark_with: "sticker" | "annotation" | "none" | null;
  name_on_certificate: string | null;
  assisted_at: Temporal.Instant | null;
  attested_at: Temporal.Instant | null;
  version: number;
}

const columns = sql`
  a.id, a.number, a.name, a.state, a.state_since, o.name as school_name, a.school_id, a.authority_id, a.registration_kind,
  a.certificate_kind, a.post_kind, a.subject, a.flags, a.reply_by, a.preliminary_conclusion, a.final_conclusion, a.mark_with,
  a.assisted_at, a.attested_at, a.name_on_certificate, a.version`;

/** What a filter asks beside the states; what is not asked gives no condition, so that the indexes of the queues serve. */
function conditionsOf(campaignId: string, filter: QueueFilter) {
  const conditions = [
    sql`a.campaign_id = ${campaignId}`,
    ...(filter.school === undefined ? [] : [sql`a.school_id = ${filter.school}`]),
    ...(filter.authority === undefined ? [] : [sql`a.authority_id = ${filter.authority}`]),
    ...(filter.kind === undefined ? [] : [sql`a.certificate_kind = ${filter.kind}`]),
    ...(filter.registrationKind === undefined ? [] : [sql`a.registration_kind = ${filter.registrationKind}`]),
    ...(filter.conclusion === undefined
      ? []
      : [sql`coalesce(a.final_conclusion, a.preliminary_conclusion) = ${filter.conclusion}`]),
    ...(filter.flagged === undefined ? [] : [sql`(cardinality(a.flags) > 0) = ${filter.flagged === "yes"}`]),
    ...(filter.markWith === undefined ? [] : [sql`a.mark_with = ${filter.markWith}`]),
    ...(filter.notice === undefined ? [] : [sql`a.notice_id = ${filter.notice}`]),
    ...(filter.report === undefined ? [] : [sql`a.report_id = ${filter.report}`]),
    ...(filter.received === undefined
      ? []
      : [
          sql`a.final_conclusion is not null and a.state <> ${stateText("revoked")} and ${isReceived} = ${filter.received === "yes"}`,
        ]),
    ...(filter.withdrawal === undefined
      ? []
      : [
          sql`a.state = ${stateText("confirmed")} and a.withdrawal_asked_at is not null and a.withdrawal_released_at is null`,
        ]),
    ...(filter.batch === undefined ? [] : [ofBatch(filter.batch)]),
    ...(filter.search === undefined || filter.search === "" ? [] : [searchOf(filter.search)]),
  ];
  return sql.join(conditions, sql` and `);
}

/** Whether the teacher has signed for the decision in force. */
const isReceived = sql`exists (select from shice.conclusion_receipt c
  where c.campaign_id = a.campaign_id and c.application_id = a.id and c.decision_id = a.decision_id)`;

export async function findReceipt({ tx, campaign }: ActContext, id: string): Promise<string | null> {
  const { rows } = await sql<{ received_at: Temporal.Instant }>`
    select c.received_at from shice.application a
    join shice.conclusion_receipt c on c.campaign_id = a.campaign_id and c.application_id = a.id
      and c.decision_id = a.decision_id
    where a.campaign_id = ${campaign.id} and a.id = ${id}`.execute(tx);
  return rows[0]?.received_at.toString() ?? null;
}

/** The applications of the people whom a school has put into a batch. */
function ofBatch(batch: string) {
  return sql`a.person_id in (select p.id from shice.roster_entry r
    join shice.person p on p.id_number_index = r.id_number_index and p.document_kind = r.document_kind
    where r.batch_id = ${batch})`;
}

function searchOf(text: string) {
  return /^\d{8,}$/.test(text) ? sql`a.number = ${text}` : personNamed(text, applicationNames);
}

/**
 * One page of a queue, in the order of arrival; found by the last row's key, never by an offset. Each state gives its
 * own first rows, in the order of its index, and the page is the first of these: however long a queue has become, a page
 * reads no more than itself.
 */
export async function listQueue(
  { tx, campaign }: ActContext,
  filter: QueueFilter,
  cursor: readonly string[] | undefined,
  limit: number,
): Promise<QueueRow[]> {
  const [since, id] = cursor ?? [];
  const after =
    since === undefined || id === undefined
      ? sql`true`
      : sql`(a.state_since, a.id) > (${since}::timestamptz, ${id}::uuid)`;
  const { rows } = await sql<QueueRow>`
    select ${columns}
    from unnest(${statesOf(filter) ?? [...states]}::text[]) as wanted(state)
    cross join lateral (
      select a.* from shice.application a
      where a.state = wanted.state and ${conditionsOf(campaign.id, filter)} and ${after}
      order by a.state_since, a.id limit ${limit + 1}) a
    left join shice.organisation o on o.id = a.school_id
    order by a.state_since, a.id limit ${limit + 1}`.execute(tx);
  return rows;
}

export async function countQueue(
  { tx, campaign }: ActContext,
  filter: QueueFilter,
): Promise<Partial<Record<State, number>>> {
  const wanted = statesOf(filter);
  const { rows } = await sql<{ state: State; n: number }>`
    select a.state, count(*)::int as n from shice.application a
    where ${conditionsOf(campaign.id, filter)} ${wanted === undefined ? sql`` : sql`and a.state = any(${wanted})`}
    group by a.state`.execute(tx);
  return Object.fromEntries(rows.map((row) => [row.state, row.n]));
}

function statesOf({ state }: QueueFilter): State[] | undefined {
  return state === undefined ? undefined : [...new Set([state].flat())];
}

export async function listMaterialChecks({ tx, campaign }: ActContext, id: string) {
  const rows = await tx
    .selectFrom("shice.material_check")
    .select(["material", "original_seen", "copy_stamped", "copies", "signer", "remark", "checked_at"])
    .where("campaign_id", "=", campaign.id)
    .where("application_id", "=", id)
    .execute();
  return rows.map((row) => ({
    material: row.material,
    originalSeen: row.original_seen,
    copyStamped: row.copy_stamped,
    copies: row.copies,
    signer: row.signer,
    remark: row.remark,
    checkedAt: row.checked_at.toString(),
  }));
}

export async function listCertificateChecks({ tx, campaign }: ActContext, id: string) {
  return await tx
    .selectFrom("shice.certificate_check")
    .select(["field", "agrees", "remark"])
    .where("campaign_id", "=", campaign.id)
    .where("application_id", "=", id)
    .execute();
}

export async function listOpinions({ tx, campaign }: ActContext, id: string) {
  const rows = await tx
    .selectFrom("shice.opinion")
    .select(["stage", "conclusion", "reasons", "text", "suggested", "given_at"])
    .where("campaign_id", "=", campaign.id)
    .where("application_id", "=", id)
    .orderBy("given_at")
    .execute();
  return rows.map(({ given_at, ...row }) => ({ ...row, givenAt: given_at.toString() }));
}

export async function listReturns({ tx, campaign }: ActContext, id: string) {
  const rows = await tx
    .selectFrom("shice.return_request")
    .select(["round", "asked_at_stage", "asked", "text", "answer_to", "reply_by", "asked_at", "answered_at", "outcome"])
    .where("campaign_id", "=", campaign.id)
    .where("application_id", "=", id)
    .orderBy("round")
    .execute();
  return rows.map((row) => ({
    round: row.round,
    stage: row.asked_at_stage,
    asked: row.asked,
    text: row.text,
    answerTo: row.answer_to,
    replyBy: row.reply_by.toString(),
    askedAt: row.asked_at.toString(),
    answeredAt: row.answered_at?.toString() ?? null,
    outcome: row.outcome,
  }));
}

export interface HistoryView {
  sequence: number;
  transition: TransitionName | "start";
  from_state: State | null;
  to_state: State;
  at: Temporal.Instant;
  role: Role;
  actor: string | null;
  organisation: string | null;
  reason: string | null;
  record: Record<string, unknown>;
  changes: Record<string, unknown>;
  plan_version: number;
  hash: Buffer;
}

export async function listHistory({ tx, campaign }: ActContext, id: string): Promise<HistoryView[]> {
  const { rows } = await sql<HistoryView>`
    select h.sequence, h.transition, h.from_state, h.to_state, h.at, h.role, c.display_name as actor, o.name as organisation,
      h.reason, h.record, h.changes, h.plan_version, h.hash
    from shice.application_history h
    left join shice.account c on c.id = h.account_id
    left join shice.organisation o on o.id = h.organisation_id
    where h.campaign_id = ${campaign.id} and h.application_id = ${id} order by h.sequence`.execute(tx);
  return rows;
}
