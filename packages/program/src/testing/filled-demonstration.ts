import { execFileSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { start } from "@shice/server/main.ts";
import { readConfig, StartError } from "@shice/server/platform/config.ts";
import { type DataFolder, takeDataFolder } from "@shice/server/platform/data-folder.ts";
import { type ConnectionParameters, urlOf } from "@shice/server/platform/database/connection.ts";
import { startEmbeddedPostgres } from "@shice/server/platform/embedded-postgres.ts";
import { openLog } from "@shice/server/platform/log.ts";
import { testSecret } from "@shice/server/testing/secret.ts";
import { fillDemonstration } from "../demonstration/fill.ts";
import { root, stampOf } from "../source-stamp.ts";
import { contentOf, contentOfPeople } from "./content-of.ts";

/** What the filled demonstration follows from; a change in any of these makes a kept one stale. */
const sources = [
  "packages/rules/src",
  "packages/contract/src",
  "packages/server/src",
  "packages/server/migrations",
  "packages/program/src/demonstration",
  "packages/program/src/testing",
  "rehearsal/src",
  "campaigns",
  "package-lock.json",
];
const teachers = 120;
const prefix = "demonstration-";
const waitMs = 600_000;

/** What was stored when the filling had ended: see content-of.ts. */
interface FilledContent {
  all: string[];
  people: string[];
}

/** A filled demonstration of one's own: a PostgreSQL server on a copy of the template, without care for power cuts. */
export interface FilledDemonstration {
  connection: ConnectionParameters;
  /** The settings of a program on it. */
  env: { DATABASE_URL: string; SHICE_SECRET: string; SHICE_DATA: string };
  content: FilledContent;
  /** Stops the server and removes the copy. */
  remove(): Promise<void>;
}

/** Copies the template to a folder that does not exist yet, and starts the server on the copy. */
export async function openFilledDemonstration(folder: string): Promise<FilledDemonstration> {
  const template = await findOrMakeTemplate();
  // With their owners: where we are root, the server's files belong to another user.
  execFileSync("cp", ["-a", template, folder]);
  const content: FilledContent = JSON.parse(readFileSync(join(folder, "content.json"), "utf8"));
  const server = await startEmbeddedPostgres({ folder, durable: false });
  return {
    connection: server.connection,
    env: envOf(folder, server.connection),
    content,
    remove: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The template in data/, made where there is none of the present sources; who comes second waits for the first. */
async function findOrMakeTemplate(): Promise<string> {
  const data = join(root, "data");
  const template = join(data, `${prefix}${stampOf(sources).slice(0, 16)}`);
  if (existsSync(template)) return template;
  const lock = await takeLock(join(data, `${prefix}lock`));
  try {
    if (existsSync(template)) return template;
    for (const name of readdirSync(data)) {
      if (/^demonstration-[0-9a-f]{16}/.test(name)) rmSync(join(data, name), { recursive: true, force: true });
    }
    const making = `${template}.new`;
    await fill(making);
    renameSync(making, template);
    return template;
  } finally {
    lock.release();
  }
}

async function takeLock(path: string): Promise<DataFolder> {
  const until = performance.now() + waitMs;
  for (;;) {
    try {
      return takeDataFolder(path);
    } catch (error) {
      if (!(error instanceof StartError) || performance.now() > until) throw error;
      await sleep(200);
    }
  }
}

/** Fills the demonstration as a first start does, over HTTP, and stops everything in order. */
async function fill(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o711);
  const server = await startEmbeddedPostgres({ folder, durable: false });
  try {
    const read = readConfig({
      ...envOf(folder, server.connection),
      PORT: "0",
      SHICE_DEMO_TEACHERS: String(teachers),
    });
    if ("problems" in read) throw new Error(read.problems.join());
    const program = await start(read.config, openLog("silent"), { fill: fillDemonstration });
    try {
      const content: FilledContent = {
        all: await contentOf(server.connection),
        people: await contentOfPeople(server.connection),
      };
      writeFileSync(join(folder, "content.json"), JSON.stringify(content));
    } finally {
      await program.stop();
    }
  } finally {
    await server.stop();
  }
}

function envOf(folder: string, connection: ConnectionParameters): FilledDemonstration["env"] {
  return { DATABASE_URL: urlOf(connection), SHICE_SECRET: testSecret, SHICE_DATA: folder };
}
