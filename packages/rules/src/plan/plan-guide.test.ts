import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkPlanText } from "./check.ts";
import type { PathSegment } from "./finding.ts";
import { institutionKinds } from "./institution.ts";
import { listKnownKeys } from "./known-keys.ts";
import { concerns, reasonUses } from "./plan.ts";

const guide = readFileSync(new URL("../../../../docs/plan.zh-CN.md", import.meta.url), "utf8");
const guidePlan = [...guide.matchAll(/```yaml\n(.*?)```/gs)].map((match) => match[1] ?? "").join("\n");

test("the guide's examples together form a plan without error or warning", () => {
  const { plan, check } = checkPlanText(guidePlan);
  expect([check.errors, check.warnings]).toEqual([[], []]);
  expect(plan?.title).toContain("江湾市");
});

test("the guide mentions every key and every value of the schema", () => {
  expect(new Set(listAllKeys([])).size).toBeGreaterThan(100);
  const unnamed = [...listAllKeys([]), ...institutionKinds, ...concerns, ...reasonUses].filter(
    (word) => !guide.includes(word),
  );
  expect(unnamed).toEqual([]);
});

/** All keys of the schema, found by walking from the top; lists are entered by their first item. */
function listAllKeys(place: readonly PathSegment[]): string[] {
  return [...listKnownKeys(place), ...listKnownKeys([...place, 0])].flatMap((key) => {
    const steps = listKnownKeys(place).includes(key) ? [...place, key] : [...place, 0, key];
    return [key, ...listAllKeys(steps)];
  });
}
