import { isUrgent } from "@shice/rules/lifecycle/message.ts";
import { machineClock } from "../platform/clock.ts";
import type { Services } from "../request/context.ts";
import { type DueMessage, type SentChannel, settle, takeDue } from "./queries.ts";
import { messageTextOf } from "./text.ts";

const batch = 50;
/** A job does not run on for ever: what is left is the next minute's. */
const mostRounds = 40;
/** Tried again after 1, 2, 4 … at most 60 minutes: some seven hours in all. */
const lastAttempt = 12;

/**
 * Sends the mails and short messages that are due, each once: what the mail server or the gateway did not take is tried
 * again ever later, and becomes something a clerk sees when it never was.
 */
export async function deliverMessages(services: Services): Promise<number> {
  let count = 0;
  for (const channel of ["email", "sms"] as const) {
    for (let round = 0; round < mostRounds; round++) {
      const due = await services.database.inScope({ kind: "system" }, (tx) =>
        takeDue(tx, channel, machineClock.now(), batch),
      );
      for (const message of due) await deliver(services, channel, message);
      count += due.length;
      if (due.length < batch) break;
    }
  }
  return count;
}

async function deliver(services: Services, channel: SentChannel, message: DueMessage): Promise<void> {
  const settled = (outcome: Parameters<typeof settle>[2]) =>
    services.database.inScope({ kind: "system" }, (tx) => settle(tx, message.id, outcome));
  if (!isWanted(channel, message)) return await settled({ state: "unwanted" });
  const address = addressOf(services, channel, message);
  if (address === undefined) return await settled({ state: "failed", error: "no address" });
  try {
    await send(services, channel, address, message);
  } catch {
    const error = channel === "email" ? "mail server" : "gateway";
    if (message.attempts >= lastAttempt) return await settled({ state: "failed", error });
    const minutes = Math.min(60, 2 ** (message.attempts - 1));
    return await settled({ state: "queued", dueAt: machineClock.now().add({ minutes }), error });
  }
  await settled({ state: "sent", at: services.clock.now() });
}

/** Where the message goes: to its own recipient, or to what the account holds. */
function addressOf({ secrets }: Services, channel: SentChannel, message: DueMessage): string | undefined {
  const { recipient_sealed: recipient, email_sealed: email, mobile_sealed: mobile } = message;
  if (recipient !== null) return secrets.decrypt(recipient, "message.recipient");
  if (channel === "email") return email === null ? undefined : secrets.decrypt(email, "account.email");
  return mobile === null ? undefined : secrets.decrypt(mobile, "account.mobile");
}

/** What asks for an act or has consequences is mailed whatever its reader prefers; the inbox holds everything. */
function isWanted(channel: SentChannel, { template, mail_wanted: mail, sms_wanted: sms }: DueMessage): boolean {
  return channel === "sms" ? sms !== false : mail !== "important" || isUrgent(template);
}

async function send(
  { mailer, sms }: Services,
  channel: SentChannel,
  address: string,
  message: DueMessage,
): Promise<void> {
  const { title, text, short } = messageTextOf(message);
  if (channel === "email") {
    await mailer.send({ to: address, subject: `师册：${title}`, text });
  } else {
    await sms.send({ mobile: address, text: short });
  }
}
