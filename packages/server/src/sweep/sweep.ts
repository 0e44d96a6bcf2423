import { endOfStage } from "@shice/rules/calendar/window.ts";
import type { RecordOf } from "@shice/rules/lifecycle/records.ts";
import type { CaseTransaction } from "../case/act-context.ts";
import type { Campaign } from "../case/campaign.ts";
import { listDistrictReplies } from "../case/district-replies.ts";
import type { Case } from "../case/facts.ts";
import { systemActor } from "../case/system-actor.ts";
import { type TransitionOutcome, transition } from "../case/transition.ts";
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
 * Does what falls due by the calendar. Unconfirmed cases that their school has seen lapse at the end of the confirmation
 * (Notice §三(二): 视为自动放弃); unanswered returns go back to who asked. Each step is a transition, so the rules judge each case
 * again: running the sweep twice, late, or on two machines changes nothing.
 */
export async function sweep(services: Services, batch = defaultBatch): Promise<Swept> {
  const swept: Swept = { lapsed: 0, expired: 0 };
  const keys = await services.database.inScope({ kind: "system" }, listOpenCampaigns);
  for (const key of keys) {
    await underPlanInForce(services, key, async (campaign) => {
      swept.lapsed += await sweepOne(services, campaign, {
        list: (tx, now, after) =>
          listLapsing(tx, campaign.id, { over: windowIsOver(campaign, now), now, after, limit: batch }),
        // A lapsed case keeps its reply time, so that it can be re-opened where it was.
        act: (ctx, ids) =>
          transition(
            ctx,
            "lapse",
            ids.map((applicationId) => ({ applicationId, record: sightRecordOf })),
          ),
      });
      swept.expired += await sweepOne(services, campaign, {
        list: (tx, now, after) => listUnanswered(tx, campaign.id, "returned", { now, after, limit: batch }),
        act: async (ctx, ids) => {
          const owed = await listDistrictReplies(ctx.tx, campaign.id, ids);
          return await transition(
            ctx,
            "expire-answer",
            ids.map((applicationId) => ({
              applicationId,
              set: { answer_to: null, reply_by: owed.get(applicationId) ?? null },
            })),
          );
        },
      });
      swept.expired += await sweepOne(services, campaign, {
        list: (tx, now, after) => listUnanswered(tx, campaign.id, "sent-back", { now, after, limit: batch }),
        act: (ctx, ids) =>
          transition(
            ctx,
            "take-back",
            ids.map((applicationId) => ({ applicationId, set: { reply_by: null } })),
          ),
      });
    });
  }
  return swept;
}

/** Who of the school had seen the case that lapses, and when; or that the district noted that nobody had. */
function sightRecordOf({ facts: { sight } }: Case): RecordOf<"lapse"> {
  return { sight: sight === null ? null : { how: sight.how, by: sight.by, at: sight.at.toString() } };
}

/** Whether the confirmation is over for cases without an extension. */
export function windowIsOver(campaign: Campaign, now: Temporal.Instant): boolean {
  const end = endOfStage(campaign.calendar, "confirm");
  return end !== undefined && Temporal.Instant.compare(now, end) >= 0;
}

/** An act that falls due: which cases it concerns, and how it is done on them. */
interface DueAct {
  list: (tx: Tx, now: Temporal.Instant, after: string | undefined) => Promise<string[]>;
  act: (ctx: CaseTransaction, ids: readonly string[]) => Promise<TransitionOutcome[]>;
}

/**
 * One kind of due act, a batch a transaction, in the order of the cases' ids. Each batch begins behind the last one, so
 * that cases which the rules leave where they are never stand in the way of the others.
 */
async function sweepOne(services: Services, campaign: Campaign, { list, act }: DueAct): Promise<number> {
  let total = 0;
  let after: string | undefined;
  do {
    const start = after;
    after = await services.database.inScope({ kind: "system" }, async (tx) => {
      const now = services.clock.now();
      const ids = await list(tx, now, start);
      if (ids.length === 0) return undefined;
      const ctx = { tx, campaign, actor: systemActor, now, secrets: services.secrets };
      const outcomes = await act(ctx, ids);
      const moved = outcomes.filter((outcome) => outcome.ok).map((outcome) => outcome.applicationId);
      if (moved.length > 0) await expireReturns(tx, campaign.id, moved, now);
      total += moved.length;
      return ids.at(-1);
    });
  } while (after !== undefined);
  return total;
}
