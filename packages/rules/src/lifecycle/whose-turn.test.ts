import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { calendarOf } from "../calendar/window.ts";
import { parsePlan } from "../plan/parse.ts";
import type { CaseFacts } from "./facts.ts";
import { transitionOf } from "./lifecycle.ts";
import { refusalOf } from "./refusal-of.ts";
import { isFinal, states, stateTitles, unattestedTitle } from "./state.ts";
import { actorAs, caseFacts } from "./testing.ts";
import { transitionNames } from "./transition-names.ts";
import { caseStandingOf, caseStandingSettingOf } from "./whose-turn.ts";

const { plan } = parsePlan(
  readFileSync(new URL("../../../../campaigns/2017-chongqing-second-batch.yaml", import.meta.url), "utf8"),
);
if (plan === undefined) throw new Error("the reference plan cannot be read");
const calendar = calendarOf(plan);
const at = (local: string) => Temporal.PlainDateTime.from(local).toZonedDateTime("Asia/Shanghai").toInstant();
const settingAt = (local: string) => caseStandingSettingOf(plan, calendar, at(local));

function strip(facts: Partial<CaseFacts>, local: string): string {
  const { whoseTurn, by, deadlineOutcome } = caseStandingOf(caseFacts(facts), settingAt(local));
  const until = by === null ? "-" : by.toZonedDateTimeISO("Asia/Shanghai").toPlainDateTime().toString().slice(0, 16);
  return `${whoseTurn} ${until} ${deadlineOutcome}`;
}

const notice = { endsAt: at("2017-11-18T00:00"), undecidedObjections: 0 };

test.each<[string, Partial<CaseFacts>, string, string]>([
  [
    "N9: with a draft it is the teacher's turn until the online application ends",
    {},
    "2017-10-10T10:00",
    "applicant 2017-11-03T00:00 counts-as-not-applied",
  ],
  ["N9: after that nobody can submit it", {}, "2017-11-03T00:00", "nobody 2017-11-04T00:00 counts-as-not-applied"],
  [
    "N24: after submission it is the school's turn until the confirmation ends",
    { state: "submitted" },
    "2017-10-10T10:00",
    "school-clerk 2017-11-04T00:00 lapses",
  ],
  [
    "N24: returned by the school",
    { state: "returned", answerTo: "submitted", replyBy: at("2017-10-20T12:00") },
    "2017-10-10T10:00",
    "applicant 2017-10-20T12:00 lapses",
  ],
  [
    "returned by the district",
    { state: "returned", answerTo: "sent-back", replyBy: at("2017-11-09T12:00") },
    "2017-11-07T10:00",
    "applicant 2017-11-09T12:00 decided-as-it-is",
  ],
  [
    "N24: a case that the school has not seen by the deadline waits for the school",
    { state: "submitted", sight: null },
    "2017-11-04T00:00",
    "school-clerk - held-until-seen",
  ],
  [
    "N24: not seen, but the deadline has not passed",
    { state: "submitted", sight: null },
    "2017-11-03T23:59",
    "school-clerk 2017-11-04T00:00 lapses",
  ],
  ["N24: an unseen draft at its end", { sight: null }, "2017-11-04T00:00", "school-clerk - held-until-seen"],
  [
    "N24: a draft without a school lapses without being seen",
    { sight: null, confirmationPointId: null },
    "2017-11-04T00:00",
    "nobody 2017-11-04T00:00 counts-as-not-applied",
  ],
  [
    "N24: returned by a former school and not seen by the present one",
    { state: "returned", answerTo: "submitted", replyBy: at("2017-10-20T12:00"), sight: null },
    "2017-10-20T12:00",
    "school-clerk - held-until-seen",
  ],
  ["N25: confirmed", { state: "confirmed" }, "2017-10-10T10:00", "school-clerk 2017-11-11T00:00 waits-for-extension"],
  [
    "N31: handed over",
    { state: "handed-over" },
    "2017-11-07T10:00",
    "district-reviewer 2017-11-11T00:00 waits-for-extension",
  ],
  [
    "sent back",
    { state: "sent-back", replyBy: at("2017-11-09T12:00") },
    "2017-11-07T10:00",
    "school-clerk 2017-11-09T12:00 decided-as-it-is",
  ],
  [
    "N33: the lead publishes by the latest day that leaves time for a notice",
    { state: "preliminary" },
    "2017-11-08T10:00",
    "district-lead 2017-11-13T00:00 not-reported-in-time",
  ],
  [
    "N33: while the notice runs nobody has to act",
    { state: "on-notice", notice },
    "2017-11-17T23:59:59.999",
    "nobody 2017-11-18T00:00 goes-on-after-notice",
  ],
  [
    "N33: after the notice has run, the district closes it",
    { state: "on-notice", notice },
    "2017-11-18T00:00",
    "district-lead 2017-11-20T17:00 not-reported-in-time",
  ],
  [
    "N33: with an undecided objection it is the district's turn",
    { state: "on-notice", notice: { ...notice, undecidedObjections: 1 } },
    "2017-11-15T10:00",
    "district-lead - held-up-by-objection",
  ],
  ["inquiry", { state: "inquiry", notice }, "2017-11-15T10:00", "district-lead - held-up-by-objection"],
  [
    "N35: noticed",
    { state: "noticed", notice },
    "2017-11-18T10:00",
    "district-lead 2017-11-20T17:00 not-reported-in-time",
  ],
  ["N37: reported", { state: "reported" }, "2017-11-20T10:00", "centre-reviewer 2017-11-23T00:00 waits-for-extension"],
  [
    "N37: returned by the centre",
    { state: "review-returned", replyBy: at("2017-11-22T12:00") },
    "2017-11-21T10:00",
    "district-reviewer 2017-11-22T12:00 held-up-in-review",
  ],
  [
    "N38: reviewed",
    { state: "reviewed" },
    "2017-11-23T10:00",
    "commission-approver 2017-11-25T00:00 waits-for-extension",
  ],
  [
    "N41: concluded, to be marked",
    { state: "concluded", markWith: "sticker" },
    "2017-11-27T10:00",
    "sticker-handler - conclusion-not-registered",
  ],
  [
    "concluded, nothing to mark",
    { state: "concluded", markWith: "none" },
    "2017-11-27T10:00",
    "district-reviewer - not-archived",
  ],
  ["N45: marked", { state: "marked", markWith: "sticker" }, "2017-11-27T10:00", "district-reviewer - not-archived"],
])("%s", (_title, facts, local, expected) => {
  expect(strip(facts, local)).toBe(expected);
});

test("a final case is nobody's turn, and every standing gives the state's title", () => {
  for (const state of states) {
    const standing = caseStandingOf(caseFacts({ state, notice }), settingAt("2017-10-10T10:00"));
    expect(standing.where).toBe(stateTitles[state]);
    if (isFinal(state)) expect(standing).toMatchObject({ whoseTurn: "nobody", by: null, deadlineOutcome: "ended" });
  }
});

test("the role whose turn it is can do at least one act", () => {
  const openAt: Partial<Record<(typeof states)[number], string>> = {
    "handed-over": "2017-11-07T10:00",
    "on-notice": "2017-11-18T00:00",
    reported: "2017-11-21T10:00",
    reviewed: "2017-11-23T10:00",
  };
  for (const state of states.filter((candidate) => !isFinal(candidate))) {
    const local = openAt[state] ?? "2017-10-10T10:00";
    const facts = caseFacts({ state, notice, markWith: state === "concluded" ? "sticker" : null });
    const { whoseTurn } = caseStandingOf(facts, settingAt(local));
    if (whoseTurn === "nobody") throw new Error(`${state} is nobody's turn`);
    const setting = { calendar, conclusions: [], now: at(local), closedAt: null };
    const able = transitionNames.filter(
      (name) =>
        transitionOf(name).destination !== "same" &&
        refusalOf(name, facts, actorAs(whoseTurn), {}, setting) === undefined,
    );
    expect([state, able.length > 0]).toEqual([state, true]);
  }
});

test("a draft that the school filled in has its own title, waits for its teacher, and otherwise counts as not applied", () => {
  const setting = settingAt("2017-10-10T10:00");
  const standing = caseStandingOf(caseFacts({ assisted: true }), setting);
  expect(standing).toMatchObject({
    where: unattestedTitle,
    whoseTurn: "applicant",
    deadlineOutcome: "counts-as-not-applied",
  });
  expect(caseStandingOf(caseFacts({ assisted: true, state: "submitted" }), setting).where).toBe(stateTitles.submitted);
});
