import { expect, test } from "vitest";
import { findCasts } from "./casts.ts";
import { parseSources } from "./sources.ts";

test("every way to make the compiler believe is reported outside platform/, `as const` and `satisfies` are not", () => {
  const text = `import { a as b } from "./b.ts";
const c = ["x"] as const;
const d = { e: 1 } satisfies object;
const f = d as unknown;
const g = <object>d;
let h: any;
Reflect.get(d, "e");
// @ts-expect-error
const i: string = 1;
Reflect.ownKeys(d);`;
  const files = new Map([
    ["packages/server/src/a.ts", text],
    ["packages/server/src/platform/a.ts", text],
  ]);
  expect(findCasts(parseSources(files))).toEqual([
    "packages/server/src/a.ts:4: a cast outside platform/: d as unknown",
    "packages/server/src/a.ts:5: a cast outside platform/: <object>d",
    "packages/server/src/a.ts:6: a cast outside platform/: any",
    "packages/server/src/a.ts:7: a cast outside platform/: Reflect.get",
    "packages/server/src/a.ts:8: a cast outside platform/: // @ts-expect-error",
  ]);
});
