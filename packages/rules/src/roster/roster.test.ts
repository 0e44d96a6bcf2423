import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { calendarOf, openDaysOf } from "../calendar/window.ts";
import { states } from "../lifecycle/state.ts";
import { parsePlan } from "../plan/parse.ts";
import { figureDefinitionsOf } from "../statistics/figures.ts";
import { figuresOf } from "../statistics/table.ts";
import { batchDayRefusalOf, batchHoursRefusalOf, isOverdue } from "./batch.ts";
import { owedOf } from "./owed.ts";
import { daysWaitedOf, parkingKindsOf, parkingRefusalOf } from "./parking.ts";
import { becauseText, type RosterPerson, reconcile } from "./reconciliation.ts";
import { isExpectedToApply, standings } from "./standing.ts";
import { needsStatement, statementRefusalOf } from "./statement.ts";

const { plan } = parsePlan(
  readFileSync(new URL("../../../../campaigns/2017-chongqing-second-batch.yaml", import.meta.url), "utf8"),
);
if (plan === undefined) throw new Error("the reference plan cannot be read");
const calendar = calendarOf(plan);
const day = (text: string) => Temporal.PlainDate.from(text);
const at = (local: string) => Temporal.PlainDateTime.from(local).toZonedDateTime("Asia/Shanghai").toInstant();

describe("a statement of being unwilling", () => {
  const asked = (standing: (typeof standings)[number], signedOn?: string, today = "2017-10-10") =>
    statementRefusalOf(standing, signedOn, { issuedOn: plan.issuedOn, today: day(today) })?.code;

  test("is signed after the notice was published and not in the future; nobody else needs one", () => {
    expect(asked("unwilling")).toBe("statement.day-needed");
    expect(asked("unwilling", "2017-09-05")).toBe("statement.day-wrong");
    expect(asked("unwilling", "2017-09-06")).toBeUndefined();
    expect(asked("unwilling", "2017-10-10")).toBeUndefined();
    expect(asked("unwilling", "2017-10-11")).toBe("statement.day-wrong");
    for (const standing of standings) if (!needsStatement(standing)) expect(asked(standing)).toBeUndefined();
    expect(standings.filter(needsStatement)).toEqual(["unwilling"]);
  });
});

describe("a batch's day", () => {
  const refused = (planned: string, today: string) => batchDayRefusalOf(calendar, planned, day(today));

  test("N19: is on an open day of the confirmation from today on; otherwise the nearest open day is named", () => {
    expect(refused("2017-09-13", "2017-09-12")).toBeUndefined();
    expect(refused("2017-11-03", "2017-11-03")).toBeUndefined();
    // The closures of the online application do not apply to the confirmation.
    expect(refused("2017-10-03", "2017-09-20")).toBeUndefined();
    expect(refused("2017-09-12", "2017-09-12")).toMatchObject({ code: "batch.day-closed", nearest: "2017-09-13" });
    expect(refused("2017-11-04", "2017-10-20")).toEqual({
      code: "batch.day-closed",
      day: "2017-11-04",
      from: "2017-09-13",
      to: "2017-11-03",
      nearest: "2017-11-03",
      field: "plannedOn",
    });
    expect(refused("2017-10-09", "2017-10-10")).toEqual({
      code: "batch.day-past",
      today: "2017-10-10",
      field: "plannedOn",
    });
    expect(refused("2017-11-05", "2017-11-05")).toMatchObject({ nearest: null });
  });

  test("property: exactly the open days from today on are allowed, and the nearest is one of them", () => {
    const open = openDaysOf(calendar, "confirm").map(String);
    const anyDay = fc.integer({ min: -20, max: 80 }).map((days) => day("2017-09-13").add({ days }));
    fc.assert(
      fc.property(anyDay, anyDay, (planned, today) => {
        const refusal = batchDayRefusalOf(calendar, planned.toString(), today);
        const allowed = open.includes(planned.toString()) && Temporal.PlainDate.compare(planned, today) >= 0;
        expect(refusal === undefined).toBe(allowed);
        if (refusal?.code !== "batch.day-closed" || refusal.nearest === null) return;
        expect(batchDayRefusalOf(calendar, refusal.nearest, today)).toBeUndefined();
      }),
    );
  });

  test("hours come in pairs in order; a batch is overdue if somebody is not confirmed after its day", () => {
    expect(batchHoursRefusalOf(null, undefined)).toBeUndefined();
    expect(batchHoursRefusalOf("09:00", "11:30")).toBeUndefined();
    for (const [from, to] of [
      ["09:00", null],
      [null, "11:00"],
      ["11:00", "11:00"],
      ["14:00", "09:00"],
    ] as const)
      expect(batchHoursRefusalOf(from, to)).toEqual({ code: "batch.hours-wrong", field: "toHour" });
    expect(isOverdue({ plannedOn: "2017-10-10", unconfirmed: 1 }, day("2017-10-10"))).toBe(false);
    expect(isOverdue({ plannedOn: "2017-10-10", unconfirmed: 1 }, day("2017-10-11"))).toBe(true);
    expect(isOverdue({ plannedOn: "2017-10-10", unconfirmed: 0 }, day("2017-10-11"))).toBe(false);
  });
});

test("N19: a teacher who waits for a certificate or a file is parked for a reason of the notice or the plan", () => {
  const kinds = parkingKindsOf(plan).map(({ text }) => text);
  expect(kinds.slice(0, 2)).toEqual(["证书更正", "档案清理"]);
  expect(kinds).toContain("其他情形（须写明）");
  expect(parkingKindsOf({ reasons: [] })).toHaveLength(2);
  expect(parkingRefusalOf("2017-10-11", day("2017-10-10"))).toMatchObject({ code: "parking.since-wrong" });
  expect(parkingRefusalOf("2017-10-10", day("2017-10-10"))).toBeUndefined();
  expect(daysWaitedOf("2017-09-28", day("2017-10-10"))).toBe(12);
  expect(daysWaitedOf("2017-10-12", day("2017-10-10"))).toBe(0);
});

describe("what a teacher still owes", () => {
  const owed = (person: Partial<Parameters<typeof owedOf>[0]>, now: string) => {
    const found = owedOf({ standing: "due", state: null, replyBy: null, ...person }, calendar, at(now));
    if (found === undefined) return "nothing";
    return `${found.what}${found.over ? " over" : ""} ${found.until.toZonedDateTimeISO("Asia/Shanghai").toPlainDateTime()}`;
  };

  test("N12: a teacher owes an application, its submission, or the answer to a return, each with its own deadline", () => {
    expect(owed({}, "2017-10-10T10:00")).toBe("apply 2017-11-03T00:00:00");
    expect(owed({}, "2017-11-03T00:00")).toBe("apply over 2017-11-03T00:00:00");
    expect(owed({ state: "draft" }, "2017-10-10T10:00")).toBe("submit 2017-11-03T00:00:00");
    expect(owed({ state: "returned", replyBy: at("2017-10-20T12:00") }, "2017-10-10T10:00")).toBe(
      "answer 2017-10-20T12:00:00",
    );
    expect(owed({ state: "returned" }, "2017-11-03T10:00")).toBe("answer 2017-11-04T00:00:00");
    for (const standing of standings) {
      expect(owed({ standing }, "2017-10-10T10:00") === "nothing").toBe(!isExpectedToApply(standing));
    }
    for (const state of states.filter((known) => known !== "draft" && known !== "returned")) {
      expect([state, owed({ state }, "2017-10-10T10:00")]).toEqual([state, "nothing"]);
    }
  });
});

const reasons = [null, ...plan.reasons.map(({ code }) => code), "a-reason-of-another-plan"];
const anyPerson: fc.Arbitrary<RosterPerson> = fc.record({
  standing: fc.constantFrom(...standings),
  reason: fc.constantFrom(...reasons),
  application: fc.constantFrom("submitted" as const, "draft" as const, "none" as const),
  confirmed: fc.boolean(),
  elsewhere: fc.boolean(),
});
const total = (parts: readonly { people: number }[]) => parts.reduce((sum, { people }) => sum + people, 0);

describe("the reconciliation of a roster", () => {
  test("property: 名册人数 = 应注册 + 不应注册, 应注册 = 已申请 + 未申请 by reason, whatever the roster", () => {
    fc.assert(
      fc.property(fc.array(anyPerson, { maxLength: 60 }), (people) => {
        const sums = reconcile(plan, people);
        expect(sums.people).toBe(people.length);
        expect(sums.people).toBe(sums.due + total(sums.notDue));
        expect(sums.due).toBe(sums.applied + sums.notApplied);
        expect(sums.notApplied).toBe(total(sums.because));
        const named = people.map((person) => becauseText(plan, person)).filter((text) => text !== "");
        for (const { title, people: counted } of sums.because)
          expect(named.filter((text) => text === title)).toHaveLength(counted);
      }),
    );
  });

  test("property: N34: the counts equal annex 2's if nobody applied elsewhere or without having to register", () => {
    const definitions = figureDefinitionsOf(plan);
    const place = { areaKey: "wanzhou", schoolId: "s1", institutionKind: "primary" };
    fc.assert(
      fc.property(fc.array(anyPerson, { maxLength: 30 }), (all) => {
        const people = all.map((person) => ({ ...person, elsewhere: false, application: "none" as const }));
        const figures = figuresOf(definitions, {
          cases: [],
          roster: people.map((person) => ({ ...place, ...person })),
          stickers: [],
        });
        const sums = reconcile(plan, people);
        expect([figures["due"], figures["not-applied"]]).toEqual([sums.due, sums.notApplied]);
        for (const { key, people: counted } of sums.because) expect(figures[`not-applied.${key}`]).toBe(counted);
      }),
    );
  });

  test("a school counted by hand: each person is counted once, with the reason", () => {
    const person = (overrides: Partial<RosterPerson>): RosterPerson => ({
      standing: "due",
      reason: null,
      application: "none",
      confirmed: false,
      elsewhere: false,
      ...overrides,
    });
    const people = [
      person({ application: "submitted", confirmed: true }),
      person({ application: "submitted" }),
      person({ application: "draft" }),
      person({ elsewhere: true }),
      person({ standing: "unwilling", reason: "unwilling" }),
      person({ standing: "retiring" }),
      person({}),
      person({ standing: "on-probation", reason: "on-probation" }),
      person({ standing: "seconded-in", application: "submitted" }),
    ];
    expect(reconcile(plan, people)).toEqual({
      people: 9,
      due: 7,
      applied: 2,
      confirmed: 1,
      notApplied: 5,
      appliedThough: 1,
      because: [
        { key: "elsewhere", title: "已在其他学校申请", people: 1 },
        { key: "unsubmitted", title: "未提交", people: 1 },
        { key: "reason.retiring", title: "即将退休", people: 1 },
        { key: "reason.unwilling", title: "本人书面说明不参加本次注册", people: 1 },
        { key: "unexplained", title: "未说明原因", people: 1 },
      ],
      notDue: [
        { key: "on-probation", title: "试用期", people: 1 },
        { key: "seconded-in", title: "从外单位借入", people: 1 },
      ],
    });
  });
});
