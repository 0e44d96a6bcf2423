import { stateTitles } from "@shice/rules/lifecycle/state.ts";
import { look } from "../application/act.ts";
import { api } from "../application/api.ts";
import { audit } from "../application/audit.ts";
import { cutPage, parseCursor } from "../application/cursor.ts";
import { stateOf } from "../application/facts.ts";
import { comparePlaces, countReturns, countRounds, countSubmitted, listReturned, rankReasons } from "./queries.ts";

/** Why applications were returned, how often and with what end; the cases behind each figure. */
export const returnsRoutes = {
  rankReturns: api.returns.rankReturns.handler(({ input, context }) =>
    look(context, input.campaign, async (room) => {
      const { kind } = room.actor.scope;
      // Whoever looks on several districts compares districts first, and then the schools of one.
      const isWide = kind !== "school" && kind !== "authority";
      const by = isWide && input.authority === undefined ? "authority" : "school";
      return {
        submitted: await countSubmitted(room, input),
        total: await countReturns(room, input),
        reasons: await rankReasons(room, input),
        rounds: await countRounds(room, input),
        by,
        places: await comparePlaces(room, input, by),
      };
    }),
  ),

  listReturned: api.returns.listReturned.handler(({ input, context }) =>
    look(context, input.campaign, async (room) => {
      const rows = await listReturned(room, input, { after: parseCursor(input.after, 2), limit: input.limit });
      await audit(room, { action: "list-returned", subjectKind: "campaign", subjectId: room.campaign.id });
      return cutPage(
        rows,
        input.limit,
        ({ id, state, last_at, last_outcome, ...row }) => ({
          ...row,
          application: id,
          stateTitle: stateTitles[stateOf(state)],
          lastAt: last_at.toString(),
          lastOutcome: last_outcome,
        }),
        (row) => [row.last_at.toString(), row.id],
      );
    }),
  ),
};
