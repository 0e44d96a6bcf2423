import { sql } from "kysely";
import type { Tx } from "../platform/database/database.ts";
import { type HistoryRow, historyHashOf, type JsonObject } from "./history.ts";

/** A place where the recorded history of an application does not hold together. */
interface BrokenRow {
  application: string;
  sequence: number;
  why: "hash" | "previous-hash" | "gap" | "state" | "head" | "no-history";
}

interface ChainReport {
  applications: number;
  rows: number;
  broken: BrokenRow[];
  /** Hashes at the head of every chain, in the order of application ids: what a seal is made of. */
  heads: Buffer[];
}

interface StoredRow {
  id: string;
  campaign_id: string;
  /** Null where an application has no history at all. */
  application_id: string | null;
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
  plan_version: number;
  previous_hash: Buffer;
  hash: Buffer;
  state: string;
  last_sequence: number;
  last_hash: Buffer;
}

const batchSize = 2000;

/**
 * Goes through the history of every application of a campaign and checks that each row has the hash of its content,
 * follows the one before without a gap, continues from its state, and that the application rests where its history ends.
 * Reads in batches by id, so that memory stays level whatever the size.
 */
export async function verifyChains(tx: Tx, campaignId: string): Promise<ChainReport> {
  const report: ChainReport = { applications: 0, rows: 0, broken: [], heads: [] };
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const { rows } = await sql<StoredRow>`
      select a.id, h.*, a.state, a.last_sequence, a.last_hash
      from (select id, state, last_sequence, last_hash from shice.application
              where campaign_id = ${campaignId} and id > ${after}::uuid order by id limit ${batchSize}) a
      left join shice.application_history h on h.campaign_id = ${campaignId} and h.application_id = a.id
      order by a.id, h.sequence`.execute(tx);
    if (rows.length === 0) return report;
    for (const chain of chainsOf(rows)) verifyChain(chain, report);
    after = rows.at(-1)?.id ?? after;
  }
}

function chainsOf(rows: readonly StoredRow[]): StoredRow[][] {
  const chains = new Map<string, StoredRow[]>();
  for (const row of rows) {
    const chain = chains.get(row.id);
    if (chain === undefined) chains.set(row.id, [row]);
    else chain.push(row);
  }
  return [...chains.values()];
}

function verifyChain(chain: readonly StoredRow[], report: ChainReport): void {
  let previous: { hash: Buffer; state: string | null; sequence: number } = {
    hash: Buffer.alloc(0),
    state: null,
    sequence: 0,
  };
  report.applications += 1;
  const [first] = chain;
  if (first !== undefined && first.application_id === null) {
    report.broken.push({ application: first.id, sequence: 0, why: "no-history" });
    return;
  }
  for (const row of chain) {
    report.rows += 1;
    const at = { application: row.id, sequence: row.sequence };
    if (row.sequence !== previous.sequence + 1) report.broken.push({ ...at, why: "gap" });
    if (!row.previous_hash.equals(previous.hash)) report.broken.push({ ...at, why: "previous-hash" });
    if (!historyHashOf(row.previous_hash, historyRowOf(row)).equals(row.hash))
      report.broken.push({ ...at, why: "hash" });
    if (row.from_state !== previous.state) report.broken.push({ ...at, why: "state" });
    previous = { hash: row.hash, state: row.to_state, sequence: row.sequence };
  }
  const head = chain.at(-1);
  if (head === undefined) return;
  report.heads.push(head.hash);
  if (head.last_sequence !== head.sequence || !head.last_hash.equals(head.hash) || head.state !== head.to_state) {
    report.broken.push({ application: head.id, sequence: head.sequence, why: "head" });
  }
}

function historyRowOf(row: StoredRow): HistoryRow {
  return {
    campaignId: row.campaign_id,
    applicationId: row.id,
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
    planVersion: row.plan_version,
  };
}
