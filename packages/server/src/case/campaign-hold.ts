import { sql } from "kysely";
import type { Tx } from "../platform/database/database.ts";
import { type Campaign, mustBeInForce } from "./campaign.ts";

/** The advisory lock of a campaign: shared by acts, held alone by what amends or closes it. */
const lockClass = 7_233_003;

/**
 * Holds the campaign as it is until the transaction ends: it is neither amended nor closed meanwhile. The lock is taken
 * in a statement of its own, so that the reading after it sees what was committed while it waited.
 * @throws CampaignChangedError when it was amended or closed since it was read
 */
export async function holdCampaign(tx: Tx, campaign: Campaign): Promise<void> {
  const locked = sql`select pg_advisory_xact_lock_shared(${lockClass}, hashtext(${campaign.id}))`.execute(tx);
  const read = tx
    .selectFrom("shice.campaign")
    .select(["plan_version as planVersion", "closed_at as closedAt"])
    .where("id", "=", campaign.id)
    .executeTakeFirstOrThrow();
  const [inForce] = await Promise.all([read, locked]);
  mustBeInForce(campaign, inForce);
}

/** Waits until no other act is under way in the campaign, and lets none begin until the transaction ends. */
export async function holdCampaignAlone(tx: Tx, campaign: Campaign): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lockClass}, hashtext(${campaign.id}))`.execute(tx);
}
