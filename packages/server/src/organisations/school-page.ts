import type { SchoolFigures, SchoolPage } from "@shice/contract/organisations.ts";
import { sql } from "kysely";
import type { z } from "zod";
import { RefusalError } from "../platform/http/refusal-error.ts";
import type { ActContext } from "../request/run-act.ts";
import { changeLinesOf } from "./change-lines.ts";
import { directoryItemOf, listDirectory } from "./schools.ts";

/** A school with its whole history, as far as the reader has to do with it. */
export async function schoolPageOf(ctx: ActContext, id: string): Promise<SchoolPage> {
  const { tx, actor } = ctx;
  const [row] = await listDirectory(tx, { school: id, ended: "yes" }, { limit: 1 });
  if (row === undefined) throw new RefusalError({ code: "request.not-found" });
  const item = directoryItemOf(row);
  const { kind } = actor.scope;
  const isOwn = kind !== "authority" || actor.organisationId === item.authorityId;
  return {
    ...item,
    names: await listNames(ctx, id),
    became: await listLine(ctx, id, "became"),
    cameFrom: await listLine(ctx, id, "cameFrom"),
    changes: await listChanges(ctx, id),
    clerks: isOwn ? await listClerks(ctx, id) : null,
    // The administrators of accounts look at no application.
    figures: kind === "accounts" || !isOwn ? null : await figuresOf(ctx, id),
  };
}

async function listNames({ tx }: ActContext, id: string): Promise<SchoolPage["names"]> {
  const { rows } = await sql<{
    name: string;
    kind: "standard" | "former" | "alias";
    from: Temporal.PlainDate | null;
    to: Temporal.PlainDate | null;
  }>`
    select n.name, n.kind, n.valid_from as from, n.valid_to as to from shice.organisation_name n
    where n.organisation_id = ${id}
    order by array_position(array['standard', 'former', 'alias'], n.kind), n.valid_to desc nulls first, n.name`.execute(
    tx,
  );
  return rows.map(({ from, to, ...row }) => ({ ...row, from: from?.toString() ?? null, to: to?.toString() ?? null }));
}

async function listLine({ tx }: ActContext, id: string, way: "became" | "cameFrom"): Promise<SchoolPage["became"]> {
  const [mine, others] =
    way === "became" ? [sql`u.organisation_id`, sql`u.successor_id`] : [sql`u.successor_id`, sql`u.organisation_id`];
  const { rows } = await sql<{
    id: string;
    name: string;
    kind: "merged" | "split" | "replaced" | "transferred";
    on: Temporal.PlainDate;
    reason: string;
  }>`
    select o.id, o.name, u.kind, u.effective_on as on, u.reason
    from shice.organisation_successor u join shice.organisation o on o.id = ${others}
    where ${mine} = ${id} order by u.effective_on, o.name`.execute(tx);
  return rows.map(({ on, ...row }) => ({ ...row, on: on.toString() }));
}

async function listChanges({ tx }: ActContext, id: string): Promise<SchoolPage["changes"]> {
  const { rows } = await sql<{
    id: string;
    kind: SchoolPage["changes"][number]["kind"];
    on: Temporal.PlainDate;
    reason: string | null;
    detail: Record<string, unknown>;
    at: Temporal.Instant;
    by: string | null;
  }>`
    select c.id, c.kind, c.effective_on as on, c.reason, c.detail, c.made_at as at, a.display_name as by
    from shice.directory_change c left join shice.account a on a.id = c.made_by
    where c.school_id = ${id} order by c.made_at desc, c.id desc`.execute(tx);
  return rows.map(({ detail, on, at, ...row }) => ({
    ...row,
    on: on.toString(),
    at: at.toString(),
    lines: changeLinesOf(row.kind, detail),
  }));
}

async function listClerks({ tx }: ActContext, id: string): Promise<NonNullable<SchoolPage["clerks"]>> {
  const { rows } = await sql<{ name: string; since: Temporal.Instant; until: Temporal.Instant | null }>`
    select a.display_name as name, p.valid_from as since, p.valid_to as until
    from shice.post p join shice.account a on a.id = p.account_id
    where p.organisation_id = ${id} order by p.valid_to desc nulls first, p.valid_from desc, p.id`.execute(tx);
  return rows.map(({ name, since, until }) => ({ name, since: since.toString(), until: until?.toString() ?? null }));
}

/** What the reader may see of the school in this campaign, counted. */
async function figuresOf({ tx, campaign }: ActContext, id: string): Promise<z.infer<typeof SchoolFigures>> {
  const { rows: states } = await sql<{ state: string; n: number }>`
    select state, count(*)::int as n from shice.application
    where campaign_id = ${campaign.id} and school_id = ${id} group by state`.execute(tx);
  const { rows } = await sql<{ roster: number; due: number; manifests: number }>`
    select count(*)::int as roster, count(*) filter (where standing in ('due', 'seconded-out'))::int as due,
      (select count(*)::int from shice.manifest m
        where m.campaign_id = ${campaign.id} and m.confirmation_point_id = ${id}) as manifests
    from shice.roster_entry where campaign_id = ${campaign.id} and school_id = ${id}`.execute(tx);
  const counts = Object.fromEntries(states.map(({ state, n }) => [state, n]));
  const [sums] = rows;
  return {
    roster: sums?.roster ?? 0,
    due: sums?.due ?? 0,
    manifests: sums?.manifests ?? 0,
    counts,
    total: states.reduce((sum, { n }) => sum + n, 0),
  };
}
