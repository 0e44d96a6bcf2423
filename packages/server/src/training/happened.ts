import { endText } from "@shice/contract/sentences/moment.ts";
import { endOfStage, startOfStage } from "@shice/rules/calendar/window.ts";
import { transitionOf } from "@shice/rules/lifecycle/lifecycle.ts";
import { transitionNames } from "@shice/rules/lifecycle/transition-names.ts";
import { stageTitles, windowedStages } from "@shice/rules/plan/stage.ts";
import type pg from "pg";
import type { Campaign } from "../case/campaign.ts";

/** What has happened between two moments of the training clock, a sentence each: stages, notices, acts, messages. */
export async function listHappened(
  owner: pg.Pool,
  campaign: Campaign | undefined,
  from: Temporal.Instant,
  to: Temporal.Instant,
): Promise<string[]> {
  if (campaign === undefined) return [];
  const span = [campaign.id, from.toString(), to.toString()];
  const [acts, notices, messages] = await Promise.all([
    owner.query<{ transition: string; n: number }>(
      `select transition, count(*)::int as n from shice.application_history
       where campaign_id = $1 and role = 'system' and at > $2 and at <= $3 group by transition order by n desc`,
      span,
    ),
    owner.query<{ number: string; name: string }>(
      `select n.number, o.name from shice.public_notice n join shice.organisation o on o.id = n.authority_id
       where n.campaign_id = $1 and n.ends_at > $2 and n.ends_at <= $3 order by n.ends_at limit 20`,
      span,
    ),
    owner.query<{ n: number }>(
      "select count(*)::int as n from shice.message where campaign_id = $1 and created_at > $2 and created_at <= $3",
      span,
    ),
  ]);
  const sent = messages.rows[0]?.n ?? 0;
  return [
    ...stagesBetween(campaign, from, to),
    ...notices.rows.map(({ number, name }) => `${name}公示${number}期满，可以办理上报。`),
    ...acts.rows.map(({ transition, n }) => `${transitionTitleOf(transition)}：${n}件。`),
    ...(sent > 0 ? [`发出消息${sent}条。`] : []),
  ];
}

function stagesBetween({ calendar }: Campaign, from: Temporal.Instant, to: Temporal.Instant): string[] {
  const within = (at: Temporal.Instant | undefined) =>
    at !== undefined && Temporal.Instant.compare(at, from) > 0 && Temporal.Instant.compare(at, to) <= 0;
  return windowedStages.flatMap((stage) => {
    const start = startOfStage(calendar, stage);
    const end = endOfStage(calendar, stage);
    return [
      ...(within(start) ? [`${stageTitles[stage]}开始。`] : []),
      ...(end !== undefined && within(end) ? [`${stageTitles[stage]}于${endText(end.toString())}结束。`] : []),
    ];
  });
}

function transitionTitleOf(transition: string): string {
  const name = transitionNames.find((known) => known === transition);
  return name === undefined ? transition : transitionOf(name).title;
}
