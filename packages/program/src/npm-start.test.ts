import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { postmasterOf } from "@shice/server/platform/postmaster.ts";
import { endServer } from "@shice/server/testing/global-setup.ts";
import { afterAll, afterEach, expect, test } from "vitest";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "shice-npm-start-"));
const launchers: ChildProcess[] = [];

afterEach(async () => {
  // Ends processes that a failed test left running.
  for (const launcher of launchers.splice(0)) launcher.kill("SIGKILL");
  const program = programOf();
  if (program !== undefined && isAlive(program)) process.kill(program, "SIGKILL");
  await endServer(join(folder, "postgres"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The process id of the program that holds the data folder. */
function programOf(): number | undefined {
  const lock = join(folder, "shice.pid");
  return existsSync(lock) ? Number(readFileSync(lock, "utf8").split(" ")[0]) : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

function parentOf(pid: number): number {
  return Number(/\) \S (\d+) /.exec(readFileSync(`/proc/${pid}/stat`, "utf8"))?.[1]);
}

interface Started {
  npm: number;
  program: number;
  postmaster: number;
}

/** Starts the program on the folder and waits until it reports that it is ready. */
async function launch(command: string, args: readonly string[], env: Record<string, string>, until: string) {
  const launcher = spawn(command, args, {
    cwd: root,
    env: { PATH: process.env["PATH"], HOME: process.env["HOME"], PORT: "0", SHICE_DATA: folder, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  launchers.push(launcher);
  let said = "";
  for (const stream of [launcher.stdout, launcher.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      said += text;
    });
  }
  await expect.poll(() => said.includes(until) || launcher.exitCode !== null, { timeout: 170_000 }).toBe(true);
  expect(said).toContain(until);
  const [npm, program, server] = [launcher.pid, programOf(), postmasterOf(join(folder, "postgres"))];
  if (npm === undefined || program === undefined || server.state !== "serving") throw new Error(`not running: ${said}`);
  return { npm, program, postmaster: server.pid };
}

/** Checks that program and database have ended and the next start needs no recovery. */
async function expectStopped({ program, postmaster }: Started): Promise<void> {
  await expect.poll(() => [program, postmaster].filter(isAlive), { timeout: 30_000 }).toEqual([]);
  expect(programOf()).toBeUndefined();
  expect(existsSync(join(folder, "postgres", "postmaster.pid"))).toBe(false);
  expect(readFileSync(join(folder, "postgres.log"), "utf8").trimEnd()).toMatch(/database system is shut down$/);
}

test("SIGTERM to npm ends the program and its PostgreSQL, even while the demonstration is being filled in", async () => {
  const env = { SHICE_DEMO_TEACHERS: "40" };
  const started = await launch("npm", ["start"], env, "正在准备演示数据：0%");
  process.kill(started.npm, "SIGTERM");
  await expectStopped(started);
});

test("SIGHUP to npm ends the program and its PostgreSQL, although npm does not forward it", async () => {
  const started = await launch("npm", ["start"], { SHICE_TRAINING: "off" }, "停止：按 Ctrl-C");
  process.kill(started.npm, "SIGHUP");
  await expectStopped(started);
});

test("the end of the shell that npx starts in between ends the program and its PostgreSQL", async () => {
  const started = await launch("npx", ["shice", "serve"], { SHICE_TRAINING: "off" }, "停止：按 Ctrl-C");
  const shell = parentOf(started.program);
  expect(shell).not.toBe(started.npm);
  process.kill(shell, "SIGKILL");
  await expectStopped(started);
});
