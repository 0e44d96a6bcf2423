import type { ActInput } from "@shice/rules/lifecycle/facts.ts";
import { type MessageTemplate, transitionOf } from "@shice/rules/lifecycle/lifecycle.ts";
import type { RecordNameOf, RecordOf } from "@shice/rules/lifecycle/records.ts";
import { destinationOf, refusalOf } from "@shice/rules/lifecycle/refusal-of.ts";
import type { State } from "@shice/rules/lifecycle/state.ts";
import type { TransitionName } from "@shice/rules/lifecycle/transition-names.ts";
import type { Refusal } from "@shice/rules/refusal.ts";
import { sql } from "kysely";
import { messagesSent } from "../message/send-messages.ts";
import type { CaseTransaction } from "./act-context.ts";
import { type Case, loadCases } from "./facts.ts";
import { type HistoryRow, headMacOf, historyMacOf, type JsonObject } from "./history.ts";
import { bytesText, type Patch, type PatchColumn, patchable } from "./patch.ts";
import { settingOf } from "./rule-setting.ts";
import { setColumnsOf } from "./set-columns.ts";

/** What every act brings. */
interface ActBase {
  applicationId: string;
  /**
   * The case, where this transaction has locked and read it: it is not read again. Only where nothing that the act's
   * guards ask has changed since.
   */
  held?: Case | undefined;
  input?: ActInput;
  /** What else stands against this act on the case as read; asked after the lifecycle's own rules. */
  refuse?: (found: Case) => Refusal | undefined;
  /** Columns of the application that the act sets; may depend on the case as it was read. */
  set?: Patch | ((found: Case, to: State) => Patch);
}

/** An act in general terms. */
interface AnyAct extends ActBase {
  /** In the actor's words; never machine text. */
  reason?: string | undefined;
  record?: JsonObject | ((found: Case) => JsonObject) | undefined;
  /** Names of changed fields with what they were and are, or only that they changed where they are sealed. */
  changes?: JsonObject | undefined;
}

type RecordFieldOf<Name extends TransitionName> = [RecordOf<Name>] extends [never]
  ? { record?: undefined }
  : { record: RecordOf<Name> | ((found: Case) => RecordOf<Name>) };
type ReasonFieldOf<Name extends TransitionName> =
  "reason" extends RecordNameOf<Name> ? { reason: string } : { reason?: string | undefined };
type ChangesFieldOf<Name extends TransitionName> =
  "changes" extends RecordNameOf<Name> ? { changes: JsonObject } : { changes?: undefined };

/** An act asked for on one application, with everything that the transition's row makes it record. */
type Act = {
  [Name in TransitionName]: ActBase & RecordFieldOf<Name> & ReasonFieldOf<Name> & ChangesFieldOf<Name>;
};

export type TransitionOutcome =
  | {
      applicationId: string;
      ok: true;
      from: State;
      to: State;
      version: number;
      before: Case;
    }
  | { applicationId: string; ok: false; refusal: Refusal };

/**
 * The only code that changes an application's state. It locks and reads the cases, asks the rules, and writes state,
 * history (chained by hash) and messages in one statement, in the caller's transaction. Each application is done whole or
 * refused with its reason; one refusal does not hold up the others.
 */
export function transition<Name extends TransitionName>(
  ctx: CaseTransaction,
  name: Name,
  acts: readonly Act[Name][],
): Promise<TransitionOutcome[]>;
export async function transition(
  ctx: CaseTransaction,
  name: TransitionName,
  acts: readonly AnyAct[],
): Promise<TransitionOutcome[]> {
  const row = transitionOf(name);
  const checkForm = row.guards.includes("formComplete");
  const cases = new Map<string, Case>();
  const unread = new Set<string>();
  for (const { applicationId, held } of acts) {
    if (held === undefined || (checkForm && !held.formChecked)) unread.add(applicationId);
    else cases.set(applicationId, held);
  }
  if (unread.size > 0) {
    const { now, secrets } = ctx;
    const read = await loadCases(ctx.tx, ctx.campaign, [...unread], { lock: true, now, secrets, checkForm });
    for (const [id, found] of read) cases.set(id, found);
  }

  const judged = new Map<string, TransitionOutcome>();
  const moves: Move[] = [];
  for (const act of acts) {
    if (judged.has(act.applicationId)) continue;
    const outcome = judge(ctx, name, act, cases.get(act.applicationId));
    judged.set(act.applicationId, outcome);
    if (outcome.ok) moves.push(moveOf(ctx, name, act, outcome));
  }
  if (moves.length > 0) await write(ctx, moves, row.message);
  return acts.map((act) => judged.get(act.applicationId) ?? outOfScope(act.applicationId));
}

/** The same for one application. */
export async function transitionOne<Name extends TransitionName>(
  ctx: CaseTransaction,
  name: Name,
  act: Act[Name],
): Promise<TransitionOutcome> {
  const [outcome] = await transition(ctx, name, [act]);
  return outcome ?? outOfScope(act.applicationId);
}

function outOfScope(applicationId: string): TransitionOutcome {
  return { applicationId, ok: false, refusal: { code: "case.out-of-scope" } };
}

function judge(ctx: CaseTransaction, name: TransitionName, act: AnyAct, found: Case | undefined): TransitionOutcome {
  const { applicationId } = act;
  if (found === undefined) return outOfScope(applicationId);
  const refusal =
    refusalOf(name, found.facts, ctx.actor, act.input ?? {}, settingOf(ctx, found)) ?? act.refuse?.(found);
  if (refusal !== undefined) return { applicationId, ok: false, refusal };
  const to = destinationOf(name, found.facts, ctx.now);
  return {
    applicationId,
    ok: true,
    from: found.facts.state,
    to,
    version: found.facts.version + 1,
    before: found,
  };
}

interface Move {
  history: HistoryRow;
  version: number;
  previousHash: string;
  hash: string;
  headMac: string;
  patch: Patch;
}

function moveOf(
  ctx: CaseTransaction,
  name: TransitionName,
  act: AnyAct,
  outcome: Extract<TransitionOutcome, { ok: true }>,
): Move {
  const { before, from, to } = outcome;
  const { actor, secrets } = ctx;
  const set = typeof act.set === "function" ? act.set(before, to) : (act.set ?? {});
  const patch: Patch = { plan_version: ctx.campaign.planVersion, ...set };
  const history: HistoryRow = {
    campaignId: ctx.campaign.id,
    applicationId: outcome.applicationId,
    sequence: before.row.last_sequence + 1,
    transition: name,
    fromState: from,
    toState: to,
    at: ctx.now.toString(),
    role: actor.role,
    accountId: actor.accountId,
    personId: actor.personId,
    postId: actor.postId,
    organisationId: actor.organisationId,
    reason: act.reason ?? null,
    record: typeof act.record === "function" ? act.record(before) : (act.record ?? {}),
    changes: act.changes ?? {},
    sets: setColumnsOf(secrets, before.row, patch),
    planVersion: ctx.campaign.planVersion,
  };
  const hash = historyMacOf(secrets, before.row.last_hash, history);
  const headMac = headMacOf(secrets, {
    campaign_id: history.campaignId,
    id: history.applicationId,
    last_sequence: history.sequence,
    last_hash: hash,
    state: to,
    final_conclusion: textOf(patch.final_conclusion, before.row.final_conclusion),
    decision_id: textOf(patch.decision_id, before.row.decision_id),
    certificate_kind: textOf(patch.certificate_kind, before.row.certificate_kind),
  });
  return {
    history,
    version: before.facts.version,
    previousHash: bytesText(before.row.last_hash),
    hash: bytesText(hash),
    headMac: bytesText(headMac),
    patch,
  };
}

/** A column of text as the act leaves it: set by the patch, or as it was. */
function textOf(patched: Patch[PatchColumn] | undefined, before: string | null): string | null {
  if (patched === undefined) return before;
  return patched === null ? null : String(patched);
}

/** State, history and messages of all moves, in one statement guarded by each row's version. */
async function write(
  ctx: CaseTransaction,
  moves: readonly Move[],
  message: MessageTemplate | undefined,
): Promise<void> {
  const columns = new Set<PatchColumn>();
  for (const move of moves) for (const column of patchColumnsOf(move.patch)) columns.add(column);
  const sets = [...columns].map((column) => sql`, ${sql.id(column)} = ${patchedValue(column)}`);
  const input = JSON.stringify(moves.map(({ history, ...move }) => ({ ...move, ...history })));
  const { rows } = await sql<{ moved: number }>`
    with input as (
      select * from jsonb_to_recordset(${input}::jsonb) as i(
        "applicationId" uuid, version int, patch jsonb, "previousHash" text, hash text, "headMac" text, sequence int, transition text,
        "fromState" text, "toState" text, at timestamptz, role text, "accountId" uuid, "personId" uuid, "postId" uuid,
        "organisationId" uuid, reason text, record jsonb, changes jsonb, sets jsonb, "planVersion" int)
    ), moved as (
      update shice.application a
        set state = i."toState", version = a.version + 1, last_sequence = i.sequence, last_hash = i.hash::bytea, head_mac = i."headMac"::bytea,
            changed_at = i.at,
            state_since = case when i."fromState" = i."toState" then a.state_since else i.at end ${sql.join(sets, sql``)}
        from input i
        where a.campaign_id = ${ctx.campaign.id} and a.id = i."applicationId" and a.version = i.version
        returning a.id, a.person_id, a.confirmation_point_id
    ), written as (
      insert into shice.application_history (campaign_id, application_id, sequence, transition, from_state, to_state, at,
          role, account_id, person_id, post_id, organisation_id, reason, record, changes, sets, plan_version, previous_hash, hash)
        select ${ctx.campaign.id}, i."applicationId", i.sequence, i.transition, i."fromState", i."toState", i.at,
          i.role, i."accountId", i."personId", i."postId", i."organisationId", i.reason, i.record, i.changes, i.sets,
          i."planVersion", i."previousHash"::bytea, i.hash::bytea
        from input i join moved m on m.id = i."applicationId"
    ) ${ctx.actor.role === "school-clerk" ? seen(ctx) : sql``} ${message === undefined ? sql`` : informed(ctx, message)}
    select (select count(*)::int from moved) as moved ${message === undefined ? sql`` : sql`from informed`}`.execute(
    ctx.tx,
  );
  // The rows are locked, so this can only be a bug; without the check it would be a silent one.
  if (rows[0]?.moved !== moves.length) throw new Error("an application changed under its lock");
}

/** Informs the teachers of the moved cases, once for each row of the history. */
function informed({ campaign, now }: CaseTransaction, template: MessageTemplate) {
  const teachers = sql`
    select ${campaign.id}::uuid as campaign, m.id as application, t.id as account, m.id || ':' || i.sequence as key
    from moved m join input i on i."applicationId" = m.id
    join shice.account t on t.person_id = m.person_id and t.kind = 'applicant'`;
  return sql`, informed as (select count(*) as messages from ${messagesSent(teachers, { template, now })})`;
}

/** Whatever the school's clerk does to a case, the school has seen it; where it lay before the act. */
function seen({ campaign, actor, now }: CaseTransaction) {
  return sql`, seen as (
      insert into shice.sight (campaign_id, application_id, confirmation_point_id, how, account_id, at)
        select ${campaign.id}, m.id, m.confirmation_point_id, 'acted', ${actor.accountId}, ${now}
        from moved m where m.confirmation_point_id is not null
        on conflict (campaign_id, application_id, confirmation_point_id)
          do update set how = excluded.how, account_id = excluded.account_id, at = excluded.at, note_id = null
    )`;
}

function patchColumnsOf(patch: Patch): PatchColumn[] {
  return Object.keys(patch).filter((column): column is PatchColumn => column in patchable);
}

function patchedValue(column: PatchColumn) {
  const type = patchable[column];
  const value =
    type === "jsonb"
      ? sql`nullif(i.patch -> ${sql.lit(column)}, 'null')`
      : type === "text[]"
        ? sql`array(select jsonb_array_elements_text(i.patch -> ${sql.lit(column)}))`
        : sql`(i.patch ->> ${sql.lit(column)})::${sql.raw(type)}`;
  return sql`case when i.patch ? ${sql.lit(column)} then ${value} else a.${sql.id(column)} end`;
}
