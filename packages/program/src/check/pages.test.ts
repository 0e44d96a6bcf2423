import { expect, test } from "vitest";
import { listNoticeTests } from "./pages.ts";
import { parseSources } from "./sources.ts";

test("a test of what no program reaches is no proof of a row of the notice", () => {
  const program = "packages/program/bin/shice.js";
  const sources = parseSources(
    new Map([
      [program, `import "@shice/rules/alive.ts";`],
      ["packages/rules/src/alive.ts", `export const alive = 1;`],
      ["packages/rules/src/dead.ts", `export const dead = 1;`],
      ["packages/rules/src/testing.ts", `import { alive } from "./alive.ts"; export const helped = alive;`],
      ["packages/rules/src/alive.test.ts", `import { alive } from "./alive.ts"; test("N1: alive", () => {});`],
      ["packages/rules/src/dead.test.ts", `import { dead } from "./dead.ts"; test("N2: dead", () => {});`],
      [
        "packages/rules/src/helped.test.ts",
        `import { helped } from "./testing.ts"; test("N3, N5–N6: helped", () => {});`,
      ],
      ["packages/rules/src/alone.test.ts", `import { test } from "vitest"; test("N4: alone", () => {});`],
    ]),
  );
  const found = listNoticeTests(sources, [program]).map(({ name, rows }) => [name, [...rows]]);
  expect(found).toEqual([
    ["N1: alive", ["N1"]],
    ["N3, N5–N6: helped", ["N3", "N5", "N6"]],
  ]);
});
