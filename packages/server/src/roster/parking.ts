import { maskIdNumber } from "@shice/rules/identity/id-number.ts";
import { type State, stateTitles } from "@shice/rules/lifecycle/state.ts";
import { parkingKindsOf, parkingRefusalOf } from "@shice/rules/roster/parking.ts";
import { sql } from "kysely";
import { todayOf } from "../case/today.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import { api } from "../request/api.ts";
import { audit } from "../request/audit.ts";
import { cutPage, parseCursor } from "../request/cursor.ts";
import { type ActContext, runAct, runRead } from "../request/run-act.ts";
import { resolveSelection, rosterJoins } from "./filter.ts";
import { idNumberPurpose, parkedViewOf } from "./views.ts";

interface ParkedRow {
  id: string;
  kind: string;
  missing: string;
  since: Temporal.PlainDate;
  entry: string;
  name: string;
  id_number_sealed: Buffer;
  school_name: string;
  state: State | null;
  parked_by: string;
  released_at: Temporal.Instant | null;
  released_by: string | null;
  note: string | null;
}

/** The lane 证书更正: files and certificates that are being put right, who waits for what since when (Notice §三(一)). */
export const parkingRoutes = {
  park: api.roster.park.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { tx, campaign, actor, now } = ctx;
      if (!parkingKindsOf(campaign.plan).some(({ code }) => code === input.kind)) {
        throw new RefusalError({ code: "parking.kind-unknown", field: "kind" });
      }
      const refusal = parkingRefusalOf(input.since, todayOf(ctx));
      if (refusal !== undefined) throw new RefusalError(refusal);
      const entries = await resolveSelection(ctx, { entries: input.entries });
      // Whoever is parked already is said anew: the last word counts.
      const { numAffectedRows } = await sql`
        insert into shice.parking (campaign_id, entry_id, kind, missing, since, parked_by, parked_at)
          select ${campaign.id}, e, ${input.kind}, ${input.missing}, ${input.since}, ${actor.accountId}, ${now}
          from unnest(${entries}::uuid[]) as e
          on conflict (entry_id) where released_at is null
            do update set kind = excluded.kind, missing = excluded.missing, since = excluded.since`.execute(tx);
      const parked = Number(numAffectedRows ?? 0n);
      // Whoever says what is missing has looked.
      await sql`
        update shice.roster_entry set seen_by = ${actor.accountId}, seen_at = ${now}
        where id = any(${entries}::uuid[])`.execute(tx);
      await audit(ctx, { action: "park", subjectKind: "roster", detail: { people: parked, kind: input.kind } });
      return { parked };
    }),
  ),

  release: api.roster.release.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { tx, campaign, actor, now } = ctx;
      const { numAffectedRows } = await sql`
        update shice.parking set released_at = ${now}, released_by = ${actor.accountId}, note = ${input.note}
        where campaign_id = ${campaign.id} and id = ${input.parking} and released_at is null`.execute(tx);
      if (Number(numAffectedRows ?? 0n) === 0) throw new RefusalError({ code: "parking.ended" });
      await audit(ctx, { action: "release-parked", subjectKind: "parking", subjectId: input.parking });
      return { done: true as const };
    }),
  ),

  listParked: api.roster.listParked.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const rows = await listParked(ctx, { ...input, after: parseCursor(input.after, 2) });
      return cutPage(
        rows,
        input.limit,
        (row) => ({
          ...parkedViewOf(ctx, { id: row.id, kind: row.kind, missing: row.missing, since: row.since.toString() }),
          entry: row.entry,
          name: row.name,
          schoolName: row.school_name,
          parkedBy: row.parked_by,
          idNumberMasked: maskIdNumber(ctx.secrets.decrypt(row.id_number_sealed, idNumberPurpose)),
          stateTitle: row.state === null ? "未申请" : stateTitles[row.state],
          releasedAt: row.released_at?.toString() ?? null,
          releasedBy: row.released_by,
          note: row.note,
        }),
        (row) => [row.since.toString(), row.id],
      );
    }),
  ),
};

/** Those who have waited longest come first. */
async function listParked(
  { tx, campaign }: ActContext,
  { after, limit, ended }: { after: string[] | undefined; limit: number; ended: "yes" | "no" },
): Promise<ParkedRow[]> {
  const [since, id] = after ?? [];
  const beyond =
    since === undefined || id === undefined ? sql`true` : sql`(k.since, k.id) > (${since}::date, ${id}::uuid)`;
  const { rows } = await sql<ParkedRow>`
    select k.id, k.kind, k.missing, k.since, r.id as entry, r.name, r.id_number_sealed, o.name as school_name, a.state,
      (select t.display_name from shice.account t where t.id = k.parked_by) as parked_by, k.released_at,
      (select t.display_name from shice.account t where t.id = k.released_by) as released_by, k.note
    ${rosterJoins}
    join shice.parking k on k.entry_id = r.id
    where r.campaign_id = ${campaign.id} and (k.released_at is not null) = ${ended === "yes"} and ${beyond}
    order by k.since, k.id limit ${limit + 1}`.execute(tx);
  return rows;
}
