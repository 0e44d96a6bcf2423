import { randomUUID } from "node:crypto";
import { createServer } from "node:net";
import { beforeEach, expect, test } from "vitest";
import { openMailer } from "../platform/mail.ts";
import { recordingSmsGateway } from "../platform/sms.ts";
import type { Services } from "../request/context.ts";
import { openOffices } from "../testing/offices.ts";
import type { Offices } from "../testing/offices-shape.ts";
import { smtpServer } from "../testing/smtp-server.ts";
import { deliverMessages } from "./deliver.ts";

const offices: Offices = await openOffices();
const { owner, secrets } = offices.db;

beforeEach(async () => {
  await owner.query("delete from shice.message");
});

/** Mails in the queue, each to an invented applicant. */
async function queue(count: number, address = (number: number) => `teacher${number}@example.invalid`): Promise<void> {
  for (let number = 0; number < count; number += 1) {
    const account = randomUUID();
    await owner.query(
      `insert into shice.account (id, kind, person_id, display_name, email_sealed, email_index, created_at)
       values ($1, 'staff', null, '收件人', $2, $3, '2017-09-20T01:00:00Z')`,
      [account, secrets.encrypt(address(number), "account.email"), secrets.blindIndex(account, "account.email")],
    );
    await owner.query(
      `insert into shice.message (account_id, campaign_id, channel, template, dedupe_key, state, created_at)
       values ($1, $2, 'email', 'concluded', $3, 'queued', '2017-09-20T01:00:00Z')`,
      [account, offices.campaign.id, randomUUID()],
    );
  }
}

/** As if the time had passed after which they are tried again. */
async function letTimePass(): Promise<void> {
  await owner.query("update shice.message set due_at = due_at - interval '1 hour'");
}

async function states(): Promise<Record<string, number>> {
  const { rows } = await owner.query("select state, count(*)::int as n from shice.message group by state");
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
}

function servicesWith(smtpUrl: string): Services {
  return { ...offices.services, mailer: openMailer({ smtpUrl }) };
}

/** A port at which nobody listens. */
async function deadPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("a port was given");
  return address.port;
}

test("a dead mail server holds nothing up: the mails wait, and go once each when it is back", async () => {
  await queue(5);
  const port = await deadPort();
  const services = servicesWith(`smtp://127.0.0.1:${port}/?from=shice@example.gov.cn`);
  expect(await deliverMessages(services)).toBe(5);
  expect(await states()).toEqual({ queued: 5 });

  // Not at once: a server that is away is not hammered.
  expect(await deliverMessages(services)).toBe(0);
  await letTimePass();
  const { taken } = await smtpServer(port);
  // Two programs at once.
  const both = await Promise.all([deliverMessages(services), deliverMessages(services)]);
  expect(both.reduce((sum, count) => sum + count, 0)).toBe(5);
  expect(await states()).toEqual({ sent: 5 });
  expect(taken).toHaveLength(5);
  expect(await deliverMessages(services)).toBe(0);
  expect(taken).toHaveLength(5);
  services.mailer.close();
});

test("what is refused twelve times, ever later, is left as failed, for somebody to see; the others go", async () => {
  await queue(3, (number) => `${number === 1 ? "refused" : `teacher${number}`}@example.invalid`);
  const { url, taken } = await smtpServer();
  const services = servicesWith(url);
  const waits: number[] = [];
  for (let attempt = 0; attempt < 12; attempt += 1) {
    await deliverMessages(services);
    const { rows } = await owner.query(
      "select extract(epoch from due_at - clock_timestamp()) / 60 as minutes from shice.message where state = 'queued'",
    );
    if (rows[0] !== undefined) waits.push(Math.round(Number(rows[0].minutes)));
    await letTimePass();
  }
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60, 60, 60]);
  expect(await states()).toEqual({ sent: 2, failed: 1 });
  expect(taken).toHaveLength(2);
  expect(await deliverMessages(services)).toBe(0);
  services.mailer.close();
});

test("a program killed between taking a mail and sending it leaves it for a clerk to see, and never sends it twice", async () => {
  await queue(1);
  await owner.query("update shice.message set state = 'sending', attempts = 1");
  const { url, taken } = await smtpServer();
  const services = servicesWith(url);
  expect(await deliverMessages(services)).toBe(0);
  expect(await states()).toEqual({ sending: 1 });
  expect(taken).toEqual([]);
  services.mailer.close();
});

test("short messages go through the gateway, with the short words; without a number they are a clerk's work", async () => {
  const { rows } = await owner.query(
    `insert into shice.account (id, kind, display_name, mobile_sealed, created_at)
     values ($1, 'staff', '收件人', $2, '2017-09-20T01:00:00Z'), ($3, 'staff', '无号码', null, '2017-09-20T01:00:00Z') returning id`,
    [randomUUID(), secrets.encrypt("13800000001", "account.mobile"), randomUUID()],
  );
  for (const { id } of rows) {
    await owner.query(
      `insert into shice.message (account_id, campaign_id, channel, template, dedupe_key, state, created_at)
       values ($1, $2, 'sms', 'returned', $3, 'queued', '2017-09-20T01:00:00Z')`,
      [id, offices.campaign.id, randomUUID()],
    );
  }
  const sms = recordingSmsGateway();
  expect(await deliverMessages({ ...offices.services, sms })).toBe(2);
  expect(sms.sent).toEqual([
    { mobile: "13800000001", text: expect.stringMatching(/^【教师资格定期注册】.*请登录查看/) },
  ]);
  expect(await states()).toEqual({ sent: 1, failed: 1 });
});
