import { sql } from "kysely";
import { type HistoryHead, headMacOf, type JsonObject } from "../case/history.ts";
import { movementAction, movementContent, movementMacOf } from "../case/movement-code.ts";
import { bytesText } from "../case/patch.ts";
import { heldColumnsOf, type StartedColumns } from "../case/set-columns.ts";
import type { Tx } from "../platform/database/database.ts";
import type { Secrets } from "../platform/secrets.ts";
import { auditHeadMacOf, chainAudit } from "../request/append-audit.ts";
import { nextSealNumber, writeSeal } from "./seal-root.ts";

const batchSize = 1000;
const firstKey = "00000000-0000-0000-0000-000000000000";

/**
 * The program's part of the migration `0028_keyed_record`, in its transaction: binds what was written before codes were
 * keyed. Histories keep their plain hashes up to where they now end; each end, with all that the application holds, goes
 * into one seal under the installation's key. Nobody without the secret can add to that seal, so that no later row passes
 * for an earlier one. Entries of the audit log and movements of stickers get their codes. In a new database there is nothing.
 */
export async function sealEarlierRecord(tx: Tx, secrets: Secrets, now: Temporal.Instant): Promise<void> {
  const number = await nextSealNumber(tx);
  const applications = await sealApplications(tx, secrets, number);
  const entries = await chainEntries(tx, secrets, now);
  if (applications + entries === 0 && number === 1) return;
  const day = now.toZonedDateTimeISO("Asia/Shanghai").toPlainDate().toString();
  await writeSeal(tx, secrets, { number, kind: "upgrade", day, now });
}

async function sealApplications(tx: Tx, secrets: Secrets, seal: number): Promise<number> {
  let after = { campaign_id: firstKey, id: firstKey };
  for (let total = 0; ; ) {
    const { rows } = await sql<StartedColumns & HistoryHead>`
      select * from shice.application
      where (campaign_id, id) > (${after.campaign_id}::uuid, ${after.id}::uuid) order by campaign_id, id limit ${batchSize}`.execute(
      tx,
    );
    const last = rows.at(-1);
    if (last === undefined) return total;
    const sealed = rows.map((row) => ({
      campaign: row.campaign_id,
      id: row.id,
      headMac: bytesText(headMacOf(secrets, row)),
      holds: heldColumnsOf(secrets, row),
    }));
    await sql`
      with i as (select * from jsonb_to_recordset(${JSON.stringify(sealed)}::jsonb)
        as i(campaign uuid, id uuid, "headMac" text, holds jsonb)), moved as (
        update shice.application a set head_mac = i."headMac"::bytea from i where a.campaign_id = i.campaign and a.id = i.id
      )
      insert into shice.seal_head (seal, campaign_id, application_id, sequence, hash, holds)
      select ${seal}, a.campaign_id, a.id, a.last_sequence, a.last_hash, i.holds
      from i join shice.application a on a.campaign_id = i.campaign and a.id = i.id where a.last_sequence > 0`.execute(
      tx,
    );
    total += rows.length;
    after = last;
  }
}

interface EarlierEntry {
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
}

/** Chains the entries of the audit log in the order of their keys, then adds one for each movement of stickers. */
async function chainEntries(tx: Tx, secrets: Secrets, now: Temporal.Instant): Promise<number> {
  let head: { number: number; mac: Uint8Array } = { number: 0, mac: Buffer.alloc(0) };
  for (let after = firstKey; ; ) {
    const { rows } = await sql<EarlierEntry>`
      select id, at, account_id, role, organisation_id, action, campaign_id, subject_kind, subject_id, detail, request
      from shice.audit_entry where id > ${after}::uuid order by id limit ${batchSize}`.execute(tx);
    const last = rows.at(-1);
    if (last === undefined) break;
    const contents = rows.map(
      ({ account_id, organisation_id, campaign_id, subject_kind, subject_id, id: _, ...row }) => ({
        ...row,
        accountId: account_id,
        organisationId: organisation_id,
        campaignId: campaign_id,
        subjectKind: subject_kind,
        subjectId: subject_id,
      }),
    );
    const ids = rows.map(({ id }) => id);
    const chained = chainAudit(secrets, head, contents, ids);
    await sql`
      update shice.audit_entry e set number = i.number, previous_mac = i."previousMac"::bytea, mac = i.mac::bytea
      from jsonb_to_recordset(${JSON.stringify(chained.entries)}::jsonb) as i(id uuid, number bigint, "previousMac" text, mac text)
      where e.id = i.id`.execute(tx);
    head = chained.last;
    after = last.id;
  }
  await sql`
    update shice.audit_head set number = ${head.number}, mac = ${head.mac}, head_mac = ${auditHeadMacOf(secrets, head)}`.execute(
    tx,
  );
  return head.number + (await recordMovements(tx, secrets, now, head));
}

async function recordMovements(
  tx: Tx,
  secrets: Secrets,
  at: Temporal.Instant,
  start: { number: number; mac: Uint8Array },
): Promise<number> {
  let head = start;
  for (let after = firstKey; ; ) {
    const { rows } = await sql<{ id: string; content: JsonObject; key: string }>`
      select m.id, ${movementContent} as content, uuidv7() as key
      from shice.sticker_movement m where m.id > ${after}::uuid order by m.id limit ${batchSize}`.execute(tx);
    const last = rows.at(-1);
    if (last === undefined) return head.number - start.number;
    const contents = rows.map(({ id, content }) => ({
      at,
      accountId: null,
      role: "system",
      organisationId: null,
      action: movementAction,
      campaignId: null,
      subjectKind: "sticker-movement",
      subjectId: id,
      detail: { mac: movementMacOf(secrets, content) },
      request: null,
    }));
    const keys = rows.map(({ key }) => key);
    const chained = chainAudit(secrets, head, contents, keys);
    await sql`select shice.append_audit(${JSON.stringify(chained.entries)}::jsonb, ${auditHeadMacOf(secrets, chained.last)})`.execute(
      tx,
    );
    head = chained.last;
    after = last.id;
  }
}
