import { endOfStage } from "@shice/rules/calendar/window.ts";
import { registrationKindOf } from "@shice/rules/eligibility/eligibility.ts";
import { changedFields } from "@shice/rules/form/check-form.ts";
import type { ApplicationDraft } from "@shice/rules/form/form.ts";
import { objectionAnswerPeriodOf } from "@shice/rules/notice/period.ts";
import { sql } from "kysely";
import { act, actOutcomeOf, getCampaign, look, type Room } from "../application/act.ts";
import { api } from "../application/api.ts";
import { audit } from "../application/audit.ts";
import { brokenKeyOf } from "../application/constraint.ts";
import { findingsOf, flagsOf } from "../application/findings.ts";
import { changesBetween, openForm } from "../application/form-store.ts";
import { getCase } from "../application/get-case.ts";
import { getProofText } from "../application/get-proof-text.ts";
import { listDistrictReplies } from "../application/passed-on.ts";
import { proofOf } from "../application/proof.ts";
import { startApplication } from "../application/start.ts";
import { tellLeads } from "../application/tell-leads.ts";
import { transitionOne } from "../application/transition.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { aboutViewOf, prefill } from "./about.ts";
import { addAttachment, arrangeAttachments, makeAttachment, removeFiles, retireAll } from "./attachments.ts";
import { ownViewOf } from "./own.ts";
import {
  closeReturn,
  eraseForm,
  findOpenReturn,
  findOwnId,
  insertUndertakings,
  listEarlier,
  listViews,
  raisingOf,
} from "./queries.ts";
import { saveForm } from "./save-form.ts";

export const applicantRoutes = {
  start: api.applicant.start.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
      const end = endOfStage(room.campaign.calendar, "confirm");
      if (end !== undefined && Temporal.Instant.compare(room.now, end) >= 0) {
        throw new RefusalError({ code: "application.draft-closed" });
      }
      const person = await room.tx
        .selectFrom("shice.person")
        .select(["id", "name"])
        .where("id", "=", room.actor.personId)
        .executeTakeFirstOrThrow();
      try {
        const application = await startApplication(room, person);
        await prefill(room, application);
        return await ownViewOf(room, application);
      } catch (error) {
        if (brokenKeyOf(error) === "campaign_id, person_id") {
          throw new RefusalError({ code: "application.live-already" });
        }
        throw error;
      }
    }),
  ),

  own: api.applicant.own.handler(({ input, context }) =>
    look(context, input.campaign, async (room) => {
      const id = await findOwnId(room);
      return id === undefined ? null : await ownViewOf(room, id);
    }),
  ),

  about: api.applicant.about.handler(({ input, context }) =>
    look(context, input.campaign, (room) => aboutViewOf(room, input.application)),
  ),

  addAttachment: api.applicant.addAttachment.handler(async ({ input, context }) => {
    const made = await makeAttachment(await getCampaign(context.services, input.campaign), input);
    return await act(context, input.campaign, (room) => addAttachment(room, input.application, made));
  }),

  arrangeAttachments: api.applicant.arrangeAttachments.handler(({ input, context }) =>
    act(context, input.campaign, (room) => arrangeAttachments(room, input.application, input.slot, input.pages)),
  ),

  listViews: api.applicant.listViews.handler(({ input, context }) =>
    look(context, input.campaign, async (room) =>
      (await listViews(room.tx, input.application)).map(({ at, ...view }) => ({ ...view, at: at.toString() })),
    ),
  ),

  getProof: api.applicant.getProof.handler(({ input, context }) =>
    look(context, input.campaign, async (room) => proofOf(room.services, await getProofText(room, input.application))),
  ),

  saveDraft: api.applicant.saveDraft.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
      await saveForm(room, input.application, input.form, input.version);
      return await ownViewOf(room, input.application);
    }),
  ),

  submit: api.applicant.submit.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
      const { kind } = registrationKindOf(raisingOf(room.campaign, await listEarlier(room)));
      const outcome = await withTakenCertificate(() =>
        transitionOne(room, "submit", {
          applicationId: input.application,
          input: { version: input.version },
          record: { undertaking: input.undertaking, privacyNotice: input.privacyNotice },
          set: ({ row }) => ({
            submitted_at: room.now.toString(),
            registration_kind: kind,
            flags: flagsOf(findingsOf(row, room.campaign, room.secrets, room.now)),
          }),
        }),
      );
      const answer = actOutcomeOf(outcome);
      await insertUndertakings(room, input.application, [
        { kind: "honesty", version: input.undertaking },
        { kind: "privacy-notice", version: input.privacyNotice },
      ]);
      return answer;
    }),
  ),

  recall: api.applicant.recall.handler(({ input, context }) =>
    act(context, input.campaign, async (room) =>
      actOutcomeOf(
        await transitionOne(room, "recall", { applicationId: input.application, input: { version: input.version } }),
      ),
    ),
  ),

  // The least data: what was never submitted is erased with its draft.
  discard: api.applicant.discard.handler(async ({ input, context }) => {
    const { answer, files } = await act(context, input.campaign, async (room) => {
      const outcome = await transitionOne(room, "discard", {
        applicationId: input.application,
        input: { version: input.version },
        set: { form: {}, form_sealed: null, certificate_number_index: null, flags: [] },
      });
      return { answer: actOutcomeOf(outcome), files: await retireAll(room, input.application) };
    });
    await removeFiles(context.services, files);
    return answer;
  }),

  // What was withdrawn is of no more use to anyone: its owner may have it gone before the time of keeping runs out.
  erase: api.applicant.erase.handler(async ({ input, context }) => {
    const { files } = await act(context, input.campaign, async (room) => {
      const { facts } = await getCase(room, input.application);
      if (facts.state !== "withdrawn") throw new RefusalError({ code: "application.nothing-to-erase" });
      await eraseForm(room, input.application);
      await audit(room, { action: "erase", subjectKind: "application", subjectId: input.application });
      return { files: await retireAll(room, input.application) };
    });
    await removeFiles(context.services, files);
    return { done: true } as const;
  }),

  withdraw: api.applicant.withdraw.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
      const open = await findOpenReturn(room.tx, room.campaign.id, input.application);
      const outcome = await transitionOne(room, "withdraw", {
        applicationId: input.application,
        input: { version: input.version },
        reason: input.reason,
      });
      const answer = actOutcomeOf(outcome);
      if (open !== undefined) await closeReturn(room.tx, open.id, "withdrawn", room.now);
      return answer;
    }),
  ),

  askWithdrawal: api.applicant.askWithdrawal.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
      const { facts } = await getCase(room, input.application);
      if (facts.state !== "confirmed") {
        throw new RefusalError({ code: "case.wrong-state", transition: "withdraw", state: facts.state, last: null });
      }
      await sql`
        update shice.application set withdrawal_asked_at = ${room.now.toString()}, version = version + 1
        where campaign_id = ${room.campaign.id} and id = ${input.application}`.execute(room.tx);
      return { application: input.application, state: facts.state, version: facts.version + 1 };
    }),
  ),

  resubmit: api.applicant.resubmit.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
      const open = await findOpenReturn(room.tx, room.campaign.id, input.application);
      const before = await formBefore(room, input.application);
      const owed = (await listDistrictReplies(room.tx, room.campaign.id, [input.application])).get(input.application);
      const outcome = await withTakenCertificate(() =>
        transitionOne(room, "resubmit", {
          applicationId: input.application,
          input: { version: input.version },
          set: ({ row }, to) => ({
            flags: flagsOf(findingsOf(row, room.campaign, room.secrets, room.now)),
            reply_by: to === "submitted" ? null : (owed ?? null),
            answer_to: null,
          }),
          changes: before === undefined ? {} : changesBetween(before.before, before.after, before.changed),
        }),
      );
      const answer = actOutcomeOf(outcome);
      if (open !== undefined) await closeReturn(room.tx, open.id, "answered", room.now);
      return answer;
    }),
  ),

  appeal: api.applicant.appeal.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
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
      await tellLeads(room.tx, raised.id, answerBy, room.now);
      return { objection: raised.id, answerBy: answerBy.toString() };
    }),
  ),
};

/** What changed since the return: the form as it was then, and now. */
async function formBefore(room: Room, applicationId: string) {
  const found = await room.tx
    .selectFrom("shice.return_request")
    .select(["form_before", "form_before_sealed"])
    .where("campaign_id", "=", room.campaign.id)
    .where("application_id", "=", applicationId)
    .where("outcome", "is", null)
    .orderBy("round", "desc")
    .limit(1)
    .executeTakeFirst();
  if (found === undefined) return undefined;
  const { row } = await getCase(room, applicationId);
  const stored = { form: (found.form_before ?? {}) as Record<string, unknown>, form_sealed: found.form_before_sealed };
  const before: ApplicationDraft = openForm(stored, room.secrets);
  const after = openForm(row, room.secrets);
  return { before, after, changed: changedFields(before, after) };
}

async function withTakenCertificate<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (brokenKeyOf(error) === "campaign_id, certificate_number_index")
      throw new RefusalError({ code: "application.certificate-taken", field: "certificateNumber" });
    throw error;
  }
}
