import { serve } from "@shice/server/main.ts";
import type { Launcher } from "@shice/server/platform/launcher.ts";
import { fillDemonstration } from "./demonstration/fill.ts";
import { buildWeb } from "./web-build.ts";

/** `shice serve`. Exits the process explicitly, so that no open handle delays a stop. */
export async function runServe(launcher: Launcher | undefined): Promise<void> {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const status = await serve(process.env, {
    buildWeb: (signal) => buildWeb(say, signal),
    fill: fillDemonstration,
    launcher,
    say,
  });
  process.exit(status);
}
