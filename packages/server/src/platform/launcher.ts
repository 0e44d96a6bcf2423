import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";

/** The processes that started this program and should outlive it: npm, and the shell that npm runs a script in. */
export interface Launcher {
  isAlive(): boolean;
}

const shell = /^-?(sh|ash|bash|dash|ksh|zsh)$/;

/**
 * The launcher, where npm started this program (`npm start`, `npx shice`); undefined otherwise: a program started by a
 * shell, by systemd or with nohup goes on when its parent ends.
 */
export function findLauncher(env: Readonly<Record<string, string | undefined>>): Launcher | undefined {
  if (env["npm_lifecycle_event"] === undefined) return undefined;
  const parent = process.ppid;
  // npm runs a script in a shell; with `exec` in the script, the program has taken the shell's place.
  const { name, parent: grandparent } = describe(parent);
  const npm = shell.test(name) ? grandparent : parent;
  return { isAlive: () => process.ppid === parent && isRunning(npm) };
}

/** A process's name and its parent's number. */
function describe(pid: number): { name: string; parent: number } {
  try {
    const text = existsSync("/proc/self/stat")
      ? readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^\d+ \((.*)\) \S+ (\d+) .*$/s, "$2 $1")
      : execFileSync("ps", ["-o", "ppid=,comm=", "-p", String(pid)], { encoding: "utf8" }).trim();
    const [, parent, name = ""] = /^(\d+)\s+(.*)$/.exec(text) ?? [];
    return { name: basename(name), parent: Number(parent ?? pid) };
  } catch {
    // It has ended in this moment: the parent's number has changed.
    return { name: "", parent: pid };
  }
}

/** Whether the process exists, and is not a dead one that nobody has reaped. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false;
  }
  try {
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return !existsSync("/proc/self/stat");
  }
}
