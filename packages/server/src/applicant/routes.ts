import { endOfStage } from "@shice/rules/calendar/window.ts";
import { registrationKindOf } from "@shice/rules/eligibility/eligibility.ts";
import { changedFields } from "@shice/rules/form/check-form.ts";
import type { ApplicationDraft } from "@shice/rules/form/form.ts";
import { sql } from "kysely";
import { act, actOutcomeOf, look, type Room } from "../application/act.ts";
import { api } from "../application/api.ts";
import { audit } from "../application/audit.ts";
import { brokenKeyOf } from "../application/constraint.ts";
import { listEarlier, raisingOf } from "../application/earlier.ts";
import { findingsOf, flagsOf } from "../application/findings.ts";
import { changesBetween, openForm } from "../application/form-store.ts";
import { formViewOf } from "../application/form-view.ts";
import { getCase } from "../application/get-case.ts";
import { getProofText } from "../application/get-proof-text.ts";
import { makeObjectionPictures } from "../application/objection-pictures.ts";
import { findOpenReturn } from "../application/open-return.ts";
import { listDistrictReplies } from "../application/passed-on.ts";
import { proofOf } from "../application/proof.ts";
import { saveForm } from "../application/save-form.ts";
import { startApplication } from "../application/start.ts";
import { prefill } from "../application/surroundings.ts";
import { transitionOne } from "../application/transition.ts";
import { arrangeAttachments, keepAttachment, removeFiles, retireAll } from "../application/uploads.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { aboutViewOf } from "./about.ts";
import { raiseAppeal } from "./appeal.ts";
import { tellingOfClashes, withTakenCertificate } from "./certificate-clash.ts";
import { receiveConclusion } from "./conclusion-receipt.ts";
import { closeReturn, eraseForm, findOwnId, insertUndertakings, listViews } from "./queries.ts";

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
        return await formViewOf(room, application);
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
      return id === undefined ? null : await formViewOf(room, id);
    }),
  ),

  about: api.applicant.about.handler(({ input, context }) =>
    look(context, input.campaign, (room) => aboutViewOf(room, input.application)),
  ),

  addAttachment: api.applicant.addAttachment.handler(({ input, context }) => keepAttachment(context, input)),

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
      await withTakenCertificate(() => saveForm(room, input.application, input.form, input.version));
      return await formViewOf(room, input.application);
    }),
  ),

  submit: api.applicant.submit.handler(({ input, context }) =>
    tellingOfClashes(context, input, async (room) => {
      const { personId } = room.actor;
      if (personId === null) throw new Error("an applicant is a person");
      const { kind } = registrationKindOf(raisingOf(room.campaign, await listEarlier(room, personId)));
      const { undertaking, privacyNotice, version, attestation } = input;
      const outcome = await withTakenCertificate(() =>
        transitionOne(room, "submit", {
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
            submitted_at: room.now.toString(),
            attested_at: row.assisted_at === null ? null : room.now.toString(),
            registration_kind: kind,
            flags: flagsOf(findingsOf(row, room.campaign, room.secrets, room.now), row),
          }),
        }),
      );
      const answer = actOutcomeOf(outcome);
      const assisted = outcome.ok && outcome.before.facts.assisted;
      await insertUndertakings(room, input.application, [
        { kind: "honesty", version: undertaking },
        { kind: "privacy-notice", version: privacyNotice },
        ...(assisted && attestation !== undefined ? [{ kind: "attestation" as const, version: attestation }] : []),
      ]);
      return answer;
    }),
  ),

  recall: api.applicant.recall.handler(({ input, context }) =>
    act(context, input.campaign, async (room) =>
      actOutcomeOf(
        await transitionOne(room, "recall", {
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
    const { answer, files } = await act(context, input.campaign, async (room) => {
      const outcome = await transitionOne(room, "discard", {
        applicationId: input.application,
        input: { version: input.version },
        set: { form: {}, form_sealed: null, certificate_number_index: null, flags: [], assisted_fields: [] },
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
    tellingOfClashes(context, input, async (room) => {
      const open = await findOpenReturn(room.tx, room.campaign.id, input.application);
      const before = await formBefore(room, input.application);
      const owed = (await listDistrictReplies(room.tx, room.campaign.id, [input.application])).get(input.application);
      const outcome = await withTakenCertificate(() =>
        transitionOne(room, "resubmit", {
          applicationId: input.application,
          input: { version: input.version },
          set: ({ row }, to) => ({
            flags: flagsOf(findingsOf(row, room.campaign, room.secrets, room.now), row),
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

  receiveConclusion: api.applicant.receiveConclusion.handler(({ input, context }) =>
    act(context, input.campaign, (room) => receiveConclusion(room, input.application)),
  ),

  appeal: api.applicant.appeal.handler(async ({ input, context }) => {
    const pictures = await makeObjectionPictures(input.pictures);
    return await act(context, input.campaign, (room) => raiseAppeal(room, { ...input, pictures }));
  }),
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
