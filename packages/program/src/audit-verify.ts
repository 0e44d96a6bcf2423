import { parseArgs } from "node:util";
import { verifyChains } from "@shice/server/case/verify-chains.ts";
import { readConfig, StartError } from "@shice/server/platform/config.ts";
import { openDatabase } from "@shice/server/platform/database/database.ts";
import { openInstallation } from "@shice/server/platform/installation.ts";

const usage = "用法：shice audit verify [--database 地址] [--data 目录]";

/**
 * `shice audit verify`: goes through every history chain without a running server, and names the rows that do not hold.
 * By default the installation that the environment names; `--data` another data folder, such as a rehearsal's.
 * Exit status 1 when something is broken, 2 when it could not be looked at.
 */
export async function run(args: readonly string[]): Promise<void> {
  let options: { database?: string; data?: string };
  try {
    options = parseArgs({
      args: [...args],
      options: { database: { type: "string" }, data: { type: "string" } },
    }).values;
  } catch {
    process.stderr.write(`${usage}\n`);
    process.exitCode = 2;
    return;
  }
  try {
    process.exitCode = await verify(options);
  } catch (error) {
    process.stderr.write(
      `${error instanceof StartError ? error.message : "未能校验：数据库无法打开，或不是师册的数据库。"}\n`,
    );
    process.exitCode = 2;
  }
}

async function verify({ database: url, data }: { database?: string; data?: string }): Promise<number> {
  const env = {
    ...process.env,
    ...(url === undefined ? {} : { DATABASE_URL: url }),
    ...(data === undefined ? {} : { SHICE_DATA: data }),
    // Reading the chains needs no secret: nothing sealed is opened.
    SHICE_SECRET: process.env["SHICE_SECRET"] ?? "no secret is needed to verify the chains",
  };
  const read = readConfig(env);
  if ("problems" in read) throw new StartError(read.problems.join("\n"));
  const installation = await openInstallation(read.config);
  // As the owner of the database: the offline check must not depend on the program's own nets.
  const database = openDatabase(installation.connection, { connections: 1 });
  try {
    const campaigns = await database.inScope({ kind: "system" }, (tx) =>
      tx.selectFrom("shice.campaign").select(["id", "title"]).orderBy("created_at").execute(),
    );
    let broken = 0;
    for (const { id, title } of campaigns) {
      const report = await database.inScope({ kind: "system" }, (tx) => verifyChains(tx, id));
      broken += report.broken.length;
      process.stdout.write(
        `${title}：${report.applications}份申请，${report.rows}条办理记录，${report.broken.length === 0 ? "全部一致" : `${report.broken.length}处不一致`}\n`,
      );
      for (const { application, sequence, why } of report.broken) {
        process.stdout.write(`  ✗ 申请 ${application} 第${sequence}条：${reasons[why]}\n`);
      }
    }
    return broken === 0 ? 0 : 1;
  } finally {
    await database.close();
    await installation.close();
  }
}

const reasons = {
  hash: "内容与哈希值不符（记录被改动）",
  "previous-hash": "与上一条记录接不上",
  gap: "记录不连续（有记录缺失）",
  state: "状态与上一条记录接不上",
  head: "申请的现状与最后一条记录不符",
  "no-history": "申请没有任何办理记录",
} as const;
