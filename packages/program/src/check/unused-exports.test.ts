import { expect, test } from "vitest";
import { parseSources } from "./sources.ts";
import { findUnusedExports } from "./unused-exports.ts";

test("an export that nobody takes is reported, and one that only tests take and its own file has no use for", () => {
  const found = findUnusedExports(
    parseSources(
      new Map([
        [
          "packages/rules/src/a.ts",
          `export const taken = 1;
export const athome = 1;
export function tested() { return athome; }
export function helper() { return 2; }
export const tested2 = helper();
export type Shape = { a: 1 };
export const [one, { two: three }] = helper();
export function lazy() {}
export function whole() {}`,
        ],
        [
          "packages/rules/src/b.ts",
          `import { taken, tested2 } from "./a.ts"; import * as a from "./a.ts";
console.log(taken, tested2, a.whole); const { lazy } = await import("./a.ts");`,
        ],
        ["packages/rules/src/a.test.ts", `import { helper, tested, one, type Shape } from "./a.ts";`],
        ["packages/rules/src/testing.ts", `export const idle = 1;`],
      ]),
    ),
  );
  expect(found).toEqual([
    "packages/rules/src/a.ts:2: nobody takes the exported athome",
    "packages/rules/src/a.ts:3: only tests take tested",
    "packages/rules/src/a.ts:6: only tests take Shape",
    "packages/rules/src/a.ts:7: only tests take one",
    "packages/rules/src/a.ts:7: nobody takes the exported three",
    "packages/rules/src/testing.ts:1: nobody takes the exported idle",
  ]);
});
