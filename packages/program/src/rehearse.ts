import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type RehearsalResult, rehearse } from "@shice/rehearsal/rehearse.ts";
import { checkPlanText } from "@shice/rules/plan/check.ts";
import { start } from "@shice/server/main.ts";
import { readConfig } from "@shice/server/platform/config.ts";
import { openOwnerPool } from "@shice/server/platform/database/migrate.ts";
import { openLog } from "@shice/server/platform/log.ts";
import { rehearsalPage } from "./rehearsal-page.zh.ts";
import { rehearsalText } from "./rehearsal-text.zh.ts";

const referencePlan = new URL("../../../campaigns/2017-chongqing-second-batch.yaml", import.meta.url);
const usage =
  "用法：shice rehearse [--teachers 500] [--seed 7] [--plan 文件] [--json 文件] [--html 文件] [--database 地址]";

/**
 * `shice rehearse`: runs a whole campaign with invented people over HTTP, on its own database (data/rehearsal,
 * recreated each time) or on a given empty one. Exit status 1 if an invariant does not hold.
 */
export async function run(args: readonly string[]): Promise<void> {
  const options = readOptions(args);
  if (options === undefined) {
    process.stderr.write(`${usage}\n`);
    process.exitCode = 2;
    return;
  }
  const result = await rehearseWith(options, (line) => process.stdout.write(`${line}\n`));
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(result, null, 2)}\n`);
  if (options.html !== undefined) writeFileSync(options.html, rehearsalPage(result, readPlan(options).plan));
  process.stdout.write(rehearsalText(result));
  process.exitCode = result.invariants.every(({ ok }) => ok) ? 0 : 1;
}

interface RehearsalOptions {
  teachers: number;
  seed: number;
  plan: string | undefined;
  json: string | undefined;
  html: string | undefined;
  database: string | undefined;
  folder: string;
  /** If absent, the rehearsal's own secret is used. */
  secret: string | undefined;
}

function readOptions(args: readonly string[]): RehearsalOptions | undefined {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        teachers: { type: "string", default: "500" },
        seed: { type: "string", default: "7" },
        plan: { type: "string" },
        json: { type: "string" },
        html: { type: "string" },
        database: { type: "string" },
      },
    });
    const teachers = Number(values.teachers);
    const seed = Number(values.seed);
    if (!Number.isInteger(teachers) || teachers < 1 || teachers > 1_000_000 || !Number.isInteger(seed))
      return undefined;
    return {
      teachers,
      seed,
      plan: values.plan,
      json: values.json,
      html: values.html,
      database: values.database,
      folder: "data/rehearsal",
      secret: process.env["SHICE_SECRET"],
    };
  } catch {
    return undefined;
  }
}

/** Starts a server in training mode, rehearses, and stops it in order. */
export async function rehearseWith(options: RehearsalOptions, say: (line: string) => void): Promise<RehearsalResult> {
  const { text, plan } = readPlan(options);
  if (options.database === undefined) rmSync(options.folder, { recursive: true, force: true });
  const read = readConfig({
    PORT: "0",
    SHICE_TRAINING: "on",
    SHICE_DATA: options.folder,
    ...secretOf(options),
    ...(options.database === undefined ? {} : { DATABASE_URL: options.database }),
  });
  if ("problems" in read) throw new Error(read.problems.join("\n"));
  const running = await start(read.config, openLog("silent"), { plan: text });
  const database = openOwnerPool(running.connection, 2);
  try {
    if (running.firstInvitation === undefined) throw new Error("演练需要一个空的数据库");
    const { teachers, seed } = options;
    const { firstInvitation, url } = running;
    return await rehearse({ url, database, plan, firstInvitation, teachers, seed, say });
  } finally {
    await database.end();
    await running.stop();
  }
}

/**
 * The rehearsal's own database keeps its secret in its folder, where `audit verify` finds it; any other database needs
 * a secret from outside.
 */
function secretOf({ secret, database }: RehearsalOptions): { SHICE_SECRET?: string } {
  if (secret !== undefined) return { SHICE_SECRET: secret };
  if (database === undefined) return {};
  return { SHICE_SECRET: "the secret of rehearsals, whose people are all invented" };
}

function readPlan(options: RehearsalOptions) {
  const text = readFileSync(options.plan ?? referencePlan, "utf8");
  const { plan, check } = checkPlanText(text);
  if (plan === undefined) throw new Error(check.errors.map(({ message }) => message).join("\n"));
  return { text, plan };
}
