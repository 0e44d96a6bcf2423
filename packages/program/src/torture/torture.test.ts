import { readFileSync } from "node:fs";
import { nightly } from "@shice/rules/testing/size.ts";
import { expect, test } from "vitest";
import { blows, torture } from "./torture.ts";

const plan = readFileSync(new URL("../../../../campaigns/2017-chongqing-second-batch.yaml", import.meta.url), "utf8");
const [teachers, every] = nightly ? [40, 120] : [24, 160];

test("killed, cut off and out of disk space in the middle of a campaign: nothing acknowledged is lost or done twice", async () => {
  const result = await torture({ plan, teachers, seed: 3, every, say: () => undefined });
  expect(result.broken).toEqual([]);
  expect(Object.values(result.rehearsal.outcomes).reduce((sum, count) => sum + count, 0)).toBe(teachers);
  expect(result.acknowledged).toBeGreaterThan(5 * teachers);
  // Where no small file system may be mounted, the disk alone is spared.
  for (const blow of blows.filter((kind) => kind !== "fill-disk")) expect(result.blows[blow], blow).toBeGreaterThan(0);
  expect(result.repeated).toBeGreaterThan(0);
}, 240_000);
