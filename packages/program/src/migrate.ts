import { migrationStepsOf } from "@shice/server/audit/migration-steps.ts";
import { machineClock } from "@shice/server/platform/clock.ts";
import { readConfig, StartError } from "@shice/server/platform/config.ts";
import { migrate } from "@shice/server/platform/database/migrate.ts";
import { openInstallation } from "@shice/server/platform/installation.ts";

/**
 * `shice migrate`: migrates the database to this program's version and prints what was done. Exit status 1 on failure.
 */
export async function runMigrate(): Promise<void> {
  const read = readConfig(process.env);
  if ("problems" in read) {
    process.stderr.write(`${["配置有误：", ...read.problems.map((problem) => `  · ${problem}`)].join("\n")}\n`);
    process.exitCode = 1;
    return;
  }
  try {
    const installation = await openInstallation(read.config);
    try {
      const { connection, loginName, loginPassword, secrets } = installation;
      const steps = migrationStepsOf(secrets, machineClock);
      const done = await migrate(connection, { loginName, loginPassword, steps });
      process.stdout.write(
        done.length === 0
          ? "数据库已是最新，无须升级。\n"
          : `已升级：\n${done.map((name) => `  · ${name}`).join("\n")}\n`,
      );
    } finally {
      await installation.close();
    }
  } catch (error) {
    if (!(error instanceof StartError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
