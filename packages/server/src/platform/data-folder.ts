import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { StartError } from "./config.ts";

/** Exclusive use of a data folder, until released. */
export interface DataFolder {
  path: string;
  release(): void;
}

/**
 * Takes the data folder for this program. A lock whose process is gone, or whose number another process has
 * taken over since, is a killed program's leftover and is taken.
 * @throws StartError when a living program holds the folder
 */
export function takeDataFolder(path: string): DataFolder {
  const lock = join(path, "shice.pid");
  const own = join(path, `shice.pid.${process.pid}.${randomBytes(6).toString("hex")}`);
  const mark = `${process.pid} ${startOf(process.pid) ?? ""}`;
  try {
    mkdirSync(path, { recursive: true });
    writeFileSync(own, mark, { mode: 0o600 });
  } catch {
    throw new StartError(`无法使用数据目录 ${path}：请检查目录权限和磁盘空间。`);
  }
  try {
    for (let attempt = 1; attempt <= 100; attempt++) {
      // Linking a written file, not creating one: nobody ever sees a lock without its holder.
      if (isLinked(own, lock)) {
        return { path, release: () => (readText(lock) === mark ? rmSync(lock, { force: true }) : undefined) };
      }
      const held = readText(lock);
      if (held !== undefined && isHeldByLiving(held)) {
        throw new StartError(
          `数据目录 ${path} 正由另一个师册程序使用（进程号 ${held.split(" ")[0]}）。请先停止它，或用 SHICE_DATA 另指定目录。`,
        );
      }
      if (held !== undefined) removeLeftover(lock, `${own}.left`, held);
    }
    throw new StartError(`无法取得数据目录 ${path} 的使用权，请稍后再试。`);
  } finally {
    rmSync(own, { force: true });
  }
}

/** Removes what was judged to be left over, and only that: a lock that another program took meanwhile is put back. */
function removeLeftover(lock: string, aside: string, judged: string): void {
  try {
    renameSync(lock, aside);
  } catch {
    return;
  }
  if (readText(aside) !== judged) isLinked(aside, lock);
  rmSync(aside, { force: true });
}

function isLinked(file: string, name: string): boolean {
  try {
    linkSync(file, name);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw new StartError(`无法在目录 ${dirname(name)} 中建立锁文件：请检查目录权限、磁盘空间和文件系统。`);
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function isHeldByLiving(mark: string): boolean {
  const [pidText, start] = mark.trim().split(" ");
  const pid = Number(pidText);
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false;
  }
  const now = startOf(pid);
  return now === undefined || start === undefined || start === "" || now === start;
}

/** When a process started: the machine's boot and the kernel's ticks since; undefined where /proc does not tell. */
function startOf(pid: number): string | undefined {
  const stat = readText(`/proc/${pid}/stat`);
  const boot = readText("/proc/sys/kernel/random/boot_id")?.trim();
  if (stat === undefined || boot === undefined) return undefined;
  return `${boot}/${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? ""}`;
}
