import { refusalTextOf } from "@shice/contract/problem-of.ts";
import { checksSentenceOf } from "@shice/contract/sentences/checks.zh.ts";
import type { AnyRefusal } from "@shice/contract/sentences.zh.ts";
import type { Finding } from "@shice/rules/finding.ts";
import { transitionOf } from "@shice/rules/lifecycle/lifecycle.ts";
import { actionsOf } from "@shice/rules/lifecycle/refusal-of.ts";
import type { CaseTransaction } from "./act-context.ts";
import type { Case } from "./facts.ts";
import { settingOf } from "./rule-setting.ts";

/** What may be done to something listed, by its name: allowed, or with the sentence of the refusal that the act would bring. */
export function actionViewOf<const Name extends string>(name: Name, title: string, refusal: AnyRefusal | undefined) {
  return {
    name,
    title,
    allowed: refusal === undefined,
    ...(refusal === undefined ? {} : { refusal: refusalTextOf(refusal) }),
  };
}

/** The acts that this actor may do on this case now, and for the others the sentence on the greyed button. */
export function actionViewsOf(ctx: CaseTransaction, found: Case) {
  return actionsOf(found.facts, ctx.actor, settingOf(ctx, found)).map(({ name, refusal }) =>
    actionViewOf(name, transitionOf(name).title, refusal),
  );
}

/** A finding with its sentence. */
export function findingViewOf(finding: Finding) {
  const { level, field, code, ...figures } = finding;
  return { level, field, code, sentence: checksSentenceOf(finding), figures };
}
