import { implement } from "@orpc/server";
import { contract } from "@shice/contract/contract.ts";
import type { Callers } from "@shice/contract/operation.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import type { RequestContext, Session } from "./context.ts";

/**
 * The contract, ready for its handlers. Before each of them the first net: who may call at all,
 * as the contract says. An operation without callers is closed to everyone.
 */
export const api = implement(contract)
  .$context<RequestContext>()
  .use(({ context, next, procedure }) => {
    const { meta, route } = procedure["~orpc"];
    const { callers, training } = meta;
    if (training === true && !context.services.config.training) throw new RefusalError({ code: "request.not-found" });
    admit(callers, context.session);
    return next({ context: { afterClosing: route.method === "GET" || meta.afterClosing === true } });
  });

/** @throws RefusalError request.unauthenticated, request.forbidden */
function admit(callers: Callers, session: Session | null): void {
  if (callers === "anyone") return;
  if (session === null) throw new RefusalError({ code: "request.unauthenticated" });
  if (callers === "signed-in") return;
  if (session.actor === null || !callers.includes(session.actor.role))
    throw new RefusalError({ code: "request.forbidden" });
}
