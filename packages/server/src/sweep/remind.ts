import { endText } from "@shice/contract/sentences/moment.ts";
import { endOfStage, openDaysLeftOf, windowStateOf } from "@shice/rules/calendar/window.ts";
import { type AnyTemplate, channelsOf } from "@shice/rules/lifecycle/message.ts";
import { sql } from "kysely";
import { underPlanInForce } from "../application/act.ts";
import type { Campaign } from "../application/campaign.ts";
import type { Services } from "../application/context.ts";
import { listOpenCampaigns } from "./queries.ts";

/**
 * Reminds those whose application would lapse, on the plan's days before the end, each once a day named, and only on a
 * day on which they can still do something; days on which nothing can be done do not count as days left.
 */
export async function remind(services: Services): Promise<number> {
  const keys = await services.database.inScope({ kind: "system" }, listOpenCampaigns);
  let total = 0;
  for (const key of keys) total += await underPlanInForce(services, key, (campaign) => remindOf(services, campaign));
  return total;
}

/** Who is reminded of which end: drafts and returned forms of the application's, the submitted of the confirmation's. */
const kinds = [
  { stage: "apply", states: ["draft", "returned"], template: "about-to-lapse" },
  { stage: "confirm", states: ["submitted"], template: "about-to-lapse-unconfirmed" },
] as const;

async function remindOf(services: Services, campaign: Campaign): Promise<number> {
  const now = services.clock.now();
  const { timeZone, reminders } = campaign.plan;
  const today = now.toZonedDateTimeISO(timeZone).toPlainDate();
  let total = 0;
  for (const kind of kinds) {
    if (!windowStateOf(campaign.calendar, kind.stage, now).open) continue;
    const left = openDaysLeftOf(campaign.calendar, kind.stage, today);
    const end = endOfStage(campaign.calendar, kind.stage);
    if (left === undefined || end === undefined) continue;
    const mark = reminders.daysBefore.filter((days) => days >= left).sort((a, b) => a - b)[0];
    if (mark === undefined) continue;
    total += await tell(services, campaign, { ...kind, mark, days: left + 1, end: endText(end.toString()), now });
  }
  return total;
}

interface Telling {
  states: readonly string[];
  template: AnyTemplate;
  mark: number;
  days: number;
  end: string;
  now: Temporal.Instant;
}

async function tell({ database }: Services, campaign: Campaign, { states, template, mark, days, end, now }: Telling) {
  const parameters = JSON.stringify({ days, end });
  return await database.inScope({ kind: "system" }, async (tx) => {
    const { rows } = await sql<{ n: number }>`
      with told as (
        insert into shice.message (campaign_id, application_id, account_id, channel, template, parameters, dedupe_key, state, created_at)
        select a.campaign_id, a.id, t.id, channel, ${template}, ${parameters}::jsonb,
          a.id || ':' || ${template} || ':' || ${mark}::int, case channel when 'inbox' then 'sent' else 'queued' end, ${now}
        from shice.application a join shice.account t on t.person_id = a.person_id and t.kind = 'applicant'
        cross join unnest(${channelsOf(template)}::text[]) as channel
        where a.campaign_id = ${campaign.id} and a.state = any(${[...states]}::text[])
        on conflict (dedupe_key, channel) do nothing returning 1)
      select count(*)::int as n from told`.execute(tx);
    return rows[0]?.n ?? 0;
  });
}
