import { returnOutcomes, returnStages } from "@shice/contract/returns.ts";
import { z } from "zod";

/** What the address of the ranking says: what is counted, and which figure's cases are shown. */
export const ReturnsSearch = z.object({
  stage: z.enum(returnStages).optional().catch(undefined),
  authority: z.string().max(60).optional().catch(undefined),
  school: z.string().max(60).optional().catch(undefined),
  /** Which cases are listed beneath: behind a reason, a number of rounds, an outcome; `all`: behind every return. */
  list: z.enum(["all", "reason", "rounds", "outcome"]).optional().catch(undefined),
  reason: z.string().max(60).optional().catch(undefined),
  rounds: z.number().int().min(1).max(99).optional().catch(undefined),
  outcome: z.enum(returnOutcomes).optional().catch(undefined),
});
export type ReturnsSearch = z.infer<typeof ReturnsSearch>;
