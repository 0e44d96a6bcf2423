import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { calendarOf, type Extension } from "../calendar/window.ts";
import { parsePlan } from "../plan/parse.ts";
import { type ActInput, type CaseFacts, type Duty, duties, sightings } from "./facts.ts";
import { transitionOf } from "./lifecycle.ts";
import { actionsOf, destinationOf, refusalOf } from "./refusal-of.ts";
import type { Actor, Role } from "./role.ts";
import { type State, states } from "./state.ts";
import { actorAs, caseFacts } from "./testing.ts";
import type { TransitionName } from "./transition-names.ts";
import { transitionNames } from "./transition-names.ts";

function readPlan(path: string) {
  const { plan } = parsePlan(readFileSync(new URL(path, import.meta.url), "utf8"));
  if (plan === undefined) throw new Error(`${path} cannot be read`);
  return plan;
}
const reference = readPlan("../../../../campaigns/2017-chongqing-second-batch.yaml");
const conclusions = reference.conclusions.map(({ key }) => key);

const at = (local: string) => Temporal.PlainDateTime.from(local).toZonedDateTime("Asia/Shanghai").toInstant();
const extension = (stage: Extension["stage"], until: string): Extension => ({
  stage,
  from: at("2017-11-04T00:00"),
  until: at(until),
});

interface Trial {
  by?: Role | Actor;
  input?: ActInput;
  plan?: typeof reference;
  extensions?: readonly Extension[];
}

/**
 * The result of an act: "to …" with the new state, or the refusal's code. The actor has a role from the table unless
 * given.
 */
function refusalIn(name: TransitionName, facts: Partial<CaseFacts>, local: string, trial: Trial = {}) {
  const by = trial.by ?? transitionOf(name).by[0] ?? "system";
  const actor = typeof by === "string" ? actorAs(by) : by;
  const calendar = calendarOf(trial.plan ?? reference, trial.extensions);
  return refusalOf(name, caseFacts(facts), actor, trial.input ?? {}, {
    calendar,
    conclusions,
    now: at(local),
    closedAt: null,
  });
}
function tried(name: TransitionName, facts: Partial<CaseFacts>, local: string, trial: Trial = {}): string {
  const refusal = refusalIn(name, facts, local, trial);
  return refusal === undefined ? `to ${destinationOf(name, caseFacts(facts), at(local))}` : refusal.code;
}

/** Times at which each stage is open. */
const applying = "2017-10-10T10:00";
const reviewing = "2017-11-07T10:00";

test.each<[State, TransitionName[]]>([
  ["draft", ["submit", "discard", "lapse", "withdraw-for-teacher", "transfer"]],
  [
    "submitted",
    ["recall", "withdraw", "confirm", "return-to-applicant", "refuse", "lapse", "withdraw-for-teacher", "transfer"],
  ],
  ["returned", ["resubmit", "withdraw", "lapse", "expire-answer", "withdraw-for-teacher", "transfer"]],
  ["confirmed", ["hand-over", "unconfirm", "withdraw", "withdraw-for-teacher", "transfer"]],
  ["handed-over", ["decide", "send-back"]],
  ["sent-back", ["hand-over-again", "pass-on-return", "take-back", "withdraw-for-teacher"]],
  ["preliminary", ["publish", "reopen-preliminary"]],
  ["on-notice", ["close-notice", "open-inquiry"]],
  ["inquiry", ["dismiss", "uphold"]],
  ["noticed", ["report"]],
  ["reported", ["approve", "return-to-district"]],
  ["review-returned", ["answer-unchanged", "decide-anew"]],
  ["reviewed", ["conclude", "return-to-review"]],
  ["concluded", ["mark", "archive", "revoke"]],
  ["marked", ["archive", "revoke"]],
  ["archived", ["revoke"]],
  ["withdrawn", []],
  ["lapsed", ["reopen"]],
  ["refused", ["reopen"]],
  ["revoked", []],
])("%s leaves by exactly the acts of the description", (state, names) => {
  const leaving = transitionNames.filter((name) => {
    const row = transitionOf(name);
    return row.from.includes(state) && row.destination !== "same";
  });
  expect(leaving.sort()).toEqual([...names].sort());
});

test.each<[string, TransitionName, Partial<CaseFacts>, string, string]>([
  // draft
  ["N9", "submit", {}, "2017-09-12T06:59:59.999", "window.closed"],
  ["N9", "submit", {}, "2017-09-12T07:00", "to submitted"],
  ["N10", "submit", {}, "2017-10-09T06:59:59.999", "window.closed"],
  ["N10", "submit", {}, "2017-10-09T23:59:59.999", "to submitted"],
  ["N10", "submit", {}, "2017-10-10T00:00", "window.closed"],
  ["N11", "submit", {}, "2017-10-18T12:00", "window.closed"],
  ["N9", "submit", {}, "2017-11-02T23:59:59.999", "to submitted"],
  ["N9", "submit", {}, "2017-11-03T00:00", "window.closed"],
  ["N13", "submit", { blockingFindings: ["certificate.length"] }, applying, "form.incomplete"],
  ["draft", "discard", {}, "2017-10-05T03:00", "to withdrawn"],
  ["N24", "lapse", {}, "2017-11-03T23:59:59.999", "stage.running"],
  ["N24", "lapse", {}, "2017-11-04T00:00", "to lapsed"],
  // submitted
  ["submitted", "recall", { state: "submitted" }, applying, "to draft"],
  ["submitted: recall in the apply window only", "recall", { state: "submitted" }, "2017-11-03T10:00", "window.closed"],
  ["submitted", "withdraw", { state: "submitted" }, "2017-10-05T03:00", "to withdrawn"],
  ["N20", "confirm", { state: "submitted" }, "2017-09-12T23:59:59.999", "window.closed"],
  ["N20", "confirm", { state: "submitted" }, "2017-09-13T00:00", "to confirmed"],
  [
    "N20: while the online application is closed",
    "confirm",
    { state: "submitted" },
    "2017-10-05T10:00",
    "to confirmed",
  ],
  ["N20 N23", "confirm", { state: "submitted" }, "2017-11-03T23:59:59.999", "to confirmed"],
  ["N20", "confirm", { state: "submitted" }, "2017-11-04T00:00", "window.closed"],
  ["N21 N26", "confirm", { state: "submitted", missingChecks: ["certificate"] }, applying, "checks.missing"],
  ["N21", "return-to-applicant", { state: "submitted" }, "2017-11-03T23:59:59.999", "to returned"],
  ["N21", "return-to-applicant", { state: "submitted" }, "2017-11-04T00:00", "window.closed"],
  ["N3", "refuse", { state: "submitted" }, applying, "to refused"],
  ["N24", "lapse", { state: "submitted" }, "2017-11-03T23:59:59.999", "stage.running"],
  ["N24", "lapse", { state: "submitted" }, "2017-11-04T00:00", "to lapsed"],
  ["N24: only the unconfirmed lapse", "lapse", { state: "confirmed" }, "2017-11-04T00:00", "case.wrong-state"],
  // confirmed
  ["N25", "hand-over", { state: "confirmed" }, "2017-11-10T23:59:59.999", "to handed-over"],
  ["N25", "hand-over", { state: "confirmed" }, "2017-11-11T00:00", "stage.over"],
  ["confirmed", "unconfirm", { state: "confirmed" }, applying, "to submitted"],
  ["confirmed: released by the school", "withdraw", { state: "confirmed" }, applying, "withdrawal.not-released"],
  ["confirmed", "withdraw", { state: "confirmed", withdrawalReleased: true }, applying, "to withdrawn"],
  ["handed over: too late to withdraw", "withdraw", { state: "handed-over" }, applying, "case.wrong-state"],
  // handed-over
  ["N31", "decide", { state: "handed-over" }, "2017-11-05T23:59:59.999", "window.closed"],
  ["N31", "decide", { state: "handed-over" }, "2017-11-06T00:00", "to preliminary"],
  ["N31", "decide", { state: "handed-over" }, "2017-11-10T23:59:59.999", "to preliminary"],
  ["N31", "decide", { state: "handed-over" }, "2017-11-11T00:00", "window.closed"],
  ["N31", "send-back", { state: "handed-over" }, reviewing, "to sent-back"],
  // preliminary
  ["N33", "publish", { state: "preliminary" }, "2017-11-12T09:00", "to on-notice"],
  ["N32", "reopen-preliminary", { state: "preliminary" }, reviewing, "to handed-over"],
  // noticed, reported, reviewed
  ["N35", "report", { state: "noticed" }, "2017-11-20T16:59", "to reported"],
  ["N35: late, but not refused", "report", { state: "noticed" }, "2017-11-20T17:01", "to reported"],
  ["N37", "approve", { state: "reported" }, "2017-11-19T23:59:59.999", "window.closed"],
  ["N37", "approve", { state: "reported" }, "2017-11-20T00:00", "to reviewed"],
  ["N37", "approve", { state: "reported" }, "2017-11-22T23:59:59.999", "to reviewed"],
  ["N37", "approve", { state: "reported" }, "2017-11-23T00:00", "window.closed"],
  ["N37", "return-to-district", { state: "reported" }, "2017-11-21T10:00", "to review-returned"],
  ["N37", "answer-unchanged", { state: "review-returned" }, "2017-11-22T10:00", "to reported"],
  [
    "N33: a changed conclusion is published anew",
    "decide-anew",
    { state: "review-returned" },
    "2017-11-22T10:00",
    "to preliminary",
  ],
  ["N38", "conclude", { state: "reviewed" }, "2017-11-22T23:59:59.999", "window.closed"],
  ["N38", "conclude", { state: "reviewed" }, "2017-11-23T00:00", "to concluded"],
  ["N38", "conclude", { state: "reviewed" }, "2017-11-24T23:59:59.999", "to concluded"],
  ["N38", "conclude", { state: "reviewed" }, "2017-11-25T00:00", "window.closed"],
  ["N38", "return-to-review", { state: "reviewed" }, "2017-11-23T10:00", "to reported"],
  // concluded and after
  ["N45", "archive", { state: "marked", markWith: "sticker" }, "2017-12-01T10:00", "to archived"],
  [
    "N39: marked before it is filed",
    "archive",
    { state: "concluded", markWith: "sticker" },
    "2017-12-01T10:00",
    "marking.missing",
  ],
  [
    "archived where nothing is marked",
    "archive",
    { state: "concluded", markWith: "none" },
    "2017-12-01T10:00",
    "to archived",
  ],
  ["N49", "revoke", { state: "concluded" }, "2018-03-01T10:00", "to revoked"],
  ["N49", "revoke", { state: "marked" }, "2018-03-01T10:00", "to revoked"],
  ["N49", "revoke", { state: "archived" }, "2020-03-01T10:00", "to revoked"],
])("%s: %s", (_row, name, facts, local, outcome) => {
  expect(tried(name, facts, local)).toBe(outcome);
});

test("N11: a shut window says why and when it opens again", () => {
  expect(refusalIn("submit", {}, "2017-10-18T12:00")).toEqual({
    code: "window.closed",
    stage: "apply",
    why: "closure",
    opensAt: at("2017-10-25T07:00").toString(),
  });
  expect(refusalIn("submit", {}, "2017-11-03T00:00")).toMatchObject({ why: "over", opensAt: null });
});

test("N20: a teacher whose case is returned on the last day of confirmation can still answer after applications close", () => {
  const returned = { state: "returned", answerTo: "submitted", replyBy: at("2017-11-04T00:00") } as const;
  expect(tried("submit", {}, "2017-11-03T18:00")).toBe("window.closed");
  expect(tried("resubmit", returned, "2017-11-03T23:59:59.999")).toBe("to submitted");
  expect(tried("resubmit", returned, "2017-11-04T00:00")).toBe("reply.over");
  expect(tried("resubmit", { ...returned, blockingFindings: ["form.missing"] }, "2017-11-03T18:00")).toBe(
    "form.incomplete",
  );
});

test("N24: a return lapses when its own reply time ends, and not earlier", () => {
  const returned = { state: "returned", answerTo: "submitted", replyBy: at("2017-10-20T12:00") } as const;
  expect(tried("lapse", returned, "2017-10-20T11:59:59.999")).toBe("reply.running");
  expect(tried("lapse", returned, "2017-10-20T12:00")).toBe("to lapsed");
  expect(tried("withdraw", returned, "2017-10-20T11:00")).toBe("to withdrawn");
});

test("a return without its own reply time ends with the window of the returning stage", () => {
  const returned = { state: "returned", answerTo: "submitted", replyBy: null } as const;
  expect(tried("lapse", returned, "2017-11-03T23:59:59.999")).toBe("reply.running");
  expect(tried("resubmit", returned, "2017-11-03T23:59:59.999")).toBe("to submitted");
  expect(tried("lapse", returned, "2017-11-04T00:00")).toBe("to lapsed");
});

test("a return by the district goes back to the district; if unanswered it is decided as it is and does not lapse", () => {
  const returned = { state: "returned", answerTo: "sent-back", replyBy: at("2017-11-09T12:00") } as const;
  expect(tried("resubmit", returned, "2017-11-09T11:59:59.999")).toBe("to sent-back");
  expect(tried("lapse", returned, "2017-11-30T12:00")).toBe("case.wrong-state");
  expect(tried("expire-answer", returned, "2017-11-09T11:59:59.999")).toBe("reply.running");
  expect(tried("expire-answer", returned, "2017-11-09T12:00")).toBe("to sent-back");
  expect(tried("expire-answer", { ...returned, answerTo: "submitted" }, "2017-11-09T12:00")).toBe("case.wrong-state");

  const sentBack = { state: "sent-back", answerTo: "sent-back", replyBy: at("2017-11-09T12:00") } as const;
  expect(tried("hand-over-again", sentBack, "2017-11-09T11:59:59.999")).toBe("to handed-over");
  expect(tried("hand-over-again", sentBack, "2017-11-09T12:00")).toBe("reply.over");
  expect(tried("take-back", sentBack, "2017-11-09T11:59:59.999")).toBe("reply.running");
  expect(tried("take-back", sentBack, "2017-11-09T12:00")).toBe("to handed-over");
});

test("without an extension, a reply time is after now and within the window of the returning stage", () => {
  const giving = (name: TransitionName, facts: Partial<CaseFacts>, local: string, replyBy: string, trial: Trial = {}) =>
    tried(name, facts, local, { ...trial, input: { replyBy: at(replyBy) } });
  expect(giving("return-to-applicant", { state: "submitted" }, applying, "2017-11-04T00:00")).toBe("to returned");
  expect(giving("return-to-applicant", { state: "submitted" }, applying, "2017-11-04T00:00:00.001")).toBe(
    "reply.too-late",
  );
  expect(giving("return-to-applicant", { state: "submitted" }, applying, applying)).toBe("reply.too-late");
  const extensions = [extension("confirm", "2017-11-06T00:00")];
  expect(giving("return-to-applicant", { state: "submitted" }, applying, "2017-11-06T00:00", { extensions })).toBe(
    "to returned",
  );
  expect(giving("send-back", { state: "handed-over" }, reviewing, "2017-11-11T00:00")).toBe("to sent-back");
  expect(giving("send-back", { state: "handed-over" }, reviewing, "2017-11-12T00:00")).toBe("reply.too-late");
  expect(giving("return-to-district", { state: "reported" }, "2017-11-21T10:00", "2017-11-23T00:00")).toBe(
    "to review-returned",
  );
  expect(giving("return-to-district", { state: "reported" }, "2017-11-21T10:00", "2017-11-23T00:00:01")).toBe(
    "reply.too-late",
  );
});

test("a school that passes on the district's return cannot give more time than it has", () => {
  const sentBack = { state: "sent-back", answerTo: "sent-back", replyBy: at("2017-11-09T12:00") } as const;
  const passing = (replyBy: string) =>
    refusalIn("pass-on-return", sentBack, reviewing, { input: { replyBy: at(replyBy) } });
  expect(passing("2017-11-09T12:00")).toBeUndefined();
  expect(passing("2017-11-10T12:00")).toEqual({
    code: "reply.too-late",
    latest: at("2017-11-09T12:00").toString(),
    field: "replyBy",
  });
});

test("an extension lengthens the reply time of its returns and never shortens one", () => {
  const extensions = [extension("confirm", "2017-11-08T00:00")];
  const returned = {
    state: "returned",
    answerTo: "submitted",
    replyBy: at("2017-11-04T00:00"),
    extended: ["confirm"],
  } as const;
  expect(tried("resubmit", returned, "2017-11-07T23:59:59.999", { extensions })).toBe("to submitted");
  expect(tried("lapse", returned, "2017-11-07T23:59:59.999", { extensions })).toBe("reply.running");
  expect(tried("lapse", returned, "2017-11-08T00:00", { extensions })).toBe("to lapsed");
});

test("N24: a case that the school has not seen does not lapse; a draft without a school needs no sighting", () => {
  const end = "2017-11-04T00:00";
  expect(tried("lapse", { state: "submitted", sight: null }, end)).toBe("lapse.unseen");
  expect(tried("lapse", { sight: null }, end)).toBe("lapse.unseen");
  expect(tried("lapse", { sight: null, confirmationPointId: null, authorityId: null }, end)).toBe("to lapsed");
  const returned = { state: "returned", answerTo: "submitted", replyBy: at("2017-10-20T12:00"), sight: null } as const;
  expect(tried("lapse", returned, "2017-10-20T12:00")).toBe("lapse.unseen");
  for (const how of sightings) {
    const sight = { how, by: "account-1", at: at("2017-11-02T10:00") };
    expect(tried("lapse", { state: "submitted", sight }, end)).toBe("to lapsed");
    // Nothing lapses before its deadline, seen or not.
    expect(tried("lapse", { state: "submitted", sight }, "2017-11-03T23:59:59.999")).toBe("stage.running");
  }
});

test("N24: an extension of the confirmation stops the lapse and lets the school confirm", () => {
  const extensions = [extension("confirm", "2017-11-08T00:00")];
  expect(tried("lapse", { state: "submitted" }, "2017-11-05T00:00", { extensions })).toBe("stage.running");
  expect(tried("confirm", { state: "submitted" }, "2017-11-05T00:00", { extensions })).toBe("to confirmed");
  expect(tried("lapse", { state: "submitted" }, "2017-11-08T00:00", { extensions })).toBe("to lapsed");
});

test("a new decision after an upheld objection needs an extension once the stage's window has ended", () => {
  const extensions = [extension("preliminary", "2017-11-25T00:00")];
  expect(tried("decide", { state: "handed-over" }, "2017-11-18T10:00")).toBe("window.closed");
  expect(tried("decide", { state: "handed-over" }, "2017-11-18T10:00", { extensions })).toBe("to preliminary");
});

test("N33: the notice cannot be closed even a millisecond early", () => {
  const running = { state: "on-notice", notice: { endsAt: at("2017-11-18T00:00"), undecidedObjections: 0 } } as const;
  expect(tried("close-notice", running, "2017-11-17T23:59:59.999")).toBe("notice.running");
  expect(tried("close-notice", running, "2017-11-18T00:00")).toBe("to noticed");
  const contested = { ...running, notice: { ...running.notice, undecidedObjections: 2 } };
  expect(refusalIn("close-notice", contested, "2017-11-18T00:00")).toEqual({ code: "objection.undecided", count: 2 });
});

test("N33: a dismissed objection returns the case to the notice, or onwards if the notice has ended; an upheld one to a new decision", () => {
  const inquiry = { state: "inquiry", notice: { endsAt: at("2017-11-18T00:00"), undecidedObjections: 0 } } as const;
  expect(tried("open-inquiry", { ...inquiry, state: "on-notice" }, "2017-11-15T10:00")).toBe("to inquiry");
  expect(tried("dismiss", inquiry, "2017-11-17T23:59:59.999")).toBe("to on-notice");
  expect(tried("dismiss", inquiry, "2017-11-18T00:00")).toBe("to noticed");
  expect(tried("uphold", inquiry, "2017-11-18T00:00")).toBe("to handed-over");
});

test("in a plan without re-review the report leads to the final decision, and nothing can be returned by a re-review", () => {
  const plan = readPlan("../plan/examples/county.yaml");
  const finalDay = `${plan.stages.final.windows[0]?.from}T12:00`;
  const noReview = { hasReview: false } as const;
  expect(tried("report", { ...noReview, state: "noticed" }, "2017-11-20T10:00", { plan })).toBe("to reviewed");
  expect(tried("conclude", { ...noReview, state: "reviewed" }, finalDay, { plan })).toBe("to concluded");
  expect(refusalIn("return-to-review", { ...noReview, state: "reviewed" }, finalDay, { plan })).toMatchObject({
    code: "window.closed",
    why: "no-such-stage",
  });
});

test("N32 N43: only conclusions of the plan are accepted", () => {
  for (const conclusion of ["pass", "fail", "defer"]) {
    expect(tried("decide", { state: "handed-over" }, reviewing, { input: { conclusion } })).toBe("to preliminary");
  }
  const input = { conclusion: "no-qualification" };
  expect(tried("decide", { state: "handed-over" }, reviewing, { input })).toBe("conclusion.unknown");
  expect(tried("decide-anew", { state: "review-returned" }, "2017-11-21T10:00", { input })).toBe("conclusion.unknown");
});

test("N39 N42: an old certificate takes a sticker, a new one an annotation; a case that the plan does not mark takes neither", () => {
  const marking = (expected: CaseFacts["markWith"], markWith?: "sticker" | "annotation") =>
    tried("mark", { state: "concluded", markWith: expected }, "2017-11-27T10:00", { input: { markWith } });
  expect(marking("sticker", "sticker")).toBe("to marked");
  expect(marking("annotation", "annotation")).toBe("to marked");
  expect(marking("sticker", "annotation")).toBe("marking.other-kind");
  expect(marking("annotation", "sticker")).toBe("marking.other-kind");
  expect(marking("none", "sticker")).toBe("marking.other-kind");
  expect(marking("none")).toBe("marking.other-kind");
});

test("N41: the district marks certificates, not the centre's sticker handler", () => {
  const centre: Actor = { ...actorAs("sticker-handler"), scope: { kind: "review", id: "centre-1" } };
  const facts = { state: "concluded", markWith: "sticker" } as const;
  expect(tried("mark", facts, "2017-11-27T10:00", { by: centre, input: { markWith: "sticker" } })).toBe(
    "case.out-of-scope",
  );
});

test("N24: a lapsed case is re-opened in its previous state, by an extension or by the district on appeal", () => {
  const lapsed = { state: "lapsed", stateBefore: "returned" } as const;
  const extensions = [extension("confirm", "2017-11-08T00:00")];
  expect(tried("reopen", lapsed, "2017-11-05T10:00", { by: "campaign-manager" })).toBe("extension.missing");
  expect(
    tried("reopen", { ...lapsed, extended: ["confirm"] }, "2017-11-05T10:00", { by: "campaign-manager", extensions }),
  ).toBe("to returned");
  const undisputed = { state: "refused", stateBefore: "submitted" } as const;
  for (const appeal of [null, "dismissed"] as const) {
    expect(tried("reopen", { ...undisputed, appeal }, applying, { by: "district-lead" })).toBe("appeal.missing");
  }
  const refused = { ...undisputed, appeal: "open" } as const;
  expect(tried("reopen", refused, applying, { by: "district-lead" })).toBe("to submitted");
  // Without time to confirm, the case would lapse again the same night.
  expect(tried("reopen", refused, "2017-11-05T10:00", { by: "district-lead" })).toBe("extension.missing");
  expect(
    tried("reopen", { ...refused, extended: ["confirm"] }, "2017-11-05T10:00", { by: "district-lead", extensions }),
  ).toBe("to submitted");
  // An extension of another stage gives no time to confirm.
  const other = [extension("final", "2017-12-30T00:00")];
  expect(
    tried("reopen", { ...lapsed, extended: ["confirm"] }, "2017-11-05T10:00", {
      by: "campaign-manager",
      extensions: other,
    }),
  ).toBe("extension.missing");
});

test("N7: a transfer moves only cases not handed over; a confirmed case must be confirmed again at the new school", () => {
  for (const state of ["draft", "submitted", "returned"] as const) {
    expect(tried("transfer", { state }, applying)).toBe(`to ${state}`);
  }
  expect(tried("transfer", { state: "confirmed" }, applying)).toBe("to submitted");
  expect(tried("transfer", { state: "confirmed" }, "2017-11-06T10:00")).toBe("stage.over");
  expect(tried("transfer", { state: "returned", answerTo: "sent-back" }, reviewing)).toBe("case.wrong-state");
  for (const state of ["handed-over", "sent-back", "preliminary", "concluded"] as const) {
    expect(tried("transfer", { state }, applying)).toBe("case.wrong-state");
  }
});

test("N15: cases at a merged or split school move to its successor in their state, including those that the district sent back", () => {
  for (const state of ["draft", "submitted", "returned", "confirmed", "sent-back"] as const) {
    expect(tried("follow-school", { state }, applying, { by: "system" })).toBe(`to ${state}`);
    // No deadline stops the move: after the confirmation window the case need not be confirmed again.
    expect(tried("follow-school", { state }, "2017-11-06T10:00", { by: "system" })).toBe(`to ${state}`);
  }
  expect(tried("follow-school", { state: "returned", answerTo: "sent-back" }, reviewing, { by: "system" })).toBe(
    "to returned",
  );
  for (const state of ["handed-over", "preliminary", "concluded", "withdrawn", "lapsed"] as const) {
    expect(tried("follow-school", { state }, applying, { by: "system" })).toBe("case.wrong-state");
  }
  expect(tried("follow-school", { state: "submitted" }, applying, { by: "campaign-manager" })).toBe("role.not-yours");
});

test("N15: a school that passes to another authority takes along its cases not handed over; returns by the old authority stay", () => {
  for (const state of ["draft", "submitted", "returned", "confirmed"] as const) {
    expect(tried("follow-place", { state }, applying, { by: "system" })).toBe(`to ${state}`);
  }
  expect(tried("follow-place", { state: "sent-back" }, reviewing, { by: "system" })).toBe("case.wrong-state");
  const asked = refusalIn("follow-place", { state: "returned", answerTo: "sent-back" }, reviewing, { by: "system" });
  expect(asked).toMatchObject({ code: "case.wrong-state", transition: "follow-place" });
});

test("a school may withdraw for a teacher who has left, until the district decides", () => {
  for (const state of ["submitted", "returned", "confirmed", "sent-back"] as const) {
    expect(tried("withdraw-for-teacher", { state }, applying)).toBe("to withdrawn");
  }
  expect(tried("withdraw-for-teacher", { state: "handed-over" }, applying)).toBe("case.wrong-state");
});

test("N46: every unfinished case can be carried over in its state, so a campaign can always be closed", () => {
  for (const state of states) {
    const outcome = tried("carry-over", { state }, "2018-01-01T10:00");
    const final = ["archived", "withdrawn", "lapsed", "refused", "revoked"].includes(state);
    expect(outcome).toBe(final ? "case.wrong-state" : `to ${state}`);
  }
});

const dutyActs: Record<Duty, [TransitionName, Role, State, string]> = {
  confirm: ["confirm", "school-clerk", "submitted", applying],
  preliminary: ["decide", "district-reviewer", "handed-over", reviewing],
  review: ["approve", "centre-reviewer", "reported", "2017-11-21T10:00"],
  final: ["conclude", "commission-approver", "reviewed", "2017-11-23T10:00"],
};

test.each(duties.flatMap((acted) => duties.map((duty) => [acted, duty] as const)))(
  "N49: the account that exercised %s on a case asks for %s: the four duties need four people",
  (acted, duty) => {
    const [name, role, state, local] = dutyActs[duty];
    const same = actorAs(role, "one");
    const expected = acted === duty ? undefined : { code: "duty.acted-before", duty, acted };
    const byAccount = [{ duty: acted, accountId: "account-one", personId: null }];
    expect(refusalIn(name, { state, acts: byAccount }, local, { by: same })).toEqual(expected);
    // A second account does not make the same person another one.
    const byPerson = [{ duty: acted, accountId: "account-of-another-year", personId: "person-one" }];
    expect(refusalIn(name, { state, acts: byPerson }, local, { by: same })).toEqual(expected);
    const byOther = [{ duty: acted, accountId: "account-two", personId: "person-two" }];
    expect(refusalIn(name, { state, acts: byOther }, local, { by: same })).toBeUndefined();
  },
);

test("N49: nobody acts on their own application in any office", () => {
  for (const name of transitionNames) {
    const row = transitionOf(name);
    for (const role of row.by) {
      if (role === "applicant" || role === "system") continue;
      const own: Actor = { ...actorAs(role), personId: "teacher-1" };
      expect(tried(name, { state: row.from[0] ?? "draft", markWith: "sticker" }, applying, { by: own })).toBe(
        "case.own",
      );
    }
  }
});

test("N49: an act outside the scope and an act of another role are refused with their own codes", () => {
  const elsewhere: Actor = { ...actorAs("school-clerk"), scope: { kind: "school", id: "school-2" } };
  expect(tried("confirm", { state: "submitted" }, applying, { by: elsewhere })).toBe("case.out-of-scope");
  expect(tried("confirm", { state: "submitted", confirmationPointId: null }, applying)).toBe("case.out-of-scope");
  expect(refusalIn("confirm", { state: "submitted" }, applying, { by: "applicant" })).toEqual({
    code: "role.not-yours",
    role: "applicant",
    roles: ["school-clerk"],
  });
  for (const role of ["account-administrator", "security-administrator", "auditor"] as const) {
    for (const name of transitionNames) expect(refusalIn(name, {}, applying, { by: role })).toBeDefined();
  }
});

test("N51: when two people act at once, one succeeds and the other's refusal says what happened", () => {
  const last = { transition: "confirm", role: "school-clerk", at: at("2017-10-10T09:59") };
  const lastAct = { ...last, at: at("2017-10-10T09:59").toString() };
  expect(
    refusalIn("return-to-applicant", { state: "confirmed", version: 4, last }, applying, { input: { version: 3 } }),
  ).toEqual({
    code: "case.wrong-state",
    transition: "return-to-applicant",
    state: "confirmed",
    last: lastAct,
  });
  expect(refusalIn("confirm", { state: "submitted", version: 4, last }, applying, { input: { version: 3 } })).toEqual({
    code: "case.changed",
    expected: 3,
    version: 4,
    last: lastAct,
  });
  expect(tried("confirm", { state: "submitted", version: 4, last }, applying, { input: { version: 4 } })).toBe(
    "to confirmed",
  );
});

test("an act is listed for the roles that have it, with the reason if it is refused, and for nobody else", () => {
  const setting = { calendar: calendarOf(reference), conclusions, now: at("2017-11-03T10:00"), closedAt: null };
  const buttons = (facts: Partial<CaseFacts>, role: Role) =>
    actionsOf(caseFacts(facts), actorAs(role), setting).map(({ name, allowed, refusal }) =>
      allowed ? name : `${name} (${refusal?.code})`,
    );
  expect(buttons({ state: "submitted" }, "applicant")).toEqual(["recall (window.closed)", "withdraw"]);
  expect(buttons({ state: "submitted", missingChecks: ["contract"] }, "school-clerk")).toEqual([
    "withdraw-for-teacher",
    "set-version",
    "confirm (checks.missing)",
    "return-to-applicant",
    "refuse",
  ]);
  expect(buttons({ state: "submitted" }, "district-reviewer")).toEqual([]);
  expect(buttons({ state: "concluded", markWith: "none" }, "sticker-handler")).toEqual(["mark (marking.other-kind)"]);
});

test("only the teacher submits a form that the school filled in, and must attest it", () => {
  const assisted = { assisted: true };
  expect(tried("submit", assisted, applying)).toBe("attestation.missing");
  expect(tried("submit", assisted, applying, { input: { attested: false } })).toBe("attestation.missing");
  expect(tried("submit", assisted, applying, { input: { attested: true } })).toBe("to submitted");
  // Only a complete form needs attestation. A teacher who filled in the form alone attests nothing.
  expect(tried("submit", { ...assisted, blockingFindings: ["form.missing"] }, applying)).toBe("form.incomplete");
  expect(tried("submit", {}, applying)).toBe("to submitted");
  const clerk = { by: "school-clerk" as const, input: { attested: true } };
  expect(tried("submit", assisted, applying, clerk)).toBe("role.not-yours");
});

test("the clerk fills in only drafts of the clerk's own school, as long as the teacher could, and never the clerk's own draft", () => {
  expect(tried("assist", {}, applying)).toBe("to draft");
  // Filling in needs no open window, as for the teacher. It ends with the confirmation.
  expect(tried("assist", {}, "2017-10-05T10:00")).toBe("to draft");
  expect(tried("assist", {}, "2017-11-03T23:59:59.999")).toBe("to draft");
  expect(tried("assist", {}, "2017-11-04T00:00")).toBe("stage.over");
  expect(tried("assist", { personId: "person-school-clerk" }, applying)).toBe("case.own");
  expect(tried("assist", { confirmationPointId: "school-2" }, applying)).toBe("case.out-of-scope");
  for (const by of ["applicant", "district-reviewer", "campaign-manager"] as const) {
    expect(tried("assist", {}, applying, { by })).toBe("role.not-yours");
  }
  for (const state of states.filter((other) => other !== "draft")) {
    expect([state, tried("assist", { state }, applying)]).toEqual([state, "case.wrong-state"]);
  }
});

test("a lapsed or refused case can be appealed once, by its teacher or by the district that received the appeal on paper", () => {
  for (const state of ["lapsed", "refused"] as const) {
    expect(tried("appeal", { state }, "2017-12-01T10:00", { by: "applicant" })).toBe(`to ${state}`);
    expect(tried("appeal", { state }, "2017-12-01T10:00", { by: "district-lead" })).toBe(`to ${state}`);
    expect(tried("appeal", { state, appeal: "open" }, applying, { by: "applicant" })).toBe("appeal.raised-already");
    expect(tried("appeal", { state, appeal: "dismissed" }, applying, { by: "applicant" })).toBe(
      "appeal.raised-already",
    );
    expect(tried("dismiss-appeal", { state }, applying, { by: "district-lead" })).toBe("appeal.missing");
    expect(tried("dismiss-appeal", { state, appeal: "open" }, applying, { by: "district-lead" })).toBe(`to ${state}`);
  }
  // The lead has no authority over a draft that never named a school, so the scope refuses first.
  expect(tried("appeal", { state: "lapsed", authorityId: null }, applying, { by: "applicant" })).toBe(
    "appeal.no-district",
  );
});

test("a confirmed teacher asks once for release, the school releases once, then the teacher can withdraw", () => {
  const confirmed = { state: "confirmed" } as const;
  expect(tried("ask-withdrawal", confirmed, applying, { by: "applicant" })).toBe("to confirmed");
  expect(tried("release-withdrawal", confirmed, applying, { by: "school-clerk" })).toBe("withdrawal.not-asked");
  const asked = { ...confirmed, withdrawalAsked: true };
  expect(tried("ask-withdrawal", asked, applying, { by: "applicant" })).toBe("withdrawal.asked-already");
  expect(tried("withdraw", asked, applying, { by: "applicant" })).toBe("withdrawal.not-released");
  expect(tried("release-withdrawal", asked, applying, { by: "school-clerk" })).toBe("to confirmed");
  const released = { ...asked, withdrawalReleased: true };
  expect(tried("release-withdrawal", released, applying, { by: "school-clerk" })).toBe("withdrawal.not-asked");
  expect(tried("withdraw", released, applying, { by: "applicant" })).toBe("to withdrawn");
});

test("the district records facts only while it may decide: in its window or after a return from the re-review", () => {
  expect(tried("record-facts", { state: "handed-over" }, reviewing)).toBe("to handed-over");
  expect(tried("record-facts", { state: "handed-over" }, applying)).toBe("window.closed");
  expect(tried("record-facts", { state: "review-returned" }, "2017-11-21T10:00")).toBe("to review-returned");
  expect(tried("record-facts", { state: "preliminary" }, reviewing)).toBe("case.wrong-state");
});

test("a conclusion is signed for once, and a withdrawn application is erased once", () => {
  for (const state of ["concluded", "marked", "archived"] as const) {
    expect(tried("sign-for", { state }, "2017-12-01T10:00")).toBe(`to ${state}`);
    expect(tried("sign-for", { state, signedFor: true }, "2017-12-01T10:00")).toBe("conclusion.signed-for-already");
  }
  expect(tried("sign-for", { state: "revoked" }, "2017-12-01T10:00")).toBe("case.wrong-state");
  expect(tried("erase", { state: "withdrawn" }, applying)).toBe("to withdrawn");
  expect(tried("erase", { state: "withdrawn", hasEntries: false }, applying)).toBe("application.nothing-to-erase");
});

test("N39: the desk can correct a certificate's version while it may confirm the case", () => {
  expect(tried("set-version", { state: "submitted" }, applying)).toBe("to submitted");
  expect(tried("set-version", { state: "submitted" }, "2017-11-05T10:00")).toBe("window.closed");
  expect(tried("set-version", { state: "confirmed" }, applying)).toBe("case.wrong-state");
});
