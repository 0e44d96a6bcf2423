import { type ActContext, underPlanInForce } from "../request/run-act.ts";
import type { Offices, Staff } from "./offices-shape.ts";

/** Works in a person's transaction, where a test needs an act of a module that is not under test. */
export function withActContext<T>(offices: Offices, person: Staff, work: (ctx: ActContext) => Promise<T>): Promise<T> {
  const { services } = offices;
  const { session, requestId } = offices.as(person);
  const actor = session?.actor;
  if (actor === undefined || actor === null) throw new Error("nobody acts");
  return underPlanInForce(services, offices.campaign.key, (campaign) =>
    services.database.inScope(
      actor.scope,
      (tx) => work({ tx, campaign, actor, now: services.clock.now(), secrets: services.secrets, services, requestId }),
      { actorId: person.accountId },
    ),
  );
}
