import { refuseReasons } from "@shice/rules/conclusions/opinion.ts";
import { refusalOf } from "@shice/rules/lifecycle/refusal-of.ts";
import type { Refusal } from "@shice/rules/refusal.ts";
import { sql } from "kysely";
import { RefusalError } from "../platform/http/refusal-error.ts";
import type { CaseTransaction } from "./act-context.ts";
import { type Case, loadCases } from "./facts.ts";
import { listQualificationLost } from "./qualification-lost.ts";
import { getReasons } from "./reasons.ts";
import { settingOf } from "./rule-setting.ts";
import { refuseConclusionOn, suggestionFor } from "./suggestion.ts";
import { type TransitionOutcome, transition } from "./transition.ts";

/** What a reviewer concludes, with the plan's reasons and, where needed, words. */
interface GivenOpinion {
  conclusion: string;
  reasons: readonly string[];
  text?: string | undefined;
}

/**
 * Gives the district's opinion on each of the cases (Notice §三(三): 做出初审意见), a first time or anew after a return
 * from the re-review. Beside what the person decided stands what the rules suggested for that very case, and why:
 * a machine proposes, a person decides (个人信息保护法 art. 24).
 * A case whose recorded facts stand against the conclusion, or are missing, is refused by itself.
 * @throws RefusalError reason.unknown, reason.needs-text, opinion.reason-unfit
 */
export async function giveOpinions(
  ctx: CaseTransaction,
  name: "decide" | "decide-anew",
  acts: readonly { applicationId: string; version?: number | undefined }[],
  opinion: GivenOpinion,
): Promise<TransitionOutcome[]> {
  const { plan } = ctx.campaign;
  const reasons = getReasons(plan, "decide", opinion.reasons, opinion.text).map(({ code }) => code);
  const unfit = refuseReasons(plan, reasons, opinion.conclusion);
  if (unfit !== undefined) throw new RefusalError(unfit);
  const lost = await listQualificationLost(
    ctx,
    acts.map(({ applicationId }) => applicationId),
  );
  const suggestionOn = ({ id, row }: Case) => suggestionFor(ctx, row, { qualificationLost: lost.has(id) });
  const outcomes = await transition(
    ctx,
    name,
    acts.map(({ applicationId, version }) => ({
      applicationId,
      input: { version, conclusion: opinion.conclusion },
      refuse: ({ id, row }) => refuseConclusionOn(ctx, row, opinion.conclusion, lost.has(id)),
      reason: opinion.text,
      record: (found) => ({
        conclusion: opinion.conclusion,
        reasons,
        suggested: suggestionOn(found).conclusion,
      }),
      set: {
        preliminary_conclusion: opinion.conclusion,
        reviewed_conclusion: null,
        reply_by: null,
        answer_to: null,
      },
    })),
  );
  const done = outcomes.filter((outcome) => outcome.ok);
  if (done.length > 0) {
    const given = done.map(({ applicationId, before }) => {
      const { conclusion, because } = suggestionOn(before);
      return { applicationId, suggested: conclusion, because };
    });
    await sql`
      insert into shice.opinion (campaign_id, application_id, stage, conclusion, reasons, text, suggested, because, given_by, given_at)
      select ${ctx.campaign.id}, g."applicationId", 'preliminary', ${opinion.conclusion}, ${reasons}::text[], ${opinion.text ?? null},
        g.suggested, g.because, ${ctx.actor.accountId}::uuid, ${ctx.now.toString()}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g("applicationId" uuid, suggested text, because jsonb)`.execute(
      ctx.tx,
    );
  }
  return outcomes;
}

/**
 * Which of the cases an opinion with this conclusion would refuse for what is recorded of them, or for their state, with
 * the refusal. Nothing is written.
 */
export async function listRefusedOpinions(
  ctx: CaseTransaction,
  name: "decide" | "decide-anew",
  ids: readonly string[],
  conclusion: string,
): Promise<{ applicationId: string; refusal: Refusal }[]> {
  const lost = await listQualificationLost(ctx, ids);
  const cases = await loadCases(ctx.tx, ctx.campaign, ids, {
    lock: false,
    now: ctx.now,
    secrets: ctx.secrets,
    checkForm: false,
  });
  return ids.flatMap((applicationId) => {
    const found = cases.get(applicationId);
    if (found === undefined) return [{ applicationId, refusal: { code: "case.out-of-scope" } }];
    const refusal =
      refusalOf(name, found.facts, ctx.actor, { conclusion }, settingOf(ctx, found)) ??
      refuseConclusionOn(ctx, found.row, conclusion, lost.has(applicationId));
    return refusal === undefined ? [] : [{ applicationId, refusal }];
  });
}
