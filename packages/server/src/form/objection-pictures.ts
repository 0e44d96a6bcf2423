import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Tx } from "../platform/database/database.ts";
import { mustReturnRow } from "../platform/database/must-return-row.ts";
import type { FileStore } from "../platform/file-store.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { ImageError, type MadeImage, makeScan } from "../platform/images.ts";

/** A picture that supports an objection, made anew from what came in. */
export interface ObjectionPicture {
  fileName: string;
  made: MadeImage;
}

/**
 * Makes pictures of ours from what was sent, before any transaction.
 * @throws RefusalError attachment.not-an-image, attachment.too-many-pixels, attachment.broken
 */
export async function makeObjectionPictures(
  sent: readonly { fileName: string; content: string }[] = [],
): Promise<ObjectionPicture[]> {
  const codes = {
    "not-an-image": "attachment.not-an-image",
    "too-large": "attachment.too-many-pixels",
    broken: "attachment.broken",
  } as const;
  const pictures: ObjectionPicture[] = [];
  for (const { fileName, content } of sent) {
    try {
      pictures.push({ fileName, made: await makeScan(Buffer.from(content, "base64")) });
    } catch (error) {
      if (!(error instanceof ImageError)) throw error;
      throw new RefusalError({ code: codes[error.why], field: "content" });
    }
  }
  return pictures;
}

/** Keeps the pictures with their objection: written blind, for the public reads none. */
export async function keepObjectionPictures(
  tx: Tx,
  files: FileStore,
  objection: string,
  pictures: readonly ObjectionPicture[],
  now: Temporal.Instant,
): Promise<void> {
  for (const [at, { fileName, made }] of pictures.entries()) {
    const { rows } = await sql<{ id: string }>`select uuidv7() as id`.execute(tx);
    const { id } = mustReturnRow(rows, "objection picture key select");
    await sql`
      insert into shice.objection_picture (id, objection_id, position, sha256, size_bytes, width, height, file_name, added_at)
      values (${id}, ${objection}, ${at + 1}, ${createHash("sha256").update(made.jpeg).digest()}, ${made.jpeg.length},
        ${made.width}, ${made.height}, ${fileName}, ${now.toString()})`.execute(tx);
    await files.put(id, made.jpeg);
  }
}
