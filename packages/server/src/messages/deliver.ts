import type { Services } from "../application/context.ts";
import { settleMail, takeDueMails } from "./queries.ts";
import { messageTextOf } from "./text.ts";

const batch = 50;
const lastAttempt = 8;

/**
 * Sends the mails that are due. A mail is marked before it goes and settled after: a dead mail server means another
 * try in a minute, up to eight; a crash in between means one mail that a clerk sees as not settled, never two.
 */
export async function deliverMails(services: Services): Promise<number> {
  const { database, clock, secrets, mailer } = services;
  const now = clock.now();
  const due = await database.inScope({ kind: "system" }, async (tx) => {
    const mails = await takeDueMails(tx, now, batch);
    for (const mail of mails) await settleMail(tx, mail.id, "sending", now);
    return mails;
  });
  for (const mail of due) {
    const settle = (state: "sent" | "queued" | "failed", error?: string) =>
      database.inScope({ kind: "system" }, (tx) => settleMail(tx, mail.id, state, now, error));
    if (mail.email_sealed === null) {
      await settle("failed", "no address");
      continue;
    }
    const { title, text } = messageTextOf(mail);
    try {
      await mailer.send({ to: secrets.decrypt(mail.email_sealed, "account.email"), subject: `师册：${title}`, text });
      await settle("sent");
    } catch {
      await settle(mail.attempts + 1 >= lastAttempt ? "failed" : "queued", "mail server");
    }
  }
  return due.length;
}
