import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@shice/server/platform/embedded-postgres.ts";
import { postmasterOf } from "@shice/server/platform/postmaster.ts";

/** PostgreSQL on a folder. It can be killed, and its disk can be filled if it is on a small separate file system. */
export interface DatabaseUnderTest {
  connection: EmbeddedPostgres["connection"];
  /** Whether the disk can be filled here, which needs the right to mount. */
  disk: "small" | "shared";
  kill(): Promise<void>;
  /** Starts it unless it runs; retries while a killed server is still ending. */
  ensure(): Promise<void>;
  fillDisk(): void;
  freeDisk(): void;
  stop(): Promise<void>;
}

/** Large enough for a cluster and a rehearsal, small enough to be filled at once. */
const diskMb = 700;

export async function runDatabase(folder: string): Promise<DatabaseUnderTest> {
  const disk = mountSmall(folder) ? "small" : "shared";
  const filler = join(folder, "filler");
  const unmount = () => {
    if (disk === "small") execFileSync("umount", [folder]);
  };
  let server = await startEmbeddedPostgres({ folder, durable: true }).catch((error: unknown) => {
    unmount();
    throw error;
  });
  const data = join(folder, "postgres");

  async function ensure(): Promise<void> {
    for (let attempt = 1; postmasterOf(data).state !== "serving"; attempt++) {
      try {
        server = await startEmbeddedPostgres({ folder, durable: true });
      } catch (error) {
        // The children of a killed server end by themselves after a moment. Until then no server can start on their
        // shared memory.
        if (attempt === 50) throw error;
        await sleep(200);
      }
    }
  }

  return {
    connection: server.connection,
    disk,
    async kill() {
      const postmaster = postmasterOf(data);
      if (postmaster.state === "serving") process.kill(postmaster.pid, "SIGKILL");
      while (postmasterOf(data).state === "serving") await sleep(20);
    },
    ensure,
    fillDisk() {
      const { bavail, bsize } = statfsSync(folder);
      const block = Buffer.alloc(1024 * 1024);
      try {
        for (let left = bavail * bsize; left >= 0; left -= block.length) writeFileSync(filler, block, { flag: "a" });
        for (;;) writeFileSync(filler, block.subarray(0, 4096), { flag: "a" });
      } catch (error) {
        if (!(error instanceof Error) || !("code" in error) || error.code !== "ENOSPC") throw error;
      }
    },
    freeDisk: () => rmSync(filler, { force: true }),
    async stop() {
      rmSync(filler, { force: true });
      await ensure();
      await server.stop();
      unmount();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function mountSmall(folder: string): boolean {
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${diskMb}m`, "tmpfs", folder], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
