import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startMeasure } from "@shice/rehearsal/measure.ts";
import { buildWorld, clientFor } from "@shice/rehearsal/world.ts";
import { keysOf } from "@shice/rules/keys.ts";
import { checkPlanText } from "@shice/rules/plan/check.ts";
import { type ConnectionParameters, urlOf } from "@shice/server/platform/database/connection.ts";
import { openPool } from "@shice/server/platform/database/pool.ts";
import { z } from "zod";
import { type ProgramUnderTest, runProgram } from "../torture/program-under-test.ts";
import { openSession, slowestStatements, startDatabase } from "./database.ts";
import { type Call, connections, type Fired, fire, inTurn, post, takeEach } from "./fire.ts";
import { type BenchTarget, loadBulk, loadDrafts, loadHandedOver, type Prepared } from "./load.ts";
import type { BenchedCall, BenchResult, Measured } from "./result.ts";
import { benchTable, callTitles } from "./table.zh.ts";

const referencePlan = new URL("../../../../campaigns/2017-chongqing-second-batch.yaml", import.meta.url);
const usage = "用法：shice bench [--applications 300000] [--only submit,read] [--statements] [--json 文件]";
const secret = "the secret of rehearsals, whose people are all invented";
const rounds = 3;
/** Number of requests in one round, for Shice and the baseline. */
const amounts = {
  submit: [1500, 3000],
  review: [1500, 3000],
  read: [2000, 4000],
  queue: [1500, 3000],
  count: [1500, 3000],
} as const satisfies Record<BenchedCall, readonly [number, number]>;

/**
 * `shice bench`: compares Shice's calls, signed in and with all rules, with a bare route that runs the same SQL. Both
 * run in turns on one machine and one database with several hundred thousand applications.
 */
export async function run(args: readonly string[]): Promise<void> {
  let values: { applications: string; statements: boolean; only?: string | undefined; json?: string | undefined };
  try {
    values = parseArgs({
      args: [...args],
      options: {
        applications: { type: "string", default: "300000" },
        only: { type: "string" },
        statements: { type: "boolean", default: false },
        json: { type: "string" },
      },
    }).values;
  } catch {
    process.stderr.write(`${usage}\n`);
    process.exitCode = 2;
    return;
  }
  const applications = Number(values.applications);
  if (!Number.isInteger(applications) || applications < 0 || applications > 5_000_000) {
    process.stderr.write(`${usage}\n`);
    process.exitCode = 2;
    return;
  }
  const asked = values.only?.split(",");
  const names = keysOf(amounts).filter((name) => asked === undefined || asked.includes(name));
  const result = await bench({ applications, names, statements: values.statements }, (line) =>
    process.stdout.write(`${line}\n`),
  );
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(benchTable(result));
}

interface BenchOptions {
  /** Number of applications in the database before measuring. */
  applications: number;
  names: readonly BenchedCall[];
  /** Whether PostgreSQL records statistics of its statements, for a profile. */
  statements: boolean;
  /** A fraction of the usual number of requests and bulk cases, for a test that the bench still runs. */
  share?: number;
}

/** Measures the named calls, a bulk action and the memory. @throws Error if any answer is not a success */
export async function bench(
  { applications, names, statements, share = 1 }: BenchOptions,
  say: (line: string) => void,
): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), "shice-bench-"));
  chmodSync(folder, 0o755);
  await using opened = new AsyncDisposableStack();
  opened.defer(() => rmSync(folder, { recursive: true, force: true }));
  const server = await startDatabase(join(folder, "database"), statements);
  opened.defer(() => server.stop());
  const program = await runProgram({
    SHICE_TRAINING: "on",
    SHICE_DATA: join(folder, "data"),
    SHICE_SECRET: secret,
    SHICE_LOG_LEVEL: "info",
    DATABASE_URL: urlOf(server.connection),
  });
  opened.defer(() => program.stop());
  const database = openPool({ ...server.connection, max: 4 });
  opened.defer(() => database.end());

  const text = readFileSync(referencePlan, "utf8");
  const { plan } = checkPlanText(text);
  const { url, firstInvitation } = program;
  if (plan === undefined || firstInvitation === undefined)
    throw new Error("the plan has errors, or the program printed no invitation");
  const measure = startMeasure();
  const setClock = (at: string) => clientFor(url, measure).training.setClock({ at });
  await setClock("2017-09-07T01:00:00Z");
  const world = await buildWorld({ url, measure, plan, firstInvitation, seed: 1, teachers: 40 });
  const { rows } = await database.query("select id from shice.campaign where key = $1", [plan.key]);
  const target: BenchTarget = { world, database, secret, campaignId: rows[0].id };

  const staffCookies = new Map<string, string>();
  for (const { authority, reviewer } of world.districts) {
    staffCookies.set(authority, await openSession(database, reviewer.account, secret));
  }
  const cookieOf = (authority: string) => staffCookies.get(authority) ?? "";
  say(`装入${applications}份申请……`);
  await loadBulk(target, applications);
  const amountOf = (name: BenchedCall, side: 0 | 1) => Math.max(connections, Math.round(amounts[name][side] * share));
  const needed = (name: BenchedCall) => rounds * amountOf(name, 0) + 200;
  const floorNeeded = (name: BenchedCall) => rounds * amountOf(name, 1) + 200;
  const drafts = await loadDrafts(target, needed("submit"));
  const floorDrafts = await loadDrafts(target, floorNeeded("submit"));
  const toDecide = await loadHandedOver(target, needed("review"), cookieOf);
  const floorToDecide = await loadHandedOver(target, floorNeeded("review"), cookieOf);
  const toRead = await loadHandedOver(target, 2000, cookieOf);
  await database.query("vacuum (analyze) shice.application, shice.application_history, shice.person");

  const floor = await startFloor(server.connection, target.campaignId);
  opened.defer(() => floor.stop());
  const atRest = memoryOf(program).now;
  const { key } = plan;
  const of = (prepared: Prepared) => `/api/campaigns/${key}/applications/${prepared.application}`;
  const [district] = world.districts;
  if (district === undefined) throw new Error("no district was found");
  const someone = {
    application: toRead[0]?.application ?? "",
    authority: district.authority,
    account: district.reviewer.account,
  };
  const floorCall = (path: string, prepared: Prepared[]) =>
    takeEach(prepared, ({ application }) => post(path, { ...someone, application }));
  const everyDistrict = world.districts.map(({ authority }) => cookieOf(authority));
  const byDistrict = (path: string) => {
    let at = 0;
    return () => ({
      method: "GET" as const,
      path,
      headers: { cookie: everyDistrict[at++ % everyDistrict.length] ?? "" },
    });
  };
  const plans: Record<BenchedCall, { ours: () => Call; floor: () => Call }> = {
    submit: {
      ours: takeEach(drafts, (prepared) =>
        post(`${of(prepared)}/submit`, { undertaking: "honesty-1", privacyNotice: "privacy-1" }, prepared.cookie),
      ),
      floor: floorCall("/submit", floorDrafts),
    },
    review: {
      ours: takeEach(toDecide, (prepared) =>
        post(`${of(prepared)}/decide`, { conclusion: "pass", reasons: ["conditions-met"] }, prepared.cookie),
      ),
      floor: floorCall("/review", floorToDecide),
    },
    read: {
      ours: inTurn(toRead, (prepared) => ({ method: "GET", path: of(prepared), headers: { cookie: prepared.cookie } })),
      floor: inTurn(toRead, ({ application }) => post("/read", { ...someone, application })),
    },
    queue: {
      ours: byDistrict(`/api/campaigns/${key}/queue?state=handed-over&limit=50`),
      floor: () => post("/queue", someone),
    },
    count: {
      ours: byDistrict(`/api/campaigns/${key}/queue-counts`),
      floor: () => post("/count", someone),
    },
  };

  const calls: BenchResult["calls"] = {};
  for (const name of names) {
    // Runs each call in the days of its stage.
    await setClock(name === "submit" ? "2017-10-25T02:00:00Z" : "2017-11-06T02:00:00Z");
    await fire(url, plans[name].ours, 100);
    await fire(floor.url, plans[name].floor, 100);
    const ours: Fired[] = [];
    const theirs: Fired[] = [];
    for (let round = 0; round < rounds; round++) {
      theirs.push(await fire(floor.url, plans[name].floor, amountOf(name, 1)));
      ours.push(await fire(url, plans[name].ours, amountOf(name, 0)));
    }
    const measured = measuredOf(ours, theirs);
    calls[name] = measured;
    say(`${callTitles[name]}：每秒${measured.rps}次，为基准的${Math.round(measured.ratio * 100)}%`);
  }

  if (statements) say(await slowestStatements(database));
  const many = await loadHandedOver(target, Math.round(5000 * share), cookieOf, district);
  const begun = performance.now();
  const response = await fetch(`${url}/api/campaigns/${key}/preliminary-opinions`, {
    method: "POST",
    headers: { "content-type": "application/json", cookie: cookieOf(district.authority) },
    body: JSON.stringify({
      applications: many.map(({ application }) => application),
      conclusion: "pass",
      reasons: ["conditions-met"],
    }),
  });
  const { done } = z.object({ done: z.number() }).parse(await response.json());
  if (done !== many.length) throw new Error(`of ${many.length} cases ${done} were decided`);
  const seconds = (performance.now() - begun) / 1000;
  return {
    applications,
    connections,
    calls,
    bulk: { cases: done, seconds: round(seconds, 2), perSecond: Math.round(done / seconds) },
    memoryMb: { atRest, peak: memoryOf(program).peak },
  };
}

function measuredOf(ours: readonly Fired[], theirs: readonly Fired[]): Measured {
  const rate = (list: readonly Fired[]) =>
    list.reduce((sum, { requests }) => sum + requests, 0) / list.reduce((sum, fired) => sum + fired.seconds, 0);
  const middle = (list: readonly Fired[], key: "p50" | "p99") =>
    list.map((fired) => fired[key]).toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
  return {
    rps: Math.round(rate(ours)),
    p50: middle(ours, "p50"),
    p99: middle(ours, "p99"),
    floorRps: Math.round(rate(theirs)),
    floorP99: middle(theirs, "p99"),
    ratio: round(rate(ours) / rate(theirs), 3),
  };
}

async function startFloor(connection: ConnectionParameters, campaign: string) {
  const child: ChildProcess = spawn(process.execPath, [fileURLToPath(new URL("floor.ts", import.meta.url))], {
    env: { PATH: process.env["PATH"] ?? "", FLOOR_DATABASE: JSON.stringify(connection), FLOOR_CAMPAIGN: campaign },
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (child.stdout === null) throw new Error("the floor process has no standard output");
  const [line] = await once(child.stdout, "data");
  return {
    url: String(line).trim(),
    stop: async () => {
      const ended = once(child, "close");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** Resident memory of the program in megabytes, if the system reports it. */
function memoryOf({ pid }: ProgramUnderTest): { now: number; peak: number } {
  try {
    const status = readFileSync(`/proc/${pid()}/status`, "utf8");
    const of = (name: string) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024);
    return { now: of("VmRSS"), peak: of("VmHWM") };
  } catch {
    return { now: 0, peak: 0 };
  }
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
