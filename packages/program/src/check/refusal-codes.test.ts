import { expect, test } from "vitest";
import { findDeadCodes } from "./refusal-codes.ts";
import { parseSources } from "./sources.ts";

test("a code that no reached file produces is reported: a key, a comparison, a case and a type produce none", () => {
  const sources = parseSources(
    new Map([
      [
        "packages/rules/src/refusal.ts",
        `export type Refusal = { code: "a.made" } | { code: "a.keyed"; n: number } | { code: "a.compared" | "a.chosen" }
  | { code: "a.cased" } | { code: "a.elsewhere" } | { code: "a.tested" } | { code: "a.queried" };`,
      ],
      [
        "packages/rules/src/make.ts",
        `const make = (yes: boolean) => ({ code: yes ? "a.made" : "a.chosen" });
const sentences = { "a.keyed": "" };
if (make(true).code === "a.compared") {}
switch (make(true).code) { case "a.cased": }
let type: "a.elsewhere";
sql\`select 'a.queried' as code\`;`,
      ],
      ["packages/rules/src/unreached.ts", `export const found = { code: "a.elsewhere" };`],
      ["packages/rules/src/make.test.ts", `export const found = { code: "a.tested" };`],
    ]),
  );
  const reached = new Set(["packages/rules/src/refusal.ts", "packages/rules/src/make.ts"]);
  expect(findDeadCodes(sources, reached)).toEqual([
    "packages/rules/src/refusal.ts:1: nothing produces a.keyed",
    "packages/rules/src/refusal.ts:1: nothing produces a.compared",
    "packages/rules/src/refusal.ts:2: nothing produces a.cased",
    "packages/rules/src/refusal.ts:2: nothing produces a.elsewhere",
    "packages/rules/src/refusal.ts:2: nothing produces a.tested",
  ]);
});
