import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { startEmbeddedPostgres } from "../platform/embedded-postgres.ts";
import { postmasterOf } from "../platform/postmaster.ts";
import { sweep } from "./global-setup.ts";

test("what a killed run has left is ended and removed; a living run's and others' are not", async () => {
  const parent = mkdtempSync(join(tmpdir(), "shice-sweep-"));
  chmodSync(parent, 0o711);
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  const { pid: dead } = spawnSync("true");
  const left = join(parent, `shice-test-${dead}-a`);
  await startEmbeddedPostgres({ folder: left, durable: false });
  const postmaster = postmasterOf(join(left, "postgres"));
  if (postmaster.state !== "serving") throw new Error("no server");
  const living = `shice-test-${process.pid}-b`;
  for (const name of [living, "shice-else-1-c"]) mkdirSync(join(parent, name));
  await sweep(parent);
  expect(readdirSync(parent).sort()).toEqual(["shice-else-1-c", living]);
  await expect.poll(() => existsSync(`/proc/${postmaster.pid}/cwd`)).toBe(false);
});
