import { z } from "zod";

/**
 * What the address of the hand-over says: for the first time, or again after the district sent it back; one batch of the
 * school, or `none`: those in no batch.
 */
export const HandOverSearch = z.object({
  kind: z.enum(["first", "again"]).optional().catch(undefined),
  batch: z
    .union([z.uuid(), z.literal("none")])
    .optional()
    .catch(undefined),
});
export type HandOverSearch = z.infer<typeof HandOverSearch>;
