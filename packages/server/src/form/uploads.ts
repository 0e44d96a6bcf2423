import { createHash } from "node:crypto";
import { listUnopened } from "@shice/rules/form/check-form.ts";
import { fieldTitles } from "@shice/rules/form/titles.ts";
import { checkPhoto, type PhotoFinding } from "@shice/rules/photo/check.ts";
import { measurePhoto } from "@shice/rules/photo/measure.ts";
import { sql } from "kysely";
import type { Campaign } from "../case/campaign.ts";
import type { Case } from "../case/facts.ts";
import { findOpenReturn } from "../case/open-return.ts";
import { mustReturnRow } from "../platform/database/must-return-row.ts";
import { decoded } from "../platform/decoded-image.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { makePortrait, makeScan } from "../platform/images.ts";
import type { RequestContext, Services } from "../request/context.ts";
import { type ActContext, getCampaign, runAct } from "../request/run-act.ts";
import { assistedPatchOf, recordAssistedSave } from "./assisted-fields.ts";
import { attachmentViewOf, listAttachments, photoSlot } from "./attachments.ts";
import { queueReading } from "./read-numbers.ts";
import { getEditable } from "./save-form.ts";

const mostPages = 10;

/** A picture that was made anew from what came in. */
interface MadeAttachment {
  slot: string;
  fileName: string;
  jpeg: Buffer;
  width: number;
  height: number;
  findings: PhotoFinding[];
}

/**
 * Makes a picture of ours from what was sent: only pixels pass, so that nothing hidden in a file ever reaches another
 * machine. Before any transaction: decoding takes its time.
 * @throws RefusalError attachment.not-an-image, attachment.too-many-pixels, attachment.broken, attachment.slot-unknown
 */
async function makeAttachment(
  { plan }: Campaign,
  input: { slot: string; fileName: string; content: string },
): Promise<MadeAttachment> {
  const { slot, fileName } = input;
  const slots = [photoSlot, ...plan.materials.map(({ key }) => key)];
  if (!slots.includes(slot)) throw new RefusalError({ code: "attachment.slot-unknown", field: "slot" });
  return await decoded(input.content, async (bytes) => {
    if (slot !== photoSlot) {
      const { jpeg, width, height } = await makeScan(bytes);
      return { slot, fileName, jpeg, width, height, findings: [] };
    }
    const { widthPx: width, heightPx: height, maximumBytes } = plan.photo;
    const made = await makePortrait(bytes, { width, height, maximumBytes });
    const findings = checkPhoto(plan.photo, made.source, measurePhoto(made.thumbnail));
    return { slot, fileName, jpeg: made.jpeg, width, height, findings };
  });
}

/**
 * Keeps a picture with the application: the photo in place of the one before, a scan as the slot's next page. `put`
 * gathers the files that were written, for the caller to take away again where the transaction comes to nothing.
 */
async function addAttachment(ctx: ActContext, applicationId: string, made: MadeAttachment, put: string[]) {
  const { tx, campaign, now, actor, services } = ctx;
  const found = await getOpen(ctx, applicationId, made.slot);
  if (actor.accountId === null) throw new Error("the actor of an upload has no account");
  const isPhoto = made.slot === photoSlot;
  const present = await listAttachments(tx, campaign.id, applicationId, made.slot);
  if (!isPhoto && present.length >= mostPages) {
    throw new RefusalError({ code: "attachment.too-many", most: mostPages, field: "slot" });
  }
  if (isPhoto) await retire(ctx, applicationId, photoSlot, []);
  const toBeRead = campaign.plan.materials.some(
    ({ key, bearsCertificateNumber }) => key === made.slot && bearsCertificateNumber,
  );
  const { rows } = await sql<{ id: string }>`
    insert into shice.attachment (campaign_id, application_id, slot, position, sha256, size_bytes, media_type, file_name,
        width, height, findings, waits_for_reading, uploaded_by, uploaded_at)
      values (${campaign.id}, ${applicationId}, ${made.slot}, ${isPhoto ? 1 : (present.at(-1)?.position ?? 0) + 1},
        ${createHash("sha256").update(made.jpeg).digest()}, ${made.jpeg.length}, 'image/jpeg', ${made.fileName},
        ${made.width}, ${made.height}, ${JSON.stringify(made.findings)}::jsonb, ${toBeRead},
        ${actor.accountId}, ${now})
      returning id`.execute(tx);
  const row = mustReturnRow(rows, "attachment insert");
  // Before the commit: a row never stands without its file. A crash in between leaves a file that nobody can open.
  put.push(row.id);
  await services.files.put(row.id, made.jpeg);
  if (toBeRead) await queueReading(tx, row.id);
  const version = await noteChange(ctx, found, made.slot, isPhoto ? { photo: row.id } : {});
  return { version, attachments: await viewsOf(ctx, applicationId) };
}

/** Puts the pages of a scan in order; those not named are taken out. */
export async function arrangeAttachments(
  ctx: ActContext,
  applicationId: string,
  slot: string,
  pages: readonly string[],
) {
  const { tx, campaign } = ctx;
  const found = await getOpen(ctx, applicationId, slot);
  const present = await listAttachments(tx, campaign.id, applicationId, slot);
  if (new Set(pages).size !== pages.length || pages.some((page) => !present.some(({ id }) => id === page))) {
    throw new RefusalError({ code: "attachment.pages-changed", field: "pages" });
  }
  await retire(ctx, applicationId, slot, pages);
  // First out of the way of each other, then to their places.
  await sql`
    update shice.attachment set position = position + 1000
    where campaign_id = ${campaign.id} and application_id = ${applicationId} and slot = ${slot} and replaced_at is null`.execute(
    tx,
  );
  await sql`
    update shice.attachment t set position = i.ordinality
    from unnest(${[...pages]}::uuid[]) with ordinality as i(id) where t.id = i.id`.execute(tx);
  const gone = slot === photoSlot && pages.length === 0;
  const version = await noteChange(ctx, found, slot, gone ? { photo: null } : {});
  return { version, attachments: await viewsOf(ctx, applicationId) };
}

async function viewsOf({ tx, campaign, secrets }: ActContext, applicationId: string) {
  return (await listAttachments(tx, campaign.id, applicationId)).map((row) => attachmentViewOf(row, secrets));
}

/** A draft takes any file; a returned form those that were asked for. @throws RefusalError as `getEditable`, application.not-opened */
async function getOpen(ctx: ActContext, applicationId: string, slot: string): Promise<Case> {
  const found = await getEditable(ctx, applicationId, undefined);
  if (found.facts.state !== "returned") return found;
  const open = await findOpenReturn(ctx.tx, ctx.campaign.id, applicationId);
  const opened = open?.asked.flatMap((asked) => asked.opens) ?? [];
  if (opened.length === 0) return found;
  const isAsked =
    slot === photoSlot ? listUnopened(opened, ["photo"]).length === 0 : opened.includes(`material:${slot}`);
  if (isAsked) return found;
  const name = ctx.campaign.plan.materials.find(({ key }) => key === slot)?.variants[0]?.name;
  throw new RefusalError({ code: "application.not-opened", fields: [name ?? fieldTitles.photo] });
}

async function retire({ tx, campaign, now }: ActContext, applicationId: string, slot: string, kept: readonly string[]) {
  await sql`
    update shice.attachment set replaced_at = ${now}, waits_for_reading = false, numbers_sealed = null
    where campaign_id = ${campaign.id} and application_id = ${applicationId} and slot = ${slot} and replaced_at is null
      and id <> all(${[...kept]}::uuid[])`.execute(tx);
}

async function noteChange(ctx: ActContext, { id, row: before }: Case, slot: string, form: { photo?: string | null }) {
  const { tx, campaign, now } = ctx;
  const changed = [slot === photoSlot ? "photo" : `material:${slot}`];
  const { assisted_fields: assisted = before.assisted_fields } = assistedPatchOf(ctx, before, changed);
  const { rows } = await sql<{ version: number }>`
    update shice.application set version = version + 1, changed_at = ${now},
      form = jsonb_strip_nulls(form || ${JSON.stringify(form)}::jsonb), assisted_fields = ${assisted}::text[]
    where campaign_id = ${campaign.id} and id = ${id} returning version`.execute(tx);
  const row = mustReturnRow(rows, "application update");
  await recordAssistedSave(ctx, id, changed);
  return row.version;
}

/** Takes every file of an application out of use; the bytes go once that is committed. */
export async function retireAll({ tx, campaign, now }: ActContext, applicationId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update shice.attachment set replaced_at = coalesce(replaced_at, ${now}), waits_for_reading = false, numbers_sealed = null
    where campaign_id = ${campaign.id} and application_id = ${applicationId} returning id`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Takes in a picture and keeps it; where its transaction comes to nothing, its file goes too. */
export async function keepAttachment(
  context: RequestContext,
  input: { campaign: string; application: string; slot: string; fileName: string; content: string },
) {
  const { services } = context;
  const made = await makeAttachment(await getCampaign(services, input.campaign), input);
  const put: string[] = [];
  try {
    return await runAct(context, input.campaign, (ctx) => addAttachment(ctx, input.application, made, put));
  } catch (error) {
    for (const id of put) await services.files.remove(id);
    throw error;
  }
}

/** In training mode the bytes stay: the way back to the beginning needs them. */
export async function removeFiles({ files, config }: Services, ids: readonly string[]): Promise<void> {
  if (config.training) return;
  for (const id of ids) await files.remove(id);
}
