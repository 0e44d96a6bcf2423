import { reopensOn } from "@shice/rules/eligibility/eligibility.ts";
import { sql } from "kysely";
import { surroundingsOf } from "../form/form-surroundings.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import type { ActContext } from "../request/run-act.ts";

interface AboutRow {
  state: string;
  conclusion: string | null;
  notice: {
    id: string;
    number: string;
    position: number;
    conclusion: string;
    endsAt: string;
    closed: boolean;
  } | null;
  appeals: {
    raisedAt: string;
    answerBy: string;
    statement: string;
    outcome: "dismissed" | "upheld" | null;
    answer: string | null;
  }[];
  decision: { number: string; decidedAt: string; receivedAt: string | null } | null;
}

/** What the teacher needs to know around the own application; everything of it is the teacher's own, or public. */
export async function aboutViewOf(ctx: ActContext, applicationId: string) {
  const row = await getAboutRow(ctx, applicationId);
  return {
    ...(await surroundingsOf(ctx, applicationId)),
    notice: row.notice === null ? null : { ...row.notice, endsAt: instantText(row.notice.endsAt) },
    appeals: row.appeals.map((appeal) => ({
      ...appeal,
      raisedAt: instantText(appeal.raisedAt),
      answerBy: instantText(appeal.answerBy),
    })),
    decision:
      row.decision === null
        ? null
        : {
            number: row.decision.number,
            decidedAt: instantText(row.decision.decidedAt),
            receivedAt: row.decision.receivedAt === null ? null : instantText(row.decision.receivedAt),
            revoked: row.state === "revoked",
          },
    nextOpensOn: nextOpensOn(ctx, row),
  };
}

async function getAboutRow({ tx, campaign, actor }: ActContext, applicationId: string): Promise<AboutRow> {
  const { rows } = await sql<AboutRow>`
    select a.state, a.final_conclusion as conclusion,
      (select jsonb_build_object('id', n.id, 'number', n.number, 'position', e.position, 'conclusion', e.conclusion,
          'endsAt', n.ends_at, 'closed', n.closed_at is not null)
        from shice.public_notice n join shice.public_notice_entry e on e.notice_id = n.id
        where n.id = a.notice_id and e.application_id = a.id) as notice,
      coalesce((select jsonb_agg(jsonb_build_object('raisedAt', o.raised_at, 'answerBy', o.answer_by,
          'statement', o.statement, 'outcome', o.outcome, 'answer', o.answer) order by o.raised_at)
        from shice.objection o where o.campaign_id = a.campaign_id and o.application_id = a.id
          and o.account_id = ${actor.accountId}), '[]') as appeals,
      (select jsonb_build_object('number', d.number, 'decidedAt', d.decided_at, 'receivedAt',
          (select c.received_at from shice.conclusion_receipt c where c.campaign_id = a.campaign_id
            and c.application_id = a.id and c.decision_id = d.id))
        from shice.decision d where d.id = a.decision_id) as decision
    from shice.application a where a.campaign_id = ${campaign.id} and a.id = ${applicationId}`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new RefusalError({ code: "case.out-of-scope" });
  return row;
}

/** From when the next registration can be applied for; null where this one does not run, or nothing is decided. */
function nextOpensOn({ campaign: { plan } }: ActContext, { conclusion, decision, state }: AboutRow): string | null {
  const raises = plan.conclusions.find(({ key }) => key === conclusion)?.raisesOrdinal === true;
  if (decision === null || !raises || state === "revoked") return null;
  const decidedOn = Temporal.Instant.from(instantText(decision.decidedAt))
    .toZonedDateTimeISO(plan.timeZone)
    .toPlainDate();
  return reopensOn(plan, decidedOn).toString();
}

/** A moment as PostgreSQL writes it into JSON, as the contract writes it. */
function instantText(text: string): string {
  return Temporal.Instant.from(text).toString();
}
