import { type Calendar, endOfStage, windowStateOf } from "../calendar/window.ts";
import type { CaseFacts } from "./facts.ts";
import type { LifecycleRefusal } from "./refusal.ts";
import { replyByOf } from "./reply.ts";
import type { WindowRule } from "./window-rule.ts";

/** Why a window rule refuses an act now: the window is closed, the stage has ended, or the reply time has passed. */
export function windowRefusalOf(
  rule: WindowRule,
  facts: CaseFacts,
  calendar: Calendar,
  now: Temporal.Instant,
): LifecycleRefusal | undefined {
  if (rule === "any time") return undefined;
  if ("open" in rule) {
    const state = windowStateOf(calendar, rule.open, now);
    if (state.open) return undefined;
    return {
      code: "window.closed",
      stage: rule.open,
      why: state.why,
      opensAt: state.opensAt?.toString() ?? null,
    };
  }
  if ("untilEndOf" in rule) {
    const end = endOfStage(calendar, rule.untilEndOf);
    if (end === undefined || Temporal.Instant.compare(now, end) < 0) return undefined;
    return {
      code: "stage.over",
      stage: rule.untilEndOf,
      endedAt: end.toString(),
    };
  }
  const replyBy = replyByOf(facts, calendar);
  if (replyBy === undefined || Temporal.Instant.compare(now, replyBy) < 0) return undefined;
  return { code: "reply.over", replyBy: replyBy.toString() };
}
