import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { migrate } from "../platform/database/migrate.ts";
import { startEmbeddedPostgres } from "../platform/embedded-postgres.ts";
import { openSecrets } from "../platform/secrets.ts";
import { testSecret } from "./secret.ts";

declare module "vitest" {
  export interface ProvidedContext {
    postgres: { host: string; port: number; user: string; password: string; database: string };
  }
}

const prefix = "shice-test-";

/** One throwaway PostgreSQL for the whole run; its database `shice` is migrated once and cloned by each test file. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  sweep();
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  const server = await startEmbeddedPostgres({ folder, durable: false });
  const secrets = openSecrets({ secret: testSecret, cipher: "aes-256-gcm" });
  await migrate(server.connection, { loginPassword: secrets.deriveKey("shice_login").toString("hex") });
  project.provide("postgres", server.connection);
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

/** Ends and removes what killed runs have left: the folder's name holds the runner's number. */
function sweep(): void {
  for (const name of readdirSync(tmpdir())) {
    const runner = name.startsWith(prefix) ? Number(name.slice(prefix.length).split("-")[0]) : 0;
    if (runner > 0 && !isAlive(runner)) {
      stopServer(join(tmpdir(), name));
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function stopServer(folder: string): void {
  try {
    const pid = Number(readFirstLine(join(folder, "postgres", "postmaster.pid")));
    if (pid > 0) process.kill(pid, "SIGQUIT");
  } catch {
    // no server was left
  }
}

function readFirstLine(path: string): string {
  return readFileSync(path, "utf8").split("\n")[0] ?? "";
}
