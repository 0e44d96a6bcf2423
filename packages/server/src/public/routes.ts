import type { FastifyInstance } from "fastify";
import type { Services } from "../application/context.ts";
import { calendarPage } from "./calendar-page.ts";
import { listCampaignKeys } from "./queries.ts";

/** Pages that anyone may read, without JavaScript. */
export function servePublicPages(app: FastifyInstance, services: Services): void {
  app.get("/", async (_request, reply) => {
    const [key] = await services.database.inScope({ kind: "public" }, listCampaignKeys);
    const campaign = key === undefined ? undefined : await services.campaigns.find(key);
    reply.type("text/html; charset=utf-8");
    return calendarPage(campaign, services.clock.now()).toString();
  });
}
