import { type Calendar, endOfStage } from "../calendar/window.ts";
import type { WindowedStage } from "../plan/stage.ts";
import type { CaseFacts } from "./facts.ts";

/**
 * Until when a running return is answered: the time it names, or, where an extension was granted, the extended end of
 * the stage that returned it. A return without a time of its own runs to the end of that stage's window. Undefined
 * where no return is running.
 */
export function replyByOf(facts: CaseFacts, calendar: Calendar): Temporal.Instant | undefined {
  const stage = returningStageOf(facts);
  if (stage === undefined) return undefined;
  const end = endOfStage(calendar, stage);
  if (facts.replyBy === null) return end;
  if (end === undefined || !facts.extended) return facts.replyBy;
  return Temporal.Instant.compare(end, facts.replyBy) > 0 ? end : facts.replyBy;
}

/**
 * The latest time that a return made now may be given to answer: the end of the window of the stage that returns it;
 * for a school that passes the district's return on, the school's own reply time.
 */
export function latestReplyOf(
  facts: CaseFacts,
  stage: WindowedStage | undefined,
  calendar: Calendar,
): Temporal.Instant | undefined {
  if (facts.state === "sent-back") return replyByOf(facts, calendar);
  return stage === undefined ? undefined : endOfStage(calendar, stage);
}

/** Which stage asked: the district through the school, or the school itself. */
function returningStageOf({ state, answerTo }: CaseFacts): "confirm" | "preliminary" | undefined {
  if (state === "sent-back") return "preliminary";
  if (state !== "returned") return undefined;
  return answerTo === "sent-back" ? "preliminary" : "confirm";
}
