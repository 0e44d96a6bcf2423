import { endText } from "@shice/contract/sentences/moment.ts";
import { sql } from "kysely";
import type { Tx } from "../platform/database/database.ts";

/** Tells the leads of the district of an objection to their list, with the day by which it is answered. */
export async function tellLeads(
  tx: Tx,
  objection: string,
  answerBy: Temporal.Instant,
  now: Temporal.Instant,
): Promise<void> {
  await sql`select shice.tell_leads(${objection}::uuid, ${endText(answerBy.toString())}, ${now}::timestamptz)`.execute(
    tx,
  );
}
