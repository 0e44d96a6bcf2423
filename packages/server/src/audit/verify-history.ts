import { sql } from "kysely";
import {
  canonicalJson,
  type HistoryHead,
  type HistoryRow,
  headMacOf,
  historyMacOf,
  type JsonObject,
  plainHistoryHashOf,
} from "../case/history.ts";
import { heldColumnsOf, isFormOpen, isTypedColumn, type StartedColumns } from "../case/set-columns.ts";
import type { Secrets } from "../platform/secrets.ts";
import type { Verification, VerifiedCampaign } from "./verification.ts";

type ApplicationColumns = StartedColumns &
  Omit<HistoryHead, "last_hash"> & {
    readonly last_hash: Buffer;
    readonly state_since: Temporal.Instant;
    readonly head_mac: Buffer | null;
    /** What the seal of the upgrade says of this application, where its history began before it. */
    readonly upgrade_sequence: number | null;
    readonly upgrade_hash: Buffer | null;
    readonly upgrade_holds: JsonObject | null;
  };

interface StoredHistory {
  campaign_id: string;
  application_id: string;
  sequence: number;
  transition: string;
  from_state: string | null;
  to_state: string;
  at: Temporal.Instant;
  role: string;
  account_id: string | null;
  person_id: string | null;
  post_id: string | null;
  organisation_id: string | null;
  reason: string | null;
  record: JsonObject;
  changes: JsonObject;
  sets: JsonObject;
  plan_version: number;
  previous_hash: Buffer;
  hash: Buffer;
}

const batchSize = 500;

/**
 * Goes through the history of every application of a campaign: each row has the code of its content, follows the one
 * before without a gap and continues from its state; and the application holds what its history, replayed, leaves.
 */
export async function verifyHistories(verification: Verification, campaign: VerifiedCampaign): Promise<void> {
  const { tx } = verification;
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const { rows: applications } = await sql<ApplicationColumns>`
      select a.*, u.sequence as upgrade_sequence, u.hash as upgrade_hash, u.holds as upgrade_holds
      from shice.application a
      left join (shice.seal_head u join shice.seal s on s.number = u.seal and s.kind = 'upgrade')
        on u.campaign_id = a.campaign_id and u.application_id = a.id
      where a.campaign_id = ${campaign.id} and a.id > ${after}::uuid order by a.id limit ${batchSize}`.execute(tx);
    const last = applications.at(-1);
    if (last === undefined) return;
    const { rows: history } = await sql<StoredHistory>`
      select * from shice.application_history
      where campaign_id = ${campaign.id} and application_id > ${after}::uuid and application_id <= ${last.id}::uuid
      order by application_id, sequence`.execute(tx);
    const chains = Map.groupBy(history, (row) => row.application_id);
    for (const application of applications) verifyHistory(verification, application, chains.get(application.id) ?? []);
    after = last.id;
  }
}

/** What the history says so far. */
interface Replay {
  hash: Buffer;
  state: string | null;
  sequence: number;
  stateSince: Temporal.Instant | null;
  holds: JsonObject;
}

function verifyHistory(
  { secrets, findings }: Verification,
  application: ApplicationColumns,
  chain: readonly StoredHistory[],
): void {
  const { id } = application;
  findings.applications += 1;
  if (chain.length === 0) {
    findings.report("history.missing", id);
    return;
  }
  let replay: Replay = { hash: Buffer.alloc(0), state: null, sequence: 0, stateSince: null, holds: {} };
  for (const row of chain) {
    findings.rows += 1;
    const at = { number: row.sequence };
    if (row.sequence !== replay.sequence + 1) findings.report("history.gap", id, at);
    if (!row.previous_hash.equals(replay.hash)) findings.report("history.link", id, at);
    if (row.from_state !== replay.state) findings.report("history.state", id, at);
    const history = historyRowOf(row);
    const keyed = historyMacOf(secrets, row.previous_hash, history).equals(row.hash);
    if (!keyed) {
      const isPlain =
        Object.keys(row.sets).length === 0 && plainHistoryHashOf(row.previous_hash, history).equals(row.hash);
      const isCovered = row.sequence <= (application.upgrade_sequence ?? 0);
      if (!isPlain) findings.report("history.content", id, at);
      else if (!isCovered) findings.report("history.not-keyed", id, at);
    }
    const isSealed = row.sequence === application.upgrade_sequence;
    if (isSealed && application.upgrade_hash?.equals(row.hash) !== true)
      findings.report("history.sealed-otherwise", id, at);
    replay = {
      hash: row.hash,
      state: row.to_state,
      sequence: row.sequence,
      stateSince: row.from_state === row.to_state ? replay.stateSince : row.at,
      holds: isSealed ? (application.upgrade_holds ?? {}) : { ...replay.holds, ...row.sets },
    };
  }
  verifyApplication({ secrets, findings }, application, replay);
}

/** The application's row against what its history leaves. */
function verifyApplication(
  { secrets, findings }: Pick<Verification, "secrets" | "findings">,
  application: ApplicationColumns,
  { hash, state, sequence, stateSince, holds }: Replay,
): void {
  const { id } = application;
  const isAtHead =
    application.last_sequence === sequence && application.last_hash.equals(hash) && application.state === state;
  if (!isAtHead) findings.report("application.head", id, { number: sequence });
  if (application.head_mac?.equals(headMacOf(secrets, application)) !== true) {
    findings.report("application.head-code", id, { number: application.last_sequence });
  }
  for (const column of brokenColumnsOf(secrets, application, holds)) {
    findings.report("application.column", id, { column });
  }
  if (stateSince === null || !application.state_since.equals(stateSince)) {
    findings.report("application.column", id, { column: "state_since" });
  }
}

/** While the form is open it is written, and the version raised, without an act; everything else is as the last act left it. */
function brokenColumnsOf(secrets: Secrets, application: ApplicationColumns, holds: JsonObject): string[] {
  const isOpen = isFormOpen(application.state);
  const actual: JsonObject = heldColumnsOf(secrets, application);
  return Object.keys({ ...holds, ...actual }).filter((column) => {
    if (isOpen && isTypedColumn(column)) return false;
    if (isOpen && column === "version") return application.version < Number(holds[column]);
    return canonicalJson(holds[column] ?? null) !== canonicalJson(actual[column] ?? null);
  });
}

function historyRowOf(row: StoredHistory): HistoryRow {
  return {
    campaignId: row.campaign_id,
    applicationId: row.application_id,
    sequence: row.sequence,
    transition: row.transition,
    fromState: row.from_state,
    toState: row.to_state,
    at: row.at.toString(),
    role: row.role,
    accountId: row.account_id,
    personId: row.person_id,
    postId: row.post_id,
    organisationId: row.organisation_id,
    reason: row.reason,
    record: row.record,
    changes: row.changes,
    sets: row.sets,
    planVersion: row.plan_version,
  };
}
