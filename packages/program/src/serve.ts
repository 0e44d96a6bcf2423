import { serve } from "@shice/server/main.ts";
import { fillDemonstration } from "./demonstration/fill.ts";
import { buildWeb } from "./web-build.ts";

/** `shice serve`. Ends the process itself: nothing that is left open may hold up a stop. */
export async function runServe(): Promise<void> {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  const webFolder = await buildWeb(say);
  process.exit(await serve(process.env, { webFolder, fill: fillDemonstration, say }));
}
