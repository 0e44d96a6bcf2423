import { expect, test } from "vitest";
import { findCircles } from "./circles.ts";
import { parseSources } from "./sources.ts";

test("a circle of files is reported once, whether values or types close it; a straight chain and a later load are not", () => {
  const found = findCircles(
    parseSources(
      new Map([
        ["packages/rules/src/a.ts", `import { b } from "./b.ts"; export const a = b;`],
        ["packages/rules/src/b.ts", `import { c } from "./c.ts"; export const b = c;`],
        ["packages/rules/src/c.ts", `import type { a } from "./a.ts"; export const c: typeof a = 1;`],
        ["packages/rules/src/d.ts", `import { a } from "./a.ts"; export const d = a;`],
        ["packages/web/src/e.ts", `import { f } from "./f.ts"; export const e = f;`],
        ["packages/web/src/f.ts", `export const f = () => import("./e.ts");`],
        ["packages/web/src/g.ts", `import { h } from "@shice/web/h.ts"; export const g = h;`],
        ["packages/web/src/h.ts", `export type { g } from "./g.ts"; export const h = 1;`],
      ]),
    ),
  );
  expect(found).toEqual([
    "packages/rules/src/a.ts ↔ packages/rules/src/b.ts ↔ packages/rules/src/c.ts: these import each other",
    "packages/web/src/g.ts ↔ packages/web/src/h.ts: these import each other",
  ]);
});
