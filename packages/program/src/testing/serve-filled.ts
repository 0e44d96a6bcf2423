import { rmSync } from "node:fs";
import { serve } from "@shice/server/main.ts";
import { fillDemonstration } from "../demonstration/fill.ts";
import { buildWeb } from "../web-build.ts";
import { openFilledDemonstration } from "./filled-demonstration.ts";

/**
 * `shice serve` on a filled demonstration of its own, for the browser tests: a copy of the template in the folder that
 * SHICE_DATA names, which is removed at the end.
 */
const folder = process.env["SHICE_DATA"];
if (folder === undefined) throw new Error("SHICE_DATA names the folder of the copy");
rmSync(folder, { recursive: true, force: true });
const say = (line: string) => process.stdout.write(`${line}\n`);
const demonstration = await openFilledDemonstration(folder);
try {
  const env = { ...process.env, ...demonstration.env };
  process.exitCode = await serve(env, { buildWeb: (signal) => buildWeb(say, signal), fill: fillDemonstration, say });
} finally {
  await demonstration.remove();
}
process.exit();
