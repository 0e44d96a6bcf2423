import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startMeasure } from "@shice/rehearsal/measure.ts";
import { buildWorld, clientFor } from "@shice/rehearsal/world.ts";
import { checkPlanText } from "@shice/rules/plan/check.ts";
import { sessionCookieOf } from "@shice/server/application/accounts.ts";
import { type ConnectionParameters, urlOf } from "@shice/server/platform/database/connection.ts";
import { startEmbeddedPostgres } from "@shice/server/platform/embedded-postgres.ts";
import { openSecrets } from "@shice/server/platform/secrets.ts";
import autocannon from "autocannon";
import pg from "pg";
import { widthOf } from "../terminal-text.ts";
import { type ProgramUnderTest, runProgram } from "../torture/program-under-test.ts";
import { type Ground, loadBulk, loadDrafts, loadHandedOver, type Prepared } from "./load.ts";

const referencePlan = new URL("../../../../campaigns/2017-chongqing-second-batch.yaml", import.meta.url);
const usage = "用法：shice bench [--applications 300000] [--only submit,read] [--statements] [--json 文件]";
const secret = "the secret of rehearsals, whose people are all invented";
const connections = 32;
const rounds = 3;
/** Requests of one round, ours and the floor's. */
const amounts = {
  submit: [1500, 3000],
  review: [1500, 3000],
  read: [2000, 4000],
  queue: [1500, 3000],
  count: [1500, 3000],
} as const;
type Name = keyof typeof amounts;

export interface Measured {
  rps: number;
  p50: number;
  p99: number;
  floorRps: number;
  floorP99: number;
  /** Ours as a share of the floor's requests a second. */
  ratio: number;
}
export interface BenchResult {
  applications: number;
  connections: number;
  calls: Partial<Record<Name, Measured>>;
  bulk: { cases: number; seconds: number; perSecond: number };
  memoryMb: { atRest: number; peak: number };
}

/**
 * `shice bench`: Shice's own calls, signed in and under all rules, against a bare route with the same SQL, in turns on one
 * machine and one database, with several hundred thousand applications in it.
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
  const names = (Object.keys(amounts) as Name[]).filter((name) => asked === undefined || asked.includes(name));
  const result = await bench({ applications, names, statements: values.statements }, (line) =>
    process.stdout.write(`${line}\n`),
  );
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
  process.stdout.write(tableOf(result));
}

export async function bench(
  { applications, names, statements }: { applications: number; names: readonly Name[]; statements: boolean },
  say: (line: string) => void,
): Promise<BenchResult> {
  const folder = mkdtempSync(join(tmpdir(), "shice-bench-"));
  chmodSync(folder, 0o755);
  await using opened = new AsyncDisposableStack();
  opened.defer(() => rmSync(folder, { recursive: true, force: true }));
  const server = await startDatabase(join(folder, "database"), statements);
  opened.defer(() => server.stop());
  const program = await runProgram({
    ...{ SHICE_TRAINING: "on", SHICE_DATA: join(folder, "data"), SHICE_SECRET: secret, SHICE_LOG_LEVEL: "info" },
    DATABASE_URL: urlOf(server.connection),
  });
  opened.defer(() => program.stop());
  const database = new pg.Pool({ ...server.connection, max: 4 });
  opened.defer(() => database.end());

  const text = readFileSync(referencePlan, "utf8");
  const { plan } = checkPlanText(text);
  const { url, firstInvitation } = program;
  if (plan === undefined || firstInvitation === undefined) throw new Error("a fresh program on a plan without errors");
  const measure = startMeasure();
  const setClock = (at: string) => clientFor(url, measure).training.setClock({ at });
  await setClock("2017-09-07T01:00:00Z");
  const world = await buildWorld({ url, measure, plan, firstInvitation, seed: 1, teachers: 40 });
  const { rows } = await database.query("select id from shice.campaign where key = $1", [plan.key]);
  const ground: Ground = { world, database, secret, campaignId: rows[0].id };

  const staffCookies = new Map<string, string>();
  for (const { authority, reviewer } of world.districts) {
    staffCookies.set(authority, await openSession(database, reviewer.account));
  }
  const cookieOf = (authority: string) => staffCookies.get(authority) ?? "";
  say(`装入${applications}份申请……`);
  await loadBulk(ground, applications);
  const needed = (name: Name) => rounds * amounts[name][0] + 200;
  const floorNeeded = (name: Name) => rounds * amounts[name][1] + 200;
  const drafts = await loadDrafts(ground, needed("submit"));
  const floorDrafts = await loadDrafts(ground, floorNeeded("submit"));
  const toDecide = await loadHandedOver(ground, needed("review"), cookieOf);
  const floorToDecide = await loadHandedOver(ground, floorNeeded("review"), cookieOf);
  const toRead = await loadHandedOver(ground, 2000, cookieOf);
  await database.query("vacuum (analyze) shice.application, shice.application_history, shice.person");

  const floor = await startFloor(server.connection, ground.campaignId);
  opened.defer(() => floor.stop());
  const atRest = memoryOf(program).now;
  const { key } = plan;
  const of = (prepared: Prepared) => `/api/campaigns/${key}/applications/${prepared.application}`;
  const [district] = world.districts;
  if (district === undefined) throw new Error("there are districts");
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
  const plans: Record<Name, { ours: () => Call; floor: () => Call }> = {
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
    // Each call in the days of its own stage.
    await setClock(name === "submit" ? "2017-10-25T02:00:00Z" : "2017-11-06T02:00:00Z");
    await fire(url, plans[name].ours, 100);
    await fire(floor.url, plans[name].floor, 100);
    const ours: Fired[] = [];
    const theirs: Fired[] = [];
    for (let round = 0; round < rounds; round++) {
      theirs.push(await fire(floor.url, plans[name].floor, amounts[name][1]));
      ours.push(await fire(url, plans[name].ours, amounts[name][0]));
    }
    const measured = measuredOf(ours, theirs);
    calls[name] = measured;
    say(`${titles[name]}：每秒${measured.rps}次，为基准的${Math.round(measured.ratio * 100)}%`);
  }

  if (statements) say(await slowestStatements(database));
  const many = await loadHandedOver(ground, 5000, cookieOf, district);
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
  const { done } = (await response.json()) as { done: number };
  if (done !== many.length) throw new Error(`of ${many.length} cases ${done} were decided`);
  const seconds = (performance.now() - begun) / 1000;
  return {
    ...{ applications, connections, calls },
    bulk: { cases: done, seconds: round(seconds, 2), perSecond: Math.round(done / seconds) },
    memoryMb: { atRest, peak: memoryOf(program).peak },
  };
}

/** With `statements`, PostgreSQL keeps account of what each statement takes to plan and to run. */
async function startDatabase(folder: string, statements: boolean) {
  const server = await startEmbeddedPostgres({ folder, durable: true });
  if (!statements) return server;
  const client = new pg.Client(server.connection);
  await client.connect();
  await client.query("alter system set shared_preload_libraries = 'pg_stat_statements'");
  await client.end();
  await server.stop();
  const again = await startEmbeddedPostgres({ folder, durable: true });
  const owner = new pg.Client(again.connection);
  await owner.connect();
  await owner.query("create extension pg_stat_statements");
  await owner.query("alter system set pg_stat_statements.track_planning = on");
  await owner.query("select pg_reload_conf()");
  await owner.end();
  return again;
}

async function slowestStatements(database: pg.Pool): Promise<string> {
  const { rows } = await database.query(`
    select calls, round(total_plan_time)::int as plan, round(total_exec_time)::int as exec,
      r.rolname as role, left(regexp_replace(query, '\\s+', ' ', 'g'), 150) as query
    from public.pg_stat_statements s join pg_roles r on r.oid = s.userid
    where calls > 1000 order by total_plan_time + total_exec_time desc limit 30`);
  return rows
    .map(({ calls, plan, exec, role, query }) => `${calls}次 计划${plan} 执行${exec}毫秒 ${role}: ${query}`)
    .join("\n");
}

interface Call {
  method: "GET" | "POST";
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

function post(path: string, body: object, cookie?: string): Call {
  return {
    method: "POST",
    path,
    headers: { "content-type": "application/json", ...(cookie === undefined ? {} : { cookie }) },
    body: JSON.stringify(body),
  };
}

/** Each once: what has been submitted cannot be submitted again. */
function takeEach(list: readonly Prepared[], make: (prepared: Prepared) => Call): () => Call {
  let at = 0;
  return () => {
    const next = list[at++];
    if (next === undefined) throw new Error("not enough was prepared");
    return make(next);
  };
}

function inTurn(list: readonly Prepared[], make: (prepared: Prepared) => Call): () => Call {
  let at = 0;
  return () => make(list[at++ % list.length] ?? { application: "", cookie: "" });
}

interface Fired {
  requests: number;
  seconds: number;
  p50: number;
  p99: number;
}

/** Sends as fast as answers come, from 32 connections. @throws Error when anything but success is answered */
async function fire(url: string, call: () => Call, amount: number): Promise<Fired> {
  const begun = performance.now();
  const result = await autocannon({
    url,
    connections,
    amount,
    // It looks whether all is answered once each so many milliseconds; by default a round would take whole seconds.
    sampleInt: 10,
    requests: [{ setupRequest: (request) => ({ ...request, ...call() }) }],
  });
  const seconds = (performance.now() - begun) / 1000;
  if (result.non2xx > 0 || result.errors > 0) {
    const { path, ...request } = call();
    const answer = await (await fetch(`${url}${path}`, request)).text();
    throw new Error(`${result.non2xx} of ${amount} requests were refused; one more was answered: ${answer}`);
  }
  return { requests: amount, seconds, p50: result.latency.p50, p99: result.latency.p99 };
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
  if (child.stdout === null) throw new Error("the floor says where it is");
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

/** A session for a member of staff, and the cookie that names it. */
async function openSession(database: pg.Pool, account: string): Promise<string> {
  const authSecret = openSecrets({ secret, cipher: "aes-256-gcm" }).deriveKey("better-auth").toString("hex");
  const token = `bench-${account}`;
  await database.query(
    `insert into auth.session (expires_at, token, created_at, updated_at, user_id) values (now() + interval '12 hours', $1, now(), now(), $2)`,
    [token, account],
  );
  return sessionCookieOf(token, authSecret, false).split(";")[0] ?? "";
}

/** Resident memory of the program in megabytes, where the system tells it. */
function memoryOf({ pid }: ProgramUnderTest): { now: number; peak: number } {
  try {
    const status = readFileSync(`/proc/${pid()}/status`, "utf8");
    const of = (name: string) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024);
    return { now: of("VmRSS"), peak: of("VmHWM") };
  } catch {
    return { now: 0, peak: 0 };
  }
}

const titles: Record<Name, string> = {
  submit: "提交申请",
  review: "作出初审意见",
  read: "打开办件",
  queue: "队列一页",
  count: "队列计数",
};

function tableOf({ applications, calls, bulk, memoryMb }: BenchResult): string {
  const head = ["操作", "每秒", "中位", "p99", "基准每秒", "基准p99", "占基准"];
  const rows = Object.entries(calls).map(([name, { rps, p50, p99, floorRps, floorP99, ratio }]) => {
    return [
      titles[name as Name],
      `${rps}`,
      `${p50}`,
      `${p99}`,
      `${floorRps}`,
      `${floorP99}`,
      `${Math.round(ratio * 100)}%`,
    ];
  });
  const widths = head.map((_, at) => Math.max(...[head, ...rows].map((row) => widthOf(row[at] ?? ""))));
  const lines = [head, ...rows].map((row) =>
    row
      .map((cell, at) =>
        at === 0
          ? cell + " ".repeat((widths[0] ?? 0) - widthOf(cell))
          : " ".repeat((widths[at] ?? 0) - widthOf(cell)) + cell,
      )
      .join("  "),
  );
  return [
    "",
    `库中${applications}份申请，${connections}个连接，时间单位毫秒；基准为执行同样SQL、没有账号、规则和权限的空接口。`,
    ...lines,
    `批量初审${bulk.cases}件：${bulk.seconds}秒（每秒${bulk.perSecond}件）。程序内存：空闲${memoryMb.atRest} MB，最多${memoryMb.peak} MB。`,
    "",
  ].join("\n");
}

function round(value: number, digits: number): number {
  return Math.round(value * 10 ** digits) / 10 ** digits;
}
