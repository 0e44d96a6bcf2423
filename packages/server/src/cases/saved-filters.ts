import type { SavedFilter } from "@shice/contract/cases.ts";
import { sql } from "kysely";
import type { Tx } from "../platform/database/database.ts";
import { mustReturnRow } from "../platform/database/must-return-row.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import type { RequestContext } from "../request/context.ts";
import { getActor, getCampaign } from "../request/run-act.ts";

/** More than anybody finds again in a list. */
const mostKept = 30;

/** Whose filters these are: kept for a post's kind in a campaign, since other roles have other queues. */
interface Owner {
  accountId: string;
  campaignId: string;
  role: string;
}

export function listSavedFilters(context: RequestContext, campaignKey: string): Promise<SavedFilter[]> {
  return inOwn(context, campaignKey, async (tx, owner) => {
    const { rows } = await sql<SavedFilter>`
      select id, name, filter, columns from shice.saved_filter
      where campaign_id = ${owner.campaignId} and role = ${owner.role} order by name`.execute(tx);
    return rows;
  });
}

/**
 * Keeps a filter; one of the same name is replaced, so that saving twice saves once.
 * @throws RefusalError filter.too-many
 */
export function saveFilter(
  context: RequestContext,
  campaignKey: string,
  { name, filter, columns }: Omit<SavedFilter, "id">,
): Promise<SavedFilter> {
  return inOwn(context, campaignKey, async (tx, { accountId, campaignId, role }) => {
    const { rows: others } = await sql<{ count: number }>`
      select count(*)::int as count from shice.saved_filter
      where campaign_id = ${campaignId} and role = ${role} and name <> ${name}`.execute(tx);
    if ((others[0]?.count ?? 0) >= mostKept) throw new RefusalError({ code: "filter.too-many", most: mostKept });
    const { rows } = await sql<SavedFilter>`
      insert into shice.saved_filter (account_id, campaign_id, role, name, filter, columns, saved_at)
      values (${accountId}, ${campaignId}, ${role}, ${name}, ${JSON.stringify(filter)}::jsonb, ${[...columns]}::text[],
        ${context.services.clock.now()})
      on conflict (account_id, campaign_id, role, name)
        do update set filter = excluded.filter, columns = excluded.columns, saved_at = excluded.saved_at
      returning id, name, filter, columns`.execute(tx);
    const saved = mustReturnRow(rows, "saved filter insert");
    return saved;
  });
}

/** @throws RefusalError request.not-found */
export function removeSavedFilter(context: RequestContext, campaignKey: string, id: string): Promise<{ done: true }> {
  return inOwn(context, campaignKey, async (tx) => {
    const { numAffectedRows } = await sql`delete from shice.saved_filter where id = ${id}`.execute(tx);
    if (numAffectedRows === 0n) throw new RefusalError({ code: "request.not-found" });
    return { done: true as const };
  });
}

async function inOwn<T>(
  context: RequestContext,
  campaignKey: string,
  work: (tx: Tx, owner: Owner) => Promise<T>,
): Promise<T> {
  const { accountId, role } = getActor(context);
  if (accountId === null) throw new RefusalError({ code: "request.unauthenticated" });
  const { id: campaignId } = await getCampaign(context.services, campaignKey);
  const owner = { accountId, campaignId, role };
  return await context.services.database.inScope({ kind: "accounts" }, (tx) => work(tx, owner), { actorId: accountId });
}
