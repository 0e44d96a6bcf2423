import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";

const waiting = fileURLToPath(new URL("../testing/wait-for-end.ts", import.meta.url));
const started: ChildProcess[] = [];
const leftOver: number[] = [];

afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
  for (const pid of leftOver.splice(0)) if (isAlive(pid)) process.kill(pid, "SIGKILL");
});

interface Started {
  launcher: ChildProcess;
  /** The waiting program's number, and its parent's. */
  pid: number;
  parent: number;
  said(): string;
}

/** The waiting program as npm starts it: by a launcher that runs a script in a shell. */
async function launch(script: string, env: Record<string, string>): Promise<Started> {
  const launcher = spawn(
    process.execPath,
    ["-e", `require("node:child_process").spawn("sh", ["-c", ${JSON.stringify(script)}], { stdio: "inherit" })`],
    {
      env: { PATH: process.env["PATH"], NODE: process.execPath, WAITING: waiting, ...env },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  started.push(launcher);
  let said = "";
  launcher.stdout.setEncoding("utf8").on("data", (text) => {
    said += text;
  });
  await expect.poll(() => /^waiting (\d+) (\d+)$/m.test(said)).toBe(true);
  const [, pid, parent] = /^waiting (\d+) (\d+)$/m.exec(said) ?? [];
  leftOver.push(Number(pid));
  return { launcher, pid: Number(pid), parent: Number(parent), said: () => said };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const byNpm = { npm_lifecycle_event: "start" };
/** The shell stays between, or the program takes its place. */
const [behindShell, inItsPlace] = ['"$NODE" "$WAITING"; exit $?', 'exec "$NODE" "$WAITING"'];

const launchers = [
  { script: behindShell, victim: "npm", title: "npm, whose shell stays between" },
  { script: inItsPlace, victim: "npm", title: "npm, whose shell has given its place to the program" },
  { script: behindShell, victim: "shell", title: "the shell between npm and the program" },
] as const;
for (const signal of ["SIGTERM", "SIGHUP", "SIGKILL"] as const) {
  test(`${signal} to npm, or to the shell that npm has put between, ends the program in order`, async () => {
    const all = await Promise.all(
      launchers.map(async ({ script, ...row }) => ({ ...row, started: await launch(script, byNpm) })),
    );
    for (const { started, victim } of all) {
      process.kill(victim === "npm" ? Number(started.launcher.pid) : started.parent, signal);
    }
    for (const { started, title } of all) {
      await expect.poll(started.said, { message: title }).toContain("ended in order, status 0");
      await expect.poll(() => isAlive(started.pid), { message: title }).toBe(false);
    }
  });
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  test(`${signal} to the program ends it in order, even when its output has no reader any more`, async () => {
    const child = spawn(process.execPath, [waiting], { stdio: ["ignore", "pipe", "ignore"] });
    started.push(child);
    await once(child.stdout, "data");
    child.stdout.destroy();
    child.kill(signal);
    expect(await once(child, "exit")).toEqual([0, null]);
  });
}

test("a second signal asks for a hurried end; one that npm repeats at once does not", async () => {
  const plain = spawn(process.execPath, [waiting, "slow"], {
    // Without npm's variables, which the tests themselves may have.
    env: { PATH: process.env["PATH"] },
    stdio: ["ignore", "pipe", "inherit"],
  });
  started.push(plain);
  let said = "";
  plain.stdout.setEncoding("utf8").on("data", (text) => {
    said += text;
  });
  await expect.poll(() => said).toContain("waiting");
  plain.kill("SIGINT");
  await expect.poll(() => said).toContain("ending");
  plain.kill("SIGINT");
  expect(await once(plain, "exit")).toEqual([130, null]);

  const byNpmStarted = await launch(`${inItsPlace} slow`, byNpm);
  process.kill(byNpmStarted.pid, "SIGINT");
  process.kill(byNpmStarted.pid, "SIGINT");
  await expect.poll(byNpmStarted.said).toContain("ended in order, status 0");
});

test("a program that npm did not start goes on when its parent ends", async () => {
  const { launcher, parent, pid, said } = await launch(behindShell, {});
  launcher.kill("SIGKILL");
  process.kill(parent, "SIGKILL");
  await expect.poll(() => isAlive(parent)).toBe(false);
  // Longer than a launcher is looked for: the program answers three signs of life after the end of its parent.
  const lines = () => said().split("alive").length;
  const before = lines();
  await expect.poll(lines).toBeGreaterThan(before + 3);
  process.kill(pid, "SIGTERM");
  await expect.poll(said).toContain("ended in order, status 0");
});
