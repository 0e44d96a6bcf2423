import { execFile } from "node:child_process";
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { promisify } from "node:util";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { listFiles, root, stampOf } from "./source-stamp.ts";

const run = promisify(execFile);
const web = `${root}packages/web`;
const stampName = ".sources";

/** Sources of the web application; a change in any of them makes the build stale. */
const sources = [
  "packages/web/src",
  "packages/web/public",
  "packages/web/index.html",
  "packages/web/vite.config.ts",
  "packages/contract/src",
  "packages/rules/src",
  "package-lock.json",
];

/**
 * Returns the folder of the built web application, and builds it first if it is missing or stale. The build is made in
 * another folder and renamed, so that two programs that start together do not interfere.
 */
export async function buildWeb(say: (line: string) => void, signal?: AbortSignal): Promise<string> {
  const folder = `${web}/dist`;
  const stamp = stampOf(sources);
  if (findStamp(folder) === stamp) return folder;
  say("正在生成网页……");
  const making = `${web}/dist-${process.pid}`;
  try {
    await run(
      process.execPath,
      [`${root}node_modules/vite/bin/vite.js`, "build", "--outDir", making, "--logLevel", "error"],
      { cwd: web, ...(signal === undefined ? {} : { signal }) },
    );
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    signal?.throwIfAborted();
    throw error;
  }
  compressFiles(making);
  writeFileSync(`${making}/${stampName}`, stamp);
  rmSync(folder, { recursive: true, force: true });
  try {
    renameSync(making, folder);
  } catch (error) {
    // Another program has meanwhile installed a build of the same sources.
    rmSync(making, { recursive: true, force: true });
    if (findStamp(folder) !== stamp) throw error;
  }
  return folder;
}

/** Writes a compressed copy beside each file that benefits: a phone on a slow connection fetches a third. */
function compressFiles(folder: string): void {
  for (const path of listFiles(folder)) {
    if (!/\.(js|css|html|svg)$/.test(path) || statSync(path).size < 1024) continue;
    const bytes = readFileSync(path);
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
    writeFileSync(`${path}.br`, brotliCompressSync(bytes));
  }
}

function findStamp(folder: string): string | undefined {
  try {
    return readFileSync(`${folder}/${stampName}`, "utf8");
  } catch {
    return undefined;
  }
}
