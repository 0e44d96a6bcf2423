import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

/** The headless shell comes first: it has no windows to draw, and the tests take about five sixths of the time. */
const known = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];
/**
 * The first keeps each new window from preparing pages of Chromium's own (about a tenth of the tests' time). The last list
 * given counts, so what Playwright switches off stands here again, as far as it concerns a system other than Windows.
 */
const withoutFeatures = [
  "PreloadTopChromeWebUI",
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsUpgrades",
  "HttpsFirstBalancedModeAutoEnable",
  "LensOverlay",
  "MediaRouter",
  "PaintHolding",
  "ThirdPartyStoragePartitioning",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "OptimizationHints",
  "NetworkTimeServiceQuerying",
  "AimEnabled",
  "PreconnectToSearch",
];

const quiet = [
  "--no-sandbox",
  "--disable-dev-shm-usage",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  `--disable-features=${withoutFeatures.join(",")}`,
];

/** The Chromium to drive: the one named by SHICE_CHROMIUM, the system's, or the one that Playwright has installed. */
export function findBrowser(): { executablePath?: string; args: string[] } {
  const named = process.env["SHICE_CHROMIUM"];
  const path = [...(named === undefined ? [] : [named]), ...known].find((candidate) => existsSync(candidate));
  return path === undefined ? { args: quiet } : { executablePath: path, args: quiet };
}

/** Whether there is one at all. */
export function hasBrowser(): boolean {
  return findBrowser().executablePath !== undefined || existsSync(chromium.executablePath());
}
