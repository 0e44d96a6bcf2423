import { type Calendar, calendarOf, type Extension } from "@shice/rules/calendar/window.ts";
import { Plan } from "@shice/rules/plan/plan.ts";
import { windowedStages } from "@shice/rules/plan/stage.ts";
import type { Database, Tx } from "../platform/database/database.ts";

/** A campaign with the plan version that is in force, compiled for the rules. */
export interface Campaign {
  id: string;
  key: string;
  title: string;
  plan: Plan;
  planVersion: number;
  calendar: Calendar;
  conclusions: readonly string[];
  closedAt: Temporal.Instant | null;
}

/** The plan was amended, or the campaign closed, since this process read it: read it again and repeat. */
export class CampaignChangedError extends Error {}

/** @throws CampaignChangedError where the database says otherwise than the campaign as it was read */
export function mustBeInForce(
  campaign: Campaign,
  { planVersion, closedAt }: Pick<Campaign, "planVersion" | "closedAt">,
): void {
  if (planVersion !== campaign.planVersion || (closedAt === null) !== (campaign.closedAt === null))
    throw new CampaignChangedError(campaign.key);
}

/**
 * The campaigns this process has read. A published plan version never changes, so it is kept for good;
 * which version is in force, and whether the campaign is closed, is read again by every act.
 */
export class Campaigns {
  readonly #database: Database;
  readonly #byKey = new Map<string, Campaign>();

  constructor(database: Database) {
    this.#database = database;
  }

  async find(key: string): Promise<Campaign | undefined> {
    return this.#byKey.get(key) ?? (await this.#read(key));
  }

  /** Forgets what was read, so that the next call reads the version in force. */
  forget(key: string): void {
    this.#byKey.delete(key);
  }

  /** Forgets all: after the demonstration went back to its beginning. */
  forgetAll(): void {
    this.#byKey.clear();
  }

  async #read(key: string): Promise<Campaign | undefined> {
    const row = await this.#database.inScope({ kind: "public" }, (tx) =>
      tx
        .selectFrom("shice.campaign as c")
        .innerJoin("shice.plan_version as v", (join) =>
          join.onRef("v.campaign_id", "=", "c.id").onRef("v.version", "=", "c.plan_version"),
        )
        .select(["c.id", "c.key", "c.title", "c.closed_at", "v.version", "v.plan"])
        .where("c.key", "=", key)
        .executeTakeFirst(),
    );
    if (row === undefined) return undefined;
    const plan = Plan.parse(row.plan);
    const campaign: Campaign = {
      id: row.id,
      key: row.key,
      title: row.title,
      plan,
      planVersion: row.version,
      calendar: calendarOf(plan),
      conclusions: plan.conclusions.map((conclusion) => conclusion.key),
      closedAt: row.closed_at,
    };
    this.#byKey.set(key, campaign);
    return campaign;
  }
}

/** Extensions that concern one case: granted for itself, its school or its area. */
export async function listExtensions(
  tx: Tx,
  campaignId: string,
  place: {
    applicationId?: string;
    schoolId?: string | null;
    authorityId?: string | null;
  },
): Promise<Extension[]> {
  const rows = await tx
    .selectFrom("shice.extension")
    .select(["stage", "from_at", "until_at"])
    .where("campaign_id", "=", campaignId)
    .where((where) =>
      where.or([
        where("application_id", "=", place.applicationId ?? null),
        where("school_id", "=", place.schoolId ?? null),
        where("authority_id", "=", place.authorityId ?? null),
      ]),
    )
    .execute();
  return rows.map((row) => ({
    stage: stageOf(row.stage),
    from: row.from_at,
    until: row.until_at,
  }));
}

/** The calendar of one case: the campaign's with its extensions merged in. */
export function calendarWith(campaign: Campaign, extensions: readonly Extension[]): Calendar {
  return extensions.length === 0 ? campaign.calendar : calendarOf(campaign.plan, extensions);
}

export function stageOf(name: string) {
  const stage = windowedStages.find((known) => known === name);
  if (stage === undefined) throw new Error(`unknown stage ${name}`);
  return stage;
}
