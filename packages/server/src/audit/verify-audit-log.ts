import { sql } from "kysely";
import type { JsonObject } from "../case/history.ts";
import type { Tx } from "../platform/database/database.ts";
import type { Secrets } from "../platform/secrets.ts";
import { type AuditEntry, auditHeadMacOf, auditMacOf } from "../request/append-audit.ts";
import type { Verification } from "./verification.ts";

interface StoredEntry {
  id: string;
  at: Temporal.Instant;
  account_id: string | null;
  role: string;
  organisation_id: string | null;
  action: string;
  campaign_id: string | null;
  subject_kind: string;
  subject_id: string | null;
  detail: JsonObject;
  request: string | null;
  number: number;
  previous_mac: Buffer;
  mac: Buffer;
}

const batchSize = 5000;

/** Goes through the audit log from its first entry to its end, which has a keyed code of its own. */
export async function verifyAuditLog({ tx, secrets, findings }: Verification): Promise<void> {
  let last: { number: number; mac: Buffer } = { number: 0, mac: Buffer.alloc(0) };
  for (;;) {
    const rows = await listEntries(tx, { after: last.number, limit: batchSize });
    if (rows.length === 0) break;
    for (const row of rows) {
      findings.auditEntries += 1;
      const at = { number: row.number };
      if (row.number !== last.number + 1) findings.report("audit.gap", row.id, at);
      if (!row.previous_mac.equals(last.mac)) findings.report("audit.link", row.id, at);
      if (!hasItsCode(secrets, row)) findings.report("audit.content", row.id, at);
      last = { number: row.number, mac: row.mac };
    }
  }
  const { rows: heads } = await sql<{ number: number; mac: Buffer; head_mac: Buffer }>`
    select number::float8 as number, mac, head_mac from shice.audit_head`.execute(tx);
  const [head] = heads;
  const isEnd =
    head !== undefined &&
    head.number === last.number &&
    head.mac.equals(last.mac) &&
    head.head_mac.equals(auditHeadMacOf(secrets, last));
  if (!isEnd) findings.report("audit.end", "", { number: last.number });
  const { rows: unnumbered } = await sql<{ id: string }>`
    select id from shice.audit_entry where number is null order by id limit 1000`.execute(tx);
  for (const { id } of unnumbered) findings.report("audit.unnumbered", id);
}

/** Entries of the audit log in their order. */
export async function listEntries(tx: Tx, { after, limit }: { after: number; limit: number }): Promise<StoredEntry[]> {
  const { rows } = await sql<StoredEntry>`
    select id, at, account_id, role, organisation_id, action, campaign_id, subject_kind, subject_id, detail, request,
      number::float8 as number, coalesce(previous_mac, '') as previous_mac, coalesce(mac, '') as mac
    from shice.audit_entry where number > ${after} order by number limit ${limit}`.execute(tx);
  return rows;
}

export function hasItsCode(secrets: Secrets, row: StoredEntry): boolean {
  return auditMacOf(secrets, row.previous_mac, entryOf(row)).equals(row.mac);
}

function entryOf(row: StoredEntry): AuditEntry {
  return {
    id: row.id,
    number: row.number,
    at: row.at,
    accountId: row.account_id,
    role: row.role,
    organisationId: row.organisation_id,
    action: row.action,
    campaignId: row.campaign_id,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    detail: row.detail,
    request: row.request,
  };
}
