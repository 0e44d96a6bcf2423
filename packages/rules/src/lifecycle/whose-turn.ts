import { type Calendar, endOfDay, endOfStage } from "../calendar/window.ts";
import { latestPublicationDayOf, reportDueAt } from "../notice/period.ts";
import type { Plan } from "../plan/plan.ts";
import type { CaseFacts } from "./facts.ts";
import { replyByOf } from "./reply.ts";
import type { Role } from "./role.ts";
import { stateTitles, unattestedTitle } from "./state.ts";

/** What happens to a case when nobody acts before the deadline. The contract holds the sentences. */
export const deadlineOutcomes = [
  "counts-as-not-applied",
  "lapses",
  "held-until-seen",
  "decided-as-it-is",
  "waits-for-extension",
  "not-reported-in-time",
  "goes-on-after-notice",
  "held-up-by-objection",
  "held-up-in-review",
  "conclusion-not-registered",
  "not-archived",
  "ended",
] as const;
export type DeadlineOutcome = (typeof deadlineOutcomes)[number];

/** The state of a case, whose turn it is, the deadline, and what happens if nobody acts. All screens show it alike. */
export interface CaseStanding {
  where: string;
  whoseTurn: Role | "nobody";
  by: Temporal.Instant | null;
  deadlineOutcome: DeadlineOutcome;
}

/** Calendar and deadlines that the standing depends on. Extensions are already merged into the calendar. */
interface CaseStandingSetting {
  calendar: Calendar;
  now: Temporal.Instant;
  /** A notice published after this instant cannot end before the electronic report is due. */
  publishBy: Temporal.Instant;
  reportBy: Temporal.Instant;
}

export function caseStandingSettingOf(plan: Plan, calendar: Calendar, now: Temporal.Instant): CaseStandingSetting {
  return {
    calendar,
    now,
    publishBy: endOfDay(latestPublicationDayOf(plan).day, plan.timeZone),
    reportBy: reportDueAt(plan.timeZone, plan.stages.report.electronicBy),
  };
}

export function caseStandingOf(facts: CaseFacts, setting: CaseStandingSetting): CaseStanding {
  const where = facts.state === "draft" && facts.assisted ? unattestedTitle : stateTitles[facts.state];
  return { where, ...turnOf(facts, setting) };
}

type Turn = Omit<CaseStanding, "where">;

function turnOf(facts: CaseFacts, { calendar, now, publishBy, reportBy }: CaseStandingSetting): Turn {
  const endOf = (stage: Parameters<typeof endOfStage>[1]) => endOfStage(calendar, stage) ?? null;
  const replyBy = replyByOf(facts, calendar) ?? null;
  if (isHeldUntilSeen(facts, { confirmEnd: endOf("confirm"), replyBy, now })) {
    return { whoseTurn: "school-clerk", by: null, deadlineOutcome: "held-until-seen" };
  }
  switch (facts.state) {
    case "draft": {
      const applyEnd = endOf("apply");
      // After the online application has ended, nobody can submit the draft any more. It stays until it lapses.
      return isBefore(now, applyEnd)
        ? { whoseTurn: "applicant", by: applyEnd, deadlineOutcome: "counts-as-not-applied" }
        : { whoseTurn: "nobody", by: endOf("confirm"), deadlineOutcome: "counts-as-not-applied" };
    }
    case "submitted":
      return { whoseTurn: "school-clerk", by: endOf("confirm"), deadlineOutcome: "lapses" };
    case "returned":
      return {
        whoseTurn: "applicant",
        by: replyBy,
        deadlineOutcome: facts.answerTo === "sent-back" ? "decided-as-it-is" : "lapses",
      };
    case "confirmed":
      return { whoseTurn: "school-clerk", by: endOf("preliminary"), deadlineOutcome: "waits-for-extension" };
    case "handed-over":
      return { whoseTurn: "district-reviewer", by: endOf("preliminary"), deadlineOutcome: "waits-for-extension" };
    case "sent-back":
      return { whoseTurn: "school-clerk", by: replyBy, deadlineOutcome: "decided-as-it-is" };
    case "preliminary":
      return { whoseTurn: "district-lead", by: publishBy, deadlineOutcome: "not-reported-in-time" };
    case "on-notice":
      return onNotice(facts, now, reportBy);
    case "inquiry":
      return { whoseTurn: "district-lead", by: null, deadlineOutcome: "held-up-by-objection" };
    case "noticed":
      return { whoseTurn: "district-lead", by: reportBy, deadlineOutcome: "not-reported-in-time" };
    case "reported":
      return { whoseTurn: "centre-reviewer", by: endOf("review"), deadlineOutcome: "waits-for-extension" };
    case "review-returned":
      return {
        whoseTurn: "district-reviewer",
        by: facts.replyBy ?? endOf("review"),
        deadlineOutcome: "held-up-in-review",
      };
    case "reviewed":
      return { whoseTurn: "commission-approver", by: endOf("final"), deadlineOutcome: "waits-for-extension" };
    case "concluded":
      return facts.markWith === "none"
        ? { whoseTurn: "district-reviewer", by: null, deadlineOutcome: "not-archived" }
        : { whoseTurn: "sticker-handler", by: null, deadlineOutcome: "conclusion-not-registered" };
    case "marked":
      return { whoseTurn: "district-reviewer", by: null, deadlineOutcome: "not-archived" };
    case "archived":
    case "withdrawn":
    case "lapsed":
    case "refused":
    case "revoked":
      return { whoseTurn: "nobody", by: null, deadlineOutcome: "ended" };
  }
}

/**
 * Whether the deadline has passed but nobody of the school has seen the case: then it does not lapse (Notice §三(二)).
 */
function isHeldUntilSeen(
  { state, answerTo, confirmationPointId, sight }: CaseFacts,
  { confirmEnd, replyBy, now }: Record<"confirmEnd" | "replyBy", Temporal.Instant | null> & { now: Temporal.Instant },
): boolean {
  if (confirmationPointId === null || sight !== null) return false;
  if (state === "returned") return answerTo !== "sent-back" && replyBy !== null && !isBefore(now, replyBy);
  return (state === "draft" || state === "submitted") && confirmEnd !== null && !isBefore(now, confirmEnd);
}

/**
 * While a notice runs, nobody has to act, unless an objection is undecided. Afterwards the district closes it and
 * reports.
 */
function onNotice({ notice }: CaseFacts, now: Temporal.Instant, reportBy: Temporal.Instant): Turn {
  if (notice !== null && notice.undecidedObjections > 0) {
    return { whoseTurn: "district-lead", by: null, deadlineOutcome: "held-up-by-objection" };
  }
  return notice !== null && isBefore(now, notice.endsAt)
    ? { whoseTurn: "nobody", by: notice.endsAt, deadlineOutcome: "goes-on-after-notice" }
    : { whoseTurn: "district-lead", by: reportBy, deadlineOutcome: "not-reported-in-time" };
}

function isBefore(now: Temporal.Instant, end: Temporal.Instant | null): boolean {
  return end !== null && Temporal.Instant.compare(now, end) < 0;
}
