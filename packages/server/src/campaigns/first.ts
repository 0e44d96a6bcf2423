import { sql } from "kysely";
import type { Services } from "../request/context.ts";
import { publishCampaign, readPlan } from "./load.ts";

/** Publishes a plan where the installation has no campaign yet; two programs at once publish it once. */
export async function publishFirstCampaign(services: Services, source: string): Promise<void> {
  const plan = readPlan(source);
  await services.database.inScope({ kind: "all" }, async (tx) => {
    await sql`select pg_advisory_xact_lock(7233002)`.execute(tx);
    const any = await tx.selectFrom("shice.campaign").select("id").limit(1).executeTakeFirst();
    if (any !== undefined) return;
    await publishCampaign(tx, { plan, source, reason: "首次发布", by: null, now: services.clock.now() });
  });
}
