import { sql } from "kysely";
import type { Campaign } from "../case/campaign.ts";
import { TrainingClock } from "../platform/clock.ts";
import type { Tx } from "../platform/database/database.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { isRecordingMailer, type Mail } from "../platform/mail.ts";
import type { Secrets } from "../platform/secrets.ts";
import { isRecordingSmsGateway, type Sms } from "../platform/sms.ts";
import { moveTrainingClock } from "../platform/training-clock.ts";
import { meOf } from "../request/account-view.ts";
import { api } from "../request/api.ts";
import type { Demonstration, Services } from "../request/context.ts";
import { mayRestore, restoreBeginning } from "./beginning.ts";
import { listHappened } from "./happened.ts";
import { listMarks } from "./marks.ts";
import { listPersonas } from "./personas.ts";
import { countStanding } from "./standing.ts";

/** The movable clock, personas, reset: whoever moves the clock is answered when what fell due on the way is done. */
export function trainingRoutesOf(
  sweep: (services: Services) => Promise<{ lapsed: number; expired: number }>,
  sealEarlierRecord: (tx: Tx, secrets: Secrets, now: Temporal.Instant) => Promise<void>,
) {
  return {
    getState: api.training.getState.handler(async ({ context: { services } }) => {
      const { owner, preparing } = getDemonstration(services);
      const campaign = await findCampaign(services);
      const now = services.clock.now();
      const notices = campaign === undefined ? [] : await listRunningNotices(services, campaign.id, now);
      const marks = campaign === undefined ? [] : listMarks(campaign, notices, now);
      return {
        campaign: campaign?.key ?? null,
        ...clockViewOf(services),
        preparing: preparing ?? null,
        resettable: preparing === undefined && (await mayRestore(owner)),
        marks: marks.map(({ at, ...mark }) => ({ ...mark, at: at.toString() })),
        personas: preparing === undefined ? await listPersonas(owner) : [],
        standing: campaign === undefined ? [] : await countStanding(owner, campaign.id),
      };
    }),

    getClock: api.training.getClock.handler(({ context }) => clockViewOf(context.services)),

    listMails: api.training.listMails.handler(({ input, context }) =>
      keptMails(context.services)
        .filter((mail) => mail.to === input.to)
        .map(({ subject, text }) => ({ subject, text })),
    ),

    listSent: api.training.listSent.handler(({ context }) => [
      ...keptMails(context.services).map(({ to, subject, text }) => ({ channel: "email" as const, to, subject, text })),
      ...keptSms(context.services).map(({ mobile, text }) => ({
        channel: "sms" as const,
        to: mobile,
        subject: "短信",
        text,
      })),
    ]),

    setClock: api.training.setClock.handler(async ({ input, context }) => {
      const { services } = context;
      const clock = getTrainingClock(services);
      const { owner, jobPause } = getDemonstration(services);
      const before = clock.now();
      const at = Temporal.Instant.from(input.at).round({ smallestUnit: "microsecond", roundingMode: "floor" });
      const back = Temporal.Instant.compare(at, before) < 0;
      if (back && (await mayRestore(owner)) && (await isAnythingLater(owner, at))) {
        throw new RefusalError({ code: "training.clock-back", field: "at" });
      }
      return await jobPause.runJob(async () => {
        await moveTrainingClock(services.database, clock, { at, runs: input.runs });
        const swept = await sweep(services);
        const since = await listHappened(owner, await findCampaign(services), before, at);
        return { ...clockViewOf(services), ...swept, since };
      });
    }),

    signInAs: api.training.signInAs.handler(async ({ input, context }) => {
      const { services } = context;
      const { owner, preparing } = getDemonstration(services);
      const persona = preparing === undefined ? await findPersona(owner, input.persona) : undefined;
      if (persona === undefined) throw new RefusalError({ code: "training.persona-unknown", field: "persona" });
      const cookie = await services.auth.openSessionOf(persona.account);
      const session = await services.accounts.findSession(cookie, null);
      if (session === null) throw new Error("the session that was just opened was not found");
      context.responseHeaders.append("set-cookie", cookie);
      return meOf(session);
    }),

    reset: api.training.reset.handler(async ({ context: { services } }) => {
      const clock = getTrainingClock(services);
      const { owner, preparing, jobPause } = getDemonstration(services);
      if (preparing !== undefined || !(await mayRestore(owner))) {
        throw new RefusalError({ code: "training.no-beginning" });
      }
      return await jobPause.runPaused(async () => {
        const { at, runs } = await restoreBeginning(owner, (tx) =>
          sealEarlierRecord(tx, services.secrets, clock.now()),
        );
        services.campaigns.forgetAll();
        await moveTrainingClock(services.database, clock, { at, runs });
        return clockViewOf(services);
      });
    }),
  };
}

async function findPersona(owner: Demonstration["owner"], key: string) {
  return (await listPersonas(owner)).find((persona) => persona.key === key);
}

async function findCampaign(services: Services): Promise<Campaign | undefined> {
  const row = await services.database.inScope({ kind: "public" }, (tx) =>
    tx.selectFrom("shice.campaign").select("key").orderBy("created_at", "desc").limit(1).executeTakeFirst(),
  );
  return row === undefined ? undefined : await services.campaigns.find(row.key);
}

async function listRunningNotices({ database }: Services, campaignId: string, now: Temporal.Instant) {
  const { rows } = await database.inScope({ kind: "public" }, (tx) =>
    sql<{ id: string; number: string; authority: string; endsAt: Temporal.Instant }>`
      select n.id, n.number, o.name as authority, n.ends_at as "endsAt"
      from shice.public_notice n join shice.organisation o on o.id = n.authority_id
      where n.campaign_id = ${campaignId} and n.closed_at is null and n.ends_at > ${now.toString()}::timestamptz
      order by n.ends_at limit 3`.execute(tx),
  );
  return rows;
}

/** In a demonstration a history that lies in the future would be a lie, and the way back is the reset. */
async function isAnythingLater(owner: Demonstration["owner"], at: Temporal.Instant): Promise<boolean> {
  const { rows } = await owner.query<{ later: boolean }>(
    "select exists (select from shice.application_history where at > $1) as later",
    [at.toString()],
  );
  return rows[0]?.later === true;
}

function keptMails({ mailer }: Services): readonly Mail[] {
  return isRecordingMailer(mailer) ? mailer.sent : [];
}

function keptSms({ sms }: Services): readonly Sms[] {
  return isRecordingSmsGateway(sms) ? sms.sent : [];
}

function clockViewOf(services: Services) {
  const clock = getTrainingClock(services);
  return { now: clock.now().toString(), runs: clock.runs };
}

function getTrainingClock({ clock }: Services): TrainingClock {
  if (!(clock instanceof TrainingClock)) throw new RefusalError({ code: "request.not-found" });
  return clock;
}

function getDemonstration({ demonstration }: Services): Demonstration {
  if (demonstration === undefined) throw new RefusalError({ code: "request.not-found" });
  return demonstration;
}
