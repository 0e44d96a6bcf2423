import type { Campaign } from "../case/campaign.ts";
import { holdCampaign } from "../case/campaign-hold.ts";
import type { Tx } from "../platform/database/database.ts";
import type { RequestContext, Services } from "./context.ts";
import { refuseIfClosed, underPlanInForce } from "./run-act.ts";

/** What anyone may work with who is not signed in. */
interface PublicContext {
  tx: Tx;
  campaign: Campaign;
  now: Temporal.Instant;
  services: Services;
}

/** Reads in one transaction in the public scope, whoever asks: what is shown here is shown to everyone. */
export function runPublicRead<T>(
  { services }: RequestContext,
  campaignKey: string,
  work: (ctx: PublicContext) => Promise<T>,
): Promise<T> {
  return underPlanInForce(services, campaignKey, (campaign) =>
    services.database.inScope({ kind: "public" }, (tx) => work({ tx, campaign, now: services.clock.now(), services })),
  );
}

/** Writes in one transaction in the public scope: what anyone may send in, while the campaign runs. */
export function runPublicAct<T>(
  context: RequestContext,
  campaignKey: string,
  work: (ctx: PublicContext) => Promise<T>,
): Promise<T> {
  return runPublicRead(context, campaignKey, async (ctx) => {
    await holdCampaign(ctx.tx, ctx.campaign);
    refuseIfClosed(context, ctx.campaign);
    return await work(ctx);
  });
}
