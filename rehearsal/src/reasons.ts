import { fitsConclusion } from "@shice/rules/conclusions/opinion.ts";
import type { Plan, ReasonUse } from "@shice/rules/plan/plan.ts";

/** A reason of the plan for this use; if a field is given, one that opens it if possible. */
export function reasonFor(plan: Plan, use: ReasonUse, opens?: string): string {
  const fitting = plan.reasons.filter((reason) => reason.use.includes(use));
  const best = fitting.find((reason) => opens !== undefined && reason.opens.includes(opens));
  const code = (best ?? fitting.find(({ code: known }) => known !== "other-grounds") ?? fitting[0])?.code;
  if (code === undefined) throw new Error(`the plan has no reason to ${use}`);
  return code;
}

/** A reason of the plan that is valid for this conclusion. */
export function reasonForOpinion(plan: Plan, conclusion: string): string {
  const fitting = plan.reasons.filter((reason) => reason.use.includes("decide") && fitsConclusion(reason, conclusion));
  const code = (fitting.find(({ conclusions }) => conclusions.length > 0) ?? fitting[0])?.code;
  if (code === undefined) throw new Error(`the plan has no reason for the conclusion ${conclusion}`);
  return code;
}

/** Whether the reason from `reasonFor(plan, use, field)` opens the field. */
export function opensField(plan: Plan, field: string): boolean {
  return plan.reasons.some((reason) => reason.use.includes("return") && reason.opens.includes(`field:${field}`));
}
