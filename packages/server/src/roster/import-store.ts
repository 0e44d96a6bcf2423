import type { sheetOutcomes } from "@shice/contract/common.ts";
import type { ModuleRefusal } from "@shice/contract/module-refusal.ts";
import type { importStates } from "@shice/contract/roster.ts";
import type { RosterDraft, RowTrouble } from "@shice/rules/roster/read-row.ts";
import { sql } from "kysely";
import { bytesText } from "../case/patch.ts";
import { mustReturnRow } from "../platform/database/must-return-row.ts";
import type { ActContext } from "../request/run-act.ts";
import type { Change } from "./entries.ts";

export type ImportState = (typeof importStates)[number];
export type ImportOutcome = (typeof sheetOutcomes)[number];

export interface ImportRecord {
  id: string;
  organisation_id: string;
  scope_kind: "school" | "authority";
  role: string;
  post_id: string | null;
  account_id: string;
  file_name: string;
  parts: number;
  received: number;
  state: ImportState;
  notes: string[];
  problem: ModuleRefusal | null;
  rows_total: number | null;
  rows_checked: number;
  rows_new: number;
  rows_changed: number;
  rows_unchanged: number;
  rows_wrong: number;
  rows_applied: number;
  asked_at: Temporal.Instant;
  finished_at: Temporal.Instant | null;
  asked_by: string;
}

/** What was found in a row, kept sealed. */
export interface FoundRow {
  /** As they stood in the spreadsheet, by column. */
  cells: Record<string, string>;
  draft: RosterDraft;
  schoolId: string | null;
  schoolName: string;
  troubles: RowTrouble[];
  changes: Change[];
}

const partPurpose = "roster.import-part";
const rowPurpose = "roster.import-row";

const importColumns = sql`
  i.id, i.organisation_id, i.scope_kind, i.role, i.post_id, i.account_id, i.file_name, i.parts, i.state, i.notes, i.problem,
  i.rows_total, i.rows_checked, i.rows_new, i.rows_changed, i.rows_unchanged, i.rows_wrong, i.rows_applied, i.asked_at,
  i.finished_at, (select display_name from shice.account c where c.id = i.account_id) as asked_by,
  (case when i.state = 'receiving' then (select count(*)::int from shice.roster_import_part p where p.import_id = i.id)
    else i.parts end) as received`;

export async function insertImport(
  { tx, campaign, actor, now }: ActContext,
  { fileName, parts }: { fileName: string; parts: number },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into shice.roster_import (campaign_id, organisation_id, scope_kind, role, post_id, account_id, file_name, parts,
        state, asked_at)
      values (${campaign.id}, ${actor.organisationId}, ${actor.scope.kind}, ${actor.role}, ${actor.postId},
        ${actor.accountId}, ${fileName}, ${parts}, 'receiving', ${now})
      returning id`.execute(tx);
  const row = mustReturnRow(rows, "roster import insert");
  return row.id;
}

/** Keeps a piece of the file; the same piece sent again changes nothing. */
export async function keepPart(ctx: ActContext, importId: string, part: number, bytes: Buffer): Promise<void> {
  await sql`
    insert into shice.roster_import_part (import_id, part, bytes_sealed)
      values (${importId}, ${part}, ${ctx.secrets.encryptBytes(bytes, partPurpose)})
      on conflict (import_id, part) do nothing`.execute(ctx.tx);
}

/** The whole file; undefined where a piece is missing or it was removed. */
export async function readParts(ctx: ActContext, importId: string, parts: number): Promise<Buffer | undefined> {
  const { rows } = await sql<{ bytes_sealed: Buffer }>`
    select bytes_sealed from shice.roster_import_part where import_id = ${importId} order by part`.execute(ctx.tx);
  if (rows.length < parts) return undefined;
  return Buffer.concat(rows.map(({ bytes_sealed }) => ctx.secrets.decryptBytes(bytes_sealed, partPurpose)));
}

export async function removeParts({ tx }: ActContext, importId: string): Promise<void> {
  await sql`delete from shice.roster_import_part where import_id = ${importId}`.execute(tx);
}

export async function findImport(
  { tx, campaign }: ActContext,
  id: string,
  { lock }: { lock: boolean } = { lock: false },
): Promise<ImportRecord | undefined> {
  if (lock) await sql`select from shice.roster_import where id = ${id} for update`.execute(tx);
  const { rows } = await sql<ImportRecord>`
    select ${importColumns} from shice.roster_import i where i.campaign_id = ${campaign.id} and i.id = ${id}`.execute(
    tx,
  );
  return rows[0];
}

/** An import of the same content by the same office that was not given up; the newest. */
export async function findSameContent({ tx, campaign, actor }: ActContext, hash: Buffer): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from shice.roster_import
    where campaign_id = ${campaign.id} and organisation_id = ${actor.organisationId} and content_hash = ${hash}
      and state not in ('cancelled', 'unreadable', 'receiving')
    order by id desc limit 1`.execute(tx);
  return rows[0]?.id;
}

export async function dropImport({ tx }: ActContext, id: string): Promise<void> {
  await sql`delete from shice.roster_import_part where import_id = ${id}`.execute(tx);
  await sql`update shice.roster_import set state = 'cancelled' where id = ${id}`.execute(tx);
}

export async function setImport(
  { tx }: ActContext,
  id: string,
  set: Partial<{
    state: ImportState;
    content_hash: Buffer;
    notes: string[];
    problem: ModuleRefusal | null;
    attempts: number;
    rows_total: number;
    checked_at: Temporal.Instant;
    finished_at: Temporal.Instant | null;
  }>,
): Promise<void> {
  const { notes, problem, ...plain } = set;
  await tx
    .updateTable("shice.roster_import")
    .set({
      ...plain,
      ...(notes === undefined ? {} : { notes: JSON.stringify(notes) }),
      ...(problem === undefined ? {} : { problem: problem === null ? null : JSON.stringify(problem) }),
    })
    .where("id", "=", id)
    .execute();
}

export async function listImports(
  { tx, campaign }: ActContext,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<ImportRecord[]> {
  const { rows } = await sql<ImportRecord>`
    select ${importColumns} from shice.roster_import i
    where i.campaign_id = ${campaign.id} and i.id < ${after ?? "ffffffff-ffff-ffff-ffff-ffffffffffff"}::uuid
      and not (i.state = 'cancelled' and i.rows_total is null)
    order by i.id desc limit ${limit + 1}`.execute(tx);
  return rows;
}

/** The last row that has been checked; 0 before the first. */
export async function lastPosition({ tx }: ActContext, importId: string): Promise<number> {
  const { rows } = await sql<{ last: number }>`
    select coalesce(max(position), 0)::int as last from shice.roster_import_row where import_id = ${importId}`.execute(
    tx,
  );
  return rows[0]?.last ?? 0;
}

export async function insertRows(
  { tx, secrets }: ActContext,
  importId: string,
  rows: readonly { position: number; outcome: ImportOutcome; found: FoundRow }[],
): Promise<void> {
  const count = (outcome: ImportOutcome) => rows.filter((row) => row.outcome === outcome).length;
  const input = rows.map(({ position, outcome, found }) => ({
    position,
    outcome,
    sealed: bytesText(secrets.encrypt(JSON.stringify(found), rowPurpose)),
  }));
  await sql`
    insert into shice.roster_import_row (import_id, position, outcome, row_sealed)
      select ${importId}::uuid, i.position, i.outcome, i.sealed::bytea
      from jsonb_to_recordset(${JSON.stringify(input)}::jsonb) as i(position int, outcome text, sealed text)`.execute(
    tx,
  );
  await sql`
    update shice.roster_import set rows_checked = rows_checked + ${rows.length}, rows_new = rows_new + ${count("new")},
      rows_changed = rows_changed + ${count("changed")}, rows_unchanged = rows_unchanged + ${count("unchanged")},
      rows_wrong = rows_wrong + ${count("wrong")}, attempts = 1
    where id = ${importId}`.execute(tx);
}

export interface StoredRow {
  position: number;
  outcome: ImportOutcome;
  applied: boolean;
  found: FoundRow;
}

export async function listRows(
  { tx, secrets }: ActContext,
  importId: string,
  filter: { after: number; limit: number; outcome?: ImportOutcome | undefined; toApply?: boolean },
): Promise<StoredRow[]> {
  const { rows } = await sql<{ position: number; outcome: ImportOutcome; applied: boolean; row_sealed: Buffer }>`
    select position, outcome, applied_at is not null as applied, row_sealed from shice.roster_import_row
    where import_id = ${importId} and position > ${filter.after}
      and (${filter.outcome ?? null}::text is null or outcome = ${filter.outcome ?? null})
      ${filter.toApply === true ? sql`and outcome in ('new', 'changed') and applied_at is null` : sql``}
    order by position limit ${filter.limit}`.execute(tx);
  return rows.map(({ row_sealed, ...row }) => ({ ...row, found: JSON.parse(secrets.decrypt(row_sealed, rowPurpose)) }));
}

/** Notes what became of rows when they were written. */
export async function noteApplied(
  { tx, now, secrets }: ActContext,
  importId: string,
  applied: readonly number[],
  turnedWrong: readonly { position: number; outcome: ImportOutcome; found: FoundRow }[],
): Promise<void> {
  await sql`
    update shice.roster_import_row set applied_at = ${now}
    where import_id = ${importId} and position = any(${[...applied]}::int[])`.execute(tx);
  for (const { position, found, outcome } of turnedWrong) {
    await sql`
      update shice.roster_import_row
      set outcome = 'wrong', row_sealed = ${secrets.encrypt(JSON.stringify(found), rowPurpose)}
      where import_id = ${importId} and position = ${position}`.execute(tx);
    await sql`
      update shice.roster_import set rows_wrong = rows_wrong + 1,
        rows_new = rows_new - ${outcome === "new" ? 1 : 0}, rows_changed = rows_changed - ${outcome === "changed" ? 1 : 0}
      where id = ${importId}`.execute(tx);
  }
  await sql`
    update shice.roster_import set rows_applied = rows_applied + ${applied.length}, attempts = 1 where id = ${importId}`.execute(
    tx,
  );
}
