import { sql } from "kysely";
import { machineClock } from "../platform/clock.ts";
import type { Services } from "../request/context.ts";
import { deliverQueuedMails } from "./mail-queue.ts";

/** A registration under way is done long before. */
const orphanAge = { hours: 1 };

/**
 * Removes sign-ins to which no account belongs: better-auth commits first, in a pool of its own, and a crash before our
 * row is written would keep that ID number from registering ever again. Returns how many there were.
 */
export async function removeOrphanAccounts({ database }: Pick<Services, "database">): Promise<number> {
  const before = machineClock.now().subtract(orphanAge);
  return await database.inScope({ kind: "accounts" }, async (tx) => {
    const { rows } = await sql<{ removed: bigint }>`
      select shice.remove_orphan_sign_ins(${before}) as removed`.execute(tx);
    return Number(rows[0]?.removed ?? 0);
  });
}

/** What accounts need done by the machine's clock: mails still to be sent, orphans, what has expired. */
export async function sweepAccounts(services: Services): Promise<void> {
  await deliverQueuedMails(services);
  await removeOrphanAccounts(services);
  await services.database.inScope({ kind: "accounts" }, (tx) =>
    sql`select shice.remove_expired_sign_ins(${machineClock.now()})`.execute(tx),
  );
}
