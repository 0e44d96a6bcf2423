import type { FastifyInstance } from "fastify";
import type { Services } from "../application/context.ts";
import { calendarPage } from "./calendar-page.ts";
import { listCampaignKeys } from "./queries.ts";

/**
 * Pages that anyone may read, without JavaScript. `welcome`: the first page is the one for newcomers of the
 * demonstration, and the calendar lies beside it.
 */
export function servePublicPages(app: FastifyInstance, services: Services, { welcome }: { welcome: boolean }): void {
  if (welcome) app.get("/", (_request, reply) => reply.redirect("/welcome"));
  app.get(welcome ? "/calendar" : "/", async (_request, reply) => {
    const [key] = await services.database.inScope({ kind: "public" }, listCampaignKeys);
    const campaign = key === undefined ? undefined : await services.campaigns.find(key);
    reply.type("text/html; charset=utf-8");
    return calendarPage(campaign, services.clock.now()).toString();
  });
}
