import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { makeClient } from "@shice/contract/client.ts";
import { afterAll, afterEach, expect, test } from "vitest";

const command = fileURLToPath(new URL("../bin/shice.js", import.meta.url));
const folders: string[] = [];
const programs: ChildProcess[] = [];

afterEach(async () => {
  for (const program of programs.splice(0)) {
    if (program.exitCode === null && program.signalCode === null) {
      program.kill("SIGINT");
      program.kill("SIGINT");
      await once(program, "exit");
    }
  }
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

interface Program {
  process: ChildProcess;
  said(): string;
  log(): string;
  ended: Promise<number | null>;
  /** Waits until the program has printed the text; fails if it ends before. */
  until(text: string): Promise<void>;
}

function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "shice-serve-"));
  folders.push(folder);
  return folder;
}

/** An installation takes its time: the tests after the one that makes it start on the same folder. */
const demonstration = dataFolder();
const installation = dataFolder();

function shice(args: readonly string[], env: Record<string, string>): Program {
  const child = spawn(process.execPath, [command, ...args], {
    // Without the demonstration unless the test is about it: starting and stopping do not depend on it.
    env: { PATH: process.env["PATH"], PORT: "0", SHICE_TRAINING: "off", SHICE_DEMO_TEACHERS: "40", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  programs.push(child);
  let said = "";
  let log = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    said += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    log += text;
  });
  return {
    process: child,
    said: () => said,
    log: () => log,
    ended: once(child, "close").then(([status]) => status),
    until: async (text) => {
      await expect.poll(() => said.includes(text) || child.exitCode !== null, { timeout: 300_000 }).toBe(true);
      expect(said).toContain(text);
    },
  };
}

function portIn(said: string): number {
  return Number(/http:\/\/localhost:(\d+)/.exec(said)?.[1]);
}

/** A request with an unfinished body, so that the program keeps it open. */
async function halfRequest(port: number): Promise<{ socket: Socket; answer: () => string }> {
  const socket = connect(port, "127.0.0.1");
  let answer = "";
  socket.setEncoding("utf8").on("data", (text) => {
    answer += text;
  });
  socket.on("error", () => undefined);
  await once(socket, "connect");
  socket.write(
    "POST /api/nothing HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{",
  );
  // This request is answered only after the first bytes of the other were read, because the program has one thread.
  await fetch(`http://127.0.0.1:${port}/api/health`);
  return { socket, answer: () => answer };
}

test("serve starts on an empty folder, where a filling that was broken off begins anew; it answers, ends the running request on SIGTERM, and starts again", async () => {
  const folder = demonstration;
  const broken = shice(["serve"], { SHICE_DATA: folder, SHICE_TRAINING: "auto" });
  await broken.until("正在准备演示数据：50%");
  broken.process.kill("SIGTERM");
  expect(await broken.ended).toBe(1);
  expect(broken.said()).toContain("没有启动：已按要求停止");
  expect(broken.said()).not.toContain("正在准备演示数据：100%");
  const first = shice(["serve"], { SHICE_DATA: folder, SHICE_TRAINING: "auto" });
  await first.until("停止：按 Ctrl-C");
  expect(first.said()).toContain("正在准备演示数据：0%");
  expect(first.said()).toContain("正在准备演示数据：100%");
  const port = portIn(first.said());
  const state = await makeClient(`http://127.0.0.1:${port}`).training.getState();
  expect(state).toMatchObject({ preparing: null, now: "2017-10-09T01:00:00Z" });
  expect(state.standing.reduce((sum, { people }) => sum + people, 0)).toBeGreaterThanOrEqual(40);
  const health = await (await fetch(`http://127.0.0.1:${port}/api/health`)).json();
  expect(health).toMatchObject({ ok: true, database: "reached" });

  const { socket, answer } = await halfRequest(port);
  first.process.kill("SIGTERM");
  await first.until("正在停止");
  expect(first.process.exitCode).toBeNull();
  socket.write("}");
  await once(socket, "close");
  expect(answer()).toMatch(/^HTTP\/1\.1 404 /);
  expect(await first.ended).toBe(0);
  expect(first.said()).toContain("已停止。");

  const postmaster = Number(readPid(folder));
  expect(postmaster).toBeNaN();
  const second = shice(["serve"], { SHICE_DATA: folder, SHICE_TRAINING: "auto" });
  await second.until("停止：按 Ctrl-C");
  expect(second.said()).not.toContain("演示数据");
  second.process.kill("SIGINT");
  expect(await second.ended).toBe(0);
}, 400_000);

test("migrate brings a database up and then has nothing to do", async () => {
  const folder = installation;
  const first = shice(["migrate"], { SHICE_DATA: folder });
  expect(await first.ended).toBe(0);
  expect(first.said()).toContain("0001_organisations");
  const second = shice(["migrate"], { SHICE_DATA: folder });
  expect(await second.ended).toBe(0);
  expect(second.said()).toContain("已是最新");
});

test("a second Ctrl-C cuts off the request that the stop waits for, and still stops the database", async () => {
  const folder = installation;
  const program = shice(["serve"], { SHICE_DATA: folder });
  await program.until("停止：按 Ctrl-C");
  const { socket, answer } = await halfRequest(portIn(program.said()));
  program.process.kill("SIGINT");
  await program.until("正在停止");
  program.process.kill("SIGINT");
  expect(await program.ended).toBe(130);
  expect(answer()).toBe("");
  socket.destroy();
  expect(Number(readPid(folder))).toBeNaN();
});

test("a killed program's database is found and taken over by the next start", async () => {
  const folder = installation;
  const killed = shice(["serve"], { SHICE_DATA: folder });
  await killed.until("停止：按 Ctrl-C");
  killed.process.kill("SIGKILL");
  await once(killed.process, "exit");
  const next = shice(["serve"], { SHICE_DATA: folder });
  await next.until("停止：按 Ctrl-C");
  const health = await (await fetch(`http://127.0.0.1:${portIn(next.said())}/api/health`)).json();
  expect(health).toMatchObject({ ok: true });
});

test("a failed start prints its reason as a sentence, with exit status 1", async () => {
  const wrong = shice(["serve"], { PORT: "99999", SHICE_TRAINING: "maybe", SHICE_DATA: dataFolder() });
  expect(await wrong.ended).toBe(1);
  expect(wrong.said()).toMatch(/配置有误.*PORT.*SHICE_TRAINING/s);

  const folder = installation;
  const first = shice(["serve"], { SHICE_DATA: folder });
  await first.until("停止：按 Ctrl-C");
  const sameFolder = shice(["serve"], { SHICE_DATA: folder });
  expect(await sameFolder.ended).toBe(1);
  expect(sameFolder.said()).toContain("正由另一个师册程序使用");
  const samePort = shice(["serve"], { SHICE_DATA: demonstration, PORT: String(portIn(first.said())) });
  expect(await samePort.ended).toBe(1);
  expect(samePort.said()).toContain("已被其他程序占用");
});

test("the help is Chinese, and a wrong command is answered with what to do", async () => {
  const help = shice(["--help"], {});
  expect(await help.ended).toBe(0);
  expect(help.said()).toMatch(/用法：.*serve.*启动服务.*plan.*audit/s);
  expect(help.said()).not.toMatch(/Usage|Options|display/);
  const wrong = shice(["plna"], {});
  expect(await wrong.ended).toBe(1);
  expect(wrong.log()).toContain("没有命令“plna”。");
});

function readPid(folder: string): string {
  try {
    return readFileSync(join(folder, "postgres", "postmaster.pid"), "utf8").split("\n")[0] ?? "";
  } catch {
    return "none";
  }
}
