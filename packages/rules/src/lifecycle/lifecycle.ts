import type { Stage, WindowedStage } from "../plan/stage.ts";
import type { CaseFacts, Duty } from "./facts.ts";
import type { GuardName } from "./guards.ts";
import type { Role } from "./role.ts";
import type { State } from "./state.ts";

/** When an act is accepted. */
export type WindowRule =
  /** Only while the stage's window is open. */
  | { open: WindowedStage }
  /** At any time before the stage's last window ends. */
  | { untilEndOf: WindowedStage }
  /** Until the reply time of the return being answered. */
  | { untilReply: true }
  | "any time";

/** What an act writes down beside who, when, from, to and under which plan. */
type RecordName =
  | "undertaking"
  | "reason"
  | "checklist"
  | "asked"
  | "reply-by"
  | "manifest"
  | "opinion"
  | "notice"
  | "objection-outcome"
  | "report"
  | "decision"
  | "marking"
  | "archive-items"
  | "school"
  | "changes"
  | "sight";

/** Messages to the applicant that an act causes. */
export type MessageTemplate =
  | "assistance-begun"
  | "submitted"
  | "returned"
  | "confirmed"
  | "refused"
  | "lapsed"
  | "withdrawn"
  | "on-notice"
  | "concluded"
  | "reopened"
  | "transferred"
  | "school-changed"
  | "revoked";

export interface Transition {
  title: string;
  from: readonly State[];
  to: readonly State[];
  /** Where `to` has several states, or the state stays: how the one is found. */
  destination?: keyof typeof destinations;
  by: readonly Role[];
  stage: Stage;
  window: WindowRule;
  guards: readonly GuardName[];
  /** The duty that this act is an exercise of; four duties, four people. */
  duty?: Duty;
  records: readonly RecordName[];
  message?: MessageTemplate;
}

/** The state that an act leads to, where the row names several. */
export const destinations = {
  same: (facts: CaseFacts) => facts.state,
  answerTo: (facts: CaseFacts) => facts.answerTo ?? "submitted",
  backOnNotice: (facts: CaseFacts, now: Temporal.Instant) =>
    facts.notice !== null && Temporal.Instant.compare(now, facts.notice.endsAt) < 0 ? "on-notice" : "noticed",
  reviewIfAny: (facts: CaseFacts) => (facts.hasReview ? "reported" : "reviewed"),
  whereItWas: (facts: CaseFacts) => facts.stateBefore ?? "draft",
  atTheNewSchool: (facts: CaseFacts) => (facts.state === "confirmed" ? "submitted" : facts.state),
} satisfies Record<string, (facts: CaseFacts, now: Temporal.Instant) => State>;

/**
 * The life of an application: every act that changes its state, in one table.
 * Server, interface, API description and diagram are derived from it.
 */
export const lifecycle = {
  submit: {
    title: "提交申请",
    from: ["draft"],
    to: ["submitted"],
    by: ["applicant"],
    stage: "apply",
    window: { open: "apply" },
    guards: ["formComplete", "attestedByTheTeacher"],
    records: ["undertaking"],
    message: "submitted",
  },
  assist: {
    title: "代为填写",
    from: ["draft"],
    to: ["draft"],
    destination: "same",
    by: ["school-clerk"],
    stage: "apply",
    window: { untilEndOf: "confirm" },
    guards: [],
    records: [],
    message: "assistance-begun",
  },
  recall: {
    title: "撤回修改",
    from: ["submitted"],
    to: ["draft"],
    by: ["applicant"],
    stage: "apply",
    window: { open: "apply" },
    guards: [],
    records: [],
  },
  discard: {
    title: "删除草稿",
    from: ["draft"],
    to: ["withdrawn"],
    by: ["applicant"],
    stage: "apply",
    window: "any time",
    guards: [],
    records: [],
  },
  withdraw: {
    title: "撤回申请",
    from: ["submitted", "returned", "confirmed"],
    to: ["withdrawn"],
    by: ["applicant"],
    stage: "apply",
    window: "any time",
    guards: ["releasedBySchool"],
    records: ["reason"],
    message: "withdrawn",
  },
  "withdraw-for-teacher": {
    title: "代为撤回",
    from: ["draft", "submitted", "returned", "confirmed", "sent-back"],
    to: ["withdrawn"],
    by: ["school-clerk"],
    stage: "confirm",
    window: "any time",
    guards: [],
    records: ["reason"],
    message: "withdrawn",
  },
  resubmit: {
    title: "修改后再次提交",
    from: ["returned"],
    to: ["submitted", "sent-back"],
    destination: "answerTo",
    by: ["applicant"],
    stage: "apply",
    window: { untilReply: true },
    guards: ["formComplete"],
    records: ["changes"],
    message: "submitted",
  },
  confirm: {
    title: "现场确认",
    from: ["submitted"],
    to: ["confirmed"],
    by: ["school-clerk"],
    stage: "confirm",
    window: { open: "confirm" },
    guards: ["checksComplete"],
    duty: "confirm",
    records: ["checklist"],
    message: "confirmed",
  },
  "return-to-applicant": {
    title: "退回修改",
    from: ["submitted"],
    to: ["returned"],
    by: ["school-clerk"],
    stage: "confirm",
    window: { open: "confirm" },
    guards: ["replyInTime"],
    duty: "confirm",
    records: ["asked", "reply-by"],
    message: "returned",
  },
  refuse: {
    title: "不予受理",
    from: ["submitted"],
    to: ["refused"],
    by: ["school-clerk"],
    stage: "confirm",
    window: { open: "confirm" },
    guards: [],
    duty: "confirm",
    records: ["reason"],
    message: "refused",
  },
  unconfirm: {
    title: "撤销确认",
    from: ["confirmed"],
    to: ["submitted"],
    by: ["school-clerk"],
    stage: "confirm",
    window: { open: "confirm" },
    guards: [],
    duty: "confirm",
    records: ["reason"],
  },
  "hand-over": {
    title: "报送区县",
    from: ["confirmed"],
    to: ["handed-over"],
    by: ["school-clerk"],
    stage: "confirm",
    window: { untilEndOf: "preliminary" },
    guards: [],
    duty: "confirm",
    records: ["manifest"],
  },
  "hand-over-again": {
    title: "再次报送",
    from: ["sent-back"],
    to: ["handed-over"],
    by: ["school-clerk"],
    stage: "preliminary",
    window: { untilReply: true },
    guards: [],
    duty: "confirm",
    records: ["manifest"],
  },
  "pass-on-return": {
    title: "转退申请人",
    from: ["sent-back"],
    to: ["returned"],
    by: ["school-clerk"],
    stage: "preliminary",
    window: { untilReply: true },
    guards: ["replyInTime"],
    duty: "confirm",
    records: ["asked", "reply-by"],
    message: "returned",
  },
  decide: {
    title: "作出初审意见",
    from: ["handed-over"],
    to: ["preliminary"],
    by: ["district-reviewer"],
    stage: "preliminary",
    window: { open: "preliminary" },
    guards: ["conclusionOfThePlan"],
    duty: "preliminary",
    records: ["opinion"],
  },
  "send-back": {
    title: "退回学校",
    from: ["handed-over"],
    to: ["sent-back"],
    by: ["district-reviewer"],
    stage: "preliminary",
    window: { open: "preliminary" },
    guards: ["replyInTime"],
    duty: "preliminary",
    records: ["asked", "reply-by"],
  },
  "reopen-preliminary": {
    title: "撤回初审意见",
    from: ["preliminary"],
    to: ["handed-over"],
    by: ["district-reviewer", "district-lead"],
    stage: "preliminary",
    window: "any time",
    guards: [],
    duty: "preliminary",
    records: ["reason"],
  },
  publish: {
    title: "公示",
    from: ["preliminary"],
    to: ["on-notice"],
    by: ["district-lead"],
    stage: "notice",
    window: "any time",
    guards: [],
    records: ["notice"],
    message: "on-notice",
  },
  "open-inquiry": {
    title: "受理异议",
    from: ["on-notice"],
    to: ["inquiry"],
    by: ["district-lead"],
    stage: "notice",
    window: "any time",
    guards: [],
    records: ["reason"],
  },
  dismiss: {
    title: "异议不成立",
    from: ["inquiry"],
    to: ["on-notice", "noticed"],
    destination: "backOnNotice",
    by: ["district-lead"],
    stage: "notice",
    window: "any time",
    guards: [],
    records: ["objection-outcome"],
  },
  uphold: {
    title: "异议成立，重新初审",
    from: ["inquiry"],
    to: ["handed-over"],
    by: ["district-lead"],
    stage: "notice",
    window: "any time",
    guards: [],
    records: ["objection-outcome"],
  },
  "close-notice": {
    title: "公示期满",
    from: ["on-notice"],
    to: ["noticed"],
    by: ["district-lead"],
    stage: "notice",
    window: "any time",
    guards: ["noticeHasRun", "noUndecidedObjection"],
    records: ["notice"],
  },
  report: {
    title: "上报",
    from: ["noticed"],
    to: ["reported", "reviewed"],
    destination: "reviewIfAny",
    by: ["district-lead"],
    stage: "report",
    window: "any time",
    guards: [],
    records: ["report"],
  },
  approve: {
    title: "复审通过",
    from: ["reported"],
    to: ["reviewed"],
    by: ["centre-reviewer"],
    stage: "review",
    window: { open: "review" },
    guards: [],
    duty: "review",
    records: [],
  },
  "return-to-district": {
    title: "退回区县",
    from: ["reported"],
    to: ["review-returned"],
    by: ["centre-reviewer"],
    stage: "review",
    window: { open: "review" },
    guards: ["replyInTime"],
    duty: "review",
    records: ["reason", "reply-by"],
  },
  "answer-unchanged": {
    title: "维持原初审意见",
    from: ["review-returned"],
    to: ["reported"],
    by: ["district-reviewer"],
    stage: "review",
    window: "any time",
    guards: [],
    duty: "preliminary",
    records: ["reason"],
  },
  "decide-anew": {
    title: "重新作出初审意见",
    from: ["review-returned"],
    to: ["preliminary"],
    by: ["district-reviewer"],
    stage: "review",
    window: "any time",
    guards: ["conclusionOfThePlan"],
    duty: "preliminary",
    records: ["opinion"],
  },
  conclude: {
    title: "作出终审结论",
    from: ["reviewed"],
    to: ["concluded"],
    by: ["commission-approver"],
    stage: "final",
    window: { open: "final" },
    guards: [],
    duty: "final",
    records: ["decision"],
    message: "concluded",
  },
  "return-to-review": {
    title: "退回复审",
    from: ["reviewed"],
    to: ["reported"],
    by: ["commission-approver"],
    stage: "final",
    window: { open: "final" },
    guards: ["thereIsAReview"],
    duty: "final",
    records: ["reason"],
  },
  mark: {
    title: "登记注册结论",
    from: ["concluded"],
    to: ["marked"],
    by: ["sticker-handler"],
    stage: "marking",
    window: "any time",
    guards: ["markedByTheDistrict", "markedAsThePlanSays"],
    records: ["marking"],
  },
  archive: {
    title: "归档",
    from: ["marked", "concluded"],
    to: ["archived"],
    by: ["district-reviewer", "district-lead"],
    stage: "archive",
    window: "any time",
    guards: ["nothingLeftToMark"],
    records: ["archive-items"],
  },
  revoke: {
    title: "撤销注册",
    from: ["concluded", "marked", "archived"],
    to: ["revoked"],
    by: ["commission-approver"],
    stage: "final",
    window: "any time",
    guards: [],
    records: ["decision", "reason"],
    message: "revoked",
  },
  reopen: {
    title: "恢复办理",
    from: ["lapsed", "refused"],
    to: ["draft", "submitted", "returned"],
    destination: "whereItWas",
    by: ["campaign-manager", "district-lead"],
    stage: "confirm",
    window: "any time",
    guards: ["extensionOrAppeal"],
    records: ["reason"],
    message: "reopened",
  },
  transfer: {
    title: "转到其他学校",
    from: ["draft", "submitted", "returned", "confirmed"],
    to: ["draft", "submitted", "returned"],
    destination: "atTheNewSchool",
    by: ["campaign-manager", "district-lead"],
    stage: "confirm",
    window: "any time",
    guards: ["notHandedOver", "timeToConfirmAnew"],
    records: ["school", "reason"],
    message: "transferred",
  },
  // A school that was merged or split has nobody left to act: all that lies with it goes on at its successor as it is,
  // what the district sent back included. A confirmation stands, for the successor answers for what the school did.
  "follow-school": {
    title: "随学校变动转移",
    from: ["draft", "submitted", "returned", "confirmed", "sent-back"],
    to: ["draft", "submitted", "returned", "confirmed", "sent-back"],
    destination: "same",
    by: ["system"],
    stage: "confirm",
    window: "any time",
    guards: [],
    records: ["school", "reason"],
    message: "school-changed",
  },
  // The school stays and passes to another authority or confirmation point: what the old authority holds stays there.
  "follow-place": {
    title: "随学校归属调整转移",
    from: ["draft", "submitted", "returned", "confirmed"],
    to: ["draft", "submitted", "returned", "confirmed"],
    destination: "same",
    by: ["system"],
    stage: "confirm",
    window: "any time",
    guards: ["notHandedOver"],
    records: ["school", "reason"],
    message: "school-changed",
  },
  correct: {
    title: "更正信息",
    from: ["preliminary", "on-notice", "inquiry", "noticed", "reported", "review-returned", "reviewed"],
    to: ["preliminary", "on-notice", "inquiry", "noticed", "reported", "review-returned", "reviewed"],
    destination: "same",
    by: ["centre-reviewer", "campaign-manager"],
    stage: "review",
    window: "any time",
    guards: [],
    records: ["changes", "reason"],
  },
  "carry-over": {
    title: "转入下一批次",
    from: [
      "draft",
      "submitted",
      "returned",
      "confirmed",
      "handed-over",
      "sent-back",
      "preliminary",
      "on-notice",
      "inquiry",
      "noticed",
      "reported",
      "review-returned",
      "reviewed",
      "concluded",
      "marked",
    ],
    to: [
      "draft",
      "submitted",
      "returned",
      "confirmed",
      "handed-over",
      "sent-back",
      "preliminary",
      "on-notice",
      "inquiry",
      "noticed",
      "reported",
      "review-returned",
      "reviewed",
      "concluded",
      "marked",
    ],
    destination: "same",
    by: ["campaign-manager"],
    stage: "archive",
    window: "any time",
    guards: [],
    records: ["reason"],
  },
  lapse: {
    title: "视为自动放弃",
    from: ["draft", "submitted", "returned"],
    to: ["lapsed"],
    by: ["system"],
    stage: "confirm",
    window: "any time",
    guards: ["answersTheSchool", "timeIsUp", "seenBySchool"],
    records: ["sight"],
    message: "lapsed",
  },
  "expire-answer": {
    title: "逾期未答复，退回学校",
    from: ["returned"],
    to: ["sent-back"],
    by: ["system"],
    stage: "preliminary",
    window: "any time",
    guards: ["answersTheDistrict", "replyIsOver"],
    records: [],
  },
  "take-back": {
    title: "学校逾期未答复，转初审",
    from: ["sent-back"],
    to: ["handed-over"],
    by: ["system"],
    stage: "preliminary",
    window: "any time",
    guards: ["replyIsOver"],
    records: [],
  },
} as const satisfies Record<string, Transition>;

export type TransitionName = keyof typeof lifecycle;
export const transitionNames = Object.keys(lifecycle).filter((name): name is TransitionName => name in lifecycle);

/** The row of a transition, as the general type. */
export function transitionOf(name: TransitionName): Transition {
  return lifecycle[name];
}
