import { type Calendar, endOfStage } from "../calendar/window.ts";
import type { State } from "../lifecycle/state.ts";
import { isExpectedToApply, type RosterStanding } from "./standing.ts";

/** What a teacher of the roster has still to do, and until when; or that the time for it is over. */
export type Owed = { what: "apply" | "submit" | "answer"; until: Temporal.Instant; over: boolean };

/**
 * What is missing of a teacher who should register: an application, its submission, or the answer to a return. Undefined
 * where nothing is, or nothing is the teacher's: what was submitted lies with the school, and whoever has withdrawn has
 * said so. `calendar` is that of the school, its extensions merged in.
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
