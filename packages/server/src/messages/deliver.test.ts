import { randomUUID } from "node:crypto";
import { createServer } from "node:net";
import { beforeEach, expect, test } from "vitest";
import type { Services } from "../application/context.ts";
import { openMailer } from "../platform/mail.ts";
import { type Offices, openOffices } from "../testing/offices.ts";
import { smtpServer } from "../testing/smtp-server.ts";
import { deliverMails } from "./deliver.ts";

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
  expect(await deliverMails(services)).toBe(5);
  expect(await states()).toEqual({ queued: 5 });

  const { taken } = await smtpServer(port);
  // Two programs at once.
  const both = await Promise.all([deliverMails(services), deliverMails(services)]);
  expect(both.reduce((sum, count) => sum + count, 0)).toBe(5);
  expect(await states()).toEqual({ sent: 5 });
  expect(taken).toHaveLength(5);
  expect(await deliverMails(services)).toBe(0);
  expect(taken).toHaveLength(5);
  services.mailer.close();
});

test("what is refused eight times is left as failed, for somebody to see; the others go", async () => {
  await queue(3, (number) => `${number === 1 ? "refused" : `teacher${number}`}@example.invalid`);
  const { url, taken } = await smtpServer();
  const services = servicesWith(url);
  for (let attempt = 0; attempt < 8; attempt += 1) await deliverMails(services);
  expect(await states()).toEqual({ sent: 2, failed: 1 });
  expect(taken).toHaveLength(2);
  expect(await deliverMails(services)).toBe(0);
  services.mailer.close();
});

test("a program killed between taking a mail and sending it leaves it for a clerk to see, and never sends it twice", async () => {
  await queue(1);
  await owner.query("update shice.message set state = 'sending', attempts = 1");
  const { url, taken } = await smtpServer();
  const services = servicesWith(url);
  expect(await deliverMails(services)).toBe(0);
  expect(await states()).toEqual({ sending: 1 });
  expect(taken).toEqual([]);
  services.mailer.close();
});
