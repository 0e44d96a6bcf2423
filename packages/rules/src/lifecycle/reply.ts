import { type Calendar, endOfStage } from "../calendar/window.ts";
import type { WindowedStage } from "../plan/stage.ts";
import type { CaseFacts } from "./facts.ts";

/**
 * The end of the reply time of a pending return: the return's own time, or the extended end of the returning stage if
 * later. A return without its own time ends with that stage's window. Undefined if no return is pending.
 */
export function replyByOf(facts: CaseFacts, calendar: Calendar): Temporal.Instant | undefined {
  const stage = returningStageOf(facts);
  if (stage === undefined) return undefined;
  const end = endOfStage(calendar, stage);
  if (facts.replyBy === null) return end;
  if (end === undefined || !facts.extended.includes(stage)) return facts.replyBy;
  return Temporal.Instant.compare(end, facts.replyBy) > 0 ? end : facts.replyBy;
}

/**
 * The latest reply time that a return made now may set: the end of the returning stage's window. A school that passes
 * on the district's return is bound by its own reply time.
 */
export function latestReplyOf(
  facts: CaseFacts,
  stage: WindowedStage | undefined,
  calendar: Calendar,
): Temporal.Instant | undefined {
  if (facts.state === "sent-back") return replyByOf(facts, calendar);
  return stage === undefined ? undefined : endOfStage(calendar, stage);
}

/**
 * The stage that returned the case: the school's confirmation, or the district's preliminary review through the school.
 */
function returningStageOf({ state, answerTo }: CaseFacts): "confirm" | "preliminary" | undefined {
  if (state === "sent-back") return "preliminary";
  if (state !== "returned") return undefined;
  return answerTo === "sent-back" ? "preliminary" : "confirm";
}
