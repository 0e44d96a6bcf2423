import { existsSync, readFileSync } from "node:fs";
import { beginningOf, demonstrate } from "@shice/rehearsal/demonstrate.ts";
import { checkPlanText } from "@shice/rules/plan/check.ts";
import type { FillSetting } from "@shice/server/main.ts";
import type { BeginningClock } from "@shice/server/training/beginning.ts";

/**
 * Fills the demonstration into an empty installation. The clock stops at its beginning until somebody moves it, so that
 * no window closes while a visitor looks.
 */
export async function fillDemonstration(setting: FillSetting): Promise<BeginningClock> {
  const { plan } = checkPlanText(setting.plan);
  if (plan === undefined) throw new Error("the demonstration plan has errors");
  const until = beginningOf(plan);
  await demonstrate({ ...setting, plan, until, seed: 7, notice: findNotice(plan.key) });
  return { at: until, runs: false };
}

/** The notice's text stored beside its plan, if any. */
function findNotice(key: string): string | undefined {
  const file = new URL(`../../../../campaigns/${key}.notice.md`, import.meta.url);
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}
