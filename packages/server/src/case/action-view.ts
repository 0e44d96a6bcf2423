import { refusalTextOf } from "@shice/contract/problem.ts";
import { checksSentenceOf } from "@shice/contract/sentences/checks.zh.ts";
import type { Finding } from "@shice/rules/finding.ts";
import { transitionOf } from "@shice/rules/lifecycle/lifecycle.ts";
import { actionsOf } from "@shice/rules/lifecycle/refusal-of.ts";
import type { CaseTransaction } from "./act-context.ts";
import type { Case } from "./facts.ts";

/** The acts that this actor may do on this case now, and for the others the sentence on the greyed button. */
export function actionViewsOf(ctx: CaseTransaction, found: Case) {
  const setting = { calendar: found.calendar, conclusions: ctx.campaign.conclusions, now: ctx.now };
  return actionsOf(found.facts, ctx.actor, setting).map(({ name, allowed, refusal }) => ({
    name,
    title: transitionOf(name).title,
    allowed,
    ...(refusal === undefined ? {} : { refusal: refusalTextOf(refusal) }),
  }));
}

/** A finding with its sentence. */
export function findingViewOf(finding: Finding) {
  const { level, field, code, ...figures } = finding;
  return { level, field, code, sentence: checksSentenceOf(finding), figures };
}
