import { latestReplyOf } from "@shice/rules/lifecycle/reply.ts";
import { bulkOutcomeWith } from "../case/bulk-outcome-with.ts";
import { getCase } from "../case/get-case.ts";
import { getReasons } from "../case/reasons.ts";
import { transition, transitionOne } from "../case/transition.ts";
import { api } from "../request/api.ts";
import { type ActContext, actOutcomeOf, runAct, runRead } from "../request/run-act.ts";
import { recordChecks } from "./checks.ts";
import { dropClaim, heldRefusal, listHeldByOthers, mustBeFree } from "./claims.ts";
import { confirmRecordOf, withdrawalForgotten } from "./confirm-record.ts";
import { confirmOne, deskRoutes } from "./desk.ts";
import { handOver } from "./hand-over.ts";
import { askApplicant, closeReturns } from "./queries.ts";
import { sheetRoutes } from "./sheets.ts";
import { listToHandOver } from "./to-hand-over.ts";

export const confirmationRoutes = {
  ...deskRoutes,

  saveChecks: api.confirmation.saveChecks.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const found = await getCase(ctx, input.application);
      await recordChecks(ctx, found, input);
      const { facts } = await getCase(ctx, found.id);
      return { missing: [...facts.missingChecks], version: facts.version };
    }),
  ),

  ...sheetRoutes,

  confirm: api.confirmation.confirm.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      await mustBeFree(ctx, input.application);
      return await confirmOne(ctx, input.application, input.version);
    }),
  ),

  confirmMany: api.confirmation.confirmMany.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const held = await listHeldByOthers(ctx, input.applications);
      const refused = new Map(held.map(({ application, by, since }) => [application, heldRefusal(by, since)]));
      const free = input.applications.filter((application) => !refused.has(application));
      const outcomes = await transition(
        ctx,
        "confirm",
        free.map((applicationId) => ({ applicationId, record: confirmRecordOf, set: withdrawalForgotten })),
      );
      return bulkOutcomeWith(input.applications, outcomes, refused);
    }),
  ),

  returnToApplicant: api.confirmation.returnToApplicant.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      await mustBeFree(ctx, input.application);
      const answer = await ask(ctx, "return-to-applicant", input);
      await dropClaim(ctx, input.application);
      return answer;
    }),
  ),

  refuse: api.confirmation.refuse.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      await mustBeFree(ctx, input.application);
      const reasons = getReasons(ctx.campaign.plan, "refuse", input.reasons, input.reason);
      const answer = actOutcomeOf(
        await transitionOne(ctx, "refuse", {
          applicationId: input.application,
          input: { version: input.version },
          reason: input.reason,
          record: { reasons: reasons.map(({ code }) => code) },
        }),
      );
      await dropClaim(ctx, input.application);
      return answer;
    }),
  ),

  unconfirm: api.confirmation.unconfirm.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) =>
      actOutcomeOf(
        await transitionOne(ctx, "unconfirm", {
          applicationId: input.application,
          input: { version: input.version },
          reason: input.reason,
        }),
      ),
    ),
  ),

  releaseWithdrawal: api.confirmation.releaseWithdrawal.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) =>
      actOutcomeOf(
        await transitionOne(ctx, "release-withdrawal", {
          applicationId: input.application,
          set: { withdrawal_released_at: ctx.now.toString() },
        }),
      ),
    ),
  ),

  withdrawForTeacher: api.confirmation.withdrawForTeacher.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const reasons = getReasons(ctx.campaign.plan, "withdraw", input.reasons, input.reason);
      const outcome = await transitionOne(ctx, "withdraw-for-teacher", {
        applicationId: input.application,
        input: { version: input.version },
        reason: input.reason,
        record: { reasons: reasons.map(({ code }) => code) },
      });
      if (outcome.ok) await closeReturns(ctx, [outcome.applicationId], "withdrawn");
      return actOutcomeOf(outcome);
    }),
  ),

  listToHandOver: api.confirmation.listToHandOver.handler(({ input, context }) =>
    runRead(context, input.campaign, (ctx) => listToHandOver(ctx, input.kind)),
  ),

  handOver: api.confirmation.handOver.handler(({ input, context }) =>
    runAct(context, input.campaign, (ctx) => handOver(ctx, "hand-over", input.applications)),
  ),

  handOverAgain: api.confirmation.handOverAgain.handler(({ input, context }) =>
    runAct(context, input.campaign, (ctx) => handOver(ctx, "hand-over-again", input.applications)),
  ),

  passOnReturn: api.confirmation.passOnReturn.handler(({ input, context }) =>
    runAct(context, input.campaign, (ctx) => ask(ctx, "pass-on-return", input)),
  ),
};

interface Asking {
  application: string;
  version?: number | undefined;
  reasons: string[];
  text?: string | undefined;
  replyBy?: string | undefined;
}

/** Returns a case to the applicant: what is asked opens, nothing else, until the reply time. */
async function ask(ctx: ActContext, name: "return-to-applicant" | "pass-on-return", input: Asking) {
  const stage = name === "return-to-applicant" ? "confirm" : "preliminary";
  const answerTo = name === "return-to-applicant" ? "submitted" : "sent-back";
  const use = name === "return-to-applicant" ? "return" : "send-back";
  const asked = getReasons(ctx.campaign.plan, use, input.reasons, input.text);
  const held = await getCase(ctx, input.application);
  const latest = latestReplyOf(held.facts, stage, held.calendar);
  const replyBy = input.replyBy === undefined ? latest : Temporal.Instant.from(input.replyBy);
  const outcome = await transitionOne(ctx, name, {
    applicationId: held.id,
    held,
    input: { version: input.version, replyBy },
    reason: input.text,
    record: { asked: asked.map(({ code }) => code), replyBy: replyBy?.toString() ?? null },
    set: { reply_by: replyBy?.toString() ?? null, answer_to: answerTo },
  });
  const answer = actOutcomeOf(outcome);
  if (replyBy !== undefined) {
    if (name === "pass-on-return") await closeReturns(ctx, [input.application], "passed-on");
    await askApplicant(ctx, input.application, { stage, asked, text: input.text ?? null, answerTo, replyBy });
  }
  return answer;
}
