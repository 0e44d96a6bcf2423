import { endText } from "@shice/contract/sentences/moment.ts";
import { endOfStage, openIntervalsOf, windowStateOf } from "@shice/rules/calendar/window.ts";
import { stageTitles, windowedStages } from "@shice/rules/plan/stage.ts";
import type { Campaign } from "../case/campaign.ts";

interface Mark {
  key: string;
  title: string;
  at: Temporal.Instant;
}

/** How long before an end its last evening is shown. */
const evening = { hours: 4 };

/**
 * Moments worth moving the clock to, all read off the plan's calendar and the notices that run: the next opening, last
 * evenings, first mornings, the end of a notice. Only those that lie ahead, in their order.
 */
export function listMarks(
  { calendar, plan }: Campaign,
  notices: readonly { id: string; number: string; authority: string; endsAt: Temporal.Instant }[],
  now: Temporal.Instant,
): Mark[] {
  const marks: Mark[] = [];
  const apply = windowStateOf(calendar, "apply", now);
  if (!apply.open && apply.opensAt !== undefined)
    marks.push({ key: "next-opening", title: `${stageTitles.apply}下次开放`, at: apply.opensAt });
  for (const stage of windowedStages) {
    const [first] = openIntervalsOf(calendar, stage);
    const end = endOfStage(calendar, stage);
    if (first === undefined || end === undefined) continue;
    const morning = first.from.toZonedDateTimeISO(plan.timeZone);
    const at =
      Temporal.Instant.compare(first.from, morning.with({ hour: 9 }).toInstant()) > 0
        ? first.from
        : morning.with({ hour: 9 }).toInstant();
    marks.push({ key: `first-${stage}`, title: `${stageTitles[stage]}第一天上午`, at });
    marks.push({ key: `last-${stage}`, title: `${stageTitles[stage]}最后一晚`, at: end.subtract(evening) });
    marks.push({ key: `after-${stage}`, title: `${stageTitles[stage]}结束`, at: end });
  }
  for (const { id, number, authority, endsAt } of notices) {
    marks.push({
      key: `notice-${id}`,
      title: `${authority}公示${number}期满（${endText(endsAt.toString())}）`,
      at: endsAt,
    });
  }
  return marks
    .filter(({ at }) => Temporal.Instant.compare(at, now) > 0)
    .toSorted((a, b) => Temporal.Instant.compare(a.at, b.at));
}
