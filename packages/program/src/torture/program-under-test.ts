import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

const command = fileURLToPath(new URL("../../bin/shice.js", import.meta.url));

/** `shice serve` as a separate process on a fixed port, which can be killed and restarted. */
export interface ProgramUnderTest {
  url: string;
  /** The invitation printed by the first start. */
  firstInvitation: string | undefined;
  /** The id of the present process. */
  pid(): number | undefined;
  kill(): Promise<void>;
  /** Its last output if it has ended; undefined while it runs. */
  lastWords(): string | undefined;
  /** Starts it unless it runs; retries for at most `seconds`. */
  ensure(seconds: number): Promise<void>;
  stop(): Promise<void>;
}

/** @throws Error with what the program said, when it does not come up */
export async function runProgram(env: Readonly<Record<string, string>>): Promise<ProgramUnderTest> {
  const port = await freePort();
  let child: ChildProcess | undefined;
  let firstInvitation: string | undefined;
  let said = "";

  async function startOnce(): Promise<boolean> {
    const started = spawn(process.execPath, [command, "serve"], {
      // Passes NODE_OPTIONS on, so that it can be profiled: --cpu-prof.
      env: {
        PATH: process.env["PATH"] ?? "",
        NODE_OPTIONS: process.env["NODE_OPTIONS"] ?? "",
        ...env,
        PORT: String(port),
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    child = started;
    said = "";
    const ready = new Promise<boolean>((resolve) => {
      const hear = (chunk: unknown) => {
        said = `${said}${String(chunk)}`.slice(-20_000);
        firstInvitation ??= /邀请码[^：]*：(\S+)/.exec(said)?.[1];
        if (said.includes("停止：按 Ctrl-C")) resolve(true);
      };
      started.stdout.setEncoding("utf8").on("data", hear);
      started.stderr.setEncoding("utf8").on("data", hear);
      started.on("close", () => resolve(false));
    });
    return await ready;
  }

  async function kill(): Promise<void> {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, "close");
    child.kill("SIGKILL");
    await ended;
  }

  async function ensure(seconds: number): Promise<void> {
    const until = performance.now() + seconds * 1000;
    while (child === undefined || child.exitCode !== null || child.signalCode !== null) {
      if (await startOnce()) return;
      if (performance.now() > until) throw new Error(`the program does not come up:\n${said}`);
    }
  }

  await ensure(60);
  return {
    url: `http://127.0.0.1:${port}`,
    get firstInvitation() {
      return firstInvitation;
    },
    pid: () => child?.pid,
    kill,
    lastWords: () => (child === undefined || child.exitCode !== null || child.signalCode !== null ? said : undefined),
    ensure,
    async stop() {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "close");
      child.kill("SIGTERM");
      await ended;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("the server has no TCP port");
  return address.port;
}
