import { objectionAnswerPeriodOf } from "@shice/rules/notice/period.ts";
import { sql } from "kysely";
import type { Room } from "../application/act.ts";
import { getCase } from "../application/get-case.ts";
import { keepObjectionPictures, type ObjectionPicture } from "../application/objection-pictures.ts";
import { tellLeads } from "../application/tell-leads.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";

/**
 * The teacher's own objection to the conclusion on notice.
 * @throws RefusalError application.not-on-notice, notice.over
 */
export async function raiseAppeal(
  room: Room,
  input: { application: string; statement: string; pictures: readonly ObjectionPicture[] },
) {
  const { row, facts } = await getCase(room, input.application);
  if (facts.state !== "on-notice" || row.notice_id === null || row.authority_id === null) {
    throw new RefusalError({ code: "application.not-on-notice" });
  }
  if (facts.notice !== null && Temporal.Instant.compare(room.now, facts.notice.endsAt) >= 0) {
    throw new RefusalError({ code: "notice.over", endsAt: facts.notice.endsAt.toString() });
  }
  const { plan } = room.campaign;
  const answerBy = objectionAnswerPeriodOf(plan.stages.notice, plan.timeZone, room.now).endsAt;
  const { rows } = await sql<{ id: string }>`
    insert into shice.objection (id, notice_id, campaign_id, application_id, authority_id, kind, account_id, objector_name,
        contact_sealed, statement, raised_at, answer_by)
      values (uuidv7(), ${row.notice_id}, ${room.campaign.id}, ${row.id}, ${row.authority_id}, 'appeal', ${room.actor.accountId},
        ${row.name}, ${room.secrets.encrypt("本人账号", "objection.contact")}, ${input.statement}, ${room.now}, ${answerBy})
      returning id`.execute(room.tx);
  const [raised] = rows;
  if (raised === undefined) throw new Error("a row was inserted");
  await keepObjectionPictures(room.tx, room.services.files, raised.id, input.pictures, room.now);
  await tellLeads(room.tx, raised.id, answerBy, room.now);
  return { objection: raised.id, answerBy: answerBy.toString() };
}
