import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { checkPlanText } from "../plan/check.ts";
import { certificateKinds, postKinds } from "../plan/institution.ts";
import { fitsConclusion, refuseConclusion, refuseReasons } from "./opinion.ts";
import { type ConclusionFacts, suggestionOf } from "./suggestion.ts";

const read = (path: string) => {
  const { plan } = checkPlanText(readFileSync(new URL(path, import.meta.url), "utf8"));
  if (plan === undefined) throw new Error(`${path} has errors`);
  return plan;
};
const plan = read("../../../../campaigns/2017-chongqing-second-batch.yaml");
const plans = [plan, read("../plan/examples/province.yaml"), read("../plan/examples/county.yaml")];

const good: ConclusionFacts = {
  newlyHired: false,
  registrationKind: "periodic",
  assessments: [{ year: 2016, grade: "competent" }],
  trainingHours: 380,
  interruption: undefined,
  ethics: "met",
  fit: true,
  qualification: "held",
  certificateKind: "junior",
  postKind: "junior",
  probationPassed: undefined,
  falseMaterial: false,
};
const refused = (facts: Partial<ConclusionFacts>, conclusion: string, of = plan) => {
  const refusal = refuseConclusion(of, { ...good, ...facts }, conclusion);
  if (refusal?.code === "opinion.facts-missing") return `missing ${refusal.missing.join(" ")}`;
  if (refusal?.code === "opinion.contradicted") return `against ${refusal.because.map(({ rule }) => rule).join(" ")}`;
  return refusal?.code;
};

test("N32: 合格 needs every fact that the plan's conditions ask for, recorded and met", () => {
  expect(refused({}, "pass")).toBeUndefined();
  expect(refused({ ethics: undefined }, "pass")).toBe("missing ethics-breached");
  expect(refused({ fit: undefined }, "pass")).toBe("missing not-fit-to-teach");
  expect(refused({ ethics: undefined, fit: undefined, trainingHours: undefined }, "pass")).toBe(
    "missing training-hours-below ethics-breached not-fit-to-teach",
  );
  expect(refused({ assessments: undefined }, "pass")).toBe(
    "missing assessments-failed assessments-failed-consecutively",
  );
  expect(refused({ ethics: "breached" }, "pass")).toBe("against ethics-breached");
  expect(refused({ fit: false }, "pass")).toBe("against not-fit-to-teach");
  expect(refused({ trainingHours: 359 }, "pass")).toBe("against training-hours-below");
  expect(refused({ qualification: "lost", ethics: undefined }, "pass")).toBe("against qualification-lost");
});

test("the reviewer may decide more severely than the conditions, but never more mildly", () => {
  expect(refused({}, "fail")).toBeUndefined();
  expect(refused({ ethics: undefined, fit: undefined }, "defer")).toBeUndefined();
  expect(refused({ trainingHours: 12 }, "defer")).toBeUndefined();
  expect(refused({ ethics: "breached", trainingHours: 12 }, "defer")).toBe("against ethics-breached");
  expect(refused({ ethics: "breached" }, "fail")).toBeUndefined();
  expect(refused({}, "no-such-conclusion")).toBeUndefined();
});

test("a condition left to the reviewer, or a fact that cannot exist yet, does not count as missing", () => {
  expect(refused({ assessments: [{ year: 2016, grade: "basic" }] }, "pass")).toBeUndefined();
  const [, , county] = plans;
  expect(refused({ certificateKind: "kindergarten", postKind: "primary" }, "pass", county)).toBe(
    "against certificate-does-not-match-post",
  );
  expect(refused({ certificateKind: "primary", postKind: "kindergarten" }, "pass", county)).toBeUndefined();
  const hired = { newlyHired: true, registrationKind: "first", assessments: undefined, probationPassed: true } as const;
  expect(refused(hired, "pass", county)).toBeUndefined();
  expect(refused({ ...hired, probationPassed: undefined }, "pass")).toBe("missing probation-not-passed");
});

test("only reasons of the chosen conclusion are accepted; a reason without a conclusion fits all", () => {
  expect(refuseReasons(plan, ["conditions-met"], "pass")).toBeUndefined();
  expect(refuseReasons(plan, ["conditions-met", "ethics-breached"], "pass")).toEqual({
    code: "opinion.reason-unfit",
    reason: "违反师德规定",
    name: "合格",
    field: "reasons",
  });
  for (const { key } of plan.conclusions) expect(refuseReasons(plan, ["other-grounds"], key)).toBeUndefined();
  for (const of of plans) {
    for (const { key } of of.conclusions) {
      const own = of.reasons.filter(
        (reason) => reason.use.includes("decide") && reason.conclusions.length > 0 && fitsConclusion(reason, key),
      );
      expect([of.key, key, own.length > 0]).toEqual([of.key, key, true]);
    }
  }
});

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const anyFacts: fc.Arbitrary<ConclusionFacts> = fc.record({
  newlyHired: fc.boolean(),
  registrationKind: fc.constantFrom("first", "periodic"),
  assessments: maybe(
    fc.array(
      fc.record({
        year: fc.integer({ min: 2010, max: 2024 }),
        grade: fc.constantFrom("excellent", "competent", "basic", "failed", "ungraded", "absent"),
      }),
      { maxLength: 6 },
    ),
  ),
  trainingHours: maybe(fc.integer({ min: 0, max: 600 })),
  interruption: maybe(
    fc.record({ semesters: fc.integer({ min: 0, max: 4 }), reason: fc.constantFrom("study", "other") }),
  ),
  ethics: maybe(fc.constantFrom("met", "breached")),
  fit: maybe(fc.boolean()),
  qualification: fc.constantFrom("held", "lost"),
  certificateKind: maybe(fc.constantFrom(...certificateKinds)),
  postKind: maybe(fc.constantFrom(...postKinds)),
  probationPassed: maybe(fc.boolean()),
  falseMaterial: fc.boolean(),
});

test("the suggested conclusion is never refused, a milder one always is, and 合格 needs recorded facts", () => {
  fc.assert(
    fc.property(fc.constantFrom(...plans), anyFacts, (of, facts) => {
      const { conclusion, because, missing } = suggestionOf(of, facts);
      const keys = of.conclusions.map(({ key }) => key);
      if (conclusion !== null && (because.length > 0 || missing.length === 0)) {
        expect(refuseConclusion(of, facts, conclusion)).toBeUndefined();
      }
      for (const [weight, key] of keys.entries()) {
        const refusal = refuseConclusion(of, facts, key);
        const isMilder = because.length > 0 && weight < keys.indexOf(conclusion ?? "");
        if (isMilder) expect(refusal?.code).toBe("opinion.contradicted");
        else if (weight === 0 && missing.length > 0) expect(refusal?.code).toBe("opinion.facts-missing");
        else expect(refusal).toBeUndefined();
      }
    }),
    { numRuns: 1000 },
  );
});
