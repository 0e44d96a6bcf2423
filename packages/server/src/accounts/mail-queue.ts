import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { z } from "zod";
import { machineClock } from "../platform/clock.ts";
import type { Config } from "../platform/config.ts";
import type { Database, Tx } from "../platform/database/database.ts";
import type { Log } from "../platform/log.ts";
import type { Mailer } from "../platform/mail.ts";
import type { Secrets } from "../platform/secrets.ts";

/** What sending needs; the services have it, and what is open before them. */
export interface MailGround {
  config: Config;
  database: Database;
  mailer: Mailer;
  secrets: Secrets;
  log: Log;
}

const purpose = "account.mail";
const batch = 50;
const lastAttempt = 12;
/** How long an answer waits for the mail server; the mail goes on being sent after that. */
const patienceMs = 2000;

const AccountMail = z.object({ to: z.string(), subject: z.string(), text: z.string() });
type AccountMail = z.infer<typeof AccountMail>;

/**
 * How a mail asks for its token to be used: by a link where this installation's address is known, and by the bare code
 * for a mail program that breaks links.
 */
export function linkOf({ publicUrl, training, port }: Config, path: string, token: string): string {
  // Behind a proxy the program does not know its own address; a training installation is opened on its own machine.
  const base = publicUrl ?? (training ? `http://localhost:${port}` : undefined);
  if (base === undefined) return `使用下面的验证码：\n\n${token}`;
  return `打开下面的地址：\n\n${new URL(path, base)}?token=${encodeURIComponent(token)}\n\n打不开的，请在网页上填写验证码：\n\n${token}`;
}

/** Queues a mail that bears a token, sealed, in the transaction that makes the token. Returns its id. */
export async function queueMail(tx: Tx, secrets: Secrets, mail: AccountMail): Promise<string> {
  const now = machineClock.now();
  const { id } = await tx
    .insertInto("shice.account_mail")
    .values({ mail_sealed: secrets.encrypt(JSON.stringify(mail), purpose), due_at: now, created_at: now })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** Sends a queued mail at once; a mail server that is slow or away does not hold up or fail what caused the mail. */
export async function sendSoon(dependencies: MailGround, id: string): Promise<void> {
  const sending = deliverQueuedMails(dependencies, id).catch((error: unknown) => {
    dependencies.log.warn({ err: error }, "account mail not sent yet");
  });
  await Promise.race([sending, sleep(patienceMs, undefined, { ref: false })]);
}

/**
 * Sends the mails that are due (or the one named), each tried again ever later, twelve times. A mail is taken for this
 * program alone, and removed when the server has it; a crash in between sends a token twice, which does no harm.
 * Mail has nothing to do with the training clock: the machine's tells what is due.
 */
export async function deliverQueuedMails(dependencies: MailGround, id?: string): Promise<number> {
  const { database, mailer, secrets, log } = dependencies;
  const taken = await database.inScope({ kind: "accounts" }, (tx) => takeDueMails(tx, machineClock.now(), id));
  let sent = 0;
  for (const mail of taken) {
    try {
      await mailer.send(AccountMail.parse(JSON.parse(secrets.decrypt(mail.mail_sealed, purpose))));
    } catch (error) {
      log.warn({ err: error, attempt: mail.attempts }, "account mail not sent");
      continue;
    }
    await database.inScope({ kind: "accounts" }, (tx) =>
      tx.deleteFrom("shice.account_mail").where("id", "=", mail.id).execute(),
    );
    sent += 1;
  }
  return sent;
}

interface TakenMail {
  id: string;
  mail_sealed: Buffer;
  attempts: number;
}

/** After 1, 2, 4 … at most 60 minutes it is due again, unless it was sent before. */
async function takeDueMails(tx: Tx, now: Temporal.Instant, id: string | undefined): Promise<TakenMail[]> {
  const { rows } = await sql<TakenMail>`
    with due as (
      select id from shice.account_mail
      where due_at <= ${now} and attempts < ${lastAttempt} and (${id ?? null}::uuid is null or id = ${id ?? null}::uuid)
      order by due_at limit ${batch} for update skip locked)
    update shice.account_mail m
    set attempts = m.attempts + 1,
      due_at = ${now}::timestamptz + least(60, 2 ^ m.attempts) * interval '1 minute'
    from due where m.id = due.id
    returning m.id, m.mail_sealed, m.attempts`.execute(tx);
  return rows;
}
