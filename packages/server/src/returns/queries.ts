import type { ReturnCount, ReturnRanking, returnOutcomes } from "@shice/contract/returns.ts";
import type { State } from "@shice/rules/lifecycle/state.ts";
import { sql } from "kysely";
import type { ActContext } from "../request/run-act.ts";

interface ReturnFilter {
  stage?: "confirm" | "preliminary" | undefined;
  authority?: string | undefined;
  school?: string | undefined;
}
type ReturnOutcome = (typeof returnOutcomes)[number];

function placed({ authority, school }: ReturnFilter) {
  return sql.join(
    [
      sql`true`,
      ...(authority === undefined ? [] : [sql`a.authority_id = ${authority}::uuid`]),
      ...(school === undefined ? [] : [sql`a.school_id = ${school}::uuid`]),
    ],
    sql` and `,
  );
}

/**
 * The returns in scope, each once. What a school passes on to its teacher is the district's return going on: it is no
 * return of its own, and its end is the end of the one before.
 */
function returned({ campaign }: ActContext, filter: ReturnFilter) {
  return sql`
    select r.id, r.application_id, r.asked, r.asked_at, a.school_id, a.authority_id, a.number, a.name, a.state,
      coalesce(case r.outcome when 'passed-on' then n.outcome else r.outcome end, 'open') as outcome
    from shice.return_request r
    join shice.application a on a.campaign_id = r.campaign_id and a.id = r.application_id
    left join shice.return_request b on b.campaign_id = r.campaign_id and b.application_id = r.application_id
      and b.round = r.round - 1 and b.outcome = 'passed-on'
    left join shice.return_request n on n.campaign_id = r.campaign_id and n.application_id = r.application_id
      and n.round = r.round + 1
    where r.campaign_id = ${campaign.id} and b.id is null and ${placed(filter)}
      ${filter.stage === undefined ? sql`` : sql`and r.asked_at_stage = ${filter.stage}`}`;
}

const counts = sql`count(distinct application_id)::int as cases, count(*)::int as returns,
  count(*) filter (where outcome = 'answered')::int as answered, count(*) filter (where outcome = 'expired')::int as expired,
  count(*) filter (where outcome = 'open')::int as open, count(*) filter (where outcome = 'withdrawn')::int as withdrawn`;

export async function countReturns(ctx: ActContext, filter: ReturnFilter): Promise<ReturnCount> {
  const { rows } = await sql<ReturnCount>`select ${counts} from (${returned(ctx, filter)}) r`.execute(ctx.tx);
  return rows[0] ?? { cases: 0, returns: 0, answered: 0, expired: 0, open: 0, withdrawn: 0 };
}

export async function countSubmitted({ tx, campaign }: ActContext, filter: ReturnFilter): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from shice.application a
    where a.campaign_id = ${campaign.id} and a.submitted_at is not null and ${placed(filter)}`.execute(tx);
  return rows[0]?.n ?? 0;
}

/** By reason, in its words of the last time it was given: a plan may have changed them since the first. */
export async function rankReasons(ctx: ActContext, filter: ReturnFilter): Promise<ReturnRanking["reasons"]> {
  const { rows } = await sql<ReturnRanking["reasons"][number]>`
    select e ->> 'code' as code, (array_agg(e ->> 'text' order by r.asked_at desc))[1] as text, ${counts}
    from (${returned(ctx, filter)}) r, jsonb_array_elements(r.asked) e
    group by 1 order by returns desc, cases desc, code`.execute(ctx.tx);
  return rows;
}

export async function countRounds(ctx: ActContext, filter: ReturnFilter): Promise<ReturnRanking["rounds"]> {
  const { rows } = await sql<{ rounds: number; cases: number }>`
    select rounds, count(*)::int as cases
    from (select application_id, count(*)::int as rounds from (${returned(ctx, filter)}) r group by 1) c
    group by 1 order by 1`.execute(ctx.tx);
  return rows;
}

/** Schools or districts side by side, those in which the largest part was returned first. */
export async function comparePlaces(
  ctx: ActContext,
  filter: ReturnFilter,
  by: ReturnRanking["by"],
): Promise<ReturnRanking["places"]> {
  const place = sql.id(by === "school" ? "school_id" : "authority_id");
  const { rows } = await sql<ReturnRanking["places"][number]>`
    with returned as (${returned(ctx, filter)}),
    counted as (select ${place} as id, ${counts} from returned group by 1),
    sent as (
      select a.${place} as id, count(*)::int as submitted from shice.application a
      where a.campaign_id = ${ctx.campaign.id} and a.submitted_at is not null and a.${place} is not null and ${placed(filter)}
      group by 1),
    ranked as (
      select r.${place} as id, e ->> 'text' as text, row_number() over (partition by r.${place} order by count(*) desc, e ->> 'text') as place
      from returned r, jsonb_array_elements(r.asked) e group by 1, 2)
    select o.id, o.name, s.submitted, coalesce(c.cases, 0) as cases, coalesce(c.returns, 0) as returns,
      coalesce(c.answered, 0) as answered, coalesce(c.expired, 0) as expired, coalesce(c.open, 0) as open,
      coalesce(c.withdrawn, 0) as withdrawn, f.text as first
    from sent s join shice.organisation o on o.id = s.id
    left join counted c on c.id = s.id left join ranked f on f.id = s.id and f.place = 1
    order by coalesce(c.cases, 0)::numeric / s.submitted desc, coalesce(c.returns, 0) desc, o.name
    limit 1000`.execute(ctx.tx);
  return rows;
}

interface ReturnedRow {
  id: string;
  number: string;
  name: string;
  school: string;
  state: State;
  rounds: number;
  reasons: string[];
  last_at: Temporal.Instant;
  last_outcome: ReturnOutcome;
}

/** The cases behind a figure, the last returned first; one more than the page. */
export async function listReturned(
  ctx: ActContext,
  filter: ReturnFilter & {
    reason?: string | undefined;
    rounds?: number | undefined;
    outcome?: ReturnOutcome | undefined;
  },
  page: { after: readonly string[] | undefined; limit: number },
): Promise<ReturnedRow[]> {
  const [at, id] = page.after ?? [];
  const { reason, rounds, outcome } = filter;
  const { rows } = await sql<ReturnedRow>`
    with returned as (${returned(ctx, filter)}),
    cases as (
      select application_id as id, min(number) as number, min(name) as name, (array_agg(school_id))[1] as school_id,
        min(state) as state, count(*)::int as rounds, max(asked_at) as last_at,
        (array_agg(outcome order by asked_at desc))[1] as last_outcome,
        bool_or(${outcome === undefined ? sql`true` : sql`outcome = ${outcome}`}
          and ${reason === undefined ? sql`true` : sql`asked @> jsonb_build_array(jsonb_build_object('code', ${reason}::text))`}) as meant
      from returned group by 1)
    select c.id, c.number, c.name, coalesce(o.name, '') as school, c.state, c.rounds, c.last_at, c.last_outcome,
      (select array_agg(distinct e ->> 'text') from returned r, jsonb_array_elements(r.asked) e where r.application_id = c.id) as reasons
    from cases c left join shice.organisation o on o.id = c.school_id
    where c.meant and (${rounds ?? null}::int is null or c.rounds = ${rounds ?? null}::int)
      ${at === undefined ? sql`` : sql`and (c.last_at, c.id) < (${at}::timestamptz, ${id}::uuid)`}
    order by c.last_at desc, c.id desc limit ${page.limit + 1}`.execute(ctx.tx);
  return rows;
}
