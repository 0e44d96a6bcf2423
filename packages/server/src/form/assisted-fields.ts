import { assistedAfter } from "@shice/rules/form/assisted.ts";
import { sql } from "kysely";
import type { ApplicationRow } from "../case/facts.ts";
import type { Patch } from "../case/patch.ts";
import type { ActContext } from "../request/run-act.ts";

/** Whether the school's clerk fills in, for the teacher. */
export function isWrittenBySchool({ actor }: Pick<ActContext, "actor">): boolean {
  return actor.role === "school-clerk";
}

/** Which entries stand as the school made them, after these have changed; nothing where the school never wrote. */
export function assistedPatchOf(
  ctx: Pick<ActContext, "actor">,
  row: Pick<ApplicationRow, "assisted_at" | "assisted_fields">,
  changed: readonly string[],
): { assisted_fields?: string[] } & Patch {
  if (row.assisted_at === null) return {};
  const writer = isWrittenBySchool(ctx) ? "school" : "teacher";
  return { assisted_fields: assistedAfter(row.assisted_fields, changed, writer) };
}

/** Puts a clerk's save on record: who, when, which fields. What a teacher saves of their own form is nobody's business. */
export async function recordAssistedSave(
  ctx: ActContext,
  applicationId: string,
  fields: readonly string[],
): Promise<void> {
  if (!isWrittenBySchool(ctx) || fields.length === 0) return;
  await insertAssistedSave(ctx, applicationId, fields);
}

/** As `recordAssistedSave`, also where nothing was entered yet: the draft was taken in hand. */
export async function insertAssistedSave(
  { tx, campaign, actor, now }: ActContext,
  applicationId: string,
  fields: readonly string[],
): Promise<void> {
  await sql`
    insert into shice.assisted_save (campaign_id, application_id, account_id, clerk_name, organisation_id, at, fields)
      select ${campaign.id}, ${applicationId}, c.id, c.display_name, ${actor.organisationId}, ${now}, ${[...fields]}::text[]
      from shice.account c where c.id = ${actor.accountId}`.execute(tx);
}

export interface AssistedSaveRow {
  clerk_name: string;
  organisation: string | null;
  at: Temporal.Instant;
  fields: string[];
}

/** What the school entered, save by save, the oldest first. */
export async function listAssistedSaves(
  { tx, campaign }: ActContext,
  applicationId: string,
): Promise<AssistedSaveRow[]> {
  const { rows } = await sql<AssistedSaveRow>`
    select s.clerk_name, o.name as organisation, s.at, s.fields
    from shice.assisted_save s left join shice.organisation o on o.id = s.organisation_id
    where s.campaign_id = ${campaign.id} and s.application_id = ${applicationId} order by s.at, s.id`.execute(tx);
  return rows;
}

/** That the school has filled in, who last, and which entries stand as it made them; null where it has not. */
export async function assistanceViewOf({ tx, campaign }: ActContext, row: ApplicationRow) {
  if (row.assisted_at === null) return null;
  const { rows } = await sql<AssistedSaveRow>`
    select s.clerk_name, o.name as organisation, s.at, s.fields
    from shice.assisted_save s left join shice.organisation o on o.id = s.organisation_id
    where s.campaign_id = ${campaign.id} and s.application_id = ${row.id} order by s.at desc, s.id desc limit 1`.execute(
    tx,
  );
  const [last] = rows;
  return {
    clerk: last?.clerk_name ?? null,
    organisation: last?.organisation ?? null,
    begunAt: row.assisted_at.toString(),
    lastAt: (last?.at ?? row.assisted_at).toString(),
    attestedAt: row.attested_at?.toString() ?? null,
    fields: row.assisted_fields,
  };
}
