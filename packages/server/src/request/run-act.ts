import type { ActOutcome, BulkOutcome } from "@shice/contract/common.ts";
import { refusalTextOf } from "@shice/contract/problem-of.ts";
import type { Actor, ActorScope } from "@shice/rules/lifecycle/role.ts";
import type { CaseTransaction } from "../case/act-context.ts";
import { type Campaign, CampaignChangedError } from "../case/campaign.ts";
import { holdCampaign } from "../case/campaign-hold.ts";
import type { TransitionOutcome } from "../case/transition.ts";
import type { Scope } from "../platform/database/database.ts";
import { withIdempotency } from "../platform/http/idempotency.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import type { RequestContext, Services } from "./context.ts";

/** An act as the modules see it: with the program's services and the request's number. */
export interface ActContext extends CaseTransaction {
  services: Services;
  requestId: string;
}

/** The scope in the database that belongs to an actor's scope in the rules. */
export function databaseScopeOf(scope: ActorScope): Scope {
  return scope;
}

/** The part in which the caller acts; refused when nobody is signed in or no post is chosen. */
export function getActor(context: RequestContext): Actor {
  const actor = context.session?.actor;
  if (actor === undefined || actor === null) throw new RefusalError({ code: "request.unauthenticated" });
  return actor;
}

/** @throws RefusalError request.not-found when there is no such campaign */
export async function getCampaign(services: Services, key: string): Promise<Campaign> {
  const campaign = await services.campaigns.find(key);
  if (campaign === undefined) throw new RefusalError({ code: "request.not-found" });
  return campaign;
}

/**
 * Does an act in one transaction in the caller's scope: all of it or nothing, once for an idempotency key,
 * under the plan in force. A closed campaign refuses all acts but those that the contract admits. What `work` returns is
 * the answer, and is stored for a repetition.
 */
export async function runAct<T extends object>(
  context: RequestContext,
  campaignKey: string,
  work: (ctx: ActContext) => Promise<T>,
): Promise<T> {
  const { services, idempotency, requestId } = context;
  const actor = getActor(context);
  return underPlanInForce(services, campaignKey, (campaign) =>
    services.database.inScope(
      databaseScopeOf(actor.scope),
      async (tx) => {
        const now = services.clock.now();
        const ctx: ActContext = { tx, campaign, actor, now, secrets: services.secrets, services, requestId };
        await holdCampaign(tx, campaign);
        // Inside the repetition: an act that was done before the closing is answered again.
        const workIfOpen = () => {
          refuseIfClosed(context, campaign);
          return work(ctx);
        };
        if (idempotency === null || actor.accountId === null) return await workIfOpen();
        return await withIdempotency(tx, { accountId: actor.accountId, ...idempotency, now }, workIfOpen);
      },
      actor.accountId === null ? {} : { actorId: actor.accountId },
    ),
  );
}

/**
 * A closed campaign refuses every act but those that the contract admits after the closing.
 * @throws RefusalError campaign.closed
 */
export function refuseIfClosed({ afterClosing }: RequestContext, { closedAt }: Campaign): void {
  if (closedAt !== null && afterClosing !== true)
    throw new RefusalError({ code: "campaign.closed", closedAt: closedAt.toString() });
}

/** Reads in one transaction in the caller's scope. */
export function runRead<T>(
  context: RequestContext,
  campaignKey: string,
  work: (ctx: ActContext) => Promise<T>,
): Promise<T> {
  const { services, requestId } = context;
  const actor = getActor(context);
  return underPlanInForce(services, campaignKey, (campaign) =>
    services.database.inScope(
      databaseScopeOf(actor.scope),
      (tx) => work({ tx, campaign, actor, now: services.clock.now(), secrets: services.secrets, services, requestId }),
      actor.accountId === null ? {} : { actorId: actor.accountId },
    ),
  );
}

/** An amendment binds from its publication: an act that meets one is done again under the new version. */
export async function underPlanInForce<T>(
  services: Services,
  campaignKey: string,
  work: (campaign: Campaign) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(await getCampaign(services, campaignKey));
    } catch (error) {
      if (!(error instanceof CampaignChangedError) || attempt === 3) throw error;
      services.campaigns.forget(campaignKey);
    }
  }
}

/** The answer to an act on one application; its refusal becomes the answer's problem. */
export function actOutcomeOf(outcome: TransitionOutcome): ActOutcome {
  if (!outcome.ok) throw new RefusalError(outcome.refusal);
  return { application: outcome.applicationId, state: outcome.to, version: outcome.version };
}

/** The answer to a bulk act: each row's own outcome. */
export function bulkOutcomeOf(outcomes: readonly TransitionOutcome[]): BulkOutcome {
  const rows = outcomes.map((outcome) =>
    outcome.ok
      ? { application: outcome.applicationId, ok: true, state: outcome.to, version: outcome.version }
      : { application: outcome.applicationId, ok: false, refusal: refusalTextOf(outcome.refusal) },
  );
  const done = rows.filter((row) => row.ok).length;
  return { done, refused: rows.length - done, rows };
}
