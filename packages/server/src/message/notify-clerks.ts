import type { Tx } from "../platform/database/database.ts";
import { sendMessages } from "./send-messages.ts";

/** Informs the clerks of a confirmation point that a teacher asks to withdraw a confirmed application. */
export async function notifyClerksOfWithdrawal(
  tx: Tx,
  { point, version, ...about }: { campaign: string; application: string; point: string; version: number },
  now: Temporal.Instant,
): Promise<void> {
  // The version keeps requests against two confirmations of one application apart.
  const key = `${about.application}:withdrawal:${version}`;
  const message = { organisation: point, role: "school-clerk", key, ...about } as const;
  await sendMessages(tx, [message], { template: "withdrawal-asked", now });
}
