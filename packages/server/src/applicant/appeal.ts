import { objectionAnswerPeriodOf } from "@shice/rules/notice/period.ts";
import { sql } from "kysely";
import { getCase } from "../case/get-case.ts";
import { keepObjectionPictures, type ObjectionPicture } from "../form/objection-pictures.ts";
import { notifyLeads } from "../message/notify-leads.ts";
import { mustReturnRow } from "../platform/database/must-return-row.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import type { ActContext } from "../request/run-act.ts";

/**
 * The teacher's own objection to the conclusion on notice.
 * @throws RefusalError application.not-on-notice, notice.over
 */
export async function raiseAppeal(
  ctx: ActContext,
  input: { application: string; statement: string; pictures: readonly ObjectionPicture[] },
) {
  const { row, facts } = await getCase(ctx, input.application);
  if (facts.state !== "on-notice" || row.notice_id === null || row.authority_id === null) {
    throw new RefusalError({ code: "application.not-on-notice" });
  }
  if (facts.notice !== null && Temporal.Instant.compare(ctx.now, facts.notice.endsAt) >= 0) {
    throw new RefusalError({ code: "notice.over", endsAt: facts.notice.endsAt.toString() });
  }
  const { plan } = ctx.campaign;
  const answerBy = objectionAnswerPeriodOf(plan.stages.notice, plan.timeZone, ctx.now).endsAt;
  const { rows } = await sql<{ id: string }>`
    insert into shice.objection (id, notice_id, campaign_id, application_id, authority_id, kind, account_id, objector_name,
        contact_sealed, statement, raised_at, answer_by)
      values (uuidv7(), ${row.notice_id}, ${ctx.campaign.id}, ${row.id}, ${row.authority_id}, 'appeal', ${ctx.actor.accountId},
        ${row.name}, ${ctx.secrets.encrypt("本人账号", "objection.contact")}, ${input.statement}, ${ctx.now}, ${answerBy})
      returning id`.execute(ctx.tx);
  const raised = mustReturnRow(rows, "appeal insert");
  await keepObjectionPictures(ctx.tx, ctx.services.files, raised.id, input.pictures, ctx.now);
  await notifyLeads(ctx.tx, {
    objection: raised.id,
    campaign: ctx.campaign.id,
    application: row.id,
    authority: row.authority_id,
    answerBy,
    now: ctx.now,
  });
  return { objection: raised.id, answerBy: answerBy.toString() };
}
