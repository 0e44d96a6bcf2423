import { sql } from "kysely";
import type { Tx } from "../platform/database/database.ts";
import { mustReturnRow } from "../platform/database/must-return-row.ts";

export interface ObjectionRow {
  id: string;
  application_id: string;
  notice_id: string;
  kind: "objection" | "appeal";
  objector_name: string;
  contact_sealed: Buffer;
  statement: string;
  raised_at: Temporal.Instant;
  answer_by: Temporal.Instant;
  outcome: "dismissed" | "upheld" | null;
  answer: string | null;
  decided_at: Temporal.Instant | null;
  pictures?: { id: string; fileName: string }[] | null;
}

const objectionColumns = sql`id, application_id, notice_id, kind, objector_name, contact_sealed, statement, raised_at,
  answer_by, outcome, answer, decided_at`;

/** Written blind: the public may raise an objection and read none, so the key is made beforehand. */
export async function writeObjection(
  tx: Tx,
  campaignId: string,
  objection: {
    noticeId: string;
    applicationId: string;
    authorityId: string;
    name: string;
    contactSealed: Buffer;
    statement: string;
    raisedAt: Temporal.Instant;
    answerBy: Temporal.Instant;
  },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`select uuidv7() as id`.execute(tx);
  const { id } = mustReturnRow(rows, "objection key select");
  await sql`
    insert into shice.objection (id, notice_id, campaign_id, application_id, authority_id, kind, objector_name, contact_sealed,
      statement, raised_at, answer_by)
    values (${id}, ${objection.noticeId}, ${campaignId}, ${objection.applicationId}, ${objection.authorityId}, 'objection',
      ${objection.name}, ${objection.contactSealed}, ${objection.statement}, ${objection.raisedAt.toString()}::timestamptz,
      ${objection.answerBy.toString()}::timestamptz)`.execute(tx);
  return id;
}

/** Oldest first, one more than the page. */
export async function listObjections(
  tx: Tx,
  campaignId: string,
  { open, after, limit }: { open: "yes" | "no" | undefined; after: readonly string[] | undefined; limit: number },
): Promise<ObjectionRow[]> {
  const { rows } = await sql<ObjectionRow>`
    select ${objectionColumns},
      (select jsonb_agg(jsonb_build_object('id', p.id, 'fileName', p.file_name) order by p.position)
        from shice.objection_picture p where p.objection_id = objection.id) as pictures
    from shice.objection
    where campaign_id = ${campaignId}
      ${open === undefined ? sql`` : open === "yes" ? sql`and outcome is null` : sql`and outcome is not null`}
      ${after === undefined ? sql`` : sql`and (raised_at, id) > (${after[0]}::timestamptz, ${after[1]}::uuid)`}
    order by raised_at, id
    limit ${limit + 1}`.execute(tx);
  return rows;
}

/** A picture of an objection within the caller's scope. */
export async function findPicture(tx: Tx, campaignId: string, objectionId: string, pictureId: string) {
  const { rows } = await sql<{ id: string; sha256: Buffer; application_id: string }>`
    select p.id, p.sha256, o.application_id
    from shice.objection_picture p join shice.objection o on o.id = p.objection_id
    where o.campaign_id = ${campaignId} and o.id = ${objectionId} and p.id = ${pictureId}`.execute(tx);
  return rows[0];
}

export async function findObjection(
  tx: Tx,
  campaignId: string,
  objectionId: string,
): Promise<ObjectionRow | undefined> {
  const { rows } = await sql<ObjectionRow>`
    select ${objectionColumns} from shice.objection
    where campaign_id = ${campaignId} and id = ${objectionId} for update`.execute(tx);
  return rows[0];
}

/** Other objections to the same published conclusion that wait for an answer. */
export async function listOtherOpenObjections(tx: Tx, objection: ObjectionRow): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from shice.objection
    where notice_id = ${objection.notice_id} and application_id = ${objection.application_id}
      and id <> ${objection.id} and outcome is null
    order by id for update`.execute(tx);
  return rows.map(({ id }) => id);
}

export async function writeAnswers(
  tx: Tx,
  ids: readonly string[],
  answer: { outcome: "dismissed" | "upheld"; text: string; by: string | null; at: Temporal.Instant },
): Promise<void> {
  await sql`
    update shice.objection set outcome = ${answer.outcome}, answer = ${answer.text}, decided_by = ${answer.by}::uuid,
      decided_at = ${answer.at.toString()}::timestamptz
    where id = any(${ids}::uuid[]) and outcome is null`.execute(tx);
}
