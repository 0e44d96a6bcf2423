import type { AuditAction } from "@shice/contract/audit-words.ts";
import type { directoryChanges } from "@shice/contract/organisations.ts";
import { type Campaign, CampaignChangedError } from "../case/campaign.ts";
import { holdCampaign } from "../case/campaign-hold.ts";
import type { JsonObject } from "../case/history.ts";
import type { Scope, Tx } from "../platform/database/database.ts";
import { withIdempotency } from "../platform/http/idempotency.ts";
import { auditRequests } from "../request/audit-request.ts";
import type { RequestContext, Services } from "../request/context.ts";
import { databaseScopeOf, getActor, getCampaign } from "../request/run-act.ts";

/** A change of the directory under way: one transaction, one keeper, one moment. */
export interface KeepingWork {
  tx: Tx;
  context: RequestContext;
  services: Services;
  now: Temporal.Instant;
  accountId: string | null;
}

/** The same where cases follow: with every running campaign. */
export interface DirectoryWork extends KeepingWork {
  campaigns: readonly Campaign[];
}

/** Reads for whoever keeps or reads the directory, in the caller's own scope. */
export function lookInto<T>(context: RequestContext, work: (looking: KeepingWork) => Promise<T>): Promise<T> {
  return lookIn(context, databaseScopeOf(getActor(context).scope), work);
}

/** Reads over every district what a change would touch; answered in numbers alone. */
export function lookBeyond<T>(context: RequestContext, work: (looking: KeepingWork) => Promise<T>): Promise<T> {
  return lookIn(context, { kind: "all" }, work);
}

function lookIn<T>(context: RequestContext, scope: Scope, work: (looking: KeepingWork) => Promise<T>): Promise<T> {
  const { accountId } = getActor(context);
  const { services } = context;
  return services.database.inScope(
    scope,
    (tx) => work({ tx, context, services, now: services.clock.now(), accountId }),
    accountId === null ? {} : { actorId: accountId },
  );
}

/** Changes the directory alone, in the keeper's own scope; once for an idempotency key. */
export function keep<T extends object>(
  context: RequestContext,
  work: (keeping: KeepingWork) => Promise<T>,
): Promise<T> {
  return inOneTransaction(context, databaseScopeOf(getActor(context).scope), work);
}

/**
 * Changes the directory with all that follows in the running campaigns. Whoever keeps the directory, what follows
 * reaches into every district: it is worked in the scope of the whole, by the system, and answered in numbers alone.
 */
export async function keepWithCases<T extends object>(
  context: RequestContext,
  work: (keeping: DirectoryWork) => Promise<T>,
): Promise<T> {
  const { services } = context;
  for (let attempt = 1; ; attempt++) {
    const keys = await services.database.inScope({ kind: "public" }, listRunning);
    const campaigns = await Promise.all(keys.map((key) => getCampaign(services, key)));
    try {
      return await inOneTransaction(context, { kind: "all" }, async (keeping) => {
        // Rosters and batches follow too: no campaign is closed or amended meanwhile.
        for (const campaign of campaigns) await holdCampaign(keeping.tx, campaign);
        return await work({ ...keeping, campaigns });
      });
    } catch (error) {
      if (!(error instanceof CampaignChangedError) || attempt === 3) throw error;
      for (const key of keys) services.campaigns.forget(key);
    }
  }
}

function inOneTransaction<T extends object>(
  context: RequestContext,
  scope: Scope,
  work: (keeping: KeepingWork) => Promise<T>,
): Promise<T> {
  const { accountId } = getActor(context);
  const { services, idempotency } = context;
  return services.database.inScope(
    scope,
    async (tx) => {
      const now = services.clock.now();
      const keeping = { tx, context, services, now, accountId };
      if (idempotency === null || accountId === null) return await work(keeping);
      return await withIdempotency(tx, { accountId, ...idempotency, now }, () => work(keeping));
    },
    accountId === null ? {} : { actorId: accountId },
  );
}

async function listRunning(tx: Tx): Promise<string[]> {
  const rows = await tx.selectFrom("shice.campaign").select("key").where("closed_at", "is", null).execute();
  return rows.map(({ key }) => key);
}

/** What happened to a school. `detail` names schools and numbers, never people. */
export interface Change {
  /** Known beforehand where cases point to it. */
  id?: string;
  school: string;
  kind: (typeof directoryChanges)[number];
  on: string;
  reason: string | null;
  detail: JsonObject;
}

/** Writes what happened to schools into their own histories and into the audit. */
export async function recordChanges(
  { tx, context, now, accountId }: KeepingWork,
  changes: readonly Change[],
): Promise<void> {
  if (changes.length === 0) return;
  await tx
    .insertInto("shice.directory_change")
    .values(
      changes.map(({ id, school, kind, on, reason, detail }) => ({
        ...(id === undefined ? {} : { id }),
        school_id: school,
        kind,
        effective_on: on,
        reason,
        detail: JSON.stringify(detail),
        made_by: accountId,
        made_at: now,
      })),
    )
    .execute();
  await auditRequests(
    tx,
    context,
    changes.map(({ school, kind, on, detail }) => ({
      action: actions[kind],
      subjectKind: "school" as const,
      subjectId: school,
      detail: { ...detail, on },
    })),
  );
}

/** What the audit calls a change. */
const actions: Record<Change["kind"], AuditAction> = {
  added: "add-school",
  renamed: "rename-school",
  "alias-added": "add-school-alias",
  "alias-removed": "remove-school-alias",
  changed: "change-school",
  passed: "pass-school",
  merged: "merge-school",
  "took-in": "take-in-school",
  split: "split-school",
  arose: "add-school",
};
