import { type State, states, stateTitles } from "@shice/rules/lifecycle/state.ts";
import type pg from "pg";

/** How many people of the campaign are in each state, in the order of the campaign; those of the roster who have not applied first. */
export async function countStanding(owner: pg.Pool, campaignId: string) {
  const [applied, missing] = await Promise.all([
    owner.query<{ state: string; people: number }>(
      "select state, count(*)::int as people from shice.application where campaign_id = $1 group by state",
      [campaignId],
    ),
    owner.query<{ people: number }>(
      `select count(*)::int as people from shice.roster_entry r where r.campaign_id = $1
       and not exists (select from shice.application a join shice.person p on p.id = a.person_id
         where a.campaign_id = r.campaign_id and p.id_number_index = r.id_number_index and a.state <> $2)`,
      [campaignId, "withdrawn" satisfies State],
    ),
  ]);
  const known = new Map(applied.rows.map(({ state, people }) => [state, people]));
  return [
    { state: "not-applied", title: "未申请", people: missing.rows[0]?.people ?? 0 },
    ...states.map((state) => ({ state, title: stateTitles[state], people: known.get(state) ?? 0 })),
  ].filter(({ people }) => people > 0);
}
