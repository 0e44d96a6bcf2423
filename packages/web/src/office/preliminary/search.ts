import { z } from "zod";

/** What the address of the hand-over lists says: which are listed. */
export const ManifestsSearch = z.object({
  state: z.enum(["open", "received", "outstanding"]).optional().catch(undefined),
  search: z.string().max(60).optional().catch(undefined),
});
export type ManifestsSearch = z.infer<typeof ManifestsSearch>;

/** Which bag of a list is meant: brought into view. */
export const ManifestSearch = z.object({ bag: z.string().max(60).optional().catch(undefined) });
