import { join } from "node:path";
import { createRouterClient } from "@orpc/server";
import type { FastifyInstance } from "fastify";
import { sql } from "kysely";
import { accountMailOf } from "./accounts/account-mail.ts";
import { openAuth } from "./accounts/auth.ts";
import { accountsRoutes } from "./accounts/routes.ts";
import { sweepAccounts } from "./accounts/sweep.ts";
import { applicantRoutes } from "./applicant/routes.ts";
import { archiveRoutes } from "./archive/routes.ts";
import { assistanceRoutes } from "./assistance/routes.ts";
import { auditRoutes } from "./audit/routes.ts";
import { sealDay } from "./audit/seal-day.ts";
import { sealEarlierRecord } from "./audit/seal-earlier-record.ts";
import { campaignsRoutes } from "./campaigns/routes.ts";
import { Campaigns } from "./case/campaign.ts";
import { casesRoutes } from "./cases/routes.ts";
import { confirmationRoutes } from "./confirmation/routes.ts";
import { conversationRoutes } from "./conversation/routes.ts";
import { decisionRoutes } from "./decision/routes.ts";
import { documentsRoutes } from "./documents/routes.ts";
import { readingTasks } from "./form/read-numbers.ts";
import { countJobs } from "./jobs/queries.ts";
import { jobsRoutes } from "./jobs/routes.ts";
import { markingRoutes } from "./marking/routes.ts";
import { deliverMessages } from "./messages/deliver.ts";
import { messagesRoutes } from "./messages/routes.ts";
import { noticeRoutes } from "./notice/routes.ts";
import { organisationsRoutes } from "./organisations/routes.ts";
import type { Clock } from "./platform/clock.ts";
import type { Config } from "./platform/config.ts";
import type { ConnectionParameters } from "./platform/database/connection.ts";
import type { Database } from "./platform/database/database.ts";
import { type FileStore, openFileStore } from "./platform/file-store.ts";
import { serveMetrics } from "./platform/http/metrics.ts";
import { partsOf, type RequestParts } from "./platform/http/request-parts.ts";
import { openHttp } from "./platform/http/server.ts";
import { serveWebFiles } from "./platform/http/web-files.ts";
import type { Tasks } from "./platform/jobs.ts";
import type { Log } from "./platform/log.ts";
import type { Mailer } from "./platform/mail.ts";
import { openTextReader } from "./platform/reading/text-reader.ts";
import type { Secrets } from "./platform/secrets.ts";
import type { SmsGateway } from "./platform/sms.ts";
import { openTypesetter } from "./platform/typesetting/typesetter.ts";
import { preliminaryRoutes } from "./preliminary/routes.ts";
import { servePublicPages } from "./public/routes.ts";
import { reportRoutes } from "./report/routes.ts";
import { api } from "./request/api.ts";
import type { Demonstration, RequestContext, Services } from "./request/context.ts";
import { openAccounts } from "./request/find-session.ts";
import { returnsRoutes } from "./returns/routes.ts";
import { reviewRoutes } from "./review/routes.ts";
import { importTasks, resumeImports } from "./roster/import-work.ts";
import { rosterRoutes } from "./roster/routes.ts";
import { checkFiles } from "./sweep/check-files.ts";
import { remind } from "./sweep/remind.ts";
import { sweep } from "./sweep/sweep.ts";
import { trainingRoutesOf } from "./training/routes.ts";

/** What the start has opened for the modules to work with. */
interface AppDependencies {
  config: Config;
  database: Database;
  /** Of the login role, for better-auth's own pool. */
  login: ConnectionParameters;
  clock: Clock;
  secrets: Secrets;
  mailer: Mailer;
  sms: SmsGateway;
  /** Absent: a folder in the data folder. */
  files?: FileStore | undefined;
  log: Log;
  /** In training mode. */
  demonstration?: Demonstration | undefined;
  /** Where the built web application lies, if it is to be served. */
  webFolder?: string | undefined;
}

export interface App {
  http: FastifyInstance;
  services: Services;
  tasks: Tasks;
  /** Tasks queued each minute. */
  minutely: readonly string[];
  close(): Promise<void>;
}

/** Every operation of the contract, with the module that does it. */
export const router = api.router({
  accounts: accountsRoutes,
  campaigns: campaignsRoutes,
  organisations: organisationsRoutes,
  roster: rosterRoutes,
  applicant: applicantRoutes,
  assistance: assistanceRoutes,
  documents: documentsRoutes,
  cases: casesRoutes,
  confirmation: confirmationRoutes,
  preliminary: preliminaryRoutes,
  returns: returnsRoutes,
  notice: noticeRoutes,
  report: reportRoutes,
  review: reviewRoutes,
  decision: decisionRoutes,
  marking: markingRoutes,
  archive: archiveRoutes,
  messages: messagesRoutes,
  conversation: conversationRoutes,
  audit: auditRoutes,
  jobs: jobsRoutes,
  training: trainingRoutesOf(doWhatIsDue, sealEarlierRecord),
});

/** What the calendar demands at this moment: ends that have come, reminders of those to come. */
async function doWhatIsDue(services: Services) {
  const swept = await sweep(services);
  await remind(services);
  return swept;
}

/** The modules, put together: their operations, their pages, their jobs. */
export function openApp(dependencies: AppDependencies): App {
  const { config, database, clock, secrets, log } = dependencies;
  const authSecret = secrets.deriveKey("better-auth").toString("hex");
  const mail = accountMailOf(dependencies);
  const auth = openAuth({
    connection: dependencies.login,
    secret: authSecret,
    secureCookies: config.publicUrl?.startsWith("https:") === true,
    limited: !config.training,
    sendReset: mail.sendReset,
    sendVerification: mail.sendVerification,
  });
  const services: Services = {
    ...dependencies,
    files: dependencies.files ?? openFileStore(join(config.dataFolder, "files"), secrets),
    typesetter: openTypesetter({ extraFonts: config.fonts }),
    textReader: openTextReader(),
    campaigns: new Campaigns(database),
    accounts: openAccounts(database, clock, authSecret),
    auth,
  };
  const http = openHttp({
    router,
    findCaller: async (parts) => (await contextOf(services, parts)).session?.accountId,
    contextOf: (parts) => contextOf(services, parts),
    log,
    publicUrl: config.publicUrl,
    routes: (app) => {
      serveHealth(app, services);
      serveMetrics(app, {
        pool: () => database.connections(),
        jobs: () => database.inScope({ kind: "system" }, countJobs),
      });
      servePublicPages(app, {
        services,
        apiOf: (request, { counted } = { counted: false }) =>
          createRouterClient(router, {
            context: async () => ({ ...(await contextOf(services, partsOf(request))), counted }),
          }),
        welcome: dependencies.demonstration !== undefined && dependencies.webFolder !== undefined,
      });
      if (dependencies.webFolder !== undefined) serveWebFiles(app, dependencies.webFolder);
    },
  });
  const tasks: Tasks = {
    "sweep-what-is-due": async () => {
      await doWhatIsDue(services);
    },
    "check-files": async () => {
      await checkFiles(services);
    },
    "sweep-accounts": async () => {
      await sweepAccounts(services);
    },
    "resume-imports": async () => {
      await resumeImports(services);
    },
    "deliver-mails": async () => {
      await deliverMessages(services);
    },
    "seal-yesterday": async () => {
      const now = clock.now();
      await sealDay(
        database,
        secrets,
        now.toZonedDateTimeISO("Asia/Shanghai").toPlainDate().subtract({ days: 1 }),
        now,
      );
    },
  };
  return {
    http,
    services,
    tasks: pausable(dependencies.demonstration, { ...tasks, ...importTasks(services), ...readingTasks(services) }),
    minutely: Object.keys(tasks),
    close: async () => {
      await services.typesetter.close();
      await services.textReader.close();
      await auth.close();
    },
  };
}

/** In a demonstration, jobs wait while it is being reset. */
function pausable(demonstration: Demonstration | undefined, tasks: Tasks): Tasks {
  if (demonstration === undefined) return tasks;
  return Object.fromEntries(
    Object.entries(tasks).map(([name, work]) => [
      name,
      (payload, context) => demonstration.jobPause.runJob(() => work(payload, context)),
    ]),
  );
}

async function contextOf(services: Services, parts: RequestParts): Promise<RequestContext> {
  const { headers, ...rest } = parts;
  const session = await services.accounts.findSession(headers.get("cookie"), headers.get("shice-post"));
  if (session !== null) parts.noteCaller({ accountId: session.accountId, role: session.actor?.role });
  return { ...rest, services, session, requestHeaders: headers };
}

/** Whether this program can serve: for a supervisor or a load balancer; 503 while the database is away. */
function serveHealth(app: FastifyInstance, { database, clock }: Services): void {
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
