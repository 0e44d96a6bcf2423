import { expect, test } from "vitest";
import { findUnreached } from "./reachable.ts";
import { parseSources } from "./sources.ts";

const program = "packages/program/bin/shice.js";

test("a product file that no program reaches is reported, though a test covers it", () => {
  const found = findUnreached(
    parseSources(
      new Map([
        [program, `await import("../src/main.ts");`],
        [
          "packages/program/src/main.ts",
          `import type { T } from "@shice/server/used.ts"; load("./later.ts"); new T();`,
        ],
        ["packages/program/src/later.ts", `new Worker(new URL("worker.ts", import.meta.url));`],
        ["packages/program/src/worker.ts", ""],
        ["packages/server/src/used.ts", `import "./style.css"; import { help } from "./testing/help.ts"; help();`],
        ["packages/server/src/style.css", `@import "./palette.css";`],
        ["packages/server/src/palette.css", ""],
        ["packages/server/src/forgotten.css", ""],
        ["packages/server/src/dead.ts", `export const dead = 1;`],
        ["packages/server/src/dead.test.ts", `import { dead } from "./dead.ts"; dead;`],
        ["packages/server/src/testing/help.ts", `export function help() {}`],
        ["packages/server/src/testing/idle.ts", ""],
      ]),
    ),
    [program, "packages/web/index.html"],
  );
  expect(found).toEqual([
    "packages/server/src/dead.ts: no program reaches it",
    "packages/server/src/forgotten.css: no program reaches it",
    "packages/server/src/testing/help.ts: a program needs what is for tests",
    "packages/server/src/testing/idle.ts: no test uses it",
    "packages/web/index.html: a program that is not there",
  ]);
});
