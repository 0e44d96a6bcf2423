import { endText } from "@shice/contract/sentences/moment.ts";
import { endOfStage, openDaysLeftOf, windowStateOf } from "@shice/rules/calendar/window.ts";
import type { AnyTemplate } from "@shice/rules/lifecycle/message.ts";
import { unconfirmedStates } from "@shice/rules/lifecycle/state.ts";
import { type RawBuilder, sql } from "kysely";
import type { Campaign } from "../case/campaign.ts";
import { lapsing, sightsOf, timeIsUp } from "../case/sight.ts";
import { stateList, stateText } from "../case/state-sql.ts";
import { countFresh, sendMessages } from "../message/send-messages.ts";
import type { Tx } from "../platform/database/database.ts";
import type { Services } from "../request/context.ts";

/**
 * Warns the offices, each post once for each of the plan's days before the end: the schools' clerks how many would lapse,
 * how many of these nobody has looked at, and who still waits for papers; the districts' leads, on the last day and after
 * the end, of schools that have not looked (Notice §三(二)).
 */
export async function warnOffices(services: Services, campaign: Campaign): Promise<number> {
  const now = services.clock.now();
  return await services.database.inScope({ kind: "system" }, async (tx) => {
    let total = 0;
    for (const warning of warningsDue(campaign, now)) total += await warn(tx, campaign, now, warning);
    return total;
  });
}

interface Warning {
  template: AnyTemplate;
  role: "school-clerk" | "district-lead";
  /** What it is told once for: a day before the end, the last day, the end itself. */
  mark: string;
  said: Readonly<Record<string, string | number>>;
  /** Rows of office, count, unseen, schools: whom it concerns, and with which figures. */
  concerned: RawBuilder<unknown>;
}

function warningsDue(campaign: Campaign, now: Temporal.Instant): Warning[] {
  const { timeZone, reminders } = campaign.plan;
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
  const due: Warning[] = [];
  for (const stage of ["apply", "confirm"] as const) {
    const end = endOfStage(campaign.calendar, stage);
    if (end === undefined) continue;
    const over = Temporal.Instant.compare(now, end) >= 0;
    if (over && stage === "confirm") {
      const concerned = silentSchools(campaign.id, timeIsUp({ over, now }));
      due.push({
        template: "schools-silent",
        role: "district-lead",
        mark: "after",
        said: { end: endText(end.toString()) },
        concerned,
      });
    }
    const left = openDaysLeftOf(campaign.calendar, stage, today);
    const mark = reminders.daysBefore.filter((days) => left !== undefined && days >= left).sort((a, b) => a - b)[0];
    if (left === undefined || mark === undefined || !windowStateOf(campaign.calendar, stage, now).open) continue;
    const said = { days: left + 1, end: endText(end.toString()) };
    const clerk = { role: "school-clerk" as const, said };
    due.push({
      ...clerk,
      template: "parked-warning",
      mark: `${stage}-${mark}`,
      concerned: parkedPeople(campaign.id, stage),
    });
    if (stage === "apply") continue;
    due.push({ ...clerk, template: "lapse-warning", mark: String(mark), concerned: wouldLapse(campaign.id) });
    if (left > 0) continue;
    const concerned = silentSchools(campaign.id, sql`true`);
    due.push({ template: "schools-silent-today", role: "district-lead", mark: "last-day", said, concerned });
  }
  return due;
}

/** By confirmation point, how many would lapse and how many of them nobody of the school has seen. */
function wouldLapse(campaignId: string): RawBuilder<unknown> {
  return sql`
    select a.confirmation_point_id as office, count(*)::int as count,
      count(*) filter (where not exists (${sightsOf}))::int as unseen, 0 as schools
    from shice.application a
    where a.campaign_id = ${campaignId} and a.state in ${stateList(unconfirmedStates)} and ${lapsing}
    group by a.confirmation_point_id`;
}

/** By confirmation point, who is parked and has not submitted, or is not confirmed. */
function parkedPeople(campaignId: string, stage: "apply" | "confirm"): RawBuilder<unknown> {
  const waiting =
    stage === "apply"
      ? sql`coalesce(a.state = ${stateText("draft")}, true)`
      : sql`coalesce(a.state in ${stateList(unconfirmedStates)}, true)`;
  return sql`
    select r.confirmation_point_id as office, count(*)::int as count, 0 as unseen, 0 as schools
    from shice.parking k
    join shice.roster_entry r on r.id = k.entry_id
    left join shice.person p on p.id_number_index = r.id_number_index and p.document_kind = r.document_kind
    left join lateral (select x.state from shice.application x
      where x.campaign_id = r.campaign_id and x.person_id = p.id order by x.created_at desc limit 1) a on true
    where k.campaign_id = ${campaignId} and k.released_at is null and ${waiting}
    group by r.confirmation_point_id`;
}

/** By district, how many of its schools have people whom they have not seen, and how many people these are. */
function silentSchools(campaignId: string, condition: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`
    select a.authority_id as office, 0 as count, count(*)::int as unseen, count(distinct a.school_id)::int as schools
    from shice.application a
    where a.campaign_id = ${campaignId} and a.state in ${stateList(unconfirmedStates)} and ${lapsing}
      and (${condition}) and not exists (${sightsOf})
    group by a.authority_id`;
}

/** Tells whoever holds the post, unless this was told before: then nothing is counted anew. */
async function warn(tx: Tx, campaign: Campaign, now: Temporal.Instant, warning: Warning): Promise<number> {
  const { template, role, mark, said, concerned } = warning;
  const key = `${campaign.id}:${template}:${mark}:`;
  const offices = sql`
    select ${campaign.id}::uuid as campaign, c.office as organisation, ${role}::text as role, ${key} || c.office as key,
      ${JSON.stringify(said)}::jsonb || jsonb_build_object('count', c.count, 'unseen', c.unseen, 'schools', c.schools) as parameters
    from (${concerned}) c
    where not exists (select from shice.message m where m.dedupe_key >= ${key} and m.dedupe_key < ${`${key}g`})`;
  return countFresh(await sendMessages(tx, offices, { template, now }));
}
