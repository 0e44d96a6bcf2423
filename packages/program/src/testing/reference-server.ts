import { readFileSync } from "node:fs";
import { moveTo } from "@shice/rehearsal/clock.ts";
import { startMeasure } from "@shice/rehearsal/measure.ts";
import { inventForm, inventHuman } from "@shice/rehearsal/people.ts";
import { randomOf } from "@shice/rehearsal/random.ts";
import type { Story } from "@shice/rehearsal/stories.ts";
import type { Teacher } from "@shice/rehearsal/teachers.ts";
import { buildWorld, clientFor, type World } from "@shice/rehearsal/world.ts";
import { checkPlanText } from "@shice/rules/plan/check.ts";
import { type Running, start } from "@shice/server/main.ts";
import { readConfig } from "@shice/server/platform/config.ts";
import { openPool } from "@shice/server/platform/database/pool.ts";
import { openLog } from "@shice/server/platform/log.ts";
import type pg from "pg";
import { afterAll } from "vitest";
import { ownDatabase } from "./own-database.ts";

const planFile = new URL("../../../../campaigns/2017-chongqing-second-batch.yaml", import.meta.url);

export interface ReferenceServer {
  world: World;
  /** Reads the database directly, not through the API. */
  database: pg.Pool;
  /** Moves the clock to a Beijing time, written 2017-10-09T09:00. */
  at(local: string): Promise<{ lapsed: number; expired: number }>;
  /** Starts another program on the same database. */
  another(): Promise<Running>;
  /** An invented teacher of a school in the district, with an account and an empty draft. */
  teacher(options?: { district?: number; school?: number; story?: Story }): Promise<Teacher & { application: string }>;
}

/** The whole program on its own database, with the reference campaign, its offices and a movable clock. */
export async function referenceServer(env: Record<string, string> = {}): Promise<ReferenceServer> {
  const own = await ownDatabase();
  const text = readFileSync(planFile, "utf8");
  const { plan } = checkPlanText(text);
  const read = readConfig({ ...own.env, PORT: "0", SHICE_TRAINING: "on", ...env });
  if ("problems" in read || plan === undefined) throw new Error("the test's configuration or plan is invalid");
  const programs: Running[] = [];
  const another = async () => {
    const program = await start(read.config, openLog("silent"), { plan: text });
    programs.push(program);
    return program;
  };
  const running = await another();
  const database = openPool(own.connection);
  afterAll(async () => {
    await database.end();
    for (const program of programs) await program.stop();
    await own.drop();
  });

  const measure = startMeasure();
  const { url, firstInvitation } = running;
  if (firstInvitation === undefined) throw new Error("the program printed no first invitation");
  await clientFor(url, measure).training.setClock({ at: instantOf("2017-09-07T09:00").toString() });
  const world = await buildWorld({ url, measure, plan, firstInvitation, seed: 1, teachers: 10 });
  const random = randomOf(1);
  let index = 0;
  return {
    world,
    database,
    another,
    at: (local) => moveTo(world, instantOf(local)),
    async teacher({ district: districtAt = 0, school: schoolAt = 0, story = "ordinary" } = {}) {
      const district = world.districts[districtAt];
      const school = district?.schools[schoolAt];
      if (district === undefined || school === undefined) throw new Error("no such school");
      index += 1;
      const human = inventHuman(random, index, district.code, story, plan.year);
      const client = clientFor(url, measure);
      const { mobile, email, password, name: fullName, idNumber } = human;
      await client.accounts.register({
        mobile,
        email,
        password,
        name: fullName,
        idNumber,
        privacyNotice: "privacy-1",
      });
      const { id: application, number } = await client.applicant.start({ campaign: plan.key });
      const form = inventForm(random, { human, story, school, plan, index });
      return { index, story, human, district, school, chosenSchool: school, form, client, application, number };
    },
  };
}

function instantOf(local: string): Temporal.Instant {
  return Temporal.PlainDateTime.from(local).toZonedDateTime("Asia/Shanghai").toInstant();
}
