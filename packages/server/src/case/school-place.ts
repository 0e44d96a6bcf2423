import { type RawBuilder, sql } from "kysely";
import { RefusalError } from "../platform/http/refusal-error.ts";
import type { CaseTransaction } from "./act-context.ts";
import type { ApplicationRow } from "./facts.ts";
import type { Patch } from "./patch.ts";

type Asking = Pick<CaseTransaction, "tx" | "campaign">;

/** Where the cases of a school lie: the columns that follow from it (Notice §三(一): 正确选择注册机构和确认点). */
export type CasePlace = Readonly<{
  school_id: string;
  confirmation_point_id: string;
  authority_id: string;
  review_body_id: string | null;
}>;

type PlaceRow = CasePlace & { readonly closed: boolean };

async function readPlaces({ tx, campaign }: Asking, schoolIds: readonly string[]): Promise<PlaceRow[]> {
  // Where the plan's confirmation point is the county's office, every school's is.
  const office = campaign.plan.confirmationPoint === "authority";
  const { rows } = await sql<PlaceRow>`
    select s.organisation_id as school_id, s.authority_id, b.review_body_id, o.valid_to is not null as closed,
      case when ${office} then s.authority_id else s.confirmation_point_id end as confirmation_point_id
    from shice.school s join shice.organisation o on o.id = s.organisation_id
    join shice.campaign_body b on b.organisation_id = s.authority_id and b.campaign_id = ${campaign.id} and b.part = 'authority'
    where s.organisation_id = any(${[...schoolIds]}::uuid[])`.execute(tx);
  return rows;
}

/** Places of the given schools, without those that ended or do not take part in the campaign. */
export async function placesOf(asking: Asking, schoolIds: readonly string[]): Promise<Map<string, CasePlace>> {
  const rows = await readPlaces(asking, schoolIds);
  return new Map(rows.filter(({ closed }) => !closed).map(({ closed: _, ...place }) => [place.school_id, place]));
}

/**
 * The place of one school.
 * @throws RefusalError school.not-in-campaign, school.closed
 */
export async function placePatchOf(asking: Asking, schoolId: string): Promise<CasePlace> {
  const [row] = await readPlaces(asking, [schoolId]);
  if (row === undefined) throw new RefusalError({ code: "school.not-in-campaign", field: "school" });
  const { closed, ...place } = row;
  if (closed) throw new RefusalError({ code: "school.closed", field: "school" });
  return place;
}

/** The school that a patch moves a case to, for its history row; null where the case stays. */
export function schoolOf({ school_id }: Patch): string | null {
  return school_id === undefined || school_id === null ? null : String(school_id);
}

/**
 * Where a case goes on that lay with a school which has ended since: at the successor, under the authority that has the
 * case already. Nothing where its school goes on. What was never handed over is moved by the directory itself.
 */
export async function successorPatchOf({ tx }: Pick<CaseTransaction, "tx">, row: ApplicationRow): Promise<Patch> {
  if (row.school_id === null) return {};
  const { rows } = await sql<{ id: string; point: string }>`
    with recursive line as (
      select o.id, o.valid_to, 0 as step from shice.organisation o where o.id = ${row.school_id}
      union all
      select o.id, o.valid_to, l.step + 1 from line l
        join shice.organisation_successor u on u.organisation_id = l.id and u.takes_rest
        join shice.organisation o on o.id = u.successor_id
        where l.valid_to is not null and l.step < 20)
    select s.organisation_id as id, s.confirmation_point_id as point
    from line l join shice.school s on s.organisation_id = l.id
    where l.valid_to is null and l.step > 0 limit 1`.execute(tx);
  const [successor] = rows;
  if (successor === undefined) return {};
  return {
    school_id: successor.id,
    // A county's office that confirms goes on confirming.
    confirmation_point_id:
      row.confirmation_point_id === row.school_id ? successor.point : (row.confirmation_point_id ?? successor.point),
    form: { ...row.form, schoolId: successor.id },
  };
}

/**
 * What the roster entry `r` leaves behind when it goes to a school and a confirmation point: its batch there, and that it
 * was looked at there. Nobody lapses whom the new one has not seen.
 */
export function leftBehind(school: RawBuilder<unknown>, point: RawBuilder<unknown>): RawBuilder<unknown> {
  const kept = (column: "batch_id" | "batch_told" | "seen_by" | "seen_at", stays: RawBuilder<unknown>) =>
    sql`${sql.ref(column)} = case when ${stays} then r.${sql.ref(column)} end`;
  const atPoint = sql`r.confirmation_point_id = ${point}`;
  const inBatch = sql`r.school_id = ${school} and ${atPoint}`;
  return sql.join([
    kept("batch_id", inBatch),
    kept("batch_told", inBatch),
    kept("seen_by", atPoint),
    kept("seen_at", atPoint),
  ]);
}

/** The roster entry of a case's person goes where the case has gone. */
export async function moveEntryAlong(
  { tx, campaign }: Asking,
  personId: string,
  { school_id: school, confirmation_point_id: point }: Patch,
): Promise<void> {
  if (school === undefined) return;
  await sql`
    update shice.roster_entry r set school_id = ${school}::uuid, confirmation_point_id = ${point}::uuid,
      ${leftBehind(sql`${school}::uuid`, sql`${point}::uuid`)}
    from shice.person p where p.id = ${personId} and r.campaign_id = ${campaign.id}
      and r.id_number_index = p.id_number_index and r.document_kind = p.document_kind`.execute(tx);
}
