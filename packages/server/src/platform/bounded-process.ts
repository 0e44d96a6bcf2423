import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

interface ProcessLimits {
  /** Memory that the process may write to: heap, buffers, stacks. The kernel refuses more (RLIMIT_DATA). */
  megabytes: number;
  /** Processor time, over its whole life: it ends even when its parent was killed meanwhile. */
  cpuSeconds: number;
}

/**
 * Starts a TypeScript file as a process of its own under limits that the kernel enforces, with a message channel to it.
 * A thread would not do: its resource limits bound the heap, but not buffers. The process gets no environment, so that
 * it holds no secret.
 */
export function startBoundedProcess(script: URL, { megabytes, cpuSeconds }: ProcessLimits): ChildProcess {
  const node = [process.execPath, `--max-old-space-size=${Math.floor(megabytes * 0.7)}`, fileURLToPath(script)];
  const limited = `ulimit -c 0; ulimit -t ${cpuSeconds}; ulimit -d ${megabytes * 1024}; exec "$0" "$@"`;
  return spawn("/bin/sh", ["-c", limited, ...node], {
    stdio: ["ignore", "ignore", "ignore", "ipc"],
    serialization: "advanced",
    env: {},
  });
}
