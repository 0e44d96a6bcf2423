import type { ReasonUse, ValueFormat } from "./plan.ts";
import type { WindowedStage } from "./stage.ts";

/** The two report deadlines: by e-mail and on sealed paper. */
export type ReportDeadline = "electronicBy" | "paperBy";

/**
 * Codes of findings about a plan, each with the figures for its sentence. Days are written 2017-11-20, times
 * 2017-11-20T17:00.
 */
export interface FindingFigures {
  "yaml.syntax": { problem: string };
  "yaml.full-width-colon": { key: string };
  "yaml.no-space-after-colon": { key: string };
  "yaml.duplicate-key": { key: string };
  "plan.empty": object;
  "plan.not-a-mapping": object;
  "key.unknown": { key: string; nearest?: string; known: readonly string[] };
  "key.cut-off": { text: string };
  "key.missing": { key: string };
  "value.empty": object;
  "value.wrong-type": { expected: string; got: string };
  "value.not-in-list": { got: string; allowed: readonly string[] };
  "value.wrong-format": { got: string; format?: ValueFormat };
  "value.too-small": { minimum: number; of: "number" | "string" | "array" };
  "value.too-big": { maximum: number; of: "number" | "string" | "array" };
  "condition.unknown-rule": { got: string; known: readonly string[] };

  "range.reversed": { from: string; to: string };
  "hours.reversed": { stage: WindowedStage; from: string; to: string };
  "window.overlaps": { stage: WindowedStage; from: string; earlierTo: string };
  "window.no-open-minute": { stage: WindowedStage; from: string; to: string };
  "closure.outside-windows": { from: string; to: string; stages: readonly WindowedStage[] };
  "closure.no-such-stage": { stage: WindowedStage };
  "closure.overlaps": { stage: WindowedStage; from: string; to: string };
  "stage.out-of-order": {
    earlier: WindowedStage;
    later: WindowedStage;
    what: "begin" | "end";
    before: string;
    after: string;
  };
  "stage.begins-before-previous-ends": { earlier: WindowedStage; later: WindowedStage; ends: string; begins: string };
  "year.differs": { year: number; from: string; to: string };
  "issued.after-opening": { issuedOn: string; opens: string };
  "holidays.unknown-year": { years: readonly number[] };

  "deadline.on-rest-day": { what: WindowedStage | ReportDeadline; day: string; holiday?: string };
  "deadline.before-stage-ends": { what: ReportDeadline; moment: string; stage: WindowedStage; ends: string };
  "deadline.after-next-stage-ends": { what: ReportDeadline; moment: string; stage: WindowedStage; ends: string };
  "deadline.after-next-stage-begins": { what: ReportDeadline; moment: string; stage: WindowedStage; begins: string };
  "deadline.paper-before-electronic": { electronicBy: string; paperBy: string };
  "notice.cannot-end-before-report": { days: number; working: boolean; latest: string; preliminaryEnds: string };
  "notice.only-rest-days-left": { latest: string; latestWorkingDay: string; preliminaryEnds: string };

  "duplicate.key": { what: string; key: string };
  "duplicate.name": { what: string; name: string };
  "body.same-key-other-name": { key: string; name: string; otherName: string };
  "body.two-roles": { key: string; name: string };
  "bodies.unknown-operator": { operator: string; known: readonly string[] };
  "area.unknown-review-body": { area: string; reviewedBy: string; known: readonly string[] };
  "area.review-body-missing": { area: string; known: readonly string[] };
  "review.body-unused": { name: string };
  "review.stage-without-body": object;
  "review.body-without-stage": object;
  "scope.kind-twice": { kind: string; ownership: string };
  "scope.private-needs-no-establishment": object;
  "cycle.reopens-after-expiry": { months: number; years: number };
  "material.variant-twice": { material: string; concerns: string };
  "material.variants-ambiguous": { material: string };
  "material.stamp-without-copy": { name: string };
  "conclusion.none-raises-ordinal": object;
  "condition.unknown-conclusion": { suggests: string; known: readonly string[] };
  "condition.suggests-mildest": { condition: string; name: string };
  "marking.nothing-to-mark-with": { names: readonly string[] };
  "marking.no-marked-conclusion": object;
  "reason.unknown-material": { reason: string; material: string; known: readonly string[] };
  "reason.unknown-field": { reason: string; field: string; nearest?: string; known: readonly string[] };
  "reason.unknown-conclusion": { reason: string; conclusion: string; known: readonly string[] };
  "reason.conclusions-without-decide": { reason: string };
  "conclusion.without-reason": { name: string };
  "reason.opens-without-return": { reason: string };
  "reason.use-without-reason": { use: ReasonUse };
}
export type FindingCode = keyof FindingFigures;
type FindingSeverity = "error" | "warning";

/** An error or warning in a plan. */
export interface Finding {
  readonly code: FindingCode;
  readonly message: string;
  /** The path in the plan, such as stages.apply.windows[0].from; empty for the whole plan. */
  readonly path: string;
  /** The source that the plan gives for the rule. */
  readonly source?: string;
  /** Line and column, starting at 1, if the plan was read from text. */
  readonly line?: number;
  readonly column?: number;
}

/** A plan with an error cannot be published; a warning leaves the decision to its author. */
export const findingSeverities: Record<FindingCode, FindingSeverity> = {
  "yaml.syntax": "error",
  "yaml.full-width-colon": "error",
  "yaml.no-space-after-colon": "error",
  "yaml.duplicate-key": "error",
  "plan.empty": "error",
  "plan.not-a-mapping": "error",
  "key.unknown": "error",
  "key.cut-off": "error",
  "key.missing": "error",
  "value.empty": "error",
  "value.wrong-type": "error",
  "value.not-in-list": "error",
  "value.wrong-format": "error",
  "value.too-small": "error",
  "value.too-big": "error",
  "condition.unknown-rule": "error",
  "range.reversed": "error",
  "hours.reversed": "error",
  "window.overlaps": "error",
  "window.no-open-minute": "error",
  "closure.outside-windows": "error",
  "closure.no-such-stage": "error",
  "closure.overlaps": "warning",
  "stage.out-of-order": "error",
  "stage.begins-before-previous-ends": "warning",
  "year.differs": "warning",
  "issued.after-opening": "warning",
  "holidays.unknown-year": "warning",
  "deadline.on-rest-day": "warning",
  "deadline.before-stage-ends": "error",
  "deadline.after-next-stage-ends": "error",
  "deadline.after-next-stage-begins": "warning",
  "deadline.paper-before-electronic": "warning",
  "notice.cannot-end-before-report": "error",
  "notice.only-rest-days-left": "warning",
  "duplicate.key": "error",
  "duplicate.name": "error",
  "body.same-key-other-name": "error",
  "body.two-roles": "warning",
  "bodies.unknown-operator": "error",
  "area.unknown-review-body": "error",
  "area.review-body-missing": "error",
  "review.body-unused": "warning",
  "review.stage-without-body": "error",
  "review.body-without-stage": "error",
  "scope.kind-twice": "warning",
  "scope.private-needs-no-establishment": "warning",
  "cycle.reopens-after-expiry": "warning",
  "material.variant-twice": "error",
  "material.variants-ambiguous": "warning",
  "material.stamp-without-copy": "warning",
  "conclusion.none-raises-ordinal": "warning",
  "condition.unknown-conclusion": "error",
  "condition.suggests-mildest": "warning",
  "marking.nothing-to-mark-with": "warning",
  "marking.no-marked-conclusion": "warning",
  "reason.unknown-material": "error",
  "reason.unknown-field": "error",
  "reason.unknown-conclusion": "error",
  "reason.conclusions-without-decide": "warning",
  "conclusion.without-reason": "warning",
  "reason.opens-without-return": "warning",
  "reason.use-without-reason": "warning",
};

export type PathSegment = string | number;
