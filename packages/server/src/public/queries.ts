import type { Tx } from "../platform/database/database.ts";

/** Keys of the campaigns, the one that runs or was made last first. */
export async function listCampaignKeys(tx: Tx): Promise<string[]> {
  const rows = await tx.selectFrom("shice.campaign").select("key").orderBy("created_at", "desc").execute();
  return rows.map((row) => row.key);
}
