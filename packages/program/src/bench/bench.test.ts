import { keysOf } from "@shice/rules/keys.ts";
import { nightly } from "@shice/rules/testing/size.ts";
import { expect, test } from "vitest";
import { bench } from "./run.ts";
import { benchTable, callTitles } from "./table.zh.ts";

test("the bench measures the calls named and their floors, a bulk action and the memory, and prints a table", async () => {
  const names = nightly ? keysOf(callTitles) : (["review", "queue"] as const);
  const result = await bench({ applications: 300, names, statements: false, share: 0.02 }, () => undefined);
  for (const name of names) {
    expect(result.calls[name], name).toMatchObject({ rps: expect.any(Number), floorRps: expect.any(Number) });
    expect(result.calls[name]?.ratio, name).toBeGreaterThan(0);
  }
  expect(result.bulk.cases).toBe(100);
  const table = benchTable(result);
  for (const name of names) expect(table).toContain(callTitles[name]);
}, 180_000);
