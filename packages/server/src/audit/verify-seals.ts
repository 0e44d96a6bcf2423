import { sql } from "kysely";
import { digestHeads, digestPlainSeals, type SealedHead, sealedHeadsOf, sealRootOf } from "./seal-root.ts";
import type { Verification } from "./verification.ts";

interface StoredSeal {
  number: number;
  kind: "plain" | "upgrade" | "daily";
  day: Temporal.PlainDate;
  chains: number;
  root: Buffer;
  previous_root: Buffer;
  sealed_at: Temporal.Instant;
  heads_digest: Buffer | null;
  audit_entries: number;
  audit_number: number | null;
  audit_mac: Buffer | null;
}

/**
 * Computes every seal anew from what it covers, and looks for what it covers in the histories and the audit log as they
 * are now. Seals from before codes were keyed are believed as the seal of the upgrade covers them.
 */
export async function verifySeals(verification: Verification): Promise<void> {
  const { tx, findings } = verification;
  const { rows: seals } = await sql<StoredSeal>`
    select number, kind, day, chains, root, previous_root, sealed_at, heads_digest,
      audit_entries::float8 as audit_entries, audit_number::float8 as audit_number, audit_mac
    from shice.seal order by number`.execute(tx);
  let last: { number: number; root: Buffer } = { number: 0, root: Buffer.alloc(0) };
  const plainAfterUpgrade = seals.slice(seals.findIndex(({ kind }) => kind !== "plain")).map(({ number }) => number);
  for (const seal of seals) {
    findings.seals += 1;
    const subject = String(seal.number);
    if (seal.number !== last.number + 1 || !seal.previous_root.equals(last.root)) findings.report("seal.link", subject);
    if (seal.kind !== "plain") await verifySeal(verification, seal);
    else if (plainAfterUpgrade.includes(seal.number)) findings.report("seal.content", subject);
    last = { number: seal.number, root: seal.root };
  }
  await findMissing(verification);
}

async function verifySeal({ tx, secrets, findings }: Verification, seal: StoredSeal): Promise<void> {
  const subject = String(seal.number);
  const digest = digestHeads();
  let chains = 0;
  let batch: SealedHead[] = [];
  const compare = async () => {
    const missing = await listMissingHeads(tx, batch);
    for (const { application_id, sequence } of missing) {
      findings.report("history.sealed-otherwise", application_id, { number: sequence });
    }
    batch = [];
  };
  for await (const head of sealedHeadsOf(tx, seal.number)) {
    digest.add(head);
    chains += 1;
    batch.push(head);
    if (batch.length === 5000) await compare();
  }
  await compare();
  const content = {
    number: seal.number,
    kind: seal.kind === "upgrade" ? ("upgrade" as const) : ("daily" as const),
    day: seal.day.toString(),
    sealedAt: seal.sealed_at.toString(),
    previousRoot: seal.previous_root,
    chains,
    headsDigest: digest.digest(),
    auditNumber: seal.audit_number ?? 0,
    auditMac: seal.audit_mac ?? Buffer.alloc(0),
    auditEntries: seal.audit_entries,
    plainSeals: seal.kind === "upgrade" ? await digestPlainSeals(tx) : null,
  };
  const isWhole =
    chains === seal.chains &&
    seal.heads_digest?.equals(content.headsDigest) === true &&
    sealRootOf(secrets, content).equals(seal.root);
  if (!isWhole) findings.report("seal.content", subject);
  if (content.auditNumber === 0) return;
  const { rows: entries } = await sql<{ mac: Buffer }>`
    select coalesce(mac, '') as mac from shice.audit_entry where number = ${content.auditNumber}`.execute(tx);
  if (entries[0]?.mac.equals(content.auditMac) !== true) {
    findings.report("seal.audit-log", subject, { number: content.auditNumber });
  }
}

/** Which sealed ends of histories are no longer there as they were sealed. */
async function listMissingHeads(tx: Verification["tx"], heads: readonly SealedHead[]) {
  const rows = heads.map(({ campaign_id, application_id, sequence, hash }) => ({
    campaign_id,
    application_id,
    sequence,
    hash: hash.toString("hex"),
  }));
  const { rows: missing } = await sql<{ application_id: string; sequence: number }>`
    select s.application_id, s.sequence
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as s(campaign_id uuid, application_id uuid, sequence int, hash text)
    left join shice.application_history h
      on h.campaign_id = s.campaign_id and h.application_id = s.application_id and h.sequence = s.sequence
    where h.hash is distinct from decode(s.hash, 'hex') order by 1, 2`.execute(tx);
  return missing;
}

/** Seals that the audit log says were made, and that are not there with that root. */
async function findMissing({ tx, findings }: Verification): Promise<void> {
  const { rows } = await sql<{ number: string }>`
    select e.detail ->> 'number' as number from shice.audit_entry e
    where e.action = 'seal-day' and not exists (
      select from shice.seal s where s.number::text = e.detail ->> 'number' and encode(s.root, 'hex') = e.detail ->> 'root')
    order by e.number`.execute(tx);
  for (const { number } of rows) findings.report("seal.missing", number);
}
