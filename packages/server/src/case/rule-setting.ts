import type { RuleSetting } from "@shice/rules/lifecycle/refusal-of.ts";
import type { CaseTransaction } from "./act-context.ts";
import type { Case } from "./facts.ts";

/** The inputs of the rules beside the facts: the case's calendar with extensions, the conclusions, now, and the closing. */
export function settingOf(
  { campaign, now }: Pick<CaseTransaction, "campaign" | "now">,
  { calendar }: Case,
): RuleSetting {
  return { calendar, conclusions: campaign.conclusions, now, closedAt: campaign.closedAt };
}
