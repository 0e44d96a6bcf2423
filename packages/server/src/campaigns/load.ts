import { createHash } from "node:crypto";
import { checkPlanText } from "@shice/rules/plan/check.ts";
import type { Plan } from "@shice/rules/plan/plan.ts";
import { sql } from "kysely";
import type { Tx } from "../platform/database/database.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { spellingOf } from "../platform/spelling.ts";

/**
 * Reads a plan that is to be published.
 * @throws RefusalError input.invalid with every error of the check
 */
export function readPlan(text: string): Plan {
  const { plan, check } = checkPlanText(text);
  if (plan === undefined || check.errors.length > 0) {
    const fields = check.errors.map((finding) => ({
      path: `plan.${finding.path}`,
      code: finding.code,
      sentence: finding.message,
    }));
    throw new RefusalError({ code: "input.invalid", fields });
  }
  return plan;
}

/** Publishes a campaign with the first version of its plan; makes the bodies of the plan that are not known yet. */
export async function publishCampaign(
  tx: Tx,
  {
    plan,
    source,
    reason,
    by,
    now,
  }: { plan: Plan; source: string; reason: string; by: string | null; now: Temporal.Instant },
): Promise<string> {
  const { id } = await tx
    .insertInto("shice.campaign")
    .values({ key: plan.key, title: plan.title, plan_version: 1, created_at: now })
    .returning("id")
    .executeTakeFirstOrThrow();
  await writeVersion(tx, { campaignId: id, version: 1, plan, source, reason, by, now });
  await writeBodies(tx, id, plan, now);
  await sql`select shice.create_campaign_partitions(${id}::uuid)`.execute(tx);
  return id;
}

export async function writeVersion(
  tx: Tx,
  version: {
    campaignId: string;
    version: number;
    plan: Plan;
    source: string;
    reason: string;
    by: string | null;
    now: Temporal.Instant;
  },
): Promise<void> {
  await tx
    .insertInto("shice.plan_version")
    .values({
      campaign_id: version.campaignId,
      version: version.version,
      plan: JSON.stringify(version.plan),
      source: version.source,
      source_hash: createHash("sha256").update(version.source).digest(),
      reason: version.reason,
      published_by: version.by,
      published_at: version.now,
    })
    .execute();
}

/** Which organisation plays which part; those of an amended plan are added, none is taken away. */
export async function writeBodies(tx: Tx, campaignId: string, plan: Plan, now: Temporal.Instant): Promise<void> {
  const finalId = await ensureBody(tx, plan.bodies.final, "commission", null, null, plan, now);
  const bodies = new Map([[plan.bodies.final.key, finalId]]);
  for (const body of plan.bodies.review)
    bodies.set(body.key, await ensureBody(tx, body, "centre", null, finalId, plan, now));
  await writePart(tx, campaignId, "final", finalId, null, null);
  for (const body of plan.bodies.review) await writePart(tx, campaignId, "review", bodies.get(body.key), null, null);

  const [only] = plan.bodies.review;
  for (const area of plan.areas) {
    const reviewKey = area.reviewedBy ?? (plan.bodies.review.length === 1 ? only?.key : undefined);
    const reviewBody = reviewKey === undefined ? null : (bodies.get(reviewKey) ?? null);
    const authority = await ensureBody(
      tx,
      area.authority,
      "authority",
      area.code ?? null,
      reviewBody ?? finalId,
      plan,
      now,
    );
    bodies.set(area.authority.key, authority);
    await writePart(tx, campaignId, "authority", authority, area.key, reviewBody);
  }
  await writePart(tx, campaignId, "operator", bodies.get(plan.bodies.operator), null, null);
}

async function ensureBody(
  tx: Tx,
  body: { key: string; name: string },
  kind: "commission" | "centre" | "authority",
  areaCode: string | null,
  parentId: string | null,
  plan: Plan,
  now: Temporal.Instant,
): Promise<string> {
  const known = await tx.selectFrom("shice.organisation").select("id").where("key", "=", body.key).executeTakeFirst();
  if (known !== undefined) return known.id;
  const { id } = await tx
    .insertInto("shice.organisation")
    .values({
      key: body.key,
      kind,
      name: body.name,
      area_code: areaCode,
      parent_id: parentId,
      valid_from: `${plan.year}-01-01`,
      created_at: now,
    })
    .returning("id")
    .executeTakeFirstOrThrow();
  await tx
    .insertInto("shice.organisation_name")
    .values({ organisation_id: id, name: body.name, kind: "standard", ...spellingOf(body.name) })
    .execute();
  return id;
}

async function writePart(
  tx: Tx,
  campaignId: string,
  part: "authority" | "review" | "final" | "operator",
  organisationId: string | undefined,
  areaKey: string | null,
  reviewBodyId: string | null,
): Promise<void> {
  if (organisationId === undefined) throw new Error("no organisation was made for a body of the plan");
  await tx
    .insertInto("shice.campaign_body")
    .values({
      campaign_id: campaignId,
      organisation_id: organisationId,
      part,
      area_key: areaKey,
      review_body_id: reviewBodyId,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
