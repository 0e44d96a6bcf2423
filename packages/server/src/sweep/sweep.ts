import { endOfStage } from "@shice/rules/calendar/window.ts";
import type { TransitionName } from "@shice/rules/lifecycle/lifecycle.ts";
import { underPlanInForce } from "../application/act.ts";
import type { Campaign } from "../application/campaign.ts";
import type { Services } from "../application/context.ts";
import { systemActor } from "../application/system-actor.ts";
import { transition } from "../application/transition.ts";
import type { Tx } from "../platform/database/database.ts";
import { expireReturns, listLapsing, listOpenCampaigns, listUnanswered } from "./queries.ts";

const batch = 1000;

/** What the sweep did, for the job's log and the training page. */
export interface Swept {
  lapsed: number;
  expired: number;
}

/**
 * Does what falls due by the calendar: the unconfirmed lapse at the end of the confirmation window
 * (Notice §三(二): 视为自动放弃), unanswered returns go on. Every step is an act through the one door, asked of the rules
 * again for each case, so that running it twice, late, or on two machines changes nothing.
 */
export async function sweep(services: Services): Promise<Swept> {
  const swept: Swept = { lapsed: 0, expired: 0 };
  const keys = await services.database.inScope({ kind: "system" }, listOpenCampaigns);
  for (const key of keys) {
    await underPlanInForce(services, key, async (campaign) => {
      swept.lapsed += await sweepOne(services, campaign, "lapse", (tx, now) => lapsing(tx, campaign, now));
      swept.expired += await sweepOne(services, campaign, "expire-answer", (tx, now) =>
        listUnanswered(tx, campaign.id, "returned", now, batch),
      );
      swept.expired += await sweepOne(services, campaign, "take-back", (tx, now) =>
        listUnanswered(tx, campaign.id, "sent-back", now, batch),
      );
    });
  }
  return swept;
}

async function lapsing(tx: Tx, campaign: Campaign, now: Temporal.Instant): Promise<string[]> {
  const ids = await listLapsing(tx, campaign.id, now, batch);
  const end = endOfStage(campaign.calendar, "confirm");
  const over = end !== undefined && Temporal.Instant.compare(now, end) >= 0;
  return over ? ids : ids.length === 0 ? [] : await listUnansweredOfSchools(tx, campaign.id, now);
}

/** Before the window's end only returns past a shorter reply time can lapse. */
async function listUnansweredOfSchools(tx: Tx, campaignId: string, now: Temporal.Instant): Promise<string[]> {
  const rows = await tx
    .selectFrom("shice.application")
    .select("id")
    .where("campaign_id", "=", campaignId)
    .where("state", "=", "returned")
    .where("answer_to", "=", "submitted")
    .where("reply_by", "<=", now)
    .orderBy("id")
    .limit(batch)
    .execute();
  return rows.map((row) => row.id);
}

/** One kind of due act, a batch a transaction, until none is left or none goes further. */
async function sweepOne(
  services: Services,
  campaign: Campaign,
  name: TransitionName,
  list: (tx: Tx, now: Temporal.Instant) => Promise<string[]>,
): Promise<number> {
  let total = 0;
  for (;;) {
    const done = await services.database.inScope({ kind: "system" }, async (tx) => {
      const now = services.clock.now();
      const ids = await list(tx, now);
      if (ids.length === 0) return 0;
      const door = { tx, campaign, actor: systemActor, now, secrets: services.secrets };
      // A lapsed case keeps its reply time, so that it can be re-opened where it was.
      const set = name === "expire-answer" ? { answer_to: null } : name === "take-back" ? { reply_by: null } : {};
      const outcomes = await transition(
        door,
        name,
        ids.map((applicationId) => ({ applicationId, set })),
      );
      const moved = outcomes.filter((outcome) => outcome.ok).map((outcome) => outcome.applicationId);
      if (name !== "take-back" || moved.length > 0) await expireReturns(tx, campaign.id, moved, now);
      return moved.length;
    });
    total += done;
    if (done === 0) return total;
  }
}
