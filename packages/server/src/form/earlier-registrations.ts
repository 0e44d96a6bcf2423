import type { Campaign } from "../case/campaign.ts";
import type { ActContext } from "../request/run-act.ts";

/** Earlier registrations of a person, for first or periodic. */
export async function listEarlier(
  { tx }: ActContext,
  personId: string,
): Promise<{ ordinal: number; conclusion: string }[]> {
  return await tx
    .selectFrom("shice.past_registration as g")
    .innerJoin("shice.person as p", "p.id_number_index", "g.id_number_index")
    .select(["g.ordinal", "g.conclusion"])
    .where("p.id", "=", personId)
    .execute();
}

/** Only conclusions that the plan lets raise the ordinal count as an earlier registration. */
export function raisingOf({ plan }: Campaign, earlier: readonly { ordinal: number; conclusion: string }[]) {
  const keys = plan.conclusions.filter((conclusion) => conclusion.raisesOrdinal).map(({ key }) => key);
  return earlier.filter((registration) => keys.includes(registration.conclusion));
}
