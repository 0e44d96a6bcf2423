import { institutionKinds, ownerships } from "@shice/rules/plan/institution.ts";
import { z } from "zod";

/** What the address of the directory says: which schools are listed. `all`: of every authority. */
export const DirectorySearch = z.object({
  query: z.string().max(60).optional().catch(undefined),
  authority: z.string().max(60).optional().catch(undefined),
  kind: z.enum(institutionKinds).optional().catch(undefined),
  ownership: z.enum(ownerships).optional().catch(undefined),
  ended: z.enum(["no", "yes", "only"]).optional().catch(undefined),
});
export type DirectorySearch = z.infer<typeof DirectorySearch>;
