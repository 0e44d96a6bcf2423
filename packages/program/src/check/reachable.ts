import { isConfig, isForTests, isTest, type Sources } from "./sources.ts";

/** What package.json and Playwright start for the tests, by name alone. */
const testPrograms = ["rehearsal/browser/install-browser.ts", "rehearsal/browser/pictures.ts"];

/** What people and machines start: the command, the page of the web application, and the scripts of package.json. */
export const programs = [
  "packages/program/bin/shice.js",
  "packages/program/src/check/check.ts",
  "packages/web/index.html",
] as const;

/** The files that the programs reach; what only tests reach is not among them. */
export function reachableFrom(sources: Sources, starts: readonly string[]): Set<string> {
  const reached = new Set<string>();
  const waiting = [...starts];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue;
    reached.add(path);
    for (const { target } of sources.get(path)?.imports ?? []) waiting.push(target);
  }
  return reached;
}

/** Product files that no program reaches, programs that reach what is for tests, and help for tests that no test uses. */
export function findUnreached(sources: Sources, starts: readonly string[]): string[] {
  const missing = starts.filter((start) => !sources.has(start)).map((start) => `${start}: a program that is not there`);
  const reached = reachableFrom(sources, starts);
  const used = reachableFrom(sources, [...[...sources.keys()].filter(isRun), ...testPrograms]);
  const failures = [...sources.keys()].flatMap((path) => {
    if (isRun(path)) return [];
    if (isForTests(path)) {
      if (reached.has(path)) return [`${path}: a program needs what is for tests`];
      return used.has(path) ? [] : [`${path}: no test uses it`];
    }
    return reached.has(path) ? [] : [`${path}: no program reaches it`];
  });
  return [...missing, ...failures].sort();
}

/** The product files that a test exercises: those it imports itself, and those that its help for tests imports. */
export function exercisedBy(sources: Sources, test: string): Set<string> {
  const exercised = new Set<string>();
  const seen = new Set<string>();
  const waiting = [test];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    for (const { target } of sources.get(path)?.imports ?? []) {
      if (isForTests(target)) waiting.push(target);
      else exercised.add(target);
    }
  }
  return exercised;
}

/** Whether a runner finds the file by its name. */
function isRun(path: string): boolean {
  return isTest(path) || isConfig(path);
}
