import { sql } from "kysely";
import type { AskedReason } from "../case/reasons.ts";
import type { Tx } from "../platform/database/database.ts";
import { mustReturnRow } from "../platform/database/must-return-row.ts";
import type { ActContext } from "../request/run-act.ts";

interface CheckedMaterial {
  material: string;
  concerns: string;
  suppliedBy: string;
  originalSeen: boolean;
  copyStamped: boolean;
  copies: number;
  signer: string | null;
  remark: string | null;
  /** The sheet of the school on which it stands. */
  sheet?: string | null;
}

/** Records what was seen at the desk; a later look replaces an earlier one. */
export async function saveMaterials(
  { tx, campaign, actor, now }: ActContext,
  applicationIds: readonly string[],
  materials: readonly CheckedMaterial[],
): Promise<void> {
  if (materials.length === 0) return;
  await sql`
    insert into shice.material_check (campaign_id, application_id, material, concerns, original_seen, copy_stamped, copies,
        supplied_by, signer, remark, checked_by, checked_at, sheet_id)
      select ${campaign.id}, a, m.material, m.concerns, m."originalSeen", m."copyStamped", m.copies, m."suppliedBy", m.signer,
        m.remark, ${actor.accountId}, ${now}, m.sheet
      from unnest(${applicationIds}::uuid[]) as a
      cross join jsonb_to_recordset(${JSON.stringify(materials)}::jsonb) as m(material text, concerns text, "suppliedBy" text,
        "originalSeen" boolean, "copyStamped" boolean, copies int, signer text, remark text, sheet uuid)
      on conflict (campaign_id, application_id, material) do update set
        concerns = excluded.concerns, original_seen = excluded.original_seen, copy_stamped = excluded.copy_stamped,
        copies = excluded.copies, supplied_by = excluded.supplied_by, signer = excluded.signer, remark = excluded.remark,
        checked_by = excluded.checked_by, checked_at = excluded.checked_at,
        -- A later tick at the desk leaves the proof where it stands, as long as the same person signed it.
        sheet_id = coalesce(excluded.sheet_id, case when material_check.signer = excluded.signer then material_check.sheet_id end)`.execute(
    tx,
  );
}

export async function saveCertificateChecks(
  { tx, campaign, actor, now }: ActContext,
  applicationId: string,
  checks: readonly { field: string; agrees: boolean; remark?: string | undefined }[],
): Promise<void> {
  if (checks.length === 0) return;
  await sql`
    insert into shice.certificate_check (campaign_id, application_id, field, agrees, remark, checked_by, checked_at)
      select ${campaign.id}, ${applicationId}::uuid, k.field, k.agrees, k.remark, ${actor.accountId}, ${now}
      from jsonb_to_recordset(${JSON.stringify(checks)}::jsonb) as k(field text, agrees boolean, remark text)
      on conflict (campaign_id, application_id, field) do update set
        agrees = excluded.agrees, remark = excluded.remark, checked_by = excluded.checked_by,
        checked_at = excluded.checked_at`.execute(tx);
}

/** Writes what a return asks, with the form as it is now, so that the answer can be compared with it. */
export async function askApplicant(
  { tx, campaign, actor, now }: ActContext,
  applicationId: string,
  request: {
    stage: "confirm" | "preliminary";
    asked: readonly AskedReason[];
    text: string | null;
    answerTo: "submitted" | "sent-back";
    replyBy: Temporal.Instant;
  },
): Promise<void> {
  await sql`
    insert into shice.return_request (campaign_id, application_id, round, asked_at_stage, asked, text, form_before,
        form_before_sealed, answer_to, reply_by, asked_by, asked_at)
      select a.campaign_id, a.id,
        (select coalesce(max(r.round), 0) + 1 from shice.return_request r
           where r.campaign_id = a.campaign_id and r.application_id = a.id),
        ${request.stage}, ${JSON.stringify(request.asked)}::jsonb, ${request.text}, a.form, a.form_sealed,
        ${request.answerTo}, ${request.replyBy}, ${actor.accountId}, ${now}
      from shice.application a
      where a.campaign_id = ${campaign.id} and a.id = ${applicationId}`.execute(tx);
}

/** Ends what is still asked of these cases, as answered or passed on. */
export async function closeReturns(
  { tx, campaign, now }: ActContext,
  applicationIds: readonly string[],
  outcome: "answered" | "passed-on" | "withdrawn",
): Promise<void> {
  await sql`
    update shice.return_request set outcome = ${outcome}, answered_at = ${now}
    where campaign_id = ${campaign.id} and application_id = any(${applicationIds}::uuid[]) and outcome is null`.execute(
    tx,
  );
}

/** Number of the next manifest: the day and a number in order over the whole installation; gaps mean nothing. */
export async function nextManifestNumber(tx: Tx, day: Temporal.PlainDate): Promise<string> {
  const { rows } = await sql<{ next: string }>`select nextval('shice.manifest_number')::text as next`.execute(tx);
  return `JJ${day.toString().replaceAll("-", "")}-${(rows[0]?.next ?? "").padStart(6, "0")}`;
}

export async function insertManifest(
  { tx, campaign, actor, now }: ActContext,
  manifest: {
    pointId: string;
    authorityId: string;
    number: string;
    listHash: Buffer;
    items: readonly { position: number; applicationId: string }[];
  },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    with made as (
      insert into shice.manifest (campaign_id, confirmation_point_id, authority_id, number, handed_over_by, handed_over_at, list_hash)
        values (${campaign.id}, ${manifest.pointId}, ${manifest.authorityId}, ${manifest.number}, ${actor.accountId}, ${now}, ${manifest.listHash})
        returning id)
    select id from made`.execute(tx);
  const { id } = mustReturnRow(rows, "manifest insert");
  await sql`
    insert into shice.manifest_item (manifest_id, position, campaign_id, application_id)
      select ${id}::uuid, i.position, ${campaign.id}, i."applicationId"
      from jsonb_to_recordset(${JSON.stringify(manifest.items)}::jsonb) as i(position int, "applicationId" uuid)`.execute(
    tx,
  );
  return id;
}
