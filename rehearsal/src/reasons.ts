import type { Plan, ReasonUse } from "@shice/rules/plan/plan.ts";

/** A reason of the plan for this use; one that opens the field, where there is one and it is wished. */
export function reasonFor(plan: Plan, use: ReasonUse, opens?: string): string {
  const fitting = plan.reasons.filter((reason) => reason.use.includes(use));
  const best = fitting.find((reason) => opens !== undefined && reason.opens.includes(opens));
  const code = (best ?? fitting.find(({ code: known }) => known !== "other-grounds") ?? fitting[0])?.code;
  if (code === undefined) throw new Error(`the plan has no reason to ${use}`);
  return code;
}

/** Whether a return by `reasonFor(plan, use, field)` really opens the field. */
export function opensField(plan: Plan, field: string): boolean {
  return plan.reasons.some((reason) => reason.use.includes("return") && reason.opens.includes(`field:${field}`));
}
