import { serve } from "@shice/server/main.ts";

/** `shice serve`. Ends the process itself: nothing that is left open may hold up a stop. */
export async function runServe(): Promise<void> {
  process.exit(await serve(process.env));
}
