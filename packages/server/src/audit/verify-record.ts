import { sql } from "kysely";
import { type HistoryHead, headMacOf } from "../case/history.ts";
import type { Tx } from "../platform/database/database.ts";
import type { Secrets } from "../platform/secrets.ts";
import { Findings, type Verification, type VerifiedCampaign } from "./verification.ts";
import { hasItsCode, listEntries, verifyAuditLog } from "./verify-audit-log.ts";
import { verifyDecisions } from "./verify-decisions.ts";
import { verifyHistories } from "./verify-history.ts";
import { verifySeals } from "./verify-seals.ts";
import { verifyStickers } from "./verify-stickers.ts";

/**
 * Whether this secret made any of the record's keyed codes: with another one every row would look altered. Some entries
 * of the audit log and some ends of histories are tried; true where nothing is on record yet.
 */
export async function isSecretOfRecord(tx: Tx, secrets: Secrets): Promise<boolean> {
  const entries = await listEntries(tx, { after: 0, limit: 100 });
  const { rows: applications } = await sql<HistoryHead & { head_mac: Buffer | null }>`
    select * from shice.application where last_sequence > 0 limit 100`.execute(tx);
  return (
    entries.length + applications.length === 0 ||
    entries.some((entry) => hasItsCode(secrets, entry)) ||
    applications.some((application) => application.head_mac?.equals(headMacOf(secrets, application)) === true)
  );
}

/**
 * Verifies the whole record: histories, cases and decisions of the campaigns; the audit log, the seals and the sticker
 * ledger of the installation. Only reads, in batches.
 */
export async function verifyRecord(
  { tx, secrets }: { tx: Tx; secrets: Secrets },
  campaigns: readonly VerifiedCampaign[],
): Promise<Findings> {
  const verification: Verification = { tx, secrets, findings: new Findings() };
  for (const campaign of campaigns) {
    await verifyHistories(verification, campaign);
    await verifyDecisions(verification, campaign);
  }
  await verifyAuditLog(verification);
  await verifySeals(verification);
  await verifyStickers(verification);
  return verification.findings;
}
