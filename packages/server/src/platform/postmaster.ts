import { existsSync, readFileSync, readlinkSync, realpathSync } from "node:fs";
import { join } from "node:path";

/** What a data folder's postmaster.pid stands for. */
type Postmaster =
  /** A server that serves this folder now. */
  | { state: "serving"; pid: number }
  /** Nobody: there is no such file, or no such process. */
  | { state: "gone" }
  /** The file is left over, and its number is by now that of an innocent program, or of a dead one nobody has reaped. */
  | { state: "mistaken"; pid: number };

/**
 * Who serves a PostgreSQL data folder. Linux tells a server by its working directory, which is the data folder;
 * elsewhere a living process of the number in the file is believed to be one.
 */
export function postmasterOf(dataFolder: string): Postmaster {
  const pid = Number(firstLineOf(join(dataFolder, "postmaster.pid")));
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return { state: "gone" };
  if (!existsSync("/proc/self/cwd")) return { state: "serving", pid };
  if (isUnreaped(pid)) return { state: "mistaken", pid };
  try {
    return { state: readlinkSync(`/proc/${pid}/cwd`) === realpathSync(dataFolder) ? "serving" : "mistaken", pid };
  } catch {
    // Ended in this moment, or of a user whose processes we may not look at: PostgreSQL itself will judge.
    return { state: "gone" };
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** In a container whose first process reaps nobody, the dead keep their number: PostgreSQL takes them for living. */
function isUnreaped(pid: number): boolean {
  const stat = firstLineOf(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(")") + 2).startsWith("Z");
}

function firstLineOf(path: string): string {
  try {
    return readFileSync(path, "utf8").split("\n")[0] ?? "";
  } catch {
    return "";
  }
}
