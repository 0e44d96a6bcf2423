import { availableParallelism } from "node:os";
import { defineConfig } from "@playwright/test";
import { findBrowser } from "./find-browser.ts";

const root = new URL("../../", import.meta.url).pathname;
const serveFilled = new URL("../../packages/program/src/testing/serve-filled.ts", import.meta.url).pathname;
// The workers read this file too: the first one to read it chooses for all.
process.env["SHICE_BROWSER_PORT"] ??= String(20_000 + (process.pid % 20_000));
const firstPort = Number(process.env["SHICE_BROWSER_PORT"]);
/** A demonstration has one clock: each worker drives a program of its own. */
const programs = Math.max(1, Math.min(2, availableParallelism()));
const urlOf = (index: number) => `http://127.0.0.1:${firstPort + index}`;
// Set by Playwright in each worker; the runner itself has none.
const worker = Number(process.env["TEST_PARALLEL_INDEX"] ?? 0);
const measured = /desk-pace\.spec\.ts/;

/** The office as its users meet it: a real program, a real database, real Chromium, the demonstration's people. */
export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: `${root}data/browser-results`,
  workers: programs,
  // Within a file one after the other: they go on from what came before.
  fullyParallel: false,
  forbidOnly: true,
  // Generous: the limits that are asserted are measured by the specs themselves.
  timeout: 400_000,
  expect: { timeout: 40_000 },
  reporter: [["list"], ["./tell-failure.ts"]],
  projects: [
    { name: "paths", testIgnore: measured },
    // What has a limit in milliseconds runs alone, when all else is done (for it alone: --no-deps).
    { name: "pace", testMatch: measured, dependencies: ["paths"] },
  ],
  use: {
    baseURL: urlOf(worker),
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    viewport: { width: 1440, height: 900 },
    actionTimeout: 40_000,
    screenshot: "only-on-failure",
    launchOptions: findBrowser(),
    // As people ask their system for it whom motion makes ill. With motion a slow machine presses where a dialogue that is
    // still growing has just been: nobody is so quick.
    contextOptions: { reducedMotion: "reduce" },
  },
  webServer: Array.from({ length: programs }, (_, index) => ({
    // The demonstration is filled in once, for all tests; each program has a copy.
    command: `"${process.execPath}" "${serveFilled}"`,
    cwd: root,
    url: `${urlOf(index)}/api/health`,
    timeout: 600_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 30_000 },
    env: {
      PORT: String(firstPort + index),
      SHICE_DATA: `${root}data/browser-${firstPort + index}`,
      SHICE_LOG_LEVEL: "warn",
    },
    stdout: "ignore" as const,
    stderr: "pipe" as const,
  })),
});
