import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Services } from "../application/context.ts";
import { calendarPage } from "./calendar-page.ts";
import { listCampaignKeys } from "./queries.ts";

/**
 * Pages that anyone may read, without JavaScript: the calendar, which is also the first page; `welcome`: the first page
 * is the one for newcomers of the demonstration.
 */
export function servePublicPages(app: FastifyInstance, services: Services, { welcome }: { welcome: boolean }): void {
  const calendar = async (_request: FastifyRequest, reply: FastifyReply) => {
    const [key] = await services.database.inScope({ kind: "public" }, listCampaignKeys);
    const campaign = key === undefined ? undefined : await services.campaigns.find(key);
    reply.type("text/html; charset=utf-8");
    return calendarPage(campaign, services.clock.now()).toString();
  };
  app.get("/calendar", calendar);
  app.get("/", welcome ? (_request, reply) => reply.redirect("/welcome") : calendar);
}
