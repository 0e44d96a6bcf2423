import { endOfStage } from "@shice/rules/calendar/window.ts";
import { registrationKindOf } from "@shice/rules/eligibility/eligibility.ts";
import { changedFields } from "@shice/rules/form/check-form.ts";
import { z } from "zod";
import { listDistrictReplies } from "../case/district-replies.ts";
import { findingsOf, flagsOf } from "../case/form-findings.ts";
import { getCase } from "../case/get-case.ts";
import { getProofText } from "../case/get-proof-text.ts";
import { findOpenReturn } from "../case/open-return.ts";
import { proofOf } from "../case/proof.ts";
import { changesBetween, openForm } from "../case/sealed-form.ts";
import { startApplication } from "../case/start-application.ts";
import { transitionOne } from "../case/transition.ts";
import { listEarlier, raisingOf } from "../form/earlier-registrations.ts";
import { prefill } from "../form/form-surroundings.ts";
import { formViewOf } from "../form/form-view.ts";
import { makeObjectionPictures } from "../form/objection-pictures.ts";
import { saveForm } from "../form/save-form.ts";
import { arrangeAttachments, keepAttachment, removeFiles, retireAll } from "../form/uploads.ts";
import { notifyClerksOfWithdrawal } from "../message/notify-clerks.ts";
import { brokenKeyOf } from "../platform/database/constraint.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { api } from "../request/api.ts";
import { noteContradictions } from "../request/contradiction.ts";
import { type ActContext, actOutcomeOf, runAct, runRead } from "../request/run-act.ts";
import { aboutViewOf } from "./about.ts";
import { raiseAppeal } from "./appeal.ts";
import { tellingOfClashes, withTakenCertificate } from "./certificate-clash.ts";
import { receiveConclusion } from "./conclusion-receipt.ts";
import { closeReturn, findOwnId, insertUndertakings, listViews } from "./queries.ts";

export const applicantRoutes = {
  start: api.applicant.start.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const end = endOfStage(ctx.campaign.calendar, "confirm");
      if (end !== undefined && Temporal.Instant.compare(ctx.now, end) >= 0) {
        throw new RefusalError({ code: "application.draft-closed" });
      }
      const person = await ctx.tx
        .selectFrom("shice.person")
        .select(["id", "name"])
        .where("id", "=", ctx.actor.personId)
        .executeTakeFirstOrThrow();
      try {
        const application = await startApplication(ctx, person);
        await prefill(ctx, application);
        return await formViewOf(ctx, application);
      } catch (error) {
        if (brokenKeyOf(error) === "campaign_id, person_id") {
          throw new RefusalError({ code: "application.live-already" });
        }
        throw error;
      }
    }),
  ),

  own: api.applicant.own.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const id = await findOwnId(ctx);
      return id === undefined ? null : await formViewOf(ctx, id);
    }),
  ),

  about: api.applicant.about.handler(({ input, context }) =>
    runRead(context, input.campaign, (ctx) => aboutViewOf(ctx, input.application)),
  ),

  addAttachment: api.applicant.addAttachment.handler(({ input, context }) => keepAttachment(context, input)),

  arrangeAttachments: api.applicant.arrangeAttachments.handler(({ input, context }) =>
    runAct(context, input.campaign, (ctx) => arrangeAttachments(ctx, input.application, input.slot, input.pages)),
  ),

  listViews: api.applicant.listViews.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) =>
      (await listViews(ctx.tx, input.application)).map(({ at, ...view }) => ({ ...view, at: at.toString() })),
    ),
  ),

  getProof: api.applicant.getProof.handler(({ input, context }) =>
    noteContradictions(context, () =>
      runRead(context, input.campaign, async (ctx) =>
        proofOf(ctx.services, await getProofText(ctx, input.application)),
      ),
    ),
  ),

  saveDraft: api.applicant.saveDraft.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      await withTakenCertificate(() => saveForm(ctx, input.application, input.form, input.version));
      return await formViewOf(ctx, input.application);
    }),
  ),

  submit: api.applicant.submit.handler(({ input, context }) =>
    tellingOfClashes(context, input, async (ctx) => {
      const { personId } = ctx.actor;
      if (personId === null) throw new Error("the applicant actor has no person");
      const { kind } = registrationKindOf(raisingOf(ctx.campaign, await listEarlier(ctx, personId)));
      const { undertaking, privacyNotice, version, attestation } = input;
      const outcome = await withTakenCertificate(() =>
        transitionOne(ctx, "submit", {
          applicationId: input.application,
          // What is attested is what was looked through: without its version it could be anything the school wrote since.
          input: { version, attested: attestation !== undefined && version !== undefined },
          record: ({ row }) => ({
            undertaking,
            privacyNotice,
            ...(row.assisted_at === null
              ? {}
              : { attestation: attestation ?? "", assistedFields: row.assisted_fields }),
          }),
          set: ({ row }) => ({
            submitted_at: ctx.now.toString(),
            attested_at: row.assisted_at === null ? null : ctx.now.toString(),
            registration_kind: kind,
            flags: flagsOf(findingsOf(row, ctx.campaign, ctx.secrets, ctx.now), row),
          }),
        }),
      );
      const answer = actOutcomeOf(outcome);
      const assisted = outcome.ok && outcome.before.facts.assisted;
      await insertUndertakings(ctx, input.application, [
        { kind: "honesty", version: undertaking },
        { kind: "privacy-notice", version: privacyNotice },
        ...(assisted && attestation !== undefined ? [{ kind: "attestation" as const, version: attestation }] : []),
      ]);
      return answer;
    }),
  ),

  recall: api.applicant.recall.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) =>
      actOutcomeOf(
        await transitionOne(ctx, "recall", {
          applicationId: input.application,
          input: { version: input.version },
          // What goes in again is attested again.
          set: { attested_at: null },
        }),
      ),
    ),
  ),

  // The least data: what was never submitted is erased with its draft.
  discard: api.applicant.discard.handler(async ({ input, context }) => {
    const { answer, files } = await runAct(context, input.campaign, async (ctx) => {
      const outcome = await transitionOne(ctx, "discard", {
        applicationId: input.application,
        input: { version: input.version },
        set: erasedForm,
      });
      return { answer: actOutcomeOf(outcome), files: await retireAll(ctx, input.application) };
    });
    await removeFiles(context.services, files);
    return answer;
  }),

  // What was withdrawn is of no more use to anyone: its owner may have it gone before the time of keeping runs out.
  erase: api.applicant.erase.handler(async ({ input, context }) => {
    const { files } = await runAct(context, input.campaign, async (ctx) => {
      actOutcomeOf(await transitionOne(ctx, "erase", { applicationId: input.application, set: erasedForm }));
      return { files: await retireAll(ctx, input.application) };
    });
    await removeFiles(context.services, files);
    return { done: true } as const;
  }),

  withdraw: api.applicant.withdraw.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const open = await findOpenReturn(ctx.tx, ctx.campaign.id, input.application);
      const outcome = await transitionOne(ctx, "withdraw", {
        applicationId: input.application,
        input: { version: input.version },
        reason: input.reason,
      });
      const answer = actOutcomeOf(outcome);
      if (open !== undefined) await closeReturn(ctx.tx, open.id, "withdrawn", ctx.now);
      return answer;
    }),
  ),

  askWithdrawal: api.applicant.askWithdrawal.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const held = await getCase(ctx, input.application);
      const answer = actOutcomeOf(
        await transitionOne(ctx, "ask-withdrawal", {
          applicationId: held.id,
          held,
          reason: input.reason,
          set: { withdrawal_asked_at: ctx.now.toString() },
        }),
      );
      const { confirmationPointId: point } = held.facts;
      if (point !== null) {
        const about = { campaign: ctx.campaign.id, application: held.id, point, version: answer.version };
        await notifyClerksOfWithdrawal(ctx.tx, about, ctx.now);
      }
      return answer;
    }),
  ),

  resubmit: api.applicant.resubmit.handler(({ input, context }) =>
    tellingOfClashes(context, input, async (ctx) => {
      const open = await findOpenReturn(ctx.tx, ctx.campaign.id, input.application);
      const before = await formBefore(ctx, input.application);
      const owed = (await listDistrictReplies(ctx.tx, ctx.campaign.id, [input.application])).get(input.application);
      const outcome = await withTakenCertificate(() =>
        transitionOne(ctx, "resubmit", {
          applicationId: input.application,
          input: { version: input.version },
          set: ({ row }, to) => ({
            flags: flagsOf(findingsOf(row, ctx.campaign, ctx.secrets, ctx.now), row),
            reply_by: to === "submitted" ? null : (owed ?? null),
            answer_to: null,
          }),
          changes: before === undefined ? {} : changesBetween(before.before, before.after, before.changed),
        }),
      );
      const answer = actOutcomeOf(outcome);
      if (open !== undefined) await closeReturn(ctx.tx, open.id, "answered", ctx.now);
      return answer;
    }),
  ),

  receiveConclusion: api.applicant.receiveConclusion.handler(({ input, context }) =>
    runAct(context, input.campaign, (ctx) => receiveConclusion(ctx, input.application)),
  ),

  appeal: api.applicant.appeal.handler(async ({ input, context }) => {
    const pictures = await makeObjectionPictures(input.pictures);
    return await runAct(context, input.campaign, (ctx) => raiseAppeal(ctx, { ...input, pictures }));
  }),
};

/** What changed since the return: the form as it was then, and now. */
async function formBefore(ctx: ActContext, applicationId: string) {
  const found = await ctx.tx
    .selectFrom("shice.return_request")
    .select(["form_before", "form_before_sealed"])
    .where("campaign_id", "=", ctx.campaign.id)
    .where("application_id", "=", applicationId)
    .where("outcome", "is", null)
    .orderBy("round", "desc")
    .limit(1)
    .executeTakeFirst();
  if (found === undefined) return undefined;
  const { row } = await getCase(ctx, applicationId);
  const form = z.record(z.string(), z.unknown()).parse(found.form_before ?? {});
  const before = openForm({ form, form_sealed: found.form_before_sealed }, ctx.secrets);
  const after = openForm(row, ctx.secrets);
  return { before, after, changed: changedFields(before, after) };
}

/** What is left of the form when its owner has it erased: nothing. */
const erasedForm = {
  form: {},
  form_sealed: null,
  certificate_number_index: null,
  flags: [],
  assisted_fields: [],
} as const;
