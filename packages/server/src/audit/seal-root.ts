import { createHash } from "node:crypto";
import { sql } from "kysely";
import { canonicalJson, type JsonObject } from "../case/history.ts";
import type { Tx } from "../platform/database/database.ts";
import { mustReturnRow } from "../platform/database/must-return-row.ts";
import type { Secrets } from "../platform/secrets.ts";

/** What a seal binds; its root is the keyed code over all of it. */
interface SealContent {
  number: number;
  kind: "upgrade" | "daily";
  day: string;
  sealedAt: string;
  previousRoot: Uint8Array;
  /** How many histories have moved since the seal before, and the digest of where they then ended. */
  chains: number;
  headsDigest: Uint8Array;
  /** The last entry of the audit log, and how many there are since the seal before. */
  auditNumber: number;
  auditMac: Uint8Array;
  auditEntries: number;
  /** Of an upgrade: digest of the seals from before codes were keyed. */
  plainSeals: string | null;
}

/** The root of a seal: printed or kept elsewhere, it proves later that nothing up to it was altered. */
export function sealRootOf(secrets: Secrets, content: SealContent): Buffer {
  const { previousRoot, headsDigest, auditMac, ...rest } = content;
  const bytes = [previousRoot, headsDigest, auditMac].map((part) => Buffer.from(part).toString("hex"));
  return secrets.macOf("seal", canonicalJson([{ ...rest }, ...bytes]));
}

/** Where a history ended when it was sealed. */
export interface SealedHead {
  campaign_id: string;
  application_id: string;
  sequence: number;
  hash: Buffer;
  holds: JsonObject | null;
}

const batchSize = 5000;

/** Goes through the heads that a seal covers, in the order in which they are digested. */
export async function* sealedHeadsOf(tx: Tx, seal: number): AsyncGenerator<SealedHead> {
  let campaign = "00000000-0000-0000-0000-000000000000";
  let application = campaign;
  for (;;) {
    const { rows } = await sql<SealedHead>`
      select campaign_id, application_id, sequence, hash, holds from shice.seal_head
      where seal = ${seal} and (campaign_id, application_id) > (${campaign}::uuid, ${application}::uuid)
      order by campaign_id, application_id limit ${batchSize}`.execute(tx);
    yield* rows;
    const last = rows.at(-1);
    if (last === undefined) return;
    campaign = last.campaign_id;
    application = last.application_id;
  }
}

/** Digest of the seals from before codes were keyed, which carry no code of their own. */
export async function digestPlainSeals(tx: Tx): Promise<string> {
  const hash = createHash("sha256");
  const { rows } = await sql<{ text: string }>`
    select concat_ws(' ', number, day, chains, audit_entries, encode(root, 'hex'), encode(previous_root, 'hex'),
      extract(epoch from sealed_at)) as text
    from shice.seal where kind = 'plain' order by number`.execute(tx);
  for (const { text } of rows) hash.update(`${text}\n`);
  return hash.digest("hex");
}

/** Digests heads one by one. */
export function digestHeads(): { add(head: SealedHead): void; digest(): Buffer } {
  const hash = createHash("sha256");
  return {
    add: ({ campaign_id, application_id, sequence, hash: head, holds }) => {
      hash.update(`${canonicalJson([campaign_id, application_id, sequence, head.toString("hex"), holds])}\n`);
    },
    digest: () => hash.digest(),
  };
}

/** Writes the seal over the heads that were put beside it (shice.seal_head), behind the seal before. */
export async function writeSeal(
  tx: Tx,
  secrets: Secrets,
  { number, kind, day, now }: { number: number; kind: SealContent["kind"]; day: string; now: Temporal.Instant },
): Promise<Buffer> {
  const { rows: previousSeals } = await sql<{ root: Buffer; audit_number: number | null }>`
    select root, audit_number::float8 as audit_number from shice.seal order by number desc limit 1`.execute(tx);
  const [previous] = previousSeals;
  const { rows: ends } = await sql<{ number: number; mac: Buffer }>`
    select number::float8 as number, mac from shice.audit_head`.execute(tx);
  const end = mustReturnRow(ends, "audit head select");
  const digest = digestHeads();
  let chains = 0;
  for await (const head of sealedHeadsOf(tx, number)) {
    digest.add(head);
    chains += 1;
  }
  const content: SealContent = {
    number,
    kind,
    day,
    sealedAt: now.round({ smallestUnit: "microsecond" }).toString(),
    previousRoot: previous?.root ?? Buffer.alloc(0),
    chains,
    headsDigest: digest.digest(),
    auditNumber: end.number,
    auditMac: end.mac,
    auditEntries: end.number - (previous?.audit_number ?? 0),
    plainSeals: kind === "upgrade" ? await digestPlainSeals(tx) : null,
  };
  const root = sealRootOf(secrets, content);
  await sql`
    insert into shice.seal (number, kind, day, chains, audit_entries, root, previous_root, sealed_at, heads_digest,
      audit_number, audit_mac)
    values (${number}, ${kind}, ${day}::date, ${chains}, ${content.auditEntries}, ${root}, ${content.previousRoot},
      ${content.sealedAt}::timestamptz, ${content.headsDigest}, ${end.number}, ${end.mac})`.execute(tx);
  return root;
}

/** The number of the next seal. */
export async function nextSealNumber(tx: Tx): Promise<number> {
  const { rows } = await sql<{ next: number }>`select coalesce(max(number), 0) + 1 as next from shice.seal`.execute(tx);
  return rows[0]?.next ?? 1;
}
