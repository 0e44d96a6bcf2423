import { calendarOf, endOfStage } from "@shice/rules/calendar/window.ts";
import type { Plan } from "@shice/rules/plan/plan.ts";
import { type WindowedStage, windowedStages } from "@shice/rules/plan/stage.ts";

/** The first stage whose end an amendment would bring forward although it is still to come: it was told to people. */
export function findShortenedStage(before: Plan, after: Plan, now: Temporal.Instant): WindowedStage | undefined {
  const old = calendarOf(before);
  const amended = calendarOf(after);
  return windowedStages.find((stage) => {
    const told = endOfStage(old, stage);
    const end = endOfStage(amended, stage);
    if (told === undefined || Temporal.Instant.compare(told, now) <= 0) return false;
    return end === undefined || Temporal.Instant.compare(end, told) < 0;
  });
}
