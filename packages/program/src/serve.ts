import { serve } from "@shice/server/main.ts";
import { buildWeb } from "./web-build.ts";

/** `shice serve`. Ends the process itself: nothing that is left open may hold up a stop. */
export async function runServe(): Promise<void> {
  const webFolder = await buildWeb((line) => process.stdout.write(`${line}\n`));
  process.exit(await serve(process.env, { webFolder }));
}
