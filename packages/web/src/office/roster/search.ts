import { standings } from "@shice/rules/roster/standing.ts";
import { z } from "zod";

const YesNo = z.enum(["yes", "no"]).optional().catch(undefined);

/** What the address of the roster says: whom the list shows. */
export const RosterSearch = z.object({
  due: YesNo,
  applied: YesNo,
  confirmed: YesNo,
  seen: YesNo,
  owing: YesNo,
  parked: YesNo,
  standing: z.enum(standings).optional().catch(undefined),
  batch: z
    .union([z.uuid(), z.literal("none")])
    .optional()
    .catch(undefined),
  search: z.string().max(60).optional().catch(undefined),
});
export type RosterSearch = z.infer<typeof RosterSearch>;

/** The filter as a call takes it: nothing that is not asked. */
export function filterOf(search: RosterSearch): { [Key in keyof RosterSearch]?: NonNullable<RosterSearch[Key]> } {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined && value !== ""));
}
