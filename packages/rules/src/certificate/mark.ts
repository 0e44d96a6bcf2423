import type { Plan } from "../plan/plan.ts";

/** How a certificate is marked, by its version: the year of issue decides (Notice §三(六)1, 2). Unknown: the old version. */
export function markOf(plan: Plan, issuedOn: Temporal.PlainDate | null): "sticker" | "annotation" | "none" {
  const isNew = issuedOn !== null && issuedOn.year >= plan.marking.newVersionSinceYear;
  return isNew ? plan.marking.newVersion : plan.marking.oldVersion;
}
