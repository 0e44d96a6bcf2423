import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { promisify } from "node:util";
import { findCasts } from "./casts.ts";
import { findCircles } from "./circles.ts";
import { listDatabaseFiles, root, withMigratedDatabase } from "./generated.ts";
import { findLiteralSpreads } from "./literal-spreads.ts";
import { listPages } from "./pages.ts";
import { findUnreached, programs, reachableFrom } from "./reachable.ts";
import { findDeadCodes } from "./refusal-codes.ts";
import { readSources, type Sources } from "./sources.ts";
import { checkStatements } from "./sql-check.ts";
import { findUnusedExports } from "./unused-exports.ts";

const run = promisify(execFile);

/** One thing that must be right before a change is shown to anyone. */
interface Check {
  title: string;
  failures: () => Promise<string[]>;
}

const write = process.argv.includes("--write");

const checks: Check[] = [
  {
    title: "types of the rules (no I/O, no machine)",
    failures: () => command("tsc", "-p", "packages/rules/tsconfig.json"),
  },
  { title: "types of everything that Node runs", failures: () => command("tsc", "-p", "tsconfig.json") },
  { title: "types of the web application", failures: () => command("tsc", "-p", "packages/web/tsconfig.json") },
  { title: "lint, import arrows, formatting", failures: () => command("biome", "check", "--error-on-warnings", ".") },
  { title: "no literal spread into a literal", failures: async () => findLiteralSpreads(parsedSources()) },
  { title: "no cast, any or Reflect.get outside platform/", failures: async () => findCasts(parsedSources()) },
  { title: "no circle of imports, types included", failures: async () => findCircles(parsedSources()) },
  { title: "every file is reached by a program", failures: async () => findUnreached(parsedSources(), programs) },
  { title: "every exported name is taken elsewhere", failures: async () => findUnusedExports(parsedSources()) },
  {
    title: "every refusal code is produced",
    failures: async () => findDeadCodes(parsedSources(), reachableFrom(parsedSources(), programs)),
  },
  {
    title: "each SQL statement suits the schema and its row type",
    failures: async () => (await ofDatabase()).statements,
  },
  { title: "generated files", failures: checkGenerated },
];

/** Both checks that ask a database do so in one, one after the other. */
const ofDatabase = once(() =>
  withMigratedDatabase(async (connection) => ({
    files: await listDatabaseFiles(connection),
    statements: write ? [] : await checkStatements(root, connection),
  })),
);
let parsed: Sources | undefined;
// All begin at once, most of them in a process of their own; what they find is printed in the order of the list.
const running = (write ? checks.slice(-1) : checks).map(({ title, failures }) => ({
  title,
  failures: start(failures),
}));
const failed: string[] = [];
for (const { title, failures } of running) {
  const found = await failures;
  process.stdout.write(`${found.length === 0 ? "✓" : "✗"} ${title}\n${found.map((line) => `${line}\n`).join("")}`);
  if (found.length > 0) failed.push(title);
}
process.exitCode = failed.length > 0 ? 1 : 0;

/** Every file read and parsed once, for all checks that look at the code itself. */
function parsedSources(): Sources {
  parsed ??= readSources(root);
  return parsed;
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** A check that throws has failed: its error is printed in its place, and the others go on. */
async function start(failures: Check["failures"]): Promise<string[]> {
  try {
    return await failures();
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)];
  }
}

async function command(name: string, ...args: string[]): Promise<string[]> {
  try {
    await run(`${root}node_modules/.bin/${name}`, args, { cwd: root, maxBuffer: 64 * 1024 * 1024 });
    return [];
  } catch (error) {
    const output = outputOf(error);
    return output.trim().split("\n");
  }
}

/** What a failed command has printed; the error itself where it has not run. */
function outputOf(error: unknown): string {
  if (typeof error !== "object" || error === null || !("stdout" in error) || !("stderr" in error)) return String(error);
  return `${error.stdout}${error.stderr}`;
}

async function checkGenerated(): Promise<string[]> {
  const files = [...(await ofDatabase()).files, ...listPages(parsedSources())];
  const stale = files.filter(({ path, text }) => readIfThere(`${root}${path}`) !== text);
  if (write) for (const { path, text } of stale) writeFileSync(`${root}${path}`, text);
  return write ? [] : stale.map(({ path }) => `${path} is not what its sources make: run npm run generate`);
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
