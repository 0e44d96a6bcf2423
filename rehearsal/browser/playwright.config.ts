import { defineConfig } from "@playwright/test";
import { findBrowser } from "./find-browser.ts";

const root = new URL("../../", import.meta.url).pathname;
// The workers read this file too: the first one to read it chooses for all.
process.env["SHICE_BROWSER_PORT"] ??= String(20_000 + (process.pid % 20_000));
const port = process.env["SHICE_BROWSER_PORT"];

/** The office as its users meet it: a real program, a real database, real Chromium, the demonstration's people. */
export default defineConfig({
  testDir: ".",
  testMatch: "*.spec.ts",
  outputDir: `${root}data/browser-results`,
  // One demonstration and one clock: one after the other.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 240_000,
  expect: { timeout: 15_000 },
  reporter: [["list"]],
  globalSetup: "./prepare.ts",
  use: {
    baseURL: `http://127.0.0.1:${port}`,
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    viewport: { width: 1440, height: 900 },
    actionTimeout: 15_000,
    screenshot: "only-on-failure",
    launchOptions: findBrowser(),
  },
  webServer: {
    command: "npx shice serve",
    cwd: root,
    url: `http://127.0.0.1:${port}/api/health`,
    timeout: 120_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 30_000 },
    env: {
      PORT: port,
      SHICE_DATA: `${root}data/browser-${port}`,
      SHICE_DEMO_TEACHERS: "120",
      SHICE_LOG_LEVEL: "warn",
    },
    stdout: "ignore",
    stderr: "pipe",
  },
});
