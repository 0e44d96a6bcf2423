import { sql } from "kysely";
import type { Room } from "../application/act.ts";
import type { Campaign } from "../application/campaign.ts";
import type { Tx } from "../platform/database/database.ts";

/** The applicant's newest application in the campaign, whatever became of it. */
export async function findOwnId({ tx, campaign, actor }: Room): Promise<string | undefined> {
  const row = await tx
    .selectFrom("shice.application")
    .select("id")
    .where("campaign_id", "=", campaign.id)
    .where("person_id", "=", actor.personId)
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}

export interface OpenReturn {
  id: string;
  asked: { code: string; text: string; opens: string[] }[];
  text: string | null;
  asked_at_stage: string;
}

/** What was asked and is not yet answered. */
export async function findOpenReturn(
  tx: Tx,
  campaignId: string,
  applicationId: string,
): Promise<OpenReturn | undefined> {
  const row = await tx
    .selectFrom("shice.return_request")
    .select(["id", "asked", "text", "asked_at_stage"])
    .where("campaign_id", "=", campaignId)
    .where("application_id", "=", applicationId)
    .where("outcome", "is", null)
    .orderBy("round", "desc")
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? undefined : { ...row, asked: row.asked as unknown as OpenReturn["asked"] };
}

export async function closeReturn(
  tx: Tx,
  id: string,
  outcome: "answered" | "withdrawn" | "passed-on",
  now: Temporal.Instant,
): Promise<void> {
  await tx.updateTable("shice.return_request").set({ outcome, answered_at: now }).where("id", "=", id).execute();
}

/** Earlier registrations of the person, for first or periodic. */
export async function listEarlier({ tx, actor }: Room): Promise<{ ordinal: number; conclusion: string }[]> {
  return await tx
    .selectFrom("shice.past_registration as g")
    .innerJoin("shice.person as p", "p.id_number_index", "g.id_number_index")
    .select(["g.ordinal", "g.conclusion"])
    .where("p.id", "=", actor.personId)
    .execute();
}

export async function insertUndertakings(
  { tx, campaign, actor, now }: Room,
  applicationId: string,
  undertakings: readonly { kind: "privacy-notice" | "honesty"; version: string }[],
): Promise<void> {
  if (actor.accountId === null) throw new Error("an undertaking is given by a person");
  const accountId = actor.accountId;
  await tx
    .insertInto("shice.undertaking")
    .values(
      undertakings.map(({ kind, version }) => ({
        campaign_id: campaign.id,
        application_id: applicationId,
        kind,
        text_version: version,
        account_id: accountId,
        at: now,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Only conclusions that the plan lets raise the ordinal count as an earlier registration. */
export function raisingOf({ plan }: Campaign, earlier: readonly { ordinal: number; conclusion: string }[]) {
  const keys = plan.conclusions.filter((conclusion) => conclusion.raisesOrdinal).map(({ key }) => key);
  return earlier.filter((registration) => keys.includes(registration.conclusion));
}

/** Who has looked at the own application: when, in which office, for what. */
export async function listViews(tx: Tx, applicationId: string) {
  const { rows } = await sql<{ at: Temporal.Instant; role: string; organisation: string | null; action: string }>`
    select * from shice.list_views(${applicationId}::uuid)`.execute(tx);
  return rows;
}

export async function eraseForm({ tx, campaign, now }: Room, applicationId: string): Promise<void> {
  await sql`
    update shice.application set form = '{}', form_sealed = null, certificate_number_index = null, flags = '{}',
      version = version + 1, changed_at = ${now}
    where campaign_id = ${campaign.id} and id = ${applicationId}`.execute(tx);
}
