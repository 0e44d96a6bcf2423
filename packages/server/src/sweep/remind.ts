import { endOfStage, windowStateOf } from "@shice/rules/calendar/window.ts";
import { sql } from "kysely";
import { underPlanInForce } from "../application/act.ts";
import type { Campaign } from "../application/campaign.ts";
import type { Services } from "../application/context.ts";
import { listOpenCampaigns } from "./queries.ts";

/**
 * Reminds those whose application would lapse, on the plan's days before the end, each once a day named, and only on a
 * day on which they can still do something.
 */
export async function remind(services: Services): Promise<number> {
  const keys = await services.database.inScope({ kind: "system" }, listOpenCampaigns);
  let total = 0;
  for (const key of keys) total += await underPlanInForce(services, key, (campaign) => remindOf(services, campaign));
  return total;
}

async function remindOf({ database, clock }: Services, campaign: Campaign): Promise<number> {
  const now = clock.now();
  const { timeZone, reminders } = campaign.plan;
  const end = endOfStage(campaign.calendar, "apply");
  if (end === undefined || Temporal.Instant.compare(now, end) >= 0) return 0;
  if (!windowStateOf(campaign.calendar, "apply", now).open) return 0;
  // The last day counts as 0 days before: the end is its 24:00.
  const lastDay = end.toZonedDateTimeISO(timeZone).toPlainDate().subtract({ days: 1 });
  const daysLeft = now.toZonedDateTimeISO(timeZone).toPlainDate().until(lastDay, { largestUnit: "day" }).days;
  const mark = reminders.daysBefore.filter((days) => days >= daysLeft).sort((a, b) => a - b)[0];
  if (mark === undefined) return 0;
  return await database.inScope({ kind: "system" }, async (tx) => {
    const { rows } = await sql<{ n: number }>`
      with told as (
        insert into shice.message (campaign_id, application_id, account_id, channel, template, dedupe_key, state, created_at)
        select a.campaign_id, a.id, t.id, channel, 'about-to-lapse', a.id || ':remind:' || ${mark}::int,
          case channel when 'inbox' then 'sent' else 'queued' end, ${now}
        from shice.application a join shice.account t on t.person_id = a.person_id and t.kind = 'applicant'
        cross join unnest(array['inbox', 'email']) as channel
        where a.campaign_id = ${campaign.id} and a.state in ('draft', 'returned')
        on conflict (dedupe_key, channel) do nothing returning 1)
      select count(*)::int as n from told`.execute(tx);
    return rows[0]?.n ?? 0;
  });
}
