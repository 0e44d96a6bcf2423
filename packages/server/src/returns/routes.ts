import { stateTitles } from "@shice/rules/lifecycle/state.ts";
import { api } from "../request/api.ts";
import { audit } from "../request/audit.ts";
import { cutPage, parseCursor } from "../request/cursor.ts";
import { runRead } from "../request/run-act.ts";
import { comparePlaces, countReturns, countRounds, countSubmitted, listReturned, rankReasons } from "./queries.ts";

/** Why applications were returned, how often and with what end; the cases behind each figure. */
export const returnsRoutes = {
  rankReturns: api.returns.rankReturns.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const { kind } = ctx.actor.scope;
      // Whoever looks on several districts compares districts first, and then the schools of one.
      const isWide = kind !== "school" && kind !== "authority";
      const by = isWide && input.authority === undefined ? "authority" : "school";
      return {
        submitted: await countSubmitted(ctx, input),
        total: await countReturns(ctx, input),
        reasons: await rankReasons(ctx, input),
        rounds: await countRounds(ctx, input),
        by,
        places: await comparePlaces(ctx, input, by),
      };
    }),
  ),

  listReturned: api.returns.listReturned.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const rows = await listReturned(ctx, input, { after: parseCursor(input.after, 2), limit: input.limit });
      await audit(ctx, { action: "list-returned", subjectKind: "campaign", subjectId: ctx.campaign.id });
      return cutPage(
        rows,
        input.limit,
        ({ id, state, last_at, last_outcome, ...row }) => ({
          ...row,
          application: id,
          stateTitle: stateTitles[state],
          lastAt: last_at.toString(),
          lastOutcome: last_outcome,
        }),
        (row) => [row.last_at.toString(), row.id],
      );
    }),
  ),
};
