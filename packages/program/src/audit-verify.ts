import { parseArgs } from "node:util";
import { faultTextOf } from "@shice/contract/sentences/audit-fault.zh.ts";
import { isSecretOfRecord, verifyRecord } from "@shice/server/audit/verify-record.ts";
import { readConfig, StartError } from "@shice/server/platform/config.ts";
import { openDatabase } from "@shice/server/platform/database/database.ts";
import { openInstallation } from "@shice/server/platform/installation.ts";

const usage = "用法：shice audit verify [--database 地址] [--data 目录]";

/**
 * `shice audit verify`: verifies the whole record without a running server and names the faulty rows. It reads the
 * installation given by the environment, or with `--data` another data folder, such as a rehearsal's. It needs the
 * installation's secret, because keyed codes protect the record. Exit status 1 for a fault, 2 if the record cannot be
 * read.
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
  const read = readConfig({
    ...process.env,
    ...(url === undefined ? {} : { DATABASE_URL: url }),
    ...(data === undefined ? {} : { SHICE_DATA: data }),
  });
  if ("problems" in read) throw new StartError(read.problems.join("\n"));
  const installation = await openInstallation(read.config);
  const database = openDatabase(installation.connection, { connections: 1 });
  try {
    const { findings, campaigns } = await database.inScope({ kind: "system" }, async (tx) => {
      if (!(await isSecretOfRecord(tx, installation.secrets))) {
        throw new StartError(
          "无法校验：密钥与这个数据库不符。请用建立它的 SHICE_SECRET，或者指定其 secret 文件所在的数据目录（--data）。",
        );
      }
      const known = await tx
        .selectFrom("shice.campaign")
        .select(["id", "key", "title"])
        .orderBy("created_at")
        .execute();
      return { campaigns: known, findings: await verifyRecord({ tx, secrets: installation.secrets }, known) };
    });
    const { faults, faultCount } = findings;
    const titles = campaigns.map(({ title }) => title).join("、");
    say(`批次：${titles === "" ? "没有批次" : titles}`);
    say(`申请${findings.applications}份，办理记录${findings.rows}条，终审决定${findings.decisions}份，`);
    say(`审计记录${findings.auditEntries}条，封存值${findings.seals}个，注册贴流转记录${findings.movements}条：`);
    say(faultCount === 0 ? "全部一致。" : `${faultCount}处不一致。`);
    for (const fault of faults) say(`  ✗ ${faultTextOf(fault)}`);
    if (faultCount > faults.length) say(`  （其余${faultCount - faults.length}处不再逐一列出）`);
    return faultCount === 0 ? 0 : 1;
  } finally {
    await database.close();
    await installation.close();
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
