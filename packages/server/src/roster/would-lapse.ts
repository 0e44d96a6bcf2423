import { endOfStage } from "@shice/rules/calendar/window.ts";
import { type Sighting, sightingTitles } from "@shice/rules/lifecycle/facts.ts";
import { unconfirmedStates } from "@shice/rules/lifecycle/state.ts";
import { sql } from "kysely";
import { schoolCalendarOf } from "../case/school-calendar.ts";
import { countWouldLapse, lapsing, noteSight, sightsOf } from "../case/sight.ts";
import { stateList } from "../case/state-sql.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { api } from "../request/api.ts";
import { audit } from "../request/audit.ts";
import { cutPage, parseCursor } from "../request/cursor.ts";
import { type ActContext, runAct, runRead } from "../request/run-act.ts";

interface LapsingRow {
  id: string;
  number: string;
  name: string;
  school: string | null;
  state: "draft" | "submitted" | "returned";
  state_since: Temporal.Instant;
  reply_by: Temporal.Instant | null;
  extended_until: Temporal.Instant | null;
  on_roster: boolean;
  sight: { how: Sighting; at: string; name: string | null } | null;
}

/** Why a case would lapse, by its state. */
export const whyTexts: Record<LapsingRow["state"], string> = {
  draft: "填报中未提交",
  submitted: "已提交未确认",
  returned: "退回未答复",
};

/** The clerk sees who would lapse, and says to have looked at each (Notice §三(二)). */
export const lapseRoutes = {
  listWouldLapse: api.roster.listWouldLapse.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const rows = await listLapsing(ctx, { ...input, after: parseCursor(input.after, 1)?.[0] });
      const end = await confirmationEndOf(ctx);
      return cutPage(
        rows,
        input.limit,
        (row) => ({
          application: row.id,
          number: row.number,
          name: row.name,
          school: row.school,
          state: row.state,
          why: whyTexts[row.state],
          since: row.state_since.toString(),
          by: endOf(row, end)?.toString() ?? null,
          onRoster: row.on_roster,
          sight:
            row.sight === null
              ? null
              : {
                  text: sightingTitles[row.sight.how],
                  by: row.sight.name,
                  at: Temporal.Instant.from(row.sight.at).toString(),
                },
        }),
        ({ id }) => [id],
      );
    }),
  ),

  countWouldLapse: api.roster.countWouldLapse.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const [counts, end] = await Promise.all([countWouldLapse(ctx.tx, ctx.campaign.id), confirmationEndOf(ctx)]);
      return { ...counts, endsAt: end?.toString() ?? null };
    }),
  ),

  acknowledgeLapse: api.roster.acknowledgeLapse.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const wanted = [...new Set(input.applications)];
      const { rows } = await sql<{ id: string }>`
        select a.id from shice.application a
        where a.campaign_id = ${ctx.campaign.id} and a.id = any(${wanted}::uuid[]) and ${lapsing}`.execute(ctx.tx);
      // What was confirmed or withdrawn meanwhile lapses no more; what is not the school's is not to be seen.
      const seen = await noteSight(
        ctx,
        rows.map(({ id }) => id),
        "acknowledged",
      );
      await audit(ctx, { action: "acknowledge-lapse", subjectKind: "roster", detail: { people: seen } });
      return { seen };
    }),
  ),
};

async function listLapsing(
  { tx, campaign }: ActContext,
  {
    after,
    limit,
    seen,
    state,
  }: { after?: string | undefined; limit: number; seen?: "yes" | "no" | undefined; state?: string | undefined },
): Promise<LapsingRow[]> {
  if (state !== undefined && !(state in whyTexts)) throw new RefusalError({ code: "request.not-found" });
  const { rows } = await sql<LapsingRow>`
    select f.*, o.name as school from (
      select a.id, a.number, a.name, a.school_id, a.state, a.state_since, a.reply_by,
        (select max(e.until_at) from shice.extension e
          where e.campaign_id = a.campaign_id and e.application_id = a.id and e.stage = 'confirm') as extended_until,
        exists (select from shice.person w join shice.roster_entry r on r.id_number_index = w.id_number_index
          where w.id = a.person_id and r.campaign_id = a.campaign_id and r.school_id = a.school_id) as on_roster,
        (select jsonb_build_object('how', s.how, 'at', s.at, 'name', t.display_name)
          from (${sightsOf}) s left join shice.account t on t.id = s.by order by s.at desc limit 1) as sight
      from shice.application a
      where a.campaign_id = ${campaign.id} and a.state in ${stateList(unconfirmedStates)} and ${lapsing}
        and (${state ?? null}::text is null or a.state = ${state ?? null}::text)
        and (${seen ?? null}::text is null or (${seen ?? null}::text = 'yes') = exists (${sightsOf}))
        and a.id > ${after ?? "00000000-0000-0000-0000-000000000000"}::uuid
      order by a.id limit ${limit + 1}) f
    left join shice.organisation o on o.id = f.school_id
    order by f.id`.execute(tx);
  return rows;
}

/** When the confirmation ends for the caller's school, extensions of its own or of its district included. */
async function confirmationEndOf(ctx: ActContext): Promise<Temporal.Instant | undefined> {
  return endOfStage(await schoolCalendarOf(ctx, ctx.actor.organisationId), "confirm");
}

/** A return ends by its own reply time; an extension for this teacher alone goes on behind the school's end. */
function endOf(row: LapsingRow, end: Temporal.Instant | undefined): Temporal.Instant | undefined {
  const own = row.state === "returned" ? (row.reply_by ?? end) : end;
  const { extended_until: extended } = row;
  if (extended === null || own === undefined) return own;
  return Temporal.Instant.compare(extended, own) > 0 ? extended : own;
}
