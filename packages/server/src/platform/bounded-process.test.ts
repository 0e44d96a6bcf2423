import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { startBoundedProcess } from "./bounded-process.ts";

const folder = mkdtempSync(join(tmpdir(), "shice-bounded-"));
afterAll(() => rmSync(folder, { recursive: true }));

function scriptOf(name: string, text: string): URL {
  const path = join(folder, name);
  writeFileSync(path, text);
  return pathToFileURL(path);
}

/** Takes memory in buffers, which no bound on the heap covers, until it has this much; then it says so. */
const taking = (megabytes: number) => `
  const held = [];
  for (let at = 0; at < ${megabytes}; at += 8) held.push(Buffer.alloc(8 * 1024 * 1024, 1));
  process.send({ held: held.length });
  process.disconnect();`;

test("a process that takes more memory than its bound is ended; one that takes less goes on", async () => {
  const within = startBoundedProcess(scriptOf("within.mjs", taking(64)), { megabytes: 1024, cpuSeconds: 60 });
  const [message] = await once(within, "message");
  expect(message).toEqual({ held: 8 });

  const beyond = startBoundedProcess(scriptOf("beyond.mjs", taking(4096)), { megabytes: 1024, cpuSeconds: 60 });
  let answered = false;
  beyond.on("message", () => {
    answered = true;
  });
  const [code, signal] = await once(beyond, "exit");
  expect(answered).toBe(false);
  expect([code, signal]).not.toEqual([0, null]);
});

test("a process that takes more processor time than its bound is ended", async () => {
  const busy = startBoundedProcess(scriptOf("busy.mjs", "for (;;) Math.random();"), { megabytes: 1024, cpuSeconds: 1 });
  const [code, signal] = await once(busy, "exit");
  expect([code, signal]).not.toEqual([0, null]);
});
