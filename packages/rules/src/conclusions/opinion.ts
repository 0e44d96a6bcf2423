import type { Condition, Plan } from "../plan/plan.ts";
import { type Because, type ConclusionFacts, suggestionOf } from "./suggestion.ts";

/** Why an opinion is refused. `conclusion` and `suggested` are keys of the plan; their names stand beside them. */
export type OpinionRefusal =
  | {
      code: "opinion.contradicted";
      conclusion: string;
      name: string;
      suggestedName: string;
      because: readonly Because[];
      field: "conclusion";
    }
  | {
      code: "opinion.facts-missing";
      conclusion: string;
      name: string;
      missing: readonly Condition["rule"][];
      field: "conclusion";
    }
  | { code: "opinion.reason-unfit"; reason: string; name: string; field: "reasons" };

/**
 * Checks a conclusion against the recorded facts (教师〔2013〕9号: 注册条件). The reviewer may decide more severely than the
 * conditions, but never more mildly than a condition that applies. 合格 is refused while a fact that a condition needs is
 * not recorded. Conditions that the plan leaves to the reviewer never refuse.
 */
export function refuseConclusion(plan: Plan, facts: ConclusionFacts, conclusion: string): OpinionRefusal | undefined {
  const weightOf = (key: string) => plan.conclusions.findIndex((known) => known.key === key);
  const chosen = plan.conclusions.find(({ key }) => key === conclusion);
  if (chosen === undefined) return undefined;
  const { because, missing, conclusion: suggested } = suggestionOf(plan, facts);
  const against = because.filter(({ suggests }) => weightOf(suggests) > weightOf(conclusion));
  const { name } = chosen;
  if (against.length > 0) {
    const suggestedName = plan.conclusions.find(({ key }) => key === suggested)?.name ?? "";
    return { code: "opinion.contradicted", conclusion, name, suggestedName, because: against, field: "conclusion" };
  }
  const isFavourable = chosen.raisesOrdinal || weightOf(conclusion) === 0;
  if (isFavourable && missing.length > 0) {
    return { code: "opinion.facts-missing", conclusion, name, missing, field: "conclusion" };
  }
  return undefined;
}

type PlanReason = Plan["reasons"][number];

/** Whether a reason of the plan is valid for this conclusion. A reason that names no conclusion is valid for all. */
export function fitsConclusion({ conclusions }: Pick<PlanReason, "conclusions">, conclusion: string): boolean {
  return conclusions.length === 0 || conclusions.includes(conclusion);
}

/**
 * The first of these reasons that belongs to another conclusion. Codes and conclusions unknown to the plan are ignored.
 */
export function refuseReasons(
  plan: Pick<Plan, "reasons" | "conclusions">,
  codes: readonly string[],
  conclusion: string,
): OpinionRefusal | undefined {
  const chosen = plan.conclusions.find(({ key }) => key === conclusion);
  if (chosen === undefined) return undefined;
  const unfit = plan.reasons.find((reason) => codes.includes(reason.code) && !fitsConclusion(reason, conclusion));
  if (unfit === undefined) return undefined;
  return { code: "opinion.reason-unfit", reason: unfit.text, name: chosen.name, field: "reasons" };
}
