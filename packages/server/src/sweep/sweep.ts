import { endOfStage } from "@shice/rules/calendar/window.ts";
import type { TransitionName } from "@shice/rules/lifecycle/lifecycle.ts";
import type { Campaign } from "../case/campaign.ts";
import { listDistrictReplies } from "../case/district-replies.ts";
import type { Case } from "../case/facts.ts";
import type { JsonObject } from "../case/history.ts";
import { systemActor } from "../case/system-actor.ts";
import { transition } from "../case/transition.ts";
import type { Tx } from "../platform/database/database.ts";
import type { Services } from "../request/context.ts";
import { underPlanInForce } from "../request/run-act.ts";
import { expireReturns, listLapsing, listOpenCampaigns, listUnanswered } from "./queries.ts";

/** Cases in one transaction. */
const defaultBatch = 1000;

/** What the sweep did, for the job's log and the training page. */
interface Swept {
  lapsed: number;
  expired: number;
}

/**
 * Does what falls due by the calendar: the unconfirmed lapse at the end of the confirmation window
 * (Notice §三(二): 视为自动放弃), as far as their school has seen them, and unanswered returns go on. Every step is an act through the one door, asked of the rules
 * again for each case, so that running it twice, late, or on two machines changes nothing.
 */
export async function sweep(services: Services, batch = defaultBatch): Promise<Swept> {
  const swept: Swept = { lapsed: 0, expired: 0 };
  const keys = await services.database.inScope({ kind: "system" }, listOpenCampaigns);
  for (const key of keys) {
    await underPlanInForce(services, key, async (campaign) => {
      swept.lapsed += await sweepOne(services, campaign, "lapse", (tx, now, after) =>
        listLapsing(tx, campaign.id, { over: windowIsOver(campaign, now), now, after, limit: batch }),
      );
      swept.expired += await sweepOne(services, campaign, "expire-answer", (tx, now, after) =>
        listUnanswered(tx, campaign.id, "returned", { now, after, limit: batch }),
      );
      swept.expired += await sweepOne(services, campaign, "take-back", (tx, now, after) =>
        listUnanswered(tx, campaign.id, "sent-back", { now, after, limit: batch }),
      );
    });
  }
  return swept;
}

/** A lapsed case keeps its reply time, so that it can be re-opened where it was. */
function setBy(name: TransitionName, owedBy: string | undefined) {
  if (name === "expire-answer") return { answer_to: null, reply_by: owedBy ?? null };
  return name === "take-back" ? { reply_by: null } : {};
}

/** Who of the school had seen the case that lapses, and when; or that the district noted that nobody had. */
function sightRecordOf({ facts: { sight } }: Case): JsonObject {
  return sight === null ? {} : { sight: { how: sight.how, by: sight.by, at: sight.at.toString() } };
}

function windowIsOver(campaign: Campaign, now: Temporal.Instant): boolean {
  const end = endOfStage(campaign.calendar, "confirm");
  return end !== undefined && Temporal.Instant.compare(now, end) >= 0;
}

/**
 * One kind of due act, a batch a transaction, in the order of the cases' ids. Each batch begins behind the last one, so
 * that cases which the rules leave where they are never stand in the way of the others.
 */
async function sweepOne(
  services: Services,
  campaign: Campaign,
  name: TransitionName,
  list: (tx: Tx, now: Temporal.Instant, after: string | undefined) => Promise<string[]>,
): Promise<number> {
  let total = 0;
  let after: string | undefined;
  do {
    const start = after;
    after = await services.database.inScope({ kind: "system" }, async (tx) => {
      const now = services.clock.now();
      const ids = await list(tx, now, start);
      if (ids.length === 0) return undefined;
      const ctx = { tx, campaign, actor: systemActor, now, secrets: services.secrets };
      const owed = name === "expire-answer" ? await listDistrictReplies(tx, campaign.id, ids) : undefined;
      const outcomes = await transition(
        ctx,
        name,
        ids.map((applicationId) => ({
          applicationId,
          set: setBy(name, owed?.get(applicationId)),
          ...(name === "lapse" ? { record: sightRecordOf } : {}),
        })),
      );
      const moved = outcomes.filter((outcome) => outcome.ok).map((outcome) => outcome.applicationId);
      if (moved.length > 0) await expireReturns(tx, campaign.id, moved, now);
      total += moved.length;
      return ids.at(-1);
    });
  } while (after !== undefined);
  return total;
}
