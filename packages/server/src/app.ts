import type { AnyRouter } from "@orpc/server";
import type { FastifyInstance } from "fastify";
import { sql } from "kysely";
import type { Clock } from "./platform/clock.ts";
import type { Config } from "./platform/config.ts";
import type { Database } from "./platform/database/database.ts";
import { openHttp } from "./platform/http/server.ts";
import type { Tasks } from "./platform/jobs.ts";
import type { Log } from "./platform/log.ts";
import type { Mailer } from "./platform/mail.ts";
import type { Secrets } from "./platform/secrets.ts";
import type { SmsGateway } from "./platform/sms.ts";

/** What the start has opened for the rooms to work with. */
export interface Ground {
  config: Config;
  database: Database;
  clock: Clock;
  secrets: Secrets;
  mailer: Mailer;
  sms: SmsGateway;
  log: Log;
}

export interface App {
  http: FastifyInstance;
  tasks: Tasks;
  /** Tasks queued each minute. */
  minutely: readonly string[];
}

/** The rooms, put together: their operations, their pages, their jobs. */
export function openApp(ground: Ground): App {
  const rooms: AnyRouter = {};
  const http = openHttp({
    router: rooms,
    contextOf: (parts) => Promise.resolve({ ...parts, services: ground, session: null }),
    log: ground.log,
    publicUrl: ground.config.publicUrl,
    routes: (app) => serveHealth(app, ground),
  });
  return { http, tasks: {}, minutely: [] };
}

/** Whether this program can serve: for a supervisor or a load balancer; 503 while the database is away. */
function serveHealth(app: FastifyInstance, { database, clock }: Ground): void {
  app.get("/api/health", async (_request, reply) => {
    const reached = await database
      .inScope({ kind: "public" }, (tx) => sql`select 1`.execute(tx))
      .then(
        () => true,
        () => false,
      );
    reply.code(reached ? 200 : 503).type("application/health+json");
    return JSON.stringify({ ok: reached, database: reached ? "reached" : "unreached", clock: clock.now().toString() });
  });
}
