import { readFileSync } from "node:fs";
import { eligibilityOf } from "@shice/rules/eligibility/eligibility.ts";
import { checkPlanText } from "@shice/rules/plan/check.ts";
import type { Plan } from "@shice/rules/plan/plan.ts";
import { expect, test } from "vitest";
import { inventSchools } from "./world.ts";

const { plan: reference } = checkPlanText(
  readFileSync(new URL("../../campaigns/2017-chongqing-second-batch.yaml", import.meta.url), "utf8"),
);
if (reference === undefined) throw new Error("the reference plan has errors");
const entry = { industryRun: false, onlyWithTeacherTitle: false, source: "一" };
const withScope = (...institutions: Plan["scope"]["institutions"]): Plan => ({
  ...reference,
  scope: { ...reference.scope, institutions },
});
const plans = {
  "public only": reference,
  "public and private as two entries": withScope(
    { ...entry, kinds: ["primary", "junior"], ownership: ["public"] },
    { ...entry, kinds: ["primary", "junior"], ownership: ["private"] },
  ),
  "private kindergartens": withScope({ ...entry, kinds: ["kindergarten"], ownership: ["private"] }),
  "support institutions": withScope({ ...entry, kinds: ["teaching-research"], ownership: ["public"] }),
};

test.each(Object.entries(plans))("every invented school is in the scope of a plan for %s", (_name, plan) => {
  for (const offset of [0, 1, 2, 3, 8]) {
    const schools = inventSchools(plan, 7, offset);
    expect(schools.length).toBeGreaterThan(0);
    for (const school of schools) {
      const institution = { ...school, industryRun: false, inPlan: true };
      const now = Temporal.Instant.from("2017-09-12T00:00:00Z");
      expect(eligibilityOf({ plan, teacher: { institution }, now }).verdict).toBe("must");
    }
  }
});

test("under a plan for public and private schools both are invented", () => {
  const schools = [0, 1].flatMap((offset) => inventSchools(plans["public and private as two entries"], 7, offset));
  expect(new Set(schools.map(({ ownership }) => ownership))).toEqual(new Set(["public", "private"]));
  expect(new Set(inventSchools(reference, 12, 0).map(({ ownership }) => ownership))).toEqual(new Set(["public"]));
});
