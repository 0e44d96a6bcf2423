import { endOfStage } from "@shice/rules/calendar/window.ts";
import { refusalOf } from "@shice/rules/lifecycle/refusal-of.ts";
import { act, actOutcomeOf, bulkOutcomeOf } from "../application/act.ts";
import { api } from "../application/api.ts";
import { audit } from "../application/audit.ts";
import { askCorrection } from "../application/correction.ts";
import { getCase } from "../application/get-case.ts";
import { giveOpinions } from "../application/opinion.ts";
import { moveEntryAlong, successorPatchOf } from "../application/place.ts";
import { listQualificationLost } from "../application/qualification.ts";
import { getReasons } from "../application/reasons.ts";
import { suggestionFor, suggestionViewOf } from "../application/suggestion.ts";
import { transitionOne } from "../application/transition.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { askBySchool, writeDistrictFacts } from "./queries.ts";
import { receiptRoutes } from "./receipt-routes.ts";

/** Notice §三(三): the district signs for what the schools bring, and does the preliminary review. */
export const preliminaryRoutes = {
  ...receiptRoutes,

  /** The facts are part of the review: whoever may not give an opinion on the case may not record them either. */
  recordFacts: api.preliminary.recordFacts.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
      const found = await getCase(room, input.application);
      const name = found.facts.state === "review-returned" ? "decide-anew" : "decide";
      const { calendar } = found;
      const { conclusions } = room.campaign;
      const refusal = refusalOf(name, found.facts, room.actor, {}, { calendar, conclusions, now: room.now });
      if (refusal !== undefined) throw new RefusalError(refusal);
      const { ethics, fit } = input;
      await writeDistrictFacts(room.tx, room.campaign.id, found.id, { ethics, fit });
      await audit(room, {
        action: "record-district-facts",
        subjectKind: "application",
        subjectId: found.id,
        detail: { before: { ethics: found.row.ethics, fit: found.row.fit }, after: { ethics, fit } },
      });
      const qualificationLost = (await listQualificationLost(room, [found.id])).has(found.id);
      const suggestion = suggestionFor(room, { ...found.row, ethics, fit }, { qualificationLost });
      return { suggestion: suggestionViewOf(room.campaign.plan, suggestion) };
    }),
  ),

  decide: api.preliminary.decide.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
      const [outcome] = await giveOpinions(
        room,
        "decide",
        [{ applicationId: input.application, version: input.version }],
        input,
      );
      if (outcome === undefined) throw new RefusalError({ code: "case.out-of-scope" });
      return actOutcomeOf(outcome);
    }),
  ),

  decideMany: api.preliminary.decideMany.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
      const acts = [...new Set(input.applications)].map((applicationId) => ({ applicationId }));
      return bulkOutcomeOf(await giveOpinions(room, "decide", acts, input));
    }),
  ),

  sendBack: api.preliminary.sendBack.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
      const asked = getReasons(room.campaign.plan, "send-back", input.reasons, input.text);
      const { calendar, row } = await getCase(room, input.application);
      // Where the school that handed it over has ended, its successor answers.
      const place = await successorPatchOf(room, row);
      const latest = endOfStage(calendar, "preliminary");
      const replyBy = input.replyBy === undefined ? latest : Temporal.Instant.from(input.replyBy);
      const outcome = await transitionOne(room, "send-back", {
        applicationId: input.application,
        input: { version: input.version, replyBy },
        reason: input.text,
        record: {
          asked: asked.map(({ code }) => code),
          replyBy: replyBy?.toString() ?? null,
          ...(place.school_id === undefined ? {} : { school: String(place.school_id) }),
        },
        set: { reply_by: replyBy?.toString() ?? null, answer_to: "sent-back", preliminary_conclusion: null, ...place },
      });
      if (outcome.ok) await moveEntryAlong(room, row.person_id, place);
      if (outcome.ok && replyBy !== undefined) {
        await askBySchool(room.tx, room.campaign.id, {
          applicationId: outcome.applicationId,
          asked,
          text: input.text ?? null,
          replyBy,
          by: room.actor.accountId,
          at: room.now,
        });
      }
      return actOutcomeOf(outcome);
    }),
  ),

  reopenPreliminary: api.preliminary.reopenPreliminary.handler(({ input, context }) =>
    act(context, input.campaign, async (room) =>
      actOutcomeOf(
        await transitionOne(room, "reopen-preliminary", {
          applicationId: input.application,
          input: { version: input.version },
          reason: input.reason,
          set: { preliminary_conclusion: null, reviewed_conclusion: null },
        }),
      ),
    ),
  ),

  askCorrection: api.preliminary.askCorrection.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
      const found = await getCase(room, input.application);
      return { correction: await askCorrection(room, found, input.changes, input.reason) };
    }),
  ),
};
