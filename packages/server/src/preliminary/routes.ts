import { endOfStage } from "@shice/rules/calendar/window.ts";
import { refusalOf } from "@shice/rules/lifecycle/refusal-of.ts";
import { askCorrection } from "../case/correction.ts";
import { getCase } from "../case/get-case.ts";
import { giveOpinions } from "../case/give-opinions.ts";
import { listQualificationLost } from "../case/qualification-lost.ts";
import { getReasons } from "../case/reasons.ts";
import { moveEntryAlong, successorPatchOf } from "../case/school-place.ts";
import { suggestionFor, suggestionViewOf } from "../case/suggestion.ts";
import { transitionOne } from "../case/transition.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { api } from "../request/api.ts";
import { audit } from "../request/audit.ts";
import { actOutcomeOf, bulkOutcomeOf, runAct } from "../request/run-act.ts";
import { askBySchool, writeDistrictFacts } from "./queries.ts";
import { receiptRoutes } from "./receipt-routes.ts";

/** Notice §三(三): the district signs for what the schools bring, and does the preliminary review. */
export const preliminaryRoutes = {
  ...receiptRoutes,

  /** The facts are part of the review: whoever may not give an opinion on the case may not record them either. */
  recordFacts: api.preliminary.recordFacts.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const found = await getCase(ctx, input.application);
      const name = found.facts.state === "review-returned" ? "decide-anew" : "decide";
      const { calendar } = found;
      const { conclusions } = ctx.campaign;
      const refusal = refusalOf(name, found.facts, ctx.actor, {}, { calendar, conclusions, now: ctx.now });
      if (refusal !== undefined) throw new RefusalError(refusal);
      const { ethics, fit } = input;
      await writeDistrictFacts(ctx.tx, ctx.campaign.id, found.id, { ethics, fit });
      await audit(ctx, {
        action: "record-district-facts",
        subjectKind: "application",
        subjectId: found.id,
        detail: { before: { ethics: found.row.ethics, fit: found.row.fit }, after: { ethics, fit } },
      });
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

  sendBack: api.preliminary.sendBack.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const asked = getReasons(ctx.campaign.plan, "send-back", input.reasons, input.text);
      const { calendar, row } = await getCase(ctx, input.application);
      // Where the school that handed it over has ended, its successor answers.
      const place = await successorPatchOf(ctx, row);
      const latest = endOfStage(calendar, "preliminary");
      const replyBy = input.replyBy === undefined ? latest : Temporal.Instant.from(input.replyBy);
      const outcome = await transitionOne(ctx, "send-back", {
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
