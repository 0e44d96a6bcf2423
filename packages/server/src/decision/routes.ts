import { markOf } from "@shice/rules/certificate/mark.ts";
import type { ApplicationRow } from "../case/facts.ts";
import { decisionListText, hashOfList, type SignedDecision } from "../case/signed-decision.ts";
import { transition, transitionOne } from "../case/transition.ts";
import { brokenConstraintOf } from "../platform/database/constraint.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { signatureAlgorithmOf, signingOf } from "../platform/signing.ts";
import { api } from "../request/api.ts";
import { audit } from "../request/audit.ts";
import { cutPage, parseCursor } from "../request/cursor.ts";
import { type ActContext, actOutcomeOf, bulkOutcomeOf, runAct, runRead } from "../request/run-act.ts";
import {
  findDecision,
  findUsedSticker,
  listDecisions,
  listEntries,
  reserveDecision,
  writeDecision,
  writePastRegistrations,
} from "./queries.ts";

/** The word that a revoking decision puts in place of a conclusion. */
const revoked = "revoked";

/** Notice §三(五): 市教委对教师资格定期注册结果进行终审; by list, under a number, signed. */
export const decisionRoutes = {
  conclude: api.decision.conclude.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { campaign, now, tx } = ctx;
      const { id, taken } = await reserveDecision(tx, campaign.id, input.number);
      if (taken) throw numberTaken(input.number);
      const outcomes = await transition(
        ctx,
        "conclude",
        [...new Set(input.applications)].map((applicationId) => ({
          applicationId,
          record: ({ row }) => ({ decision: id, number: input.number, conclusion: row.reviewed_conclusion }),
          set: ({ row }) => ({
            final_conclusion: row.reviewed_conclusion,
            decision_id: id,
            mark_with: markWithOf(ctx, row),
          }),
        })),
      );
      const concluded = outcomes.filter((outcome) => outcome.ok);
      if (concluded.length === 0) return { decision: null, outcome: bulkOutcomeOf(outcomes) };

      const lines = concluded.map(({ before: { id: applicationId, row } }) => ({
        applicationId,
        number: row.number,
        name: row.name,
        conclusion: conclusionOf(row),
      }));
      const decision = await sign(ctx, { id, number: input.number, kind: "conclude" }, lines);
      const on = now.toZonedDateTimeISO(campaign.plan.timeZone).toPlainDate();
      await writePastRegistrations(
        tx,
        campaign.id,
        { on, source: campaign.key },
        lines.map(({ applicationId, conclusion }) => ({
          applicationId,
          conclusion,
          raises: campaign.plan.conclusions.some(({ key, raisesOrdinal }) => key === conclusion && raisesOrdinal),
        })),
      );
      return { decision: decisionOf(decision), outcome: bulkOutcomeOf(outcomes) };
    }),
  ),

  listDecisions: api.decision.listDecisions.handler(({ input, context }) =>
    runRead(context, input.campaign, async ({ tx, campaign }) => {
      const rows = await listDecisions(tx, campaign.id, { after: parseCursor(input.after, 2), limit: input.limit });
      return cutPage(rows, input.limit, decisionOf, (row) => [row.decided_at.toString(), row.id]);
    }),
  ),

  getDecisionList: api.decision.getDecisionList.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const { campaign, tx } = ctx;
      const decision = await findDecision(tx, campaign.id, input.decision);
      if (decision === undefined) throw new RefusalError({ code: "request.not-found" });
      const entries = await listEntries(tx, decision.id);
      const { number, kind, decided_at: decidedAt } = decision;
      const list = decisionListText({ campaign: campaign.key, number, kind, decidedAt, entries });
      if (!hashOfList(list).equals(decision.list_hash))
        throw new Error(`decision ${decision.id} no longer gives its list`);
      await audit(ctx, { action: "export-decision-list", subjectKind: "decision", subjectId: decision.id });
      const { publicKeyPem } = signingOf(ctx.secrets, signatureAlgorithmOf(decision.signature_algorithm));
      return { ...decisionOf(decision), list, publicKey: publicKeyPem };
    }),
  ),

  returnToReview: api.decision.returnToReview.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) =>
      actOutcomeOf(
        await transitionOne(ctx, "return-to-review", {
          applicationId: input.application,
          input: { version: input.version },
          reason: input.reason,
          set: { reviewed_conclusion: null },
        }),
      ),
    ),
  ),

  /** The sticker on a revoked certificate is to be taken off by the district: the history says which one. */
  revoke: api.decision.revoke.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { campaign, now, tx } = ctx;
      const { id, taken } = await reserveDecision(tx, campaign.id, input.number);
      if (taken) throw numberTaken(input.number);
      const sticker = await findUsedSticker(tx, campaign.id, input.application);
      const outcome = await transitionOne(ctx, "revoke", {
        applicationId: input.application,
        input: { version: input.version },
        reason: input.reason,
        record: { decision: id, number: input.number, recallSticker: sticker ?? null },
      });
      if (outcome.ok) {
        const { row } = outcome.before;
        const line = { applicationId: row.id, number: row.number, name: row.name, conclusion: revoked };
        await sign(ctx, { id, number: input.number, kind: "revoke" }, [line]);
        const on = now.toZonedDateTimeISO(campaign.plan.timeZone).toPlainDate();
        await writePastRegistrations(tx, campaign.id, { on, source: campaign.key }, [
          { applicationId: row.id, conclusion: revoked, raises: false },
        ]);
      }
      return actOutcomeOf(outcome);
    }),
  ),
};

/** Old version: sticker; new version: annotation; nothing where the plan does not mark the conclusion (Notice §三(六)). */
function markWithOf({ campaign: { plan } }: ActContext, row: ApplicationRow): "sticker" | "annotation" | "none" {
  const conclusion = plan.conclusions.find(({ key }) => key === row.reviewed_conclusion);
  return conclusion?.marked === true ? markOf(plan, row.certificate_issued_on, row.certificate_version) : "none";
}

function conclusionOf(row: ApplicationRow): string {
  if (row.reviewed_conclusion === null) throw new Error(`${row.id} is reviewed without a conclusion`);
  return row.reviewed_conclusion;
}

/** Numbers the lines, signs the text over them, and writes decision and lines. */
async function sign(
  ctx: ActContext,
  { id, number, kind }: { id: string; number: string; kind: "conclude" | "revoke" },
  lines: readonly { applicationId: string; number: string; name: string; conclusion: string }[],
): Promise<SignedDecision> {
  const { campaign, now, secrets, services, tx } = ctx;
  const signing = signingOf(secrets, services.config.signature);
  const entries = lines.map((line, index) => ({ ...line, position: index + 1 }));
  const text = decisionListText({ campaign: campaign.key, number, kind, decidedAt: now, entries });
  const decision: SignedDecision = {
    id,
    number,
    kind,
    decided_at: now,
    entries: entries.length,
    list_hash: hashOfList(text),
    signature: signing.sign(Buffer.from(text)),
    signature_algorithm: signing.algorithm,
  };
  try {
    await writeDecision(tx, campaign.id, { ...decision, decided_by: ctx.actor.accountId }, entries);
  } catch (error) {
    if (brokenConstraintOf(error) === "decision_number_once") throw numberTaken(number);
    throw error;
  }
  return decision;
}

function numberTaken(number: string): RefusalError {
  return new RefusalError({ code: "decision.number-taken", number, field: "number" });
}

function decisionOf(row: SignedDecision) {
  return {
    id: row.id,
    number: row.number,
    kind: row.kind,
    decidedAt: row.decided_at.toString(),
    entries: row.entries,
    listHash: row.list_hash.toString("hex"),
    signature: row.signature.toString("base64"),
    signatureAlgorithm: row.signature_algorithm,
  };
}
