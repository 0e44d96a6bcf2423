import { sql } from "kysely";
import { mustReturnRow } from "../platform/database/must-return-row.ts";
import type { ActContext } from "../request/run-act.ts";

/** Keeps an appeal against a lapse or a refusal, with its words. */
export async function insertAppeal(
  { tx, campaign, actor, now }: ActContext,
  appeal: { id: string; application: string; statement: string },
): Promise<void> {
  await sql`
    insert into shice.appeal (id, campaign_id, application_id, entered_by, statement, raised_at)
    values (${appeal.id}, ${campaign.id}, ${appeal.application}, ${actor.accountId}, ${appeal.statement}, ${now})`.execute(
    tx,
  );
}

/** Writes the outcome of an appeal with the lead's answer. */
export async function answerAppeal(
  { tx, actor, now }: ActContext,
  appeal: string,
  outcome: "upheld" | "dismissed",
  answer: string,
): Promise<void> {
  await sql`
    update shice.appeal set outcome = ${outcome}, answer = ${answer}, decided_by = ${actor.accountId}, decided_at = ${now}
    where id = ${appeal}`.execute(tx);
}

/** A key for a row that the history names before the row is written. */
export async function newId(tx: ActContext["tx"]): Promise<string> {
  const { rows } = await sql<{ id: string }>`select uuidv7() as id`.execute(tx);
  return mustReturnRow(rows, "uuidv7").id;
}
