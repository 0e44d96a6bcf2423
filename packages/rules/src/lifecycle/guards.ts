import { type Calendar, endOfStage } from "../calendar/window.ts";
import type { WindowedStage } from "../plan/stage.ts";
import type { ActInput, CaseFacts } from "./facts.ts";
import { type LifecycleRefusal, lastActOf } from "./refusal.ts";
import { latestReplyOf, replyByOf } from "./reply.ts";
import type { Actor } from "./role.ts";
import type { TransitionName } from "./transition-names.ts";
import { windowRefusalOf } from "./window-refusal.ts";

interface GuardContext {
  /** The act to be checked. */
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

/** The form is complete and has no blocking finding (Notice §三(一): 准确填写个人信息). */
function formComplete({ facts }: GuardContext): LifecycleRefusal | undefined {
  return facts.blockingFindings.length > 0 ? { code: "form.incomplete", findings: facts.blockingFindings } : undefined;
}

/** The teacher must check and attest the school's entries before submitting (Notice §三(一): 准确填写个人信息). */
function attestedByTheTeacher({ facts, input }: GuardContext): LifecycleRefusal | undefined {
  return facts.assisted && input.attested !== true ? { code: "attestation.missing", field: "attestation" } : undefined;
}

/** Every material checked and every certificate field compared (Notice §三(二)1–7, §四(二)). */
function checksComplete({ facts }: GuardContext): LifecycleRefusal | undefined {
  return facts.missingChecks.length > 0 ? { code: "checks.missing", missing: facts.missingChecks } : undefined;
}

/** The reply time of a return must not end after the window of the returning stage, unless an extension allows it. */
function replyInTime({ facts, input, calendar, stage, now }: GuardContext): LifecycleRefusal | undefined {
  const latest = latestReplyOf(facts, stage, calendar);
  if (input.replyBy === undefined || latest === undefined) return undefined;
  const tooLate = Temporal.Instant.compare(input.replyBy, latest) > 0;
  const past = Temporal.Instant.compare(input.replyBy, now) <= 0;
  return tooLate || past ? { code: "reply.too-late", latest: latest.toString(), field: "replyBy" } : undefined;
}

/**
 * A confirmed application can be withdrawn only after the school has released it, because the school holds the papers.
 */
function releasedBySchool({ facts }: GuardContext): LifecycleRefusal | undefined {
  return facts.state === "confirmed" && !facts.withdrawalReleased ? { code: "withdrawal.not-released" } : undefined;
}

/** A teacher can ask only once. The request stays on the school's page until the school answers. */
function withdrawalNotAsked({ facts }: GuardContext): LifecycleRefusal | undefined {
  return facts.withdrawalAsked ? { code: "withdrawal.asked-already" } : undefined;
}

/** The school releases only what the teacher has asked for, once. */
function withdrawalAsked({ facts }: GuardContext): LifecycleRefusal | undefined {
  return facts.withdrawalAsked && !facts.withdrawalReleased ? undefined : { code: "withdrawal.not-asked" };
}

/** Refuses to erase twice: the second time would only add a history row. */
function somethingToErase({ facts }: GuardContext): LifecycleRefusal | undefined {
  return facts.hasEntries ? undefined : { code: "application.nothing-to-erase" };
}

/** The facts behind the opinion may be recorded only while the opinion may be given (Notice §三(三)). */
function timeToDecide({ facts, calendar, now }: GuardContext): LifecycleRefusal | undefined {
  return facts.state === "handed-over" ? windowRefusalOf({ open: "preliminary" }, facts, calendar, now) : undefined;
}

/** The notice has run its full days (Notice §三(三): 不少于7天). */
function noticeHasRun({ facts, now }: GuardContext): LifecycleRefusal | undefined {
  if (facts.notice === null || Temporal.Instant.compare(now, facts.notice.endsAt) >= 0) return undefined;
  return { code: "notice.running", endsAt: facts.notice.endsAt.toString() };
}

/** No objection waits for a decision. An undecided one holds up the case of the person concerned. */
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

/**
 * Old certificates take a sticker, new ones an annotation (Notice §三(六)1, 2). A case that the plan does not mark is
 * archived without a mark.
 */
function markedAsThePlanSays({ facts, input }: GuardContext): LifecycleRefusal | undefined {
  const expected = facts.markWith ?? "none";
  if (expected === "none") return { code: "marking.other-kind", expected };
  return input.markWith !== undefined && input.markWith !== expected
    ? { code: "marking.other-kind", expected }
    : undefined;
}

/** Only the district marks certificates, not the centre's sticker handler (Notice §三(六)1, 2: 各区县教育行政部门). */
function markedByTheDistrict({ actor }: GuardContext): LifecycleRefusal | undefined {
  return actor.scope.kind === "authority" ? undefined : { code: "case.out-of-scope" };
}

/** A conclusion that needs a mark is marked before the case is archived (Notice §三(六), §三(七)). */
function nothingLeftToMark({ facts }: GuardContext): LifecycleRefusal | undefined {
  if (facts.state !== "concluded" || facts.markWith === "none" || facts.markWith === null) return undefined;
  return { code: "marking.missing", expected: facts.markWith };
}

/**
 * The campaign manager re-opens under an extension, the district under an appeal that it upholds. After the
 * confirmation has ended, the district needs an extension too: without one the case would lapse again at once.
 */
function extensionOrAppeal({ facts, actor, calendar, now }: GuardContext): LifecycleRefusal | undefined {
  const byExtension = actor.role === "campaign-manager";
  if (!byExtension && facts.appeal !== "open") return { code: "appeal.missing" };
  return (byExtension && facts.extended.length === 0) || confirmationIsOver(calendar, now)
    ? { code: "extension.missing" }
    : undefined;
}

/** Only one appeal is allowed for each lapse or refusal; its dismissal is final. */
function notAppealed({ facts }: GuardContext): LifecycleRefusal | undefined {
  return facts.appeal === null ? undefined : { code: "appeal.raised-already", outcome: facts.appeal };
}

/** A draft without a school belongs to no district, so no district could decide the appeal. */
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

/**
 * Only a case that has not been handed over can be transferred. A case returned at the district's request has been
 * handed over.
 */
function notHandedOver({ name, facts }: GuardContext): LifecycleRefusal | undefined {
  return facts.state === "returned" && facts.answerTo === "sent-back" ? wrongState(name, facts) : undefined;
}

/**
 * A transferred case must be confirmed again at the new school. After the confirmation has ended, the transfer would
 * make it lapse.
 */
function timeToConfirmAnew({ facts, calendar, now }: GuardContext): LifecycleRefusal | undefined {
  const end = endOfStage(calendar, "confirm");
  if (facts.state !== "confirmed" || end === undefined || !confirmationIsOver(calendar, now)) return undefined;
  return { code: "stage.over", stage: "confirm", endedAt: end.toString() };
}

/** The plan has a re-review. Without one, nobody could approve a case that was returned to it. */
function thereIsAReview({ facts }: GuardContext): LifecycleRefusal | undefined {
  return facts.hasReview ? undefined : { code: "window.closed", stage: "review", why: "no-such-stage", opensAt: null };
}

/** The confirmation window or the reply time has ended, so the unconfirmed case lapses (Notice §三(二)). */
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

/** Only a return by the school lapses. A return by the district goes back to the district unanswered. */
function answersTheSchool({ facts }: GuardContext): LifecycleRefusal | undefined {
  return facts.state === "returned" && facts.answerTo === "sent-back" ? wrongState("lapse", facts) : undefined;
}

function answersTheDistrict({ facts }: GuardContext): LifecycleRefusal | undefined {
  return facts.answerTo === "sent-back" ? undefined : wrongState("expire-answer", facts);
}

/**
 * A case lapses only if the school has seen it or the district recorded that the school did not look. A draft without a
 * school needs no sighting (Notice §三(二): 逾期未进行现场确认的学校或教师).
 */
function seenBySchool({ facts }: GuardContext): LifecycleRefusal | undefined {
  return facts.confirmationPointId === null || facts.sight !== null ? undefined : { code: "lapse.unseen" };
}

/** A case that is carried over is finished here: the next campaign takes it up. */
function notCarriedOver({ facts }: GuardContext): LifecycleRefusal | undefined {
  return facts.carriedOver ? { code: "case.carried-over" } : undefined;
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
  notCarriedOver,
} satisfies Record<string, Guard>;
export type GuardName = keyof typeof guards;
