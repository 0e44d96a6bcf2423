import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { checkPlanText } from "@shice/rules/plan/check.ts";
import { nightly } from "@shice/rules/testing/size.ts";
import { urlOf } from "@shice/server/platform/database/connection.ts";
import { testSecret } from "@shice/server/testing/secret.ts";
import pg from "pg";
import { afterAll, expect, inject, test } from "vitest";
import { rehearsalPage } from "./rehearsal-page.zh.ts";
import { rehearseWith } from "./rehearse.ts";

const made: string[] = [];
/** Enough for every story in every area; the same seed and number have the same outcomes. */
const teachers = nightly ? 100 : 30;
const template = inject("postgres");
/** The folder for the photos of the invented people. */
const folder = mkdtempSync(join(tmpdir(), "shice-rehearsal-"));
const referencePlan = fileURLToPath(new URL("../../../campaigns/2017-chongqing-second-batch.yaml", import.meta.url));
const plans = {
  reference: undefined,
  county: fileURLToPath(new URL("../../rules/src/plan/examples/county.yaml", import.meta.url)),
  province: fileURLToPath(new URL("../../rules/src/plan/examples/province.yaml", import.meta.url)),
};

async function asSuperuser(text: string): Promise<void> {
  const client = new pg.Client({ ...template, database: "postgres" });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

/** An empty database, which the rehearsal migrates. */
async function emptyDatabase(): Promise<string> {
  const name = `rehearsal_${randomBytes(6).toString("hex")}`;
  await asSuperuser(`create database ${name}`);
  made.push(name);
  return urlOf({ ...template, database: name });
}

afterAll(async () => {
  for (const name of made) await asSuperuser(`drop database if exists ${name} with (force)`);
  rmSync(folder, { recursive: true, force: true });
});

for (const [name, plan] of Object.entries(plans)) {
  test(`N46, N51: teachers go through the ${name} plan and every invariant holds`, async () => {
    const options = {
      teachers,
      seed: 7,
      plan,
      json: undefined,
      html: undefined,
      folder,
      secret: testSecret,
    };
    const result = await rehearseWith({ ...options, database: await emptyDatabase() }, () => undefined);
    expect(result.invariants.filter(({ ok }) => !ok)).toEqual([]);
    expect(Object.values(result.outcomes).reduce((sum, count) => sum + count, 0)).toBe(teachers);
    expect(result.outcomes["lost"]).toBeUndefined();
    expect(result.steps.at(0)).toEqual({ key: "invented", title: "教师", cases: teachers });

    const { plan: parsed } = checkPlanText(readFileSync(plan ?? referencePlan, "utf8"));
    if (parsed === undefined) throw new Error("the plan has errors");
    const page = rehearsalPage(result, parsed);
    expect(page).toContain(`${result.invariants.length}项全部成立`);
    for (const area of Object.keys(result.byArea)) expect(page).toContain(area);
    // The page is one file that requests nothing else.
    expect(page).not.toMatch(/<script|<link|\bsrc=|https?:|@import|url\((?!#)/);
    expect(page.match(/fill="url\(#closed\)"/g)?.length ?? 0).toBeGreaterThanOrEqual(parsed.closures.length);
  }, 240_000);
}
