import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { urlOf } from "@shice/server/platform/database/connection.ts";
import { testSecret } from "@shice/server/testing/secret.ts";
import pg from "pg";
import { afterAll, expect, inject, test } from "vitest";
import { rehearseWith } from "./rehearse.ts";

const made: string[] = [];
const template = inject("postgres");
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

/** An empty database of its own, which the rehearsal migrates by itself. */
async function emptyDatabase(): Promise<string> {
  const name = `rehearsal_${randomBytes(6).toString("hex")}`;
  await asSuperuser(`create database ${name}`);
  made.push(name);
  return urlOf({ ...template, database: name });
}

afterAll(async () => {
  for (const name of made) await asSuperuser(`drop database if exists ${name} with (force)`);
});

for (const [name, plan] of Object.entries(plans)) {
  test(`N46, N51: 100 teachers go through the ${name} plan and every invariant holds`, async () => {
    const options = {
      teachers: 100,
      seed: 7,
      plan,
      json: undefined,
      html: undefined,
      folder: "unused",
      secret: testSecret,
    };
    const result = await rehearseWith({ ...options, database: await emptyDatabase() }, () => undefined);
    expect(result.invariants.filter(({ ok }) => !ok)).toEqual([]);
    expect(Object.values(result.outcomes).reduce((sum, count) => sum + count, 0)).toBe(100);
    expect(result.outcomes["lost"]).toBeUndefined();
  }, 240_000);
}
