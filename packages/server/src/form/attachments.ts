import { createHash } from "node:crypto";
import { photoSentenceOf } from "@shice/contract/sentences/photo.zh.ts";
import type { PhotoFinding } from "@shice/rules/photo/check.ts";
import { sql } from "kysely";
import { z } from "zod";
import type { Tx } from "../platform/database/database.ts";
import type { FileStore } from "../platform/file-store.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import type { Log } from "../platform/log.ts";
import type { Secrets } from "../platform/secrets.ts";

export const photoSlot = "photo";

export interface AttachmentRow {
  id: string;
  slot: string;
  position: number;
  file_name: string;
  media_type: string;
  sha256: Buffer;
  size_bytes: bigint;
  width: number | null;
  height: number | null;
  findings: PhotoFinding[];
  waits_for_reading: boolean;
  numbers_sealed: Buffer | null;
  uploaded_at: Temporal.Instant;
  lost_at: Temporal.Instant | null;
}

/** The files of an application that are in force, in the order of their slots and pages. */
export async function listAttachments(
  tx: Tx,
  campaignId: string,
  applicationId: string,
  slot?: string,
): Promise<AttachmentRow[]> {
  const { rows } = await sql<AttachmentRow>`
    select id, slot, position, file_name, media_type, sha256, size_bytes, width, height, findings,
      waits_for_reading, numbers_sealed, uploaded_at, lost_at
    from shice.attachment
    where campaign_id = ${campaignId} and application_id = ${applicationId} and replaced_at is null
      and (${slot ?? null}::text is null or slot = ${slot ?? null}::text)
    order by slot, position`.execute(tx);
  return rows;
}

export function attachmentViewOf(row: AttachmentRow, secrets: Secrets) {
  return {
    id: row.id,
    slot: row.slot,
    position: row.position,
    fileName: row.file_name,
    width: row.width,
    height: row.height,
    bytes: Number(row.size_bytes),
    uploadedAt: row.uploaded_at.toString(),
    lost: row.lost_at !== null,
    numbers: row.waits_for_reading ? null : openNumbers(row.numbers_sealed, secrets),
    findings: row.findings.map((finding) => ({ code: finding.code, sentence: photoSentenceOf(finding) })),
  };
}

const numbersPurpose = "attachment.numbers";

/** The certificate numbers read on a page, sealed as the one in the form is. */
export function sealNumbers(numbers: readonly string[], secrets: Secrets): Buffer | null {
  return numbers.length === 0 ? null : secrets.encrypt(JSON.stringify(numbers), numbersPurpose);
}

export function openNumbers(sealed: Buffer | null, secrets: Secrets): string[] {
  return sealed === null ? [] : z.array(z.string()).parse(JSON.parse(secrets.decrypt(sealed, numbersPurpose)));
}

/**
 * The bytes of a file, compared with the hash taken when it came in.
 * @throws RefusalError attachment.lost when they are gone or are others
 */
export async function readAttachment(
  { services }: { services: { files: FileStore; log: Log } },
  row: Pick<AttachmentRow, "id" | "sha256">,
): Promise<Buffer> {
  const bytes = await findSound(services.files, row);
  if (bytes === undefined) {
    services.log.error({ file: row.id }, "a file is lost or altered");
    throw new RefusalError({ code: "attachment.lost" });
  }
  return bytes;
}

/** The bytes, if they are those that came in. */
export async function findSound(
  files: FileStore,
  row: Pick<AttachmentRow, "id" | "sha256">,
): Promise<Buffer | undefined> {
  try {
    const bytes = await files.find(row.id);
    return bytes !== undefined && createHash("sha256").update(bytes).digest().equals(row.sha256) ? bytes : undefined;
  } catch {
    // Sealed otherwise, or not readable: as good as gone.
    return undefined;
  }
}
