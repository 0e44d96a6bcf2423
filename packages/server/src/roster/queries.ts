import type { RosterFilter } from "@shice/contract/roster/filter.ts";
import type { State } from "@shice/rules/lifecycle/state.ts";
import type { RosterStanding } from "@shice/rules/roster/standing.ts";
import { sql } from "kysely";
import type { ActContext } from "../request/run-act.ts";
import { conditionsOf, isApplied, isConfirmed, isParked, isSeen, rosterJoins } from "./filter.ts";

export interface RosterRowView {
  id: string;
  school_id: string;
  school_name: string;
  name: string;
  id_number_sealed: Buffer;
  standing: RosterStanding;
  reason: string | null;
  remark: string | null;
  statement_on: Temporal.PlainDate | null;
  application_id: string | null;
  state: State | null;
  seen: boolean;
  seen_at: Temporal.Instant | null;
  seen_by: string | null;
  scan: "none" | "kept" | "lost";
  batch: { id: string; name: string; plannedOn: string } | null;
  parked: { id: string; kind: string; missing: string; since: string } | null;
}

const rosterColumns = sql`
  r.id, r.school_id, o.name as school_name, r.name, r.id_number_sealed, r.standing, r.reason, r.remark, r.statement_on,
  a.id as application_id, a.state, ${isSeen} as seen, r.seen_at,
  (select t.display_name from shice.account t where t.id = r.seen_by) as seen_by,
  coalesce((select case when f.lost_at is null then 'kept' else 'lost' end from shice.statement_scan f
    where f.entry_id = r.id and f.replaced_at is null), 'none') as scan,
  (select jsonb_build_object('id', b.id, 'name', b.name, 'plannedOn', b.planned_on) from shice.school_batch b
    where b.id = r.batch_id) as batch,
  (select jsonb_build_object('id', k.id, 'kind', k.kind, 'missing', k.missing, 'since', k.since) from shice.parking k
    where k.entry_id = r.id and k.released_at is null) as parked`;

/** A page of the roster in the order in which it was entered. */
export async function listRoster(
  ctx: ActContext,
  filter: RosterFilter,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<RosterRowView[]> {
  const { rows } = await sql<RosterRowView>`
    select ${rosterColumns} ${rosterJoins}
    where ${await conditionsOf(ctx, filter)} and r.id > ${after ?? "00000000-0000-0000-0000-000000000000"}::uuid
    order by r.id limit ${limit + 1}`.execute(ctx.tx);
  return rows;
}

export async function findRosterEntry({ tx, campaign }: ActContext, id: string): Promise<RosterRowView | undefined> {
  const { rows } = await sql<RosterRowView>`
    select ${rosterColumns} ${rosterJoins} where r.campaign_id = ${campaign.id} and r.id = ${id}`.execute(tx);
  return rows[0];
}

/** A teacher of the roster with all that a workbook shows. */
export interface FilledRow {
  name: string;
  document_kind: string;
  id_number_sealed: Buffer;
  school_name: string;
  standing: RosterStanding;
  reason: string | null;
  remark: string | null;
  statement_on: Temporal.PlainDate | null;
  facts: Record<string, unknown>;
  facts_sealed: Buffer | null;
  /** Of the application, where there is one. */
  state: State | null;
}

/** The whole roster of the caller's schools, for a workbook: by school, in the order in which it was entered. */
export async function listFilled({ tx, campaign }: ActContext) {
  const { rows } = await sql<FilledRow>`
    select r.name, r.document_kind, r.id_number_sealed, o.name as school_name, r.standing, r.reason, r.remark,
      r.statement_on, r.facts, r.facts_sealed, a.state
    ${rosterJoins}
    where r.campaign_id = ${campaign.id} order by o.name, r.id`.execute(tx);
  return rows;
}

/** Everybody of the roster as its sums and its sheet need them, by school and in the order of entry. */
export interface RosterPersonRow {
  id: string;
  name: string;
  school_id: string;
  school: string;
  id_number_sealed: Buffer;
  standing: RosterStanding;
  reason: string | null;
  remark: string | null;
  statement_on: Temporal.PlainDate | null;
  state: State | null;
  submitted: boolean;
  confirmed: boolean;
  seen: boolean;
  seen_at: Temporal.Instant | null;
  parked: boolean;
  reply_by: Temporal.Instant | null;
}

export async function listPeople(ctx: ActContext, filter: RosterFilter): Promise<RosterPersonRow[]> {
  const { rows } = await sql<RosterPersonRow>`
    select r.id, r.name, r.school_id, o.name as school, r.id_number_sealed, r.standing, r.reason, r.remark, r.statement_on,
      a.state, a.reply_by,
      ${isApplied} as submitted, ${isConfirmed} as confirmed, ${isSeen} as seen, r.seen_at, ${isParked} as parked
    ${rosterJoins}
    where ${await conditionsOf(ctx, filter)} order by o.name, r.id`.execute(ctx.tx);
  return rows;
}

/** The sums of a roster by standing. */
export async function countRoster({ tx, campaign }: ActContext, school: string | undefined) {
  const { rows } = await sql<{
    standing: RosterStanding;
    people: number;
    applied: number;
    confirmed: number;
    unseen: number;
    parked: number;
  }>`
    select r.standing, count(*)::int as people, count(*) filter (where ${isApplied})::int as applied,
      count(*) filter (where ${isConfirmed})::int as confirmed, count(*) filter (where not ${isSeen})::int as unseen,
      count(*) filter (where ${isParked})::int as parked
    ${rosterJoins}
    where r.campaign_id = ${campaign.id} and (${school ?? null}::uuid is null or r.school_id = ${school ?? null}::uuid)
    group by r.standing`.execute(tx);
  return rows;
}

export async function countMatching(ctx: ActContext, filter: RosterFilter): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n ${rosterJoins} where ${await conditionsOf(ctx, filter)}`.execute(ctx.tx);
  return rows[0]?.n ?? 0;
}

export interface Reach {
  entry_id: string;
  account_id: string | null;
  has_email: boolean;
  has_mobile: boolean;
  /** The school at which the person has applied, where it is another one. */
  elsewhere: string | null;
}

/** By which ways people of the own roster can be told something, and where else they have applied; by entry. */
export async function listReach({ tx, campaign }: ActContext, entries: readonly string[]): Promise<Map<string, Reach>> {
  const { rows } = await sql<Reach>`
    select * from shice.reach_of_roster(${campaign.id}, ${[...entries]}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.entry_id, row]));
}
