import { z } from "zod";
import { Instant } from "./common.ts";

/**
 * The standing of a case, equal on all screens: the state, whose turn it is (a role's title), the deadline, and what
 * happens without an act.
 */
export const Standing = z.object({
  where: z.string(),
  whoseTurn: z.string().nullable(),
  by: Instant.nullable(),
  ifNothing: z.string(),
  sentence: z.string(),
});
