import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

const known = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const quiet = [
  ...["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
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
