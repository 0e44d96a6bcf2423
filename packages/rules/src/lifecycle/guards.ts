import { type Calendar, endOfStage } from "../calendar/window.ts";
import type { WindowedStage } from "../plan/stage.ts";
import type { ActInput, CaseFacts } from "./facts.ts";
import type { LifecycleRefusal } from "./refusal.ts";
import type { Actor } from "./role.ts";

export interface GuardContext {
  facts: CaseFacts;
  actor: Actor;
  input: ActInput;
  calendar: Calendar;
  now: Temporal.Instant;
  /** The window whose end bounds a reply asked for by this act. */
  stage: WindowedStage | undefined;
  conclusions: readonly string[];
}
type Guard = (context: GuardContext) => LifecycleRefusal | undefined;

/** The form is whole and nothing in it blocks (Notice §三(一): 准确填写个人信息). */
function formComplete({ facts }: GuardContext): LifecycleRefusal | undefined {
  return facts.blockingFindings.length > 0 ? { code: "form.incomplete", findings: facts.blockingFindings } : undefined;
}

/** Every material checked and every certificate field compared (Notice §三(二)1–7, §四(二)). */
function checksComplete({ facts }: GuardContext): LifecycleRefusal | undefined {
  return facts.missingChecks.length > 0 ? { code: "checks.missing", missing: facts.missingChecks } : undefined;
}

/** A return's reply time ends with the window of the stage that returned it, or earlier; never later without an extension. */
function replyInTime({ input, calendar, stage, now }: GuardContext): LifecycleRefusal | undefined {
  const end = stage === undefined ? undefined : endOfStage(calendar, stage);
  if (input.replyBy === undefined || end === undefined) return undefined;
  const tooLate = Temporal.Instant.compare(input.replyBy, end) > 0;
  const past = Temporal.Instant.compare(input.replyBy, now) <= 0;
  return tooLate || past ? { code: "reply.too-late", latest: end.toString(), field: "replyBy" } : undefined;
}

/** A confirmed application is withdrawn only once the school has released it: the papers lie there. */
function releasedBySchool({ facts }: GuardContext): LifecycleRefusal | undefined {
  return facts.state === "confirmed" && !facts.withdrawalReleased ? { code: "withdrawal.not-released" } : undefined;
}

/** Not before the notice has run its days (Notice §三(三): 不少于7天). */
function noticeHasRun({ facts, now }: GuardContext): LifecycleRefusal | undefined {
  if (facts.notice === null || Temporal.Instant.compare(now, facts.notice.endsAt) >= 0) return undefined;
  return { code: "notice.running", endsAt: facts.notice.endsAt.toString() };
}

/** An objection holds up the person concerned until it is looked into. */
function noUndecidedObjection({ facts }: GuardContext): LifecycleRefusal | undefined {
  const count = facts.notice?.undecidedObjections ?? 0;
  return count > 0 ? { code: "objection.undecided", count } : undefined;
}

/** The conclusion is one of the plan's (Notice §三(六)2: 合格、不合格、暂缓注册). */
function conclusionOfThePlan({ input, conclusions }: GuardContext): LifecycleRefusal | undefined {
  if (input.conclusion === undefined || conclusions.includes(input.conclusion)) return undefined;
  return {
    code: "conclusion.unknown",
    conclusion: input.conclusion,
    field: "conclusion",
  };
}

/** Old version: sticker; new version: annotation (Notice §三(六)1, 2). */
function markedAsThePlanSays({ facts, input }: GuardContext): LifecycleRefusal | undefined {
  const expected = facts.markWith ?? "none";
  return input.markWith !== undefined && input.markWith !== expected
    ? { code: "marking.other-kind", expected }
    : undefined;
}

/** A conclusion that the plan marks is marked before the file is closed (Notice §三(六), §三(七)). */
function nothingLeftToMark({ facts }: GuardContext): LifecycleRefusal | undefined {
  if (facts.state !== "concluded" || facts.markWith === "none" || facts.markWith === null) return undefined;
  return { code: "marking.missing", expected: facts.markWith };
}

/** Only an extension granted by the campaign manager re-opens; the district does so on an upheld appeal. */
function extensionOrAppeal({ facts, actor }: GuardContext): LifecycleRefusal | undefined {
  return actor.role === "campaign-manager" && !facts.extended ? { code: "extension.missing" } : undefined;
}

/** The confirmation window, or a return's reply time, is over: what is unconfirmed lapses (Notice §三(二)). */
function timeIsUp({ facts, calendar, now }: GuardContext): LifecycleRefusal | undefined {
  if (facts.state === "returned") return replyIsOver({ facts, now });
  const end = endOfStage(calendar, "confirm");
  if (end === undefined || Temporal.Instant.compare(now, end) >= 0) return undefined;
  return { code: "stage.running", stage: "confirm", endsAt: end.toString() };
}

function replyIsOver({ facts, now }: Pick<GuardContext, "facts" | "now">): LifecycleRefusal | undefined {
  if (facts.replyBy === null || Temporal.Instant.compare(now, facts.replyBy) >= 0) return undefined;
  return { code: "reply.running", replyBy: facts.replyBy.toString() };
}

function answersTheSchool({ facts }: GuardContext): LifecycleRefusal | undefined {
  return facts.state === "returned" && facts.answerTo !== "submitted" ? wrongState("lapse", facts) : undefined;
}

function answersTheDistrict({ facts }: GuardContext): LifecycleRefusal | undefined {
  return facts.answerTo === "sent-back" ? undefined : wrongState("expire-answer", facts);
}

function wrongState(transition: string, facts: CaseFacts): LifecycleRefusal {
  return {
    code: "case.wrong-state",
    transition,
    state: facts.state,
    last: null,
  };
}

export const guards = {
  formComplete,
  checksComplete,
  replyInTime,
  releasedBySchool,
  noticeHasRun,
  noUndecidedObjection,
  conclusionOfThePlan,
  markedAsThePlanSays,
  nothingLeftToMark,
  extensionOrAppeal,
  timeIsUp,
  replyIsOver,
  answersTheSchool,
  answersTheDistrict,
} satisfies Record<string, Guard>;
export type GuardName = keyof typeof guards;
