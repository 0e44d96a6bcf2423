import type { RuleSetting } from "@shice/rules/lifecycle/refusal-of.ts";
import type { CaseTransaction } from "./act-context.ts";
import type { Case } from "./facts.ts";

/** What the rules are told beside the case itself: its calendar with extensions, the plan's conclusions, the moment. */
export function settingOf(
  { campaign, now }: Pick<CaseTransaction, "campaign" | "now">,
  { calendar }: Case,
): RuleSetting {
  return { calendar, conclusions: campaign.conclusions, now, closedAt: campaign.closedAt };
}
