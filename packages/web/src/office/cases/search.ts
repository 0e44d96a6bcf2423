import { certificateKinds } from "@shice/rules/plan/institution.ts";
import { z } from "zod";

/** What the address of a queue says: which heap, filtered how, from which row on. */
export const QueueSearch = z.object({
  queue: z.string().max(40).optional().catch(undefined),
  search: z.string().max(60).optional().catch(undefined),
  kind: z.enum(certificateKinds).optional().catch(undefined),
  registrationKind: z.enum(["first", "periodic"]).optional().catch(undefined),
  conclusion: z.string().max(40).optional().catch(undefined),
  flagged: z.enum(["yes", "no"]).optional().catch(undefined),
  school: z.string().max(60).optional().catch(undefined),
  authority: z.string().max(60).optional().catch(undefined),
  notice: z.string().max(60).optional().catch(undefined),
  report: z.string().max(60).optional().catch(undefined),
  received: z.enum(["yes", "no"]).optional().catch(undefined),
  batch: z.string().max(60).optional().catch(undefined),
  after: z.string().max(400).optional().catch(undefined),
});
export type QueueSearch = z.infer<typeof QueueSearch>;

type Filter = { [Part in keyof Omit<QueueSearch, "queue" | "after">]?: Exclude<QueueSearch[Part], undefined> };

/** What the list is filtered by, beside its queue and its place: without the parts that are empty. */
export function filterOf({ queue: _queue, after: _after, ...parts }: QueueSearch): Filter {
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined && value !== ""));
}
