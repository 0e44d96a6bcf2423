import { latestReplyOf } from "@shice/rules/lifecycle/reply.ts";
import { sql } from "kysely";
import { act, actOutcomeOf, look, type Room } from "../application/act.ts";
import { api } from "../application/api.ts";
import { getCase } from "../application/get-case.ts";
import { getReasons } from "../application/reasons.ts";
import { bulkOutcomeWith } from "../application/refused-rows.ts";
import { transition, transitionOne } from "../application/transition.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { recordChecks } from "./checks.ts";
import { dropClaim, heldRefusal, listHeldByOthers, mustBeFree } from "./claims.ts";
import { confirmOne, deskRoutes } from "./desk.ts";
import { handOver } from "./hand-over.ts";
import { askApplicant, closeReturns, markReleased } from "./queries.ts";
import { sheetRoutes } from "./sheets.ts";
import { listToHandOver } from "./to-hand-over.ts";

export const confirmationRoutes = {
  ...deskRoutes,

  saveChecks: api.confirmation.saveChecks.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
      const found = await getCase(room, input.application);
      await recordChecks(room, found, input);
      if (input.certificateIssuedOn !== undefined) await correctVersion(room, found.id, input.certificateIssuedOn);
      const after = await getCase(room, found.id);
      return { missing: [...after.facts.missingChecks] };
    }),
  ),

  ...sheetRoutes,

  confirm: api.confirmation.confirm.handler(({ input, context }) =>
    act(context, input.campaign, (room) => confirmOne(room, input)),
  ),

  confirmMany: api.confirmation.confirmMany.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
      const held = await listHeldByOthers(room, input.applications);
      const refused = new Map(held.map(({ application, by, since }) => [application, heldRefusal(by, since)]));
      const free = input.applications.filter((application) => !refused.has(application));
      const outcomes = await transition(
        room,
        "confirm",
        free.map((applicationId) => ({ applicationId })),
      );
      return bulkOutcomeWith(input.applications, outcomes, refused);
    }),
  ),

  returnToApplicant: api.confirmation.returnToApplicant.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
      await mustBeFree(room, input.application);
      const answer = await ask(room, "return-to-applicant", input);
      await dropClaim(room, input.application);
      return answer;
    }),
  ),

  refuse: api.confirmation.refuse.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
      await mustBeFree(room, input.application);
      const reasons = getReasons(room.campaign.plan, "refuse", input.reasons, input.reason);
      const answer = actOutcomeOf(
        await transitionOne(room, "refuse", {
          applicationId: input.application,
          input: { version: input.version },
          reason: input.reason,
          record: { reasons: reasons.map(({ code }) => code) },
        }),
      );
      await dropClaim(room, input.application);
      return answer;
    }),
  ),

  unconfirm: api.confirmation.unconfirm.handler(({ input, context }) =>
    act(context, input.campaign, async (room) =>
      actOutcomeOf(
        await transitionOne(room, "unconfirm", {
          applicationId: input.application,
          input: { version: input.version },
          reason: input.reason,
        }),
      ),
    ),
  ),

  releaseWithdrawal: api.confirmation.releaseWithdrawal.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
      const { facts } = await getCase(room, input.application);
      if (!(await markReleased(room, input.application))) throw new RefusalError({ code: "withdrawal.not-asked" });
      return { application: input.application, state: facts.state, version: facts.version + 1 };
    }),
  ),

  withdrawForTeacher: api.confirmation.withdrawForTeacher.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
      const reasons = getReasons(room.campaign.plan, "withdraw", input.reasons, input.reason);
      const outcome = await transitionOne(room, "withdraw-for-teacher", {
        applicationId: input.application,
        input: { version: input.version },
        reason: input.reason,
        record: { reasons: reasons.map(({ code }) => code) },
      });
      if (outcome.ok) await closeReturns(room, [outcome.applicationId], "withdrawn");
      return actOutcomeOf(outcome);
    }),
  ),

  listToHandOver: api.confirmation.listToHandOver.handler(({ input, context }) =>
    look(context, input.campaign, (room) => listToHandOver(room, input.kind)),
  ),

  handOver: api.confirmation.handOver.handler(({ input, context }) =>
    act(context, input.campaign, (room) => handOver(room, "hand-over", input.applications)),
  ),

  handOverAgain: api.confirmation.handOverAgain.handler(({ input, context }) =>
    act(context, input.campaign, (room) => handOver(room, "hand-over-again", input.applications)),
  ),

  passOnReturn: api.confirmation.passOnReturn.handler(({ input, context }) =>
    act(context, input.campaign, (room) => ask(room, "pass-on-return", input)),
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
async function ask(room: Room, name: "return-to-applicant" | "pass-on-return", input: Asking) {
  const stage = name === "return-to-applicant" ? "confirm" : "preliminary";
  const answerTo = name === "return-to-applicant" ? "submitted" : "sent-back";
  const use = name === "return-to-applicant" ? "return" : "send-back";
  const asked = getReasons(room.campaign.plan, use, input.reasons, input.text);
  const { calendar, facts } = await getCase(room, input.application);
  const latest = latestReplyOf(facts, stage, calendar);
  const replyBy = input.replyBy === undefined ? latest : Temporal.Instant.from(input.replyBy);
  const outcome = await transitionOne(room, name, {
    applicationId: input.application,
    input: { version: input.version, replyBy },
    reason: input.text,
    record: { asked: asked.map(({ code }) => code), replyBy: replyBy?.toString() ?? null },
    set: { reply_by: replyBy?.toString() ?? null, answer_to: answerTo },
  });
  const answer = actOutcomeOf(outcome);
  if (replyBy !== undefined) {
    if (name === "pass-on-return") await closeReturns(room, [input.application], "passed-on");
    await askApplicant(room, input.application, { stage, asked, text: input.text ?? null, answerTo, replyBy });
  }
  return answer;
}

/** The original shows another date of issue: the certificate's version, and so its marking, follows from it. */
async function correctVersion(room: Room, applicationId: string, issuedOn: string): Promise<void> {
  await sql`
    update shice.application set certificate_issued_on = ${issuedOn}::date,
      form = jsonb_set(form, '{certificateIssuedOn}', to_jsonb(${issuedOn}::text))
    where campaign_id = ${room.campaign.id} and id = ${applicationId}`.execute(room.tx);
}
