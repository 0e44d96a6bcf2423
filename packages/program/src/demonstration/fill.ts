import { beginningOf, demonstrate } from "@shice/rehearsal/demonstrate.ts";
import { checkPlanText } from "@shice/rules/plan/check.ts";
import type { FillSetting } from "@shice/server/main.ts";
import type { BeginningClock } from "@shice/server/training/beginning.ts";

/** Fills in the demonstration of an empty installation; the clock stands at its beginning until somebody moves it, so that no window
 * shuts while someone looks. */
export async function fillDemonstration(setting: FillSetting): Promise<BeginningClock> {
  const { plan } = checkPlanText(setting.plan);
  if (plan === undefined) throw new Error("the plan of the demonstration is without errors");
  const until = beginningOf(plan);
  await demonstrate({ ...setting, plan, until, seed: 7 });
  return { at: until, runs: false };
}
