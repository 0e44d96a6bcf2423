import { z } from "zod";
import { Instant } from "./common.ts";

/** One strip, the same words on every screen: where, whose turn (a role's title), by when, what if nothing happens. */
export const Standing = z.object({
  where: z.string(),
  whoseTurn: z.string().nullable(),
  by: Instant.nullable(),
  ifNothing: z.string(),
  sentence: z.string(),
});
