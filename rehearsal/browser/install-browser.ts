import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { hasBrowser } from "./find-browser.ts";

/**
 * Sees to it that there is a Chromium and a Chinese font for the browser tests: Debian's packages where we are root,
 * else the one that Playwright brings.
 */
function run(command: string, ...args: string[]): boolean {
  return (
    spawnSync(command, args, { stdio: "inherit", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } })
      .status === 0
  );
}

if (!hasBrowser()) {
  const debian = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  const installed =
    (debian &&
      run("apt-get", "update", "-qq") &&
      run("apt-get", "install", "-y", "-qq", "chromium", "fonts-noto-cjk")) ||
    run("npx", "playwright", "install", "chromium");
  if (!installed || !hasBrowser()) {
    process.stderr.write("没有可用的 Chromium。请安装后用 SHICE_CHROMIUM 指明其路径。\n");
    process.exitCode = 1;
  }
}
