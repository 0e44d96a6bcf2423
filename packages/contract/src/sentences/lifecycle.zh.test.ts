import type { LifecycleRefusal } from "@shice/rules/lifecycle/refusal.ts";
import { type DeadlineOutcome, deadlineOutcomes } from "@shice/rules/lifecycle/whose-turn.ts";
import { expect, test } from "vitest";
import { sentenceOf } from "../sentences.zh.ts";
import { lifecycleSentences } from "./lifecycle.zh.ts";
import { deadlineOutcomeSentences, standingSentenceOf } from "./standing.zh.ts";

const last = { transition: "confirm", role: "school-clerk", at: "2017-10-10T01:59:00Z" };
/** 24:00 of 3 November in Chongqing. */
const endOfConfirm = "2017-11-03T16:00:00Z";

/** At least one sample of each code, with realistic figures. */
const samples: { [Code in LifecycleRefusal["code"]]: Extract<LifecycleRefusal, { code: Code }>[] } = {
  "case.out-of-scope": [{ code: "case.out-of-scope" }],
  "case.wrong-state": [
    { code: "case.wrong-state", transition: "return-to-applicant", state: "confirmed", last },
    { code: "case.wrong-state", transition: "submit", state: "lapsed", last: null },
  ],
  "case.changed": [
    { code: "case.changed", expected: 3, version: 4, last },
    { code: "case.changed", expected: 3, version: 4, last: null },
  ],
  "campaign.closed": [{ code: "campaign.closed", closedAt: "2018-01-31T08:00:00Z" }],
  "case.carried-over": [{ code: "case.carried-over" }],
  "case.own": [{ code: "case.own" }],
  "role.not-yours": [
    { code: "role.not-yours", role: "auditor", roles: ["district-reviewer", "district-lead"] },
    { code: "role.not-yours", role: "applicant", roles: ["system"] },
  ],
  "duty.acted-before": [{ code: "duty.acted-before", duty: "review", acted: "confirm" }],
  "window.closed": [
    { code: "window.closed", stage: "apply", why: "not-yet", opensAt: "2017-09-11T23:00:00Z" },
    { code: "window.closed", stage: "apply", why: "nightly", opensAt: "2017-10-08T23:00:00Z" },
    { code: "window.closed", stage: "apply", why: "closure", opensAt: "2017-10-08T23:00:00Z" },
    { code: "window.closed", stage: "review", why: "between", opensAt: "2017-11-19T16:00:00Z" },
    { code: "window.closed", stage: "confirm", why: "over", opensAt: null },
    { code: "window.closed", stage: "review", why: "no-such-stage", opensAt: null },
  ],
  "stage.over": [{ code: "stage.over", stage: "confirm", endedAt: endOfConfirm }],
  "stage.running": [{ code: "stage.running", stage: "confirm", endsAt: endOfConfirm }],
  "reply.over": [{ code: "reply.over", replyBy: "2017-10-20T04:00:00Z" }],
  "reply.running": [{ code: "reply.running", replyBy: endOfConfirm }],
  "reply.too-late": [{ code: "reply.too-late", latest: endOfConfirm, field: "replyBy" }],
  "form.incomplete": [{ code: "form.incomplete", findings: ["form.missing", "identity.length"] }],
  "attestation.missing": [{ code: "attestation.missing", field: "attestation" }],
  "checks.missing": [{ code: "checks.missing", missing: ["certificate"] }],
  "lapse.unseen": [{ code: "lapse.unseen" }],
  "notice.running": [{ code: "notice.running", endsAt: "2017-11-17T16:00:00Z" }],
  "objection.undecided": [{ code: "objection.undecided", count: 2 }],
  "withdrawal.not-released": [{ code: "withdrawal.not-released" }],
  "withdrawal.not-asked": [{ code: "withdrawal.not-asked" }],
  "withdrawal.asked-already": [{ code: "withdrawal.asked-already" }],
  "application.nothing-to-erase": [{ code: "application.nothing-to-erase" }],
  "appeal.missing": [{ code: "appeal.missing" }],
  "appeal.raised-already": [
    { code: "appeal.raised-already", outcome: "open" },
    { code: "appeal.raised-already", outcome: "dismissed" },
  ],
  "appeal.no-district": [{ code: "appeal.no-district" }],
  "conclusion.signed-for-already": [{ code: "conclusion.signed-for-already" }],
  "extension.missing": [{ code: "extension.missing" }],
  "marking.other-kind": [
    { code: "marking.other-kind", expected: "sticker" },
    { code: "marking.other-kind", expected: "annotation" },
    { code: "marking.other-kind", expected: "none" },
  ],
  "marking.missing": [
    { code: "marking.missing", expected: "sticker" },
    { code: "marking.missing", expected: "annotation" },
  ],
  "conclusion.unknown": [{ code: "conclusion.unknown", conclusion: "无教师资格", field: "conclusion" }],
};
const all: LifecycleRefusal[] = Object.values(samples).flat();

test.each(all)("$code has a complete sentence without code words or gaps (%#)", (refusal) => {
  const sentence = sentenceOf(refusal);
  expect(sentence).toMatch(/。$/);
  expect(sentence).not.toMatch(/undefined|null|NaN|[a-z]{2,}|。。|[;,:]。/);
});

test("every code of the lifecycle has a sentence, and every sentence has a code", () => {
  expect(Object.keys(lifecycleSentences).sort()).toEqual(Object.keys(samples).sort());
  expect(all.every((refusal) => sentenceOf(refusal) !== "")).toBe(true);
});

test("N10 N11: the refusal of a closed window says when it opens, in the notice's form", () => {
  expect(sentenceOf({ code: "window.closed", stage: "apply", why: "closure", opensAt: "2017-10-08T23:00:00Z" })).toBe(
    "网上报名今日全天不开放，已填写的内容会保留。下次开放时间：2017年10月9日7:00。",
  );
});

test("the end of a day is written 24:00 of that day, not 0:00 of the next", () => {
  expect(sentenceOf({ code: "stage.over", stage: "confirm", endedAt: endOfConfirm })).toContain("2017年11月3日24:00");
});

test("N51: a conflict names the last act, its role and its time", () => {
  const [conflict] = samples["case.wrong-state"];
  if (conflict === undefined) throw new Error("the code has no sample");
  expect(sentenceOf(conflict)).toBe(
    "这份申请现为“已确认，待报送”，不能办理“退回修改”。最近一次办理：2017年10月10日9:59，学校经办人，现场确认。",
  );
});

test("the standing is one sentence: the state, whose turn, the deadline, and what happens without an act", () => {
  const by = Temporal.Instant.from(endOfConfirm);
  expect(standingSentenceOf({ where: "待现场确认", whoseTurn: "school-clerk", by, deadlineOutcome: "lapses" })).toBe(
    "待现场确认：由学校经办人办理，截止时间2017年11月3日24:00。逾期没有完成现场确认的，视为自动放弃此次教师资格注册。",
  );
  for (const deadlineOutcome of deadlineOutcomes) {
    const sentence: string = deadlineOutcomeSentences[deadlineOutcome satisfies DeadlineOutcome];
    expect(sentence).toMatch(/。$/);
    expect(standingSentenceOf({ where: "公示中", whoseTurn: "nobody", by: null, deadlineOutcome })).toBe(
      `公示中：目前不需要任何人办理。${sentence}`,
    );
  }
});
