import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { isConcerned } from "../materials/checklist.ts";
import { checkPlanText } from "../plan/check.ts";
import { certificateKinds, postKinds } from "../plan/institution.ts";
import type { Condition, Plan } from "../plan/plan.ts";
import { runsOf } from "../testing/size.ts";
import { type ConclusionFacts, type Grade, suggestionOf } from "./suggestion.ts";

const read = (path: string) => {
  const { plan } = checkPlanText(readFileSync(new URL(path, import.meta.url), "utf8"));
  if (plan === undefined) throw new Error(`${path} is not a valid plan`);
  return plan;
};
const plan = read("../../../../campaigns/2017-chongqing-second-batch.yaml");
const plans = [plan, read("../plan/examples/province.yaml"), read("../plan/examples/county.yaml")];

const grades = (...each: Grade[]) => each.map((grade, at) => ({ year: 2016 - each.length + 1 + at, grade }));
const good: ConclusionFacts = {
  newlyHired: false,
  registrationKind: "first",
  assessments: grades("competent", "excellent", "competent", "competent", "competent"),
  trainingHours: 360,
  interruption: undefined,
  ethics: "met",
  fit: true,
  qualification: "held",
  certificateKind: "junior",
  postKind: "junior",
  probationPassed: undefined,
  falseMaterial: false,
};
function suggest(facts: Partial<ConclusionFacts>, of: Plan = plan): string {
  const { conclusion, because, undecided } = suggestionOf(of, { ...good, ...facts });
  return [conclusion, ...because.map(({ condition }) => condition), ...undecided.map((key) => `?${key}`)].join(" ");
}

test("N43: the plan's three conclusions, from mild to grave", () => {
  expect(plan.conclusions.map(({ name }) => name)).toEqual(["合格", "暂缓注册", "不合格"]);
});

test("N8: with every condition met the mildest conclusion is suggested", () => {
  expect(suggest({})).toBe("pass");
});

test("N8: each condition of the two documents suggests its conclusion, with figures and source", () => {
  expect(suggestionOf(plan, { ...good, trainingHours: 359.5 })).toEqual({
    conclusion: "defer",
    because: [
      {
        condition: "training-short",
        rule: "training-hours-below",
        suggests: "defer",
        figures: { hours: 359.5, needed: 360 },
        source: "二；教师〔2013〕9号",
      },
    ],
    undecided: [],
    missing: [],
  });
  expect(suggest({ assessments: grades("competent", "failed", "competent") })).toBe("defer one-assessment-failed");
  expect(suggest({ ethics: "breached" })).toBe("fail ethics-breached");
  expect(suggest({ fit: false })).toBe("defer not-fit");
  expect(suggest({ qualification: "lost" })).toBe("fail qualification-lost");
});

test("N8: a pause of a semester defers, save for study, training, exchange, sick or maternity leave", () => {
  expect(suggest({ interruption: { semesters: 0.5, reason: "other" } })).toBe("pass");
  expect(suggest({ interruption: { semesters: 1, reason: "other" } })).toBe("defer teaching-interrupted");
  for (const reason of ["study", "training", "exchange", "sick-leave", "maternity-leave"]) {
    expect([reason, suggest({ interruption: { semesters: 4, reason } })]).toEqual([reason, "pass"]);
  }
});

test("N8: two failures in a row fail, two apart defer, also when the years come unsorted or twice", () => {
  const both = "fail one-assessment-failed two-assessments-failed";
  expect(suggest({ assessments: grades("failed", "failed", "competent") })).toBe(both);
  expect(suggest({ assessments: grades("failed", "competent", "failed") })).toBe("defer one-assessment-failed");
  expect(suggest({ assessments: grades("failed", "failed", "competent").toReversed() })).toBe(both);
  const twice = [...grades("failed", "competent"), ...grades("failed", "competent")];
  expect(suggest({ assessments: twice })).toBe("defer one-assessment-failed");
});

test("N8: only assessments of the period count", () => {
  const old = [{ year: 2011, grade: "failed" } as const];
  expect(suggest({ assessments: [...old, ...grades("competent")] })).toBe("pass");
  expect(suggest({ assessments: [{ year: 2012, grade: "failed" }] })).toBe("defer one-assessment-failed");
  expect(suggest({ assessments: old })).toBe(" ?one-assessment-failed ?two-assessments-failed");
});

test("the gravest condition decides, and the milder ones are still listed", () => {
  expect(suggest({ trainingHours: 0, ethics: "breached", fit: false })).toBe(
    "fail training-short ethics-breached not-fit",
  );
});

test("基本合格 suggests nothing: the reviewer decides, unless another condition applies", () => {
  expect(suggest({ assessments: grades("competent", "basic") })).toBe(" ?assessment-basic");
  expect(suggest({ assessments: grades("failed", "basic") })).toBe("defer one-assessment-failed ?assessment-basic");
});

test("未定等次 and 未参加 are neither passed nor failed", () => {
  for (const grade of ["ungraded", "absent"] as const) {
    expect(suggest({ assessments: grades("competent", grade) })).toBe(" ?assessment-ungraded");
  }
});

test("missing facts are listed, and no pass is suggested", () => {
  expect(suggest({ trainingHours: undefined })).toBe(" ?training-short");
  expect(suggest({ ethics: undefined, fit: undefined })).toBe(" ?ethics-breached ?not-fit");
  for (const assessments of [undefined, []]) {
    expect(suggest({ assessments })).toBe(" ?one-assessment-failed ?two-assessments-failed");
  }
  expect(suggest({ ethics: undefined, trainingHours: 1 })).toBe("defer training-short ?ethics-breached");
});

test("N5: new hires are judged by probation, not by hours and assessments that they cannot have", () => {
  const hired = { newlyHired: true, assessments: [], trainingHours: 0, probationPassed: true };
  expect(suggest(hired)).toBe("pass");
  expect(suggest({ ...hired, probationPassed: false })).toBe("defer probation-not-passed");
  expect(suggest({ ...hired, probationPassed: undefined })).toBe(" ?probation-not-passed");
  expect(suggest({ ...hired, assessments: grades("ungraded") })).toBe("pass");
});

test("a certificate that does not match the post decides nothing unless the plan says so", () => {
  const mismatch = { certificateKind: "primary", postKind: "senior" } as const;
  expect(suggest(mismatch)).toBe("pass");
  const condition: Condition = {
    key: "mismatch",
    rule: "certificate-does-not-match-post",
    concerns: "everyone",
    suggests: "defer",
    source: "本批次约定",
  };
  const saying = { ...plan, conditions: [...plan.conditions, condition] };
  expect(suggest(mismatch, saying)).toBe("defer mismatch");
  expect(suggest({ certificateKind: "primary", postKind: "kindergarten" }, saying)).toBe(" ?mismatch");
  expect(suggest({ certificateKind: undefined }, saying)).toBe(" ?mismatch");
  expect(suggest({}, saying)).toBe("pass");
});

test("false material suggests the plan's conclusion, and nothing if the plan has no condition on it", () => {
  expect(suggest({ falseMaterial: true })).toBe("pass");
  const condition = {
    key: "false",
    rule: "false-material",
    concerns: "everyone",
    suggests: "fail",
    source: "本批次约定",
  } as const;
  expect(suggest({ falseMaterial: true }, { ...plan, conditions: [condition] })).toBe("fail false");
});

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const anyGrade = fc.constantFrom("excellent", "competent", "basic", "failed", "ungraded", "absent");
const anyFacts: fc.Arbitrary<ConclusionFacts> = fc.record({
  newlyHired: fc.boolean(),
  registrationKind: fc.constantFrom("first", "periodic"),
  assessments: maybe(
    fc.array(fc.record({ year: fc.integer({ min: 2005, max: 2030 }), grade: anyGrade }), { maxLength: 8 }),
  ),
  trainingHours: maybe(fc.integer({ min: 0, max: 800 })),
  interruption: maybe(
    fc.record({ semesters: fc.integer({ min: 0, max: 6 }), reason: fc.constantFrom("study", "other", "?") }),
  ),
  ethics: maybe(fc.constantFrom("met", "breached")),
  fit: maybe(fc.boolean()),
  qualification: fc.constantFrom("held", "lost"),
  certificateKind: maybe(fc.constantFrom(...certificateKinds)),
  postKind: maybe(fc.constantFrom(...postKinds)),
  probationPassed: maybe(fc.boolean()),
  falseMaterial: fc.boolean(),
});

test("a suggestion is a conclusion of the plan, never milder than a condition that applies, and never a pass with facts missing", () => {
  fc.assert(
    fc.property(fc.constantFrom(...plans), anyFacts, (of, facts) => {
      const { conclusion, because, undecided } = suggestionOf(of, facts);
      const weight = (key: string | null) => of.conclusions.findIndex((known) => known.key === key);
      for (const { suggests, source } of because) {
        expect(weight(conclusion)).toBeGreaterThanOrEqual(weight(suggests));
        expect(source).toMatch(/\S/);
      }
      if (because.length > 0) expect(because.map(({ suggests }) => suggests)).toContain(conclusion);
      else expect(conclusion).toBe(undecided.length > 0 ? null : of.conclusions[0]?.key);
    }),
    { numRuns: runsOf(1000) },
  );
});

test("only conditions that apply to the teacher's kind are listed, and their order in the plan does not matter", () => {
  fc.assert(
    fc.property(fc.constantFrom(...plans), anyFacts, (of, facts) => {
      const suggestion = suggestionOf(of, facts);
      const concerned = of.conditions
        .filter((condition) => isConcerned(condition.concerns, facts))
        .map(({ key }) => key);
      for (const { condition } of suggestion.because) expect(concerned).toContain(condition);
      const turned = suggestionOf({ ...of, conditions: of.conditions.toReversed() }, facts);
      expect(turned.conclusion).toBe(suggestion.conclusion);
      expect([...turned.undecided].sort()).toEqual([...suggestion.undecided].sort());
    }),
  );
});

test("worse facts never lead to a milder suggestion", () => {
  fc.assert(
    fc.property(fc.constantFrom(...plans), anyFacts, fc.integer({ min: 1, max: 800 }), (of, facts, fewer) => {
      const weight = (from: ConclusionFacts) => {
        const { conclusion } = suggestionOf(of, from);
        return of.conclusions.findIndex((known) => known.key === conclusion);
      };
      const before = weight(facts);
      const hours = facts.trainingHours === undefined ? undefined : facts.trainingHours - fewer;
      expect(weight({ ...facts, trainingHours: hours })).toBeGreaterThanOrEqual(before);
      expect(weight({ ...facts, ethics: "breached" })).toBeGreaterThanOrEqual(before);
      expect(weight({ ...facts, qualification: "lost" })).toBeGreaterThanOrEqual(before);
    }),
  );
});
