import type { BulkOutcome } from "@shice/contract/common.ts";
import type { ModuleRefusal } from "@shice/contract/module-refusal.ts";
import { refusalTextOf } from "@shice/contract/problem-of.ts";
import { bulkOutcomeOf } from "../request/run-act.ts";
import type { TransitionOutcome } from "./transition.ts";

/**
 * The answer to a bulk act of which some rows were refused by the module itself before the door was asked:
 * one outcome for each application, in the order asked.
 */
export function bulkOutcomeWith(
  asked: readonly string[],
  outcomes: readonly TransitionOutcome[],
  refused: ReadonlyMap<string, ModuleRefusal>,
): BulkOutcome {
  const passed = bulkOutcomeOf(outcomes);
  const rows = new Map(passed.rows.map((row) => [row.application, row]));
  for (const [application, refusal] of refused) {
    rows.set(application, { application, ok: false, refusal: refusalTextOf(refusal) });
  }
  const inOrder = [...new Set(asked)].flatMap((application) => rows.get(application) ?? []);
  return { done: passed.done, refused: inOrder.length - passed.done, rows: inOrder };
}
