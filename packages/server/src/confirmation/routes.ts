import { comparedFields } from "@shice/rules/certificate/compared-fields.ts";
import { latestReplyOf } from "@shice/rules/lifecycle/reply.ts";
import { checklistOf } from "@shice/rules/materials/checklist.ts";
import { sql } from "kysely";
import { act, actOutcomeOf, bulkOutcomeOf, type Room } from "../application/act.ts";
import { api } from "../application/api.ts";
import { standingOf } from "../application/checks.ts";
import { type Case, loadCases } from "../application/facts.ts";
import { getCase } from "../application/get-case.ts";
import { getReasons } from "../application/reasons.ts";
import { transition, transitionOne } from "../application/transition.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { handOver } from "./hand-over.ts";
import { askApplicant, closeReturns, markReleased, saveCertificateChecks, saveMaterials } from "./queries.ts";

export const confirmationRoutes = {
  saveChecks: api.confirmation.saveChecks.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
      const found = await getCase(room, input.application);
      mustBeAtTheDesk(room, found);
      const checklist = checklistOf(room.campaign.plan, standingOf(found.row));
      const materials = input.materials.flatMap((check) => {
        const item = checklist.find((candidate) => candidate.key === check.material);
        if (item === undefined) return [];
        const { remark = null, signer = null, ...seen } = check;
        return [{ ...seen, remark, signer, concerns: item.concerns, suppliedBy: item.suppliedBy }];
      });
      const unsigned = materials.some((check) => check.suppliedBy === "school" && check.signer === null);
      if (unsigned || materials.length < input.materials.length) {
        const sentence = unsigned ? "由学校提供的证明，请填写签发人" : "清单中没有这项材料";
        throw new RefusalError({
          code: "input.invalid",
          fields: [{ path: "materials", code: unsigned ? "material.unsigned" : "material.unknown", sentence }],
        });
      }
      await saveMaterials(room, [found.id], materials);
      const fields = new Set<string>(comparedFields);
      await saveCertificateChecks(
        room,
        found.id,
        input.certificate.filter((check) => fields.has(check.field)),
      );
      if (input.certificateIssuedOn !== undefined) await correctVersion(room, found.id, input.certificateIssuedOn);
      const after = await getCase(room, found.id);
      return { missing: [...after.facts.missingChecks] };
    }),
  ),

  supplySheets: api.confirmation.supplySheets.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
      const { plan } = room.campaign;
      const cases = await loadCases(room.tx, room.campaign, input.applications, {
        lock: true,
        now: room.now,
        secrets: room.secrets,
        checkForm: false,
      });
      const byConcern = new Map<string, string[]>();
      for (const [id, { row, facts }] of cases) {
        const item = checklistOf(plan, standingOf(row)).find((candidate) => candidate.key === input.material);
        if (facts.state !== "submitted" || row.school_id !== input.school || item?.suppliedBy !== "school") continue;
        byConcern.set(item.concerns, [...(byConcern.get(item.concerns) ?? []), id]);
      }
      const seen = {
        originalSeen: true,
        copyStamped: true,
        copies: 1,
        remark: null,
        signer: input.signer,
        suppliedBy: "school",
      };
      let recorded = 0;
      for (const [concerns, ids] of byConcern) {
        await saveMaterials(room, ids, [{ ...seen, material: input.material, concerns }]);
        recorded += ids.length;
      }
      return { recorded };
    }),
  ),

  confirm: api.confirmation.confirm.handler(({ input, context }) =>
    act(context, input.campaign, async (room) =>
      actOutcomeOf(
        await transitionOne(room, "confirm", { applicationId: input.application, input: { version: input.version } }),
      ),
    ),
  ),

  confirmMany: api.confirmation.confirmMany.handler(({ input, context }) =>
    act(context, input.campaign, async (room) =>
      bulkOutcomeOf(
        await transition(
          room,
          "confirm",
          input.applications.map((applicationId) => ({ applicationId })),
        ),
      ),
    ),
  ),

  returnToApplicant: api.confirmation.returnToApplicant.handler(({ input, context }) =>
    act(context, input.campaign, (room) => ask(room, "return-to-applicant", input)),
  ),

  refuse: api.confirmation.refuse.handler(({ input, context }) =>
    act(context, input.campaign, async (room) => {
      const reasons = getReasons(room.campaign.plan, "refuse", input.reasons, input.reason);
      return actOutcomeOf(
        await transitionOne(room, "refuse", {
          applicationId: input.application,
          input: { version: input.version },
          reason: input.reason,
          record: { reasons: reasons.map(({ code }) => code) },
        }),
      );
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

/** Checks are recorded on submitted cases, and never on one's own. */
function mustBeAtTheDesk(room: Room, { facts }: Case): void {
  if (room.actor.personId !== null && room.actor.personId === facts.personId)
    throw new RefusalError({ code: "case.own" });
  if (facts.state !== "submitted") {
    const last = facts.last === null ? null : { ...facts.last, at: facts.last.at.toString() };
    throw new RefusalError({ code: "case.wrong-state", transition: "confirm", state: facts.state, last });
  }
}

/** The original shows another date of issue: the certificate's version, and so its marking, follows from it. */
async function correctVersion(room: Room, applicationId: string, issuedOn: string): Promise<void> {
  await sql`
    update shice.application set certificate_issued_on = ${issuedOn}::date,
      form = jsonb_set(form, '{certificateIssuedOn}', to_jsonb(${issuedOn}::text))
    where campaign_id = ${room.campaign.id} and id = ${applicationId}`.execute(room.tx);
}
