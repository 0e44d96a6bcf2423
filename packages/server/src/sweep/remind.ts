import { endText } from "@shice/contract/sentences/moment.ts";
import { endOfStage, openDaysLeftOf, windowStateOf } from "@shice/rules/calendar/window.ts";
import type { AnyTemplate } from "@shice/rules/lifecycle/message.ts";
import { replyByOf } from "@shice/rules/lifecycle/reply.ts";
import { sql } from "kysely";
import type { Campaign } from "../case/campaign.ts";
import { loadCases } from "../case/facts.ts";
import type { Services } from "../request/context.ts";
import { underPlanInForce } from "../request/run-act.ts";
import { listOpenCampaigns, listReturned, remindTeachers } from "./queries.ts";
import { warnOffices } from "./warn.ts";

/**
 * Reminds teachers and warns offices. Reminded are those whose application would lapse, on the plan's days before the end, each once a day named, and only on a
 * day on which they can still do something; days on which nothing can be done do not count as days left.
 */
export async function remind(services: Services): Promise<number> {
  const keys = await services.database.inScope({ kind: "system" }, listOpenCampaigns);
  let total = 0;
  for (const key of keys) total += await underPlanInForce(services, key, (campaign) => remindOf(services, campaign));
  return total;
}

/** Who is reminded of which end: drafts of the application's, the submitted of the confirmation's. */
const kinds = [
  { stage: "apply", states: ["draft"], template: "about-to-lapse" },
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
  return total + (await remindReturned(services, campaign, now)) + (await warnOffices(services, campaign));
}

/**
 * Whom the school or the district asked something has a reply time of the own, whatever the windows do: it is told on
 * the plan's days before that, from the day after the return on. Each round of asking is reminded of anew.
 */
async function remindReturned(services: Services, campaign: Campaign, now: Temporal.Instant): Promise<number> {
  const { timeZone, reminders } = campaign.plan;
  const localDayOf = (at: Temporal.Instant) => at.toZonedDateTimeISO(timeZone).toPlainDate();
  const today = localDayOf(now);
  return await services.database.inScope({ kind: "system" }, async (tx) => {
    const furthest = today.add({ days: Math.max(0, ...reminders.daysBefore) + 2 }).toZonedDateTime(timeZone);
    const ids = await listReturned(tx, campaign.id, { now, until: furthest.toInstant() });
    if (ids.length === 0) return 0;
    const setting = { lock: false, now, secrets: services.secrets, checkForm: false };
    let total = 0;
    for (const { id, row, facts, calendar } of (await loadCases(tx, campaign, ids, setting)).values()) {
      const replyBy = replyByOf(facts, calendar);
      if (replyBy === undefined || Temporal.Instant.compare(replyBy, now) <= 0) continue;
      if (localDayOf(row.state_since).equals(today)) continue;
      const left = today.until(localDayOf(replyBy.subtract({ milliseconds: 1 }))).days;
      const mark = reminders.daysBefore.filter((days) => days >= left).sort((a, b) => a - b)[0];
      if (mark === undefined) continue;
      const template = facts.answerTo === "sent-back" ? "about-to-be-decided" : "about-to-lapse-returned";
      const words = { days: left + 1, end: endText(replyBy.toString()) };
      const which = sql`a.campaign_id = ${campaign.id} and a.id = ${id}`;
      total += await remindTeachers(tx, which, { template, words, cause: `${replyBy.toString()}:${mark}`, now });
    }
    return total;
  });
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
  const which = sql`a.campaign_id = ${campaign.id} and a.state = any(${[...states]}::text[])`;
  const reminder = { template, words: { days, end }, cause: String(mark), now };
  return await database.inScope({ kind: "system" }, (tx) => remindTeachers(tx, which, reminder));
}
