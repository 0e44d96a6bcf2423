import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { TestProject } from "vitest/node";
import { migrationStepsOf } from "../audit/migration-steps.ts";
import { machineClock } from "../platform/clock.ts";
import { migrate } from "../platform/database/migrate.ts";
import { startEmbeddedPostgres } from "../platform/embedded-postgres.ts";
import { postmasterOf } from "../platform/postmaster.ts";
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
  await sweep(tmpdir());
  const folder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    const server = await startEmbeddedPostgres({ folder, durable: false });
    try {
      const secrets = openSecrets({ secret: testSecret, cipher: "aes-256-gcm" });
      const loginPassword = secrets.deriveKey("shice_login").toString("hex");
      await migrate(server.connection, { loginPassword, steps: migrationStepsOf(secrets, machineClock) });
    } catch (error) {
      await server.stop();
      throw error;
    }
    project.provide("postgres", server.connection);
    return async () => {
      await server.stop();
      remove();
    };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Ends and removes what killed runs have left: the folder's name holds the runner's number. */
export async function sweep(parent: string): Promise<void> {
  for (const name of readdirSync(parent)) {
    const runner = name.startsWith(prefix) ? Number(name.slice(prefix.length).split("-")[0]) : 0;
    if (runner > 0 && !isAlive(runner)) {
      await endServer(join(parent, name, "postgres"));
      rmSync(join(parent, name), { recursive: true, force: true });
    }
  }
}

/** Ends the server of a data folder at once, and waits: a folder is not removed whole while one still writes in it. */
export async function endServer(data: string): Promise<void> {
  const postmaster = postmasterOf(data);
  if (postmaster.state !== "serving") return;
  process.kill(postmaster.pid, "SIGQUIT");
  for (let waits = 0; waits < 200 && postmasterOf(data).state === "serving"; waits++) await sleep(50);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
