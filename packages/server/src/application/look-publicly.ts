import type { Tx } from "../platform/database/database.ts";
import { underPlanInForce } from "./act.ts";
import type { Campaign } from "./campaign.ts";
import type { RequestContext, Services } from "./context.ts";

/** What anyone may work with who is not signed in. */
export interface PublicRoom {
  tx: Tx;
  campaign: Campaign;
  now: Temporal.Instant;
  services: Services;
}

/** Works in one transaction in the public scope, whoever asks: what is shown here is shown to everyone. */
export function lookPublicly<T>(
  { services }: RequestContext,
  campaignKey: string,
  work: (room: PublicRoom) => Promise<T>,
): Promise<T> {
  return underPlanInForce(services, campaignKey, (campaign) =>
    services.database.inScope({ kind: "public" }, (tx) => work({ tx, campaign, now: services.clock.now(), services })),
  );
}
