import { toHandOverStates } from "@shice/rules/lifecycle/state.ts";
import { sql } from "kysely";
import { stateList } from "../case/state-sql.ts";
import { mustReturnRow } from "../platform/database/must-return-row.ts";
import type { ActContext } from "../request/run-act.ts";
import { dueStandings, isApplied, isConfirmed, isParked, rosterJoins } from "./filter.ts";
import type { SchoolPlace } from "./schools.ts";

export interface BatchSaid {
  name: string;
  plannedOn: string;
  fromHour: string | null;
  toHour: string | null;
  place: string | null;
  remark: string | null;
}

export interface BatchRow {
  id: string;
  school_id: string;
  school_name: string;
  name: string;
  planned_on: Temporal.PlainDate;
  from_hour: string | null;
  to_hour: string | null;
  place: string | null;
  remark: string | null;
  revision: number;
  announced_at: Temporal.Instant | null;
  people: number;
  applied: number;
  confirmed: number;
  handed_over: number;
  parked: number;
  /** Should register, and are not confirmed. */
  unconfirmed: number;
  /** Have not been told of the batch as it is now. */
  untold: number;
}

/** The batches of the caller's schools in the order of their days, each with how far its people have come. */
export async function listBatches(
  { tx, campaign }: ActContext,
  { school, id }: { school?: string | undefined; id?: string | undefined },
): Promise<BatchRow[]> {
  const { rows } = await sql<BatchRow>`
    with counted as (
      select r.batch_id, count(*)::int as people, count(*) filter (where ${isApplied})::int as applied,
        count(*) filter (where ${isConfirmed})::int as confirmed,
        count(*) filter (where ${isConfirmed} and a.state not in ${stateList(toHandOverStates)})::int as handed_over,
        count(*) filter (where ${isParked})::int as parked,
        count(*) filter (where r.standing = any(${dueStandings}::text[]) and not ${isConfirmed})::int as unconfirmed,
        count(*) filter (where not ${isConfirmed} and coalesce(r.batch_told, 0) < q.revision)::int as untold
      ${rosterJoins}
      join shice.school_batch q on q.id = r.batch_id
      where r.campaign_id = ${campaign.id} and r.batch_id is not null
        and (${id ?? null}::uuid is null or r.batch_id = ${id ?? null}::uuid)
      group by r.batch_id
    )
    select b.id, b.school_id, o.name as school_name, b.name, b.planned_on, b.from_hour, b.to_hour, b.place, b.remark,
      b.revision, b.announced_at, coalesce(c.people, 0) as people, coalesce(c.applied, 0) as applied,
      coalesce(c.confirmed, 0) as confirmed, coalesce(c.handed_over, 0) as handed_over, coalesce(c.parked, 0) as parked,
      coalesce(c.unconfirmed, 0) as unconfirmed, coalesce(c.untold, 0) as untold
    from shice.school_batch b
    join shice.organisation o on o.id = b.school_id
    left join counted c on c.batch_id = b.id
    where b.campaign_id = ${campaign.id} and b.removed_at is null
      and (${school ?? null}::uuid is null or b.school_id = ${school ?? null}::uuid)
      and (${id ?? null}::uuid is null or b.id = ${id ?? null}::uuid)
    order by b.planned_on, b.from_hour nulls first, b.id`.execute(tx);
  return rows;
}

export async function findBatch(ctx: ActContext, id: string): Promise<BatchRow | undefined> {
  const [row] = await listBatches(ctx, { id });
  return row;
}

export async function insertBatch(
  { tx, campaign, actor, now }: ActContext,
  { schoolId, pointId, authorityId }: SchoolPlace,
  said: BatchSaid,
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into shice.school_batch (campaign_id, school_id, confirmation_point_id, authority_id, name, planned_on, from_hour,
        to_hour, place, remark, made_by, made_at)
      values (${campaign.id}, ${schoolId}, ${pointId}, ${authorityId}, ${said.name}, ${said.plannedOn}, ${said.fromHour},
        ${said.toHour}, ${emptyAsNull(said.place)}, ${emptyAsNull(said.remark)}, ${actor.accountId}, ${now})
      returning id`.execute(tx);
  const row = mustReturnRow(rows, "school batch insert");
  return row.id;
}

/** A change of day, hours or place is a new revision, of which everybody is to be told again. */
export async function changeBatch({ tx }: ActContext, id: string, said: BatchSaid): Promise<void> {
  const place = emptyAsNull(said.place);
  await sql`
    update shice.school_batch set name = ${said.name}, planned_on = ${said.plannedOn}, from_hour = ${said.fromHour},
      to_hour = ${said.toHour}, place = ${place}, remark = ${emptyAsNull(said.remark)},
      revision = revision + case when (planned_on, from_hour, to_hour, place) is distinct from
        (${said.plannedOn}::date, ${said.fromHour}::text, ${said.toHour}::text, ${place}::text) then 1 else 0 end
    where id = ${id}`.execute(tx);
}

/** Ends a batch; its people are in none again. */
export async function removeBatch({ tx, now }: ActContext, id: string): Promise<void> {
  await sql`update shice.roster_entry set batch_id = null, batch_told = null where batch_id = ${id}`.execute(tx);
  await sql`update shice.school_batch set removed_at = ${now} where id = ${id}`.execute(tx);
}

/** Puts people into a batch, or out of theirs; whoever is in it already stays as told as before. */
export async function assign({ tx }: ActContext, entries: readonly string[], batch: string | null): Promise<number> {
  const { numAffectedRows } = await sql`
    update shice.roster_entry set batch_id = ${batch}, batch_told = null
    where id = any(${[...entries]}::uuid[]) and batch_id is distinct from ${batch}::uuid`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

/** Those of a batch who are still to come: not confirmed yet. */
export async function listToTell({ tx, campaign }: ActContext, batch: string) {
  const { rows } = await sql<{ entry: string; name: string; application: string | null }>`
    select r.id as entry, r.name, a.id as application ${rosterJoins}
    where r.campaign_id = ${campaign.id} and r.batch_id = ${batch} and not ${isConfirmed} order by r.id`.execute(tx);
  return rows;
}

/** Writes down that a batch was announced as it is now, and that its people have been told, or told of to the clerk. */
export async function noteAnnounced(
  { tx, actor, now }: ActContext,
  id: string,
  entries: readonly string[],
): Promise<void> {
  await sql`
    update shice.school_batch set announced_at = ${now}, announced_by = ${actor.accountId}, announced_revision = revision
    where id = ${id}`.execute(tx);
  await sql`
    update shice.roster_entry r set batch_told = b.revision from shice.school_batch b
    where b.id = ${id} and r.id = any(${[...entries]}::uuid[])`.execute(tx);
}

function emptyAsNull(text: string | null): string | null {
  return text === null || text.trim() === "" ? null : text.trim();
}
