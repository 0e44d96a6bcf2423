import { type Calendar, endOfStage } from "../calendar/window.ts";
import type { State } from "../lifecycle/state.ts";
import { isExpectedToApply, type RosterStanding } from "./standing.ts";

/** The next act that a teacher on the roster owes, with its deadline, or that the deadline has passed. */
export type Owed = { what: "apply" | "submit" | "answer"; until: Temporal.Instant; over: boolean };

/**
 * Finds what a teacher who must register still owes: the application, its submission, or the answer to a return.
 * Undefined if nothing: a submitted case is at the school, and a withdrawn one was the teacher's choice. `calendar` is
 * the school's, with extensions merged in.
 */
export function owedOf(
  person: { standing: RosterStanding; state: State | null; replyBy: Temporal.Instant | null },
  calendar: Calendar,
  now: Temporal.Instant,
): Owed | undefined {
  const ending = (what: Owed["what"], until: Temporal.Instant | undefined): Owed | undefined =>
    until === undefined ? undefined : { what, until, over: Temporal.Instant.compare(now, until) >= 0 };
  const applyEnd = endOfStage(calendar, "apply");
  switch (person.state) {
    case null:
      return isExpectedToApply(person.standing) ? ending("apply", applyEnd) : undefined;
    case "draft":
      return ending("submit", applyEnd);
    case "returned":
      return ending("answer", person.replyBy ?? endOfStage(calendar, "confirm"));
    default:
      return undefined;
  }
}
