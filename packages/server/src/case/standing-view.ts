import { deadlineOutcomeSentences, standingSentenceOf } from "@shice/contract/sentences/standing.zh.ts";
import { roleTitles } from "@shice/rules/lifecycle/role.ts";
import { caseStandingOf, caseStandingSettingOf } from "@shice/rules/lifecycle/whose-turn.ts";
import type { CaseTransaction } from "./act-context.ts";
import type { Case } from "./facts.ts";

/** One strip, the same words on every screen: where the case is, whose turn, by when, what if nothing happens. */
export function standingViewOf({ campaign, now }: CaseTransaction, found: Case) {
  const standing = caseStandingOf(found.facts, caseStandingSettingOf(campaign.plan, found.calendar, now));
  return {
    where: standing.where,
    whoseTurn: standing.whoseTurn === "nobody" ? null : roleTitles[standing.whoseTurn],
    by: standing.by?.toString() ?? null,
    ifNothing: deadlineOutcomeSentences[standing.deadlineOutcome],
    sentence: standingSentenceOf(standing),
  };
}
