import type { Plan, ReasonUse } from "@shice/rules/plan/plan.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";

/** A reason of the plan as it is kept with what was asked: its words as they were then, and what it opens. */
export interface AskedReason {
  code: string;
  text: string;
  opens: string[];
}

/** The code that every plan may carry for what its list does not foresee; it says nothing without words. */
const otherGrounds = "other-grounds";

/**
 * The plan's reasons for these codes, in the order given and each once.
 * @throws RefusalError reason.unknown for a code that the plan does not have for this use; reason.needs-text
 */
export function getReasons(
  plan: Plan,
  use: ReasonUse,
  codes: readonly string[],
  text: string | undefined,
): AskedReason[] {
  const reasons = [...new Set(codes)].map((code) => {
    const reason = plan.reasons.find((known) => known.code === code && known.use.includes(use));
    if (reason === undefined) throw new RefusalError({ code: "reason.unknown", reason: code, field: "reasons" });
    return { code: reason.code, text: reason.text, opens: reason.opens };
  });
  if (codes.includes(otherGrounds) && (text ?? "").trim() === "") {
    throw new RefusalError({ code: "reason.needs-text", field: "text" });
  }
  return reasons;
}
