import { RefusalError } from "../platform/http/refusal-error.ts";
import type { CaseTransaction } from "./act-context.ts";
import { type Case, loadCases } from "./facts.ts";

/**
 * One case, locked for an act that must look at it before it goes through the door.
 * @throws RefusalError case.out-of-scope where the actor's scope does not hold it
 */
export async function getCase(ctx: CaseTransaction, applicationId: string): Promise<Case> {
  const cases = await loadCases(ctx.tx, ctx.campaign, [applicationId], {
    lock: true,
    now: ctx.now,
    secrets: ctx.secrets,
    checkForm: false,
  });
  const found = cases.get(applicationId);
  if (found === undefined) throw new RefusalError({ code: "case.out-of-scope" });
  return found;
}
