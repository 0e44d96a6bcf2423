import { readFileSync } from "node:fs";
import { type Client, makeClient } from "@shice/contract/client.ts";
import { makeCookieJar } from "@shice/contract/cookie-jar.ts";
import { afterAll } from "vitest";
import { inviteFirstAdministrator } from "../accounts/bootstrap.ts";
import { type App, openApp } from "../app.ts";
import { publishFirstCampaign } from "../campaigns/first.ts";
import { type Clock, machineClock } from "../platform/clock.ts";
import { readConfig } from "../platform/config.ts";
import { openLog } from "../platform/log.ts";
import { type Mail, openMailer, type RecordingMailer, recordingMailer } from "../platform/mail.ts";
import { recordingSmsGateway } from "../platform/sms.ts";
import { testSecret } from "./secret.ts";
import { type TestDatabase, testDatabase } from "./test-database.ts";

const planFile = new URL("../../../../campaigns/2017-chongqing-second-batch.yaml", import.meta.url);

/** The machine's clock, moved on by a test. */
interface MovableClock extends Clock {
  moveOn(duration: Temporal.DurationLike): void;
}

/** The program as it serves, over HTTP, with the reference campaign in a database of its own. */
export interface Served {
  db: TestDatabase;
  app: App;
  url: string;
  clock: MovableClock;
  mailer: RecordingMailer & { fail(yes: boolean): void };
  firstInvitation: string;
  /** A person's own client, who calls from this address of the network. */
  client(options?: { address?: string; post?: () => string | undefined }): Client;
}

/** `limited`: sign-in is limited by address, as it is outside training. */
export async function openServed({
  limited = false,
  smtpUrl,
}: {
  limited?: boolean;
  /** A real mail server, in the place of the recorder. */
  smtpUrl?: string;
} = {}): Promise<Served> {
  const db = await testDatabase();
  const clock = movableClock();
  const mailer = failingMailer();
  const read = readConfig({
    SHICE_SECRET: testSecret,
    SHICE_TRAINING: limited ? "off" : "on",
    SHICE_PUBLIC_URL: "http://shice.invalid",
  });
  if (!("config" in read)) throw new Error("the configuration of tests is refused");
  const app = openApp({
    config: read.config,
    database: db.database,
    login: { ...db.superuser, user: "shice_login", password: db.loginPassword },
    clock,
    secrets: db.secrets,
    mailer: smtpUrl === undefined ? mailer : openMailer({ smtpUrl }),
    sms: recordingSmsGateway(),
    log: openLog("silent"),
  });
  await publishFirstCampaign(app.services, readFileSync(planFile, "utf8"));
  const firstInvitation = await inviteFirstAdministrator(app.services);
  if (firstInvitation === undefined) throw new Error("a fresh installation invites its first administrator");
  const url = await app.http.listen({ host: "127.0.0.1", port: 0 });
  afterAll(async () => {
    await app.http.close();
    await app.close();
  });
  return {
    db,
    app,
    url,
    clock,
    mailer,
    firstInvitation,
    client: ({ address, post } = {}) =>
      makeClient(url, {
        cookies: makeCookieJar(),
        ...(address === undefined ? {} : { headers: () => ({ "x-forwarded-for": address }) }),
        ...(post === undefined ? {} : { post }),
      }),
  };
}

function movableClock(): MovableClock {
  let ahead = new Temporal.Duration();
  return {
    now: () => machineClock.now().add(ahead),
    moveOn: (duration) => {
      ahead = ahead.add(duration);
    },
  };
}

/** Records, or refuses as a mail server that is away. */
function failingMailer(): Served["mailer"] {
  const recorder = recordingMailer();
  let failing = false;
  return {
    sent: recorder.sent,
    close: recorder.close,
    send: async (mail: Mail) => {
      if (failing) throw new Error("the mail server is away");
      await recorder.send(mail);
    },
    fail: (yes) => {
      failing = yes;
    },
  };
}
