import type { StandingSaid } from "@shice/contract/roster/reconcile.ts";
import { needsReason } from "@shice/rules/roster/standing.ts";
import { needsStatement, statementRefusalOf } from "@shice/rules/roster/statement.ts";
import { isDue } from "@shice/rules/statistics/rows.ts";
import { sql } from "kysely";
import type { z } from "zod";
import { todayOf } from "../case/today.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { api } from "../request/api.ts";
import { audit } from "../request/audit.ts";
import { type ActContext, runAct, runRead } from "../request/run-act.ts";
import { resolveSelection } from "./filter.ts";
import { countOffRoster } from "./off-roster.ts";
import { countMatching, countRoster } from "./queries.ts";
import { getItem, rosterStandingOf } from "./views.ts";

/** The clerk goes through everybody: seen, and where somebody does not simply register, why. */
export const reconcileRoutes = {
  setStanding: api.roster.setStanding.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      if ((await writeStandings(ctx, [input.entry], input)) === 0) {
        throw new RefusalError({ code: "request.not-found" });
      }
      return await getItem(ctx, input.entry);
    }),
  ),

  setStandings: api.roster.setStandings.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const entries = await resolveSelection(ctx, { entries: input.entries });
      return { changed: await writeStandings(ctx, entries, input) };
    }),
  ),

  markSeen: api.roster.markSeen.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { tx, actor, now } = ctx;
      const entries = await resolveSelection(ctx, input.selection);
      await sql`
        update shice.roster_entry set seen_by = ${actor.accountId}, seen_at = ${now}
        where id = any(${entries}::uuid[])`.execute(tx);
      await audit(ctx, {
        action: "mark-roster-seen",
        subjectKind: "roster",
        detail: { people: entries.length, whole: input.selection.filter !== undefined },
      });
      return { seen: entries.length };
    }),
  ),

  countRoster: api.roster.countRoster.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const [rows, offRoster] = await Promise.all([countRoster(ctx, input.school), countOffRoster(ctx, input.school)]);
      const due = rows.filter(({ standing }) => isDue(rosterStandingOf(standing)));
      const sum = (of: typeof rows, key: "people" | "applied" | "confirmed" | "unseen" | "parked") =>
        of.reduce((total, row) => total + row[key], 0);
      return {
        due: sum(due, "people"),
        applied: sum(due, "applied"),
        confirmed: sum(due, "confirmed"),
        notApplied: sum(due, "people") - sum(due, "applied"),
        unseen: sum(rows, "unseen"),
        parked: sum(rows, "parked"),
        offRoster,
        byStanding: Object.fromEntries(rows.map((row) => [row.standing, row.people])),
      };
    }),
  ),

  countMatching: api.roster.countMatching.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => ({ count: await countMatching(ctx, input) })),
  ),
};

/**
 * Writes what was said of these people. Whoever of the school says it has looked at them.
 * @throws RefusalError roster.reason-needed, statement.day-needed, statement.day-wrong
 */
async function writeStandings(
  ctx: ActContext,
  entries: readonly string[],
  said: z.output<typeof StandingSaid>,
): Promise<number> {
  const { tx, campaign, actor, now } = ctx;
  const { plan } = campaign;
  const reason = plan.reasons.find(({ code, use }) => code === said.reason && use.includes("not-applied"));
  if (needsReason(said.standing) && reason === undefined) {
    throw new RefusalError({ code: "roster.reason-needed", field: "reason" });
  }
  const refusal = statementRefusalOf(said.standing, said.statementOn, {
    issuedOn: plan.issuedOn,
    today: todayOf(ctx),
  });
  if (refusal !== undefined) throw new RefusalError(refusal);
  const statementOn = needsStatement(said.standing) ? (said.statementOn ?? null) : null;
  const seen =
    actor.role === "school-clerk" ? sql`, seen_by = ${actor.accountId}, seen_at = ${now}::timestamptz` : sql``;
  const { numAffectedRows } = await sql`
    update shice.roster_entry set standing = ${said.standing}, reason = ${reason?.code ?? null},
      remark = ${said.remark === undefined || said.remark === "" ? null : said.remark},
      statement_on = ${statementOn}::date ${seen}
    where campaign_id = ${campaign.id} and id = any(${[...entries]}::uuid[])`.execute(tx);
  if (statementOn === null) {
    // A statement of somebody who registers after all is no longer one.
    await sql`
      update shice.statement_scan set replaced_at = ${now}
      where entry_id = any(${[...entries]}::uuid[]) and replaced_at is null`.execute(tx);
  }
  await audit(ctx, {
    action: "set-standing",
    subjectKind: "roster",
    subjectId: entries.length === 1 ? (entries[0] ?? null) : null,
    detail: { people: entries.length, standing: said.standing, reason: reason?.code ?? null },
  });
  return Number(numAffectedRows ?? 0n);
}
