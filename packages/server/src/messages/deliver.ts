import type { Services } from "../application/context.ts";
import { machineClock } from "../platform/clock.ts";
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
  const address = channel === "email" ? message.email_sealed : message.mobile_sealed;
  if (address === null) return await settled({ state: "failed", error: "no address" });
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

async function send(
  { secrets, mailer, sms }: Services,
  channel: SentChannel,
  address: Buffer,
  message: DueMessage,
): Promise<void> {
  const { title, text, short } = messageTextOf(message);
  if (channel === "email") {
    await mailer.send({ to: secrets.decrypt(address, "account.email"), subject: `师册：${title}`, text });
  } else {
    await sms.send({ mobile: secrets.decrypt(address, "account.mobile"), text: short });
  }
}
