import { endOfStage } from "@shice/rules/calendar/window.ts";
import { unconfirmedStates } from "@shice/rules/lifecycle/state.ts";
import { sql } from "kysely";
import { schoolCalendarOf } from "../case/school-calendar.ts";
import { lapsing, noteSight, sightsOf, timeIsUp } from "../case/sight.ts";
import { stateList } from "../case/state-sql.ts";
import { mustReturnRow } from "../platform/database/must-return-row.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { api } from "../request/api.ts";
import { audit } from "../request/audit.ts";
import { type ActContext, runAct, runRead } from "../request/run-act.ts";
import { whyTexts } from "./would-lapse.ts";

/** Of each school so many of those who wait are named; the queue has them all. */
const mostNamed = 50;

/** The district takes note of schools that did not look, when their time is over (Notice §三(二)). */
export const silenceRoutes = {
  listSilentSchools: api.roster.listSilentSchools.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const { endsAt, over } = await confirmationOf(ctx);
      const [schools, noted] = await Promise.all([listSilent(ctx, over), listNoted(ctx)]);
      return { endsAt: endsAt?.toString() ?? null, over, schools, noted };
    }),
  ),

  noteSilence: api.roster.noteSilence.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { endsAt, over } = await confirmationOf(ctx);
      if (!over) throw new RefusalError({ code: "silence.too-early", endsAt: endsAt?.toString() ?? null });
      const held = await lockHeld(ctx, input.school);
      const [first] = held;
      if (first === undefined) throw new RefusalError({ code: "silence.nobody" });
      if (held.length !== input.count) throw new RefusalError({ code: "roster.count-changed", count: held.length });
      const note = await insertNote(ctx, { ...input, pointId: first.confirmation_point_id, cases: held.length });
      const noted = await noteSight(
        ctx,
        held.map(({ id }) => id),
        "district-noted",
        note,
      );
      await audit(ctx, { action: "note-silence", subjectKind: "school", subjectId: input.school, detail: { noted } });
      return { noted };
    }),
  ),
};

async function confirmationOf(ctx: ActContext) {
  const endsAt = endOfStage(await schoolCalendarOf(ctx, ctx.actor.organisationId), "confirm");
  return { endsAt, over: endsAt !== undefined && Temporal.Instant.compare(ctx.now, endsAt) >= 0 };
}

interface SilentRow {
  school: string;
  name: string;
  unseen: number;
  held: number;
  unseen_on_roster: number;
  people: { number: string; name: string; state: keyof typeof whyTexts }[] | null;
}

async function listSilent({ tx, campaign, now }: ActContext, over: boolean) {
  const { rows } = await sql<SilentRow>`
    with waiting as (
      select a.school_id, a.number, a.name, a.state, ${timeIsUp({ over, now })} as held,
        row_number() over (partition by a.school_id order by a.id) as place
      from shice.application a
      where a.campaign_id = ${campaign.id} and a.state in ${stateList(unconfirmedStates)} and ${lapsing}
        and a.school_id is not null and not exists (${sightsOf})
    ), cases as (
      select school_id, count(*)::int as unseen, count(*) filter (where held)::int as held,
        jsonb_agg(jsonb_build_object('number', number, 'name', name, 'state', state) order by place)
          filter (where place <= ${mostNamed}) as people
      from waiting group by school_id
    ), rosters as (
      select r.school_id, count(*)::int as unseen from shice.roster_entry r
      where r.campaign_id = ${campaign.id} and r.seen_at is null and not exists (
        select from shice.person w join shice.application x on x.person_id = w.id and x.campaign_id = r.campaign_id
          join shice.sight s on s.campaign_id = x.campaign_id and s.application_id = x.id
        where w.id_number_index = r.id_number_index and w.document_kind = r.document_kind and s.confirmation_point_id = r.confirmation_point_id
          and s.how <> 'district-noted')
      group by r.school_id
    )
    select o.id as school, o.name, coalesce(c.unseen, 0) as unseen, coalesce(c.held, 0) as held,
      coalesce(r.unseen, 0) as unseen_on_roster, c.people
    from cases c full join rosters r on r.school_id = c.school_id
    join shice.organisation o on o.id = coalesce(c.school_id, r.school_id)
    order by coalesce(c.held, 0) desc, coalesce(c.unseen, 0) desc, coalesce(r.unseen, 0) desc, o.name`.execute(tx);
  return rows.map(({ unseen_on_roster: unseenOnRoster, people, ...row }) => ({
    ...row,
    unseenOnRoster,
    people: (people ?? []).map(({ number, name, state }) => ({ number, name, why: whyTexts[state] })),
  }));
}

async function listNoted({ tx, campaign }: ActContext) {
  const { rows } = await sql<{
    id: string;
    school: string;
    cases: number;
    reason: string;
    by: string;
    at: Temporal.Instant;
  }>`
    select n.id, o.name as school, n.cases, n.reason, t.display_name as by, n.noted_at as at
    from shice.silence_note n join shice.organisation o on o.id = n.school_id join shice.account t on t.id = n.noted_by
    where n.campaign_id = ${campaign.id} order by n.noted_at desc, n.id desc limit 500`.execute(tx);
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toString() }));
}

/** The cases of a school that wait for somebody to look though their time is over, so that none slips away meanwhile. */
async function lockHeld({ tx, campaign, now }: ActContext, school: string) {
  // Two who take note of one school at once: the second waits here and then finds nobody left.
  await sql`select pg_advisory_xact_lock(hashtextextended('silence ' || ${school}::text, 0))`.execute(tx);
  const { rows } = await sql<{ id: string; confirmation_point_id: string }>`
    select a.id, a.confirmation_point_id from shice.application a
    where a.campaign_id = ${campaign.id} and a.school_id = ${school} and ${lapsing} and ${timeIsUp({ over: true, now })}
      and not exists (${sightsOf})
    order by a.id for update`.execute(tx);
  return rows;
}

async function insertNote(
  { tx, campaign, actor, now }: ActContext,
  note: { school: string; pointId: string; reason: string; cases: number },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into shice.silence_note (campaign_id, school_id, confirmation_point_id, authority_id, cases, reason, noted_by, noted_at)
      values (${campaign.id}, ${note.school}, ${note.pointId}, ${actor.organisationId}, ${note.cases}, ${note.reason},
        ${actor.accountId}, ${now})
      returning id`.execute(tx);
  const row = mustReturnRow(rows, "silence note insert");
  return row.id;
}
