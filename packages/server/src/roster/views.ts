import type { NewRosterItem } from "@shice/contract/roster/filter.ts";
import { maskIdNumber } from "@shice/rules/identity/id-number.ts";
import { stateTitles } from "@shice/rules/lifecycle/state.ts";
import { daysWaitedOf, parkingKindsOf } from "@shice/rules/roster/parking.ts";
import { type RosterStanding, standings } from "@shice/rules/roster/standing.ts";
import { todayOf } from "../case/today.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import type { ActContext } from "../request/run-act.ts";
import { findRosterEntry, listReach, type RosterRowView } from "./queries.ts";

export const idNumberPurpose = "person.id-number";

export function rosterStandingOf(text: string): RosterStanding {
  const standing = standings.find((known) => known === text);
  if (standing === undefined) throw new Error("unknown standing in shice.roster_entry");
  return standing;
}

export function parkedViewOf(ctx: ActContext, row: { id: string; kind: string; missing: string; since: string }) {
  const title = parkingKindsOf(ctx.campaign.plan).find(({ code }) => code === row.kind)?.text ?? row.kind;
  return { ...row, title, days: daysWaitedOf(row.since, todayOf(ctx)) };
}

/** Rows of the roster as its keepers see them; numbers masked, and where else somebody has applied. */
export async function itemsOf(ctx: ActContext, rows: readonly RosterRowView[]): Promise<NewRosterItem[]> {
  // Whoever sees all schools sees the application itself.
  const { kind } = ctx.actor.scope;
  const here = kind === "school" || kind === "authority";
  const without = rows.filter(({ application_id }) => application_id === null).map(({ id }) => id);
  const reach = here && without.length > 0 ? await listReach(ctx, without) : new Map<string, never>();
  return rows.map((row) => ({
    id: row.id,
    school: row.school_id,
    schoolName: row.school_name,
    name: row.name,
    idNumberMasked: maskIdNumber(ctx.secrets.decrypt(row.id_number_sealed, idNumberPurpose)),
    standing: rosterStandingOf(row.standing),
    reason: row.reason,
    remark: row.remark,
    application: row.application_id,
    state: row.state,
    stateTitle: row.state === null ? null : stateTitles[row.state],
    elsewhere: reach.get(row.id)?.elsewhere ?? null,
    seenAt: row.seen_at?.toString() ?? null,
    seenBy: row.seen_by,
    seen: row.seen,
    statementOn: row.statement_on?.toString() ?? null,
    scan: row.scan,
    batch: row.batch,
    parked: row.parked === null ? null : parkedViewOf(ctx, row.parked),
  }));
}

/** @throws RefusalError request.not-found */
export async function getItem(ctx: ActContext, entry: string): Promise<NewRosterItem> {
  const row = await findRosterEntry(ctx, entry);
  const [item] = row === undefined ? [] : await itemsOf(ctx, [row]);
  if (item === undefined) throw new RefusalError({ code: "request.not-found" });
  return item;
}
