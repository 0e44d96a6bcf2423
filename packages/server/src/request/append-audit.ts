import type { AuditAction, AuditRole, AuditSubject } from "@shice/contract/audit-words.ts";
import { sql } from "kysely";
import { canonicalJson, type JsonObject } from "../case/history.ts";
import { bytesText } from "../case/patch.ts";
import { beforeCommit, type Tx } from "../platform/database/database.ts";
import { mustReturnRow } from "../platform/database/must-return-row.ts";
import type { Secrets } from "../platform/secrets.ts";

/** What an audit entry says; no personal data in `detail`. */
interface AuditContent {
  at: Temporal.Instant;
  accountId: string | null;
  role: string;
  organisationId: string | null;
  action: string;
  campaignId: string | null;
  subjectKind: string;
  subjectId: string | null;
  detail: JsonObject;
  request: string | null;
}

/** What the program writes: of the words that the contract knows. */
type NewAudit = AuditContent & { action: AuditAction; role: AuditRole; subjectKind: AuditSubject };

/** An entry in its place in the log. */
export interface AuditEntry extends AuditContent {
  id: string;
  number: number;
}

/** The keyed code that chains an entry to the one before it. */
export function auditMacOf(secrets: Secrets, previousMac: Uint8Array, entry: AuditEntry): Buffer {
  const at = entry.at.toString();
  return secrets.macOf("audit entry", canonicalJson([Buffer.from(previousMac).toString("hex"), { ...entry, at }]));
}

/** The keyed code over the end of the log: a log that is cut at its end lacks the one that belongs to its new end. */
export function auditHeadMacOf(secrets: Secrets, head: { number: number; mac: Uint8Array }): Buffer {
  return secrets.macOf("audit head", canonicalJson([head.number, Buffer.from(head.mac).toString("hex")]));
}

const waiting = new WeakMap<Tx, AuditContent[]>();

/**
 * Writes audit entries with the transaction: at its very end, since the log is one chain and whoever appends to it holds
 * its end until the commit.
 */
export function appendAudit(tx: Tx, secrets: Secrets, contents: readonly NewAudit[]): void {
  const known = waiting.get(tx);
  if (known !== undefined) {
    known.push(...contents);
    return;
  }
  const entries = [...contents];
  waiting.set(tx, entries);
  beforeCommit(tx, () => write(tx, secrets, entries));
}

async function write(tx: Tx, secrets: Secrets, contents: readonly AuditContent[]): Promise<void> {
  if (contents.length === 0) return;
  const { rows } = await sql<{ number: string; mac: Buffer; ids: string[] }>`
    select number::text as number, mac, ids from shice.lock_audit_head(${contents.length},
      ${keysOf(contents, "accountId")}::uuid[], ${keysOf(contents, "organisationId")}::uuid[])`.execute(tx);
  const head = mustReturnRow(rows, "audit head lock");
  const { entries, last } = chainAudit(secrets, { number: Number(head.number), mac: head.mac }, contents, head.ids);
  await sql`select shice.append_audit(${JSON.stringify(entries)}::jsonb, ${auditHeadMacOf(secrets, last)})`.execute(tx);
}

/** The entries in their places behind the given end, with their codes; and the new end. */
export function chainAudit(
  secrets: Secrets,
  head: { number: number; mac: Uint8Array },
  contents: readonly AuditContent[],
  ids: readonly string[],
) {
  let last = head;
  const entries = contents.map((content, index) => {
    const id = ids[index];
    if (id === undefined) throw new Error("lock_audit_head returned too few keys");
    const at = content.at.round({ smallestUnit: "microsecond" });
    const entry: AuditEntry = { ...content, at, id, number: last.number + 1 };
    const mac = auditMacOf(secrets, last.mac, entry);
    const row = { ...entry, at: at.toString(), previousMac: bytesText(last.mac), mac: bytesText(mac) };
    last = { number: entry.number, mac };
    return row;
  });
  return { entries, last };
}

function keysOf(contents: readonly AuditContent[], key: "accountId" | "organisationId"): string[] {
  return [...new Set(contents.flatMap((content) => content[key] ?? []))].sort();
}
