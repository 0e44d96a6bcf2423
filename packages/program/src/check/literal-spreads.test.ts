import { expect, test } from "vitest";
import { findLiteralSpreads } from "./literal-spreads.ts";
import { parseSources } from "./sources.ts";

test("a literal spread into a literal or a call is reported, any other spread is not", () => {
  const text = `const a = 1;
const b = { ...{ a }, c: 1 };
const d = [...[a, 2], 3];
Math.max(...[a, 2]);
const e = { ...b, ...(a === 1 ? {} : { f: 1 }), ...(a === 1 && { g: 1 }) };
const h = [...d, ...d.map((x) => x)];`;
  const found = findLiteralSpreads(parseSources(new Map([["packages/rules/src/a.ts", text]])));
  expect(found.map((line) => line.split(": ")[0])).toEqual([
    "packages/rules/src/a.ts:2",
    "packages/rules/src/a.ts:3",
    "packages/rules/src/a.ts:4",
  ]);
});
