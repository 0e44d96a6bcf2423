import { type Calendar, endOfStage } from "../calendar/window.ts";
import type { WindowedStage } from "../plan/stage.ts";
import type { ActInput, CaseFacts } from "./facts.ts";
import type { TransitionName } from "./lifecycle.ts";
import { type LifecycleRefusal, lastActOf } from "./refusal.ts";
import { latestReplyOf, replyByOf } from "./reply.ts";
import type { Actor } from "./role.ts";
import { windowRefusalOf } from "./window-refusal.ts";

interface GuardContext {
  /** The act that is asked about. */
  name: TransitionName;
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

/** What the school has entered counts once its teacher has looked through it and said so (Notice §三(一): 准确填写个人信息). */
function attestedByTheTeacher({ facts, input }: GuardContext): LifecycleRefusal | undefined {
  return facts.assisted && input.attested !== true ? { code: "attestation.missing", field: "attestation" } : undefined;
}

/** Every material checked and every certificate field compared (Notice §三(二)1–7, §四(二)). */
function checksComplete({ facts }: GuardContext): LifecycleRefusal | undefined {
  return facts.missingChecks.length > 0 ? { code: "checks.missing", missing: facts.missingChecks } : undefined;
}

/** A return's reply time ends with the window of the stage that returned it, or earlier; never later without an extension. */
function replyInTime({ facts, input, calendar, stage, now }: GuardContext): LifecycleRefusal | undefined {
  const latest = latestReplyOf(facts, stage, calendar);
  if (input.replyBy === undefined || latest === undefined) return undefined;
  const tooLate = Temporal.Instant.compare(input.replyBy, latest) > 0;
  const past = Temporal.Instant.compare(input.replyBy, now) <= 0;
  return tooLate || past ? { code: "reply.too-late", latest: latest.toString(), field: "replyBy" } : undefined;
}

/** A confirmed application is withdrawn only once the school has released it: the papers lie there. */
function releasedBySchool({ facts }: GuardContext): LifecycleRefusal | undefined {
  return facts.state === "confirmed" && !facts.withdrawalReleased ? { code: "withdrawal.not-released" } : undefined;
}

/** A teacher asks once; the school then has the request on its page until it answers. */
function withdrawalNotAsked({ facts }: GuardContext): LifecycleRefusal | undefined {
  return facts.withdrawalAsked ? { code: "withdrawal.asked-already" } : undefined;
}

/** The school releases only what the teacher has asked for, once. */
function withdrawalAsked({ facts }: GuardContext): LifecycleRefusal | undefined {
  return facts.withdrawalAsked && !facts.withdrawalReleased ? undefined : { code: "withdrawal.not-asked" };
}

/** Erasing what is erased already would only write a second row. */
function somethingToErase({ facts }: GuardContext): LifecycleRefusal | undefined {
  return facts.hasEntries ? undefined : { code: "application.nothing-to-erase" };
}

/** What the opinion rests on is recorded while the opinion may be given (Notice §三(三)). */
function timeToDecide({ facts, calendar, now }: GuardContext): LifecycleRefusal | undefined {
  return facts.state === "handed-over" ? windowRefusalOf({ open: "preliminary" }, facts, calendar, now) : undefined;
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

/** Old version: sticker; new version: annotation (Notice §三(六)1, 2); what the plan does not mark is archived as it is. */
function markedAsThePlanSays({ facts, input }: GuardContext): LifecycleRefusal | undefined {
  const expected = facts.markWith ?? "none";
  if (expected === "none") return { code: "marking.other-kind", expected };
  return input.markWith !== undefined && input.markWith !== expected
    ? { code: "marking.other-kind", expected }
    : undefined;
}

/** The district marks; whoever handles the centre's stickers does not (Notice §三(六)1, 2: 各区县教育行政部门). */
function markedByTheDistrict({ actor }: GuardContext): LifecycleRefusal | undefined {
  return actor.scope.kind === "authority" ? undefined : { code: "case.out-of-scope" };
}

/** A conclusion that the plan marks is marked before the file is closed (Notice §三(六), §三(七)). */
function nothingLeftToMark({ facts }: GuardContext): LifecycleRefusal | undefined {
  if (facts.state !== "concluded" || facts.markWith === "none" || facts.markWith === null) return undefined;
  return { code: "marking.missing", expected: facts.markWith };
}

/**
 * The campaign manager re-opens by an extension, the district by an appeal that it upholds. After the end of the
 * confirmation the district needs an extension too: a case without one would lapse again at once.
 */
function extensionOrAppeal({ facts, actor, calendar, now }: GuardContext): LifecycleRefusal | undefined {
  const byExtension = actor.role === "campaign-manager";
  if (!byExtension && facts.appeal !== "open") return { code: "appeal.missing" };
  return (byExtension && !facts.extended) || confirmationIsOver(calendar, now)
    ? { code: "extension.missing" }
    : undefined;
}

/** An appeal is answered before another one; a dismissed one is final for this ending of the case. */
function notAppealed({ facts }: GuardContext): LifecycleRefusal | undefined {
  return facts.appeal === null ? undefined : { code: "appeal.raised-already", outcome: facts.appeal };
}

/** A draft that names no school lies with no district that could hear an appeal. */
function hasDistrict({ facts }: GuardContext): LifecycleRefusal | undefined {
  return facts.authorityId === null ? { code: "appeal.no-district" } : undefined;
}

function appealIsOpen({ facts }: GuardContext): LifecycleRefusal | undefined {
  return facts.appeal === "open" ? undefined : { code: "appeal.missing" };
}

/** The first signature for a conclusion counts. */
function notSignedFor({ facts }: GuardContext): LifecycleRefusal | undefined {
  return facts.signedFor ? { code: "conclusion.signed-for-already" } : undefined;
}

/** A transfer moves what is not yet handed over; what the district sent back through the school has been. */
function notHandedOver({ name, facts }: GuardContext): LifecycleRefusal | undefined {
  return facts.state === "returned" && facts.answerTo === "sent-back" ? wrongState(name, facts) : undefined;
}

/** A confirmed application is confirmed anew at the new school; without time for that the transfer would make it lapse. */
function timeToConfirmAnew({ facts, calendar, now }: GuardContext): LifecycleRefusal | undefined {
  const end = endOfStage(calendar, "confirm");
  if (facts.state !== "confirmed" || end === undefined || !confirmationIsOver(calendar, now)) return undefined;
  return { code: "stage.over", stage: "confirm", endedAt: end.toString() };
}

/** Where the plan has no re-review there is none to return to: nobody could approve the case again. */
function thereIsAReview({ facts }: GuardContext): LifecycleRefusal | undefined {
  return facts.hasReview ? undefined : { code: "window.closed", stage: "review", why: "no-such-stage", opensAt: null };
}

/** The confirmation window, or a return's reply time, is over: what is unconfirmed lapses (Notice §三(二)). */
function timeIsUp({ facts, calendar, now }: GuardContext): LifecycleRefusal | undefined {
  if (facts.state === "returned") return replyIsOver({ facts, calendar, now });
  const end = endOfStage(calendar, "confirm");
  if (end === undefined || confirmationIsOver(calendar, now)) return undefined;
  return { code: "stage.running", stage: "confirm", endsAt: end.toString() };
}

function replyIsOver({
  facts,
  calendar,
  now,
}: Pick<GuardContext, "facts" | "calendar" | "now">): LifecycleRefusal | undefined {
  const replyBy = replyByOf(facts, calendar);
  if (replyBy === undefined || Temporal.Instant.compare(now, replyBy) >= 0) return undefined;
  return { code: "reply.running", replyBy: replyBy.toString() };
}

/** Only what the school asked for lapses; what the district asked for comes back to it unanswered. */
function answersTheSchool({ facts }: GuardContext): LifecycleRefusal | undefined {
  return facts.state === "returned" && facts.answerTo === "sent-back" ? wrongState("lapse", facts) : undefined;
}

function answersTheDistrict({ facts }: GuardContext): LifecycleRefusal | undefined {
  return facts.answerTo === "sent-back" ? undefined : wrongState("expire-answer", facts);
}

/**
 * Nobody lapses whom the school has not seen, unless the district has noted that it did not look; a draft that names no
 * school is nobody's to see (Notice §三(二): 逾期未进行现场确认的学校或教师).
 */
function seenBySchool({ facts }: GuardContext): LifecycleRefusal | undefined {
  return facts.confirmationPointId === null || facts.sight !== null ? undefined : { code: "lapse.unseen" };
}

function confirmationIsOver(calendar: Calendar, now: Temporal.Instant): boolean {
  const end = endOfStage(calendar, "confirm");
  return end !== undefined && Temporal.Instant.compare(now, end) >= 0;
}

function wrongState(transition: TransitionName, facts: CaseFacts): LifecycleRefusal {
  return { code: "case.wrong-state", transition, state: facts.state, last: lastActOf(facts) };
}

export const guards = {
  formComplete,
  attestedByTheTeacher,
  checksComplete,
  replyInTime,
  releasedBySchool,
  withdrawalNotAsked,
  withdrawalAsked,
  somethingToErase,
  timeToDecide,
  noticeHasRun,
  noUndecidedObjection,
  conclusionOfThePlan,
  markedAsThePlanSays,
  markedByTheDistrict,
  nothingLeftToMark,
  extensionOrAppeal,
  notAppealed,
  hasDistrict,
  appealIsOpen,
  notSignedFor,
  notHandedOver,
  timeToConfirmAnew,
  thereIsAReview,
  timeIsUp,
  replyIsOver,
  answersTheSchool,
  answersTheDistrict,
  seenBySchool,
} satisfies Record<string, Guard>;
export type GuardName = keyof typeof guards;
