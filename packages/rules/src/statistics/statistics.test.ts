import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { states } from "../lifecycle/state.ts";
import { parsePlan } from "../plan/parse.ts";
import { standings } from "../roster/standing.ts";
import { runsOf } from "../testing/size.ts";
import { balanceOf, balanceRulesOf, totalViolationsOf } from "./balance.ts";
import { figureDefinitionsOf } from "./figures.ts";
import type { CaseRow, RosterRow, Rows, StickerRow } from "./rows.ts";
import { figuresOf, figureTableOf, rowsBehind } from "./table.ts";

const { plan } = parsePlan(
  readFileSync(new URL("../../../../campaigns/2017-chongqing-second-batch.yaml", import.meta.url), "utf8"),
);
if (plan === undefined) throw new Error("the reference plan cannot be read");
const definitions = figureDefinitionsOf(plan);
const rules = balanceRulesOf(plan);

function definitionOf(key: string) {
  const found = definitions.find((definition) => definition.key === key);
  if (found === undefined) throw new Error(`no figure ${key}`);
  return found;
}

const place = { areaKey: "wanzhou", schoolId: "s1", institutionKind: "primary" };
function caseRow(overrides: Partial<CaseRow> = {}): CaseRow {
  return {
    ...place,
    state: "submitted",
    everSubmitted: true,
    confirmed: false,
    due: true,
    registrationKind: "periodic",
    preliminaryConclusion: null,
    finalConclusion: null,
    markWith: null,
    objectionsRaised: 0,
    objectionsUpheld: 0,
    ...overrides,
  };
}
function concluded(conclusion: string, overrides: Partial<CaseRow> = {}): CaseRow {
  return caseRow({
    state: "concluded",
    confirmed: true,
    preliminaryConclusion: conclusion,
    finalConclusion: conclusion,
    markWith: "sticker",
    ...overrides,
  });
}
function rosterRow(overrides: Partial<RosterRow> = {}): RosterRow {
  return { ...place, standing: "due", reason: null, application: "none", ...overrides };
}
const figuresIn = (rows: Partial<Rows>) => figuresOf(definitions, { cases: [], roster: [], stickers: [], ...rows });

test("N34: a small district, counted by hand", () => {
  const figures = figuresIn({
    cases: [
      concluded("pass"),
      concluded("pass", { registrationKind: "first", markWith: "annotation", state: "archived", schoolId: "s2" }),
      concluded("defer", { state: "marked", objectionsRaised: 2, objectionsUpheld: 1 }),
      concluded("fail", { state: "revoked" }),
      caseRow({ state: "lapsed" }),
      caseRow({ state: "withdrawn" }),
      caseRow({ state: "refused", due: false }),
      caseRow({ state: "on-notice", confirmed: true, preliminaryConclusion: "pass" }),
      caseRow({ state: "draft", everSubmitted: false }),
    ],
    roster: [
      rosterRow({ application: "submitted", count: 7 }),
      rosterRow({ application: "draft" }),
      rosterRow({ reason: "certificate-being-corrected" }),
      rosterRow({ standing: "unwilling" }),
      rosterRow({ standing: "retiring", reason: "left" }),
      rosterRow({ standing: "seconded-out", schoolId: "s3" }),
      rosterRow({ standing: "on-probation" }),
      rosterRow({ standing: "seconded-in", application: "submitted" }),
    ],
    stickers: [{ areaKey: "wanzhou", received: 10, used: 2, scrapped: 1, returned: 3, inHand: 4 }],
  });
  expect(Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== 0))).toEqual({
    schools: 3,
    due: 13,
    applied: 8,
    "applied-off-roster": 1,
    "not-applied": 5,
    "not-applied.unsubmitted": 1,
    "not-applied.reason.certificate-being-corrected": 1,
    "not-applied.reason.unwilling": 1,
    "not-applied.reason.left": 1,
    "not-applied.unexplained": 1,
    confirmed: 5,
    "under-way": 1,
    lapsed: 1,
    withdrawn: 1,
    refused: 1,
    "preliminary.pass.first": 1,
    "preliminary.pass.periodic": 2,
    "preliminary.defer.periodic": 1,
    "preliminary.fail.periodic": 1,
    "objections-raised": 2,
    "objections-upheld": 1,
    "final.pass": 2,
    "final.defer": 1,
    revoked: 1,
    "mark.sticker": 2,
    "mark.annotation": 1,
    "stickers.received": 10,
    "stickers.used": 2,
    "stickers.scrapped": 1,
    "stickers.returned": 3,
    "stickers.in-hand": 4,
  });
  expect(balanceOf(rules, definitions, figures)).toEqual([]);
});

test("a lapsed draft that was never submitted counts as not applied, not as abandoned", () => {
  const figures = figuresIn({
    cases: [caseRow({ state: "lapsed", everSubmitted: false })],
    roster: [rosterRow({ application: "draft" })],
  });
  expect([figures["lapsed"], figures["applied"], figures["not-applied.unsubmitted"]]).toEqual([0, 0, 1]);
});

test("N12: a teacher on one area's roster who applied in another counts as due once, where the application is", () => {
  const { groups, total } = figureTableOf(
    definitions,
    {
      cases: [caseRow({ areaKey: "yubei", schoolId: "s9" })],
      roster: [rosterRow({ application: "submitted" })],
      stickers: [],
    },
    "area",
  );
  expect(total["due"]).toBe(1);
  expect(groups.get("wanzhou")?.["due"]).toBe(0);
  expect(groups.get("yubei")?.["due"]).toBe(1);
});

test("every figure has a unique key, a title and a definition", () => {
  const keys = definitions.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(definitions.filter(({ title, counted }) => title === "" || counted.length < 6)).toEqual([]);
  expect(definitionOf("preliminary.defer.first").title).toBe("初审拟暂缓注册（首次注册）");
});

test("a fourth conclusion of a plan has its columns, and the balance includes them", () => {
  const fourth = {
    ...plan,
    conclusions: [...plan.conclusions, { key: "unqualified", name: "无教师资格", marked: false, raisesOrdinal: false }],
  };
  const cases = [concluded("unqualified", { markWith: "none" })];
  const theirs = figureDefinitionsOf(fourth);
  const figures = figuresOf(theirs, { cases, roster: [], stickers: [] });
  expect(figures["final.unqualified"]).toBe(1);
  expect(figures["mark.none"]).toBe(1);
  expect(balanceOf(balanceRulesOf(fourth), theirs, figures)).toEqual([]);
  expect(balanceOf(rules, definitions, figuresIn({ cases })).map(({ rule }) => rule)).toEqual(["applied", "mark"]);
});

test("N34: figures that do not add up are named with their values", () => {
  const figures = figuresIn({ cases: [concluded("pass", { finalConclusion: null })] });
  expect(balanceOf(rules, definitions, figures)).toContainEqual({
    rule: "applied",
    left: 1,
    right: 0,
    text: "已申请 1 不等于 终审合格 0 + 终审暂缓注册 0 + 终审不合格 0 + 撤销注册 0 + 自动放弃 0 + 已撤回 0 + 不予受理 0 + 办理中 0",
  });
  const stickers = [{ areaKey: "wanzhou", received: 5, used: 1, scrapped: 0, returned: 0, inHand: 3 }];
  expect(balanceOf(rules, definitions, figuresIn({ stickers })).map(({ rule }) => rule)).toEqual([
    "stickers",
    "stickers-pasted",
  ]);
});

test("a school counted in two areas is detected, because the areas do not add up to the total", () => {
  const cases = [caseRow(), caseRow({ areaKey: "yubei" })];
  const table = figureTableOf(definitions, { cases, roster: [], stickers: [] }, "area");
  expect(totalViolationsOf(definitions, table).map(({ rule }) => rule)).toEqual(["total.schools"]);
});

/** Rows that can occur: each school has one area and one kind, and conclusions exist only in states that have them. */
const places = ["wanzhou", "yubei", "beibei"].flatMap((areaKey, area) =>
  ["primary", "junior"].map((institutionKind, kind) => ({ areaKey, institutionKind, schoolId: `${area}-${kind}` })),
);
const conclusion = fc.constantFrom("pass", "defer", "fail");
const anyCase: fc.Arbitrary<CaseRow> = fc
  .record({
    place: fc.constantFrom(...places),
    state: fc.constantFrom(...states),
    submitted: fc.boolean(),
    due: fc.boolean(),
    registrationKind: fc.constantFrom("first" as const, "periodic" as const),
    conclusion,
    markWith: fc.constantFrom("sticker" as const, "annotation" as const, "none" as const),
    raised: fc.nat(3),
    count: fc.integer({ min: 1, max: 5 }),
  })
  .map(({ place: at, state, submitted, conclusion: given, markWith, raised, ...rest }) => {
    const decided = ["concluded", "marked", "archived", "revoked"].includes(state);
    const confirmed = decided || ["confirmed", "handed-over", "preliminary", "on-notice", "reviewed"].includes(state);
    return {
      ...at,
      ...rest,
      state,
      everSubmitted: submitted || !["draft", "lapsed", "withdrawn"].includes(state),
      confirmed,
      preliminaryConclusion: decided || state === "preliminary" ? given : null,
      finalConclusion: decided ? given : null,
      markWith: decided ? markWith : null,
      objectionsRaised: raised,
      objectionsUpheld: Math.min(1, raised),
    };
  });
const anyRoster: fc.Arbitrary<RosterRow> = fc
  .record({
    place: fc.constantFrom(...places),
    standing: fc.constantFrom(...standings),
    reason: fc.constantFrom(null, "left", "unwilling", "no-such-reason"),
    application: fc.constantFrom("submitted" as const, "draft" as const, "none" as const),
    count: fc.integer({ min: 1, max: 5 }),
  })
  .map(({ place: at, ...rest }) => ({ ...at, ...rest }));
const anyRows: fc.Arbitrary<Rows> = fc.record({
  cases: fc.array(anyCase, { maxLength: 30 }),
  roster: fc.array(anyRoster, { maxLength: 30 }),
  stickers: fc.constant<StickerRow[]>([
    { areaKey: "wanzhou", received: 3, used: 0, scrapped: 1, returned: 1, inHand: 1 },
  ]),
});

test("property: the figures balance in each group, and the groups add up to the total", () => {
  fc.assert(
    fc.property(anyRows, fc.constantFrom("area" as const, "institution-kind" as const), (rows, by) => {
      const table = figureTableOf(definitions, rows, by);
      expect(totalViolationsOf(definitions, table)).toEqual([]);
      for (const figures of [...table.groups.values(), table.total]) {
        expect(balanceOf(rules, definitions, figures)).toEqual([]);
      }
    }),
    { numRuns: runsOf(60) },
  );
});

test("property: the list of people behind a figure has as many people as the figure", () => {
  const ofPeople = definitions.filter(
    ({ key, ofStickers, distinctSchools }) =>
      ofStickers === undefined && !distinctSchools && !key.startsWith("objections-"),
  );
  fc.assert(
    fc.property(anyRows, fc.constantFrom(...ofPeople), (rows, definition) => {
      const { cases, roster } = rowsBehind(definition, rows);
      const people = [...cases, ...roster].reduce((sum, row) => sum + (row.count ?? 1), 0);
      expect(people).toBe(figuresOf([definition], rows)[definition.key]);
    }),
  );
});

test("property: single rows and rows with a count give the same table", () => {
  fc.assert(
    fc.property(anyRows, (rows) => {
      const oneByOne = <Row extends { count?: number }>(row: Row) =>
        Array.from({ length: row.count ?? 1 }, () => ({ ...row, count: 1 }));
      const spread = { ...rows, cases: rows.cases.flatMap(oneByOne), roster: rows.roster.flatMap(oneByOne) };
      expect(figuresOf(definitions, spread)).toEqual(figuresOf(definitions, rows));
    }),
  );
});
