import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
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
  mkdirSync(path, { recursive: true });
  const lock = join(path, "shice.pid");
  for (let attempt = 1; ; attempt++) {
    try {
      const handle = openSync(lock, "wx", 0o600);
      writeFileSync(handle, `${process.pid} ${startOf(process.pid) ?? ""}`);
      closeSync(handle);
      return { path, release: () => rmSync(lock, { force: true }) };
    } catch (error) {
      if (!isExists(error)) throw new StartError(`无法使用数据目录 ${path}:请检查目录权限和磁盘空间。`);
    }
    const [pid, start] = readFileSync(lock, "utf8").trim().split(" ");
    if (pid !== undefined && isRunning(Number(pid), start) && Number(pid) !== process.pid) {
      throw new StartError(
        `数据目录 ${path} 正由另一个师册程序使用(进程号 ${pid})。请先停止它,或用 SHICE_DATA 另指定目录。`,
      );
    }
    if (attempt === 3) throw new StartError(`无法取得数据目录 ${path} 的使用权,请稍后再试。`);
    rmSync(lock, { force: true });
  }
}

function isExists(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
}

function isRunning(pid: number, start: string | undefined): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  const now = startOf(pid);
  return now === undefined || start === undefined || start === "" || now === start;
}

/** When a process started, in the kernel's ticks; undefined where /proc does not tell. */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}
