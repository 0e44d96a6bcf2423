import { refusalTextOf } from "@shice/contract/problem-of.ts";
import { endOfStage } from "@shice/rules/calendar/window.ts";
import { askCorrection } from "../case/correction.ts";
import { getCase } from "../case/get-case.ts";
import { giveOpinions, listRefusedOpinions } from "../case/give-opinions.ts";
import { listQualificationLost } from "../case/qualification-lost.ts";
import { getReasons } from "../case/reasons.ts";
import { moveEntryAlong, schoolOf, successorPatchOf } from "../case/school-place.ts";
import { suggestionFor, suggestionViewOf } from "../case/suggestion.ts";
import { transitionOne } from "../case/transition.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { api } from "../request/api.ts";
import { actOutcomeOf, bulkOutcomeOf, runAct, runRead } from "../request/run-act.ts";
import { askBySchool } from "./queries.ts";
import { receiptRoutes } from "./receipt-routes.ts";

/** Notice §三(三): the district signs for what the schools bring, and does the preliminary review. */
export const preliminaryRoutes = {
  ...receiptRoutes,

  /** The facts are part of the review: whoever may not give an opinion on the case may not record them either. */
  recordFacts: api.preliminary.recordFacts.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const found = await getCase(ctx, input.application);
      const { ethics, fit } = input;
      actOutcomeOf(
        await transitionOne(ctx, "record-facts", {
          applicationId: found.id,
          held: found,
          record: { ethics, fit },
          set: { ethics, fit },
        }),
      );
      const qualificationLost = (await listQualificationLost(ctx, [found.id])).has(found.id);
      const suggestion = suggestionFor(ctx, { ...found.row, ethics, fit }, { qualificationLost });
      return { suggestion: suggestionViewOf(ctx.campaign.plan, suggestion) };
    }),
  ),

  decide: api.preliminary.decide.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const [outcome] = await giveOpinions(
        ctx,
        "decide",
        [{ applicationId: input.application, version: input.version }],
        input,
      );
      if (outcome === undefined) throw new RefusalError({ code: "case.out-of-scope" });
      return actOutcomeOf(outcome);
    }),
  ),

  decideMany: api.preliminary.decideMany.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const acts = [...new Set(input.applications)].map((applicationId) => ({ applicationId }));
      return bulkOutcomeOf(await giveOpinions(ctx, "decide", acts, input));
    }),
  ),

  checkOpinions: api.preliminary.checkOpinions.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const ids = [...new Set(input.applications)];
      const refused = await listRefusedOpinions(ctx, "decide", ids, input.conclusion);
      return refused.map(({ applicationId, refusal }) => ({
        application: applicationId,
        refusal: refusalTextOf(refusal),
      }));
    }),
  ),

  sendBack: api.preliminary.sendBack.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const asked = getReasons(ctx.campaign.plan, "send-back", input.reasons, input.text);
      const held = await getCase(ctx, input.application);
      const { calendar, row } = held;
      // Where the school that handed it over has ended, its successor answers.
      const place = await successorPatchOf(ctx, row);
      const latest = endOfStage(calendar, "preliminary");
      const replyBy = input.replyBy === undefined ? latest : Temporal.Instant.from(input.replyBy);
      const outcome = await transitionOne(ctx, "send-back", {
        applicationId: held.id,
        held,
        input: { version: input.version, replyBy },
        reason: input.text,
        record: {
          asked: asked.map(({ code }) => code),
          replyBy: replyBy?.toString() ?? null,
          school: schoolOf(place),
        },
        set: { reply_by: replyBy?.toString() ?? null, answer_to: "sent-back", preliminary_conclusion: null, ...place },
      });
      if (outcome.ok) await moveEntryAlong(ctx, row.person_id, place);
      if (outcome.ok && replyBy !== undefined) {
        await askBySchool(ctx.tx, ctx.campaign.id, {
          applicationId: outcome.applicationId,
          asked,
          text: input.text ?? null,
          replyBy,
          by: ctx.actor.accountId,
          at: ctx.now,
        });
      }
      return actOutcomeOf(outcome);
    }),
  ),

  reopenPreliminary: api.preliminary.reopenPreliminary.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) =>
      actOutcomeOf(
        await transitionOne(ctx, "reopen-preliminary", {
          applicationId: input.application,
          input: { version: input.version },
          reason: input.reason,
          set: { preliminary_conclusion: null, reviewed_conclusion: null },
        }),
      ),
    ),
  ),

  askCorrection: api.preliminary.askCorrection.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const found = await getCase(ctx, input.application);
      return { correction: await askCorrection(ctx, found, input.changes, input.reason) };
    }),
  ),
};
