import { finalStates } from "@shice/rules/lifecycle/state.ts";
import type { WindowedStage } from "@shice/rules/plan/stage.ts";
import { sql } from "kysely";
import type { Tx } from "../platform/database/database.ts";
import type { ActContext } from "../request/run-act.ts";

export async function listCampaigns(tx: Tx) {
  const { rows } = await sql<{ key: string; title: string; year: number; closed_at: Temporal.Instant | null }>`
    select c.key, c.title, (v.plan ->> 'year')::int as year, c.closed_at
    from shice.campaign c join shice.plan_version v on v.campaign_id = c.id and v.version = c.plan_version
    order by c.created_at desc`.execute(tx);
  return rows.map((row) => ({
    key: row.key,
    title: row.title,
    year: row.year,
    closedAt: row.closed_at?.toString() ?? null,
  }));
}

export async function listPlanVersions(tx: Tx, campaignId: string) {
  const rows = await tx
    .selectFrom("shice.plan_version")
    .select(["version", "reason", "published_at", "source_hash", "source"])
    .where("campaign_id", "=", campaignId)
    .orderBy("version")
    .execute();
  return rows.map((row) => ({
    version: row.version,
    reason: row.reason,
    publishedAt: row.published_at.toString(),
    sourceHash: row.source_hash.toString("hex"),
    source: row.source,
  }));
}

interface ExtensionPlace {
  authority_id: string | null;
  school_id: string | null;
  application_id: string | null;
}

/** Whether the area, school or application that an extension names is one of the campaign. */
export async function findExtensionPlace({ tx, campaign }: ActContext, place: ExtensionPlace): Promise<boolean> {
  if (place.application_id !== null) {
    const row = await tx
      .selectFrom("shice.application")
      .select("id")
      .where("campaign_id", "=", campaign.id)
      .where("id", "=", place.application_id)
      .executeTakeFirst();
    return row !== undefined;
  }
  const row = await tx
    .selectFrom("shice.campaign_body as b")
    .leftJoin("shice.school as s", "s.authority_id", "b.organisation_id")
    .select("b.organisation_id")
    .where("b.campaign_id", "=", campaign.id)
    .where("b.part", "=", "authority")
    .where((where) =>
      place.school_id === null
        ? where("b.organisation_id", "=", place.authority_id)
        : where("s.organisation_id", "=", place.school_id),
    )
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export async function insertExtension(
  { tx, campaign, actor, now }: ActContext,
  extension: ExtensionPlace & { stage: WindowedStage; from: Temporal.Instant; until: Temporal.Instant; reason: string },
): Promise<string> {
  const { from, until, ...columns } = extension;
  if (actor.accountId === null) throw new Error("the actor of an extension has no account");
  const { id } = await tx
    .insertInto("shice.extension")
    .values({
      ...columns,
      campaign_id: campaign.id,
      from_at: from,
      until_at: until,
      granted_by: actor.accountId,
      granted_at: now,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export async function listExtensions(tx: Tx, campaignId: string) {
  const rows = await tx
    .selectFrom("shice.extension")
    .selectAll()
    .where("campaign_id", "=", campaignId)
    .orderBy("granted_at")
    .orderBy("id")
    .execute();
  return rows.map((row) => ({
    id: row.id,
    stage: row.stage,
    authority: row.authority_id,
    school: row.school_id,
    application: row.application_id,
    from: row.from_at.toString(),
    until: row.until_at.toString(),
    reason: row.reason,
    grantedAt: row.granted_at.toString(),
  }));
}

/** Cases that are neither final nor carried over with a reason: while there are any, the campaign stays open. */
export async function countUnended(tx: Tx, campaignId: string): Promise<number> {
  const { pending } = await tx
    .selectFrom("shice.application")
    .select((expression) => expression.fn.countAll<bigint>().as("pending"))
    .where("campaign_id", "=", campaignId)
    .where("state", "not in", [...finalStates])
    .where("carried_over", "is", null)
    .executeTakeFirstOrThrow();
  return Number(pending);
}

/** Roster imports that are being written into the campaign at this moment. */
export async function countImportsUnderWay(tx: Tx, campaignId: string): Promise<number> {
  const { files } = await tx
    .selectFrom("shice.roster_import")
    .select((expression) => expression.fn.countAll<bigint>().as("files"))
    .where("campaign_id", "=", campaignId)
    .where("state", "=", "applying")
    .executeTakeFirstOrThrow();
  return Number(files);
}
