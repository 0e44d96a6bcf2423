import { calendarOf, type Extension, windowStateOf } from "@shice/rules/calendar/window.ts";
import { transitionOf } from "@shice/rules/lifecycle/lifecycle.ts";
import { transitionNames } from "@shice/rules/lifecycle/transition-names.ts";
import { noticePeriodOf } from "@shice/rules/notice/period.ts";
import { windowedStages } from "@shice/rules/plan/stage.ts";
import type pg from "pg";
import { applicationOf, mustBeRefused } from "./apply.ts";
import { expectedOf, listOutcomes } from "./outcomes.ts";
import type { Teacher } from "./teachers.ts";
import type { World } from "./world.ts";

export interface Invariant {
  name: string;
  ok: boolean;
  detail: string;
}

type Check = (database: pg.Pool, world: World, teachers: readonly Teacher[]) => Promise<string[]>;

/** Invariants at the end, each with the cases that break it. */
const checks: Record<string, Check> = {
  "every teacher in exactly one outcome, as the story goes": everyOutcome,
  "nothing happened outside a window": nothingOutside,
  "nobody lapsed whom the school had not seen": everyLapseSeen,
  "every history chain verifies": chainsVerify,
  "no person acted in two duties on a case": dutiesApart,
  "stickers balance and equal the stickered conclusions": stickersBalance,
  "statistics equal a recount from history": statisticsRecount,
  "each notice ran its days": noticesRan,
  "nothing of another area is visible to anyone": nothingForeign,
  "every message once": messagesOnce,
  "what a school filled in counts by the teacher's own attestation": attestedByTheTeacher,
};

export async function checkInvariants(
  database: pg.Pool,
  world: World,
  teachers: readonly Teacher[],
): Promise<Invariant[]> {
  const found: Invariant[] = [];
  for (const [name, check] of Object.entries(checks)) {
    const broken = await check(database, world, teachers);
    const detail = broken.length === 0 ? "" : `${broken.length}:${broken.slice(0, 5).join(";")}`;
    found.push({ name, ok: broken.length === 0, detail });
  }
  return found;
}

async function everyOutcome(database: pg.Pool, world: World, teachers: readonly Teacher[]): Promise<string[]> {
  const outcomes = await listOutcomes(database, teachers);
  const { rows } = await database.query<{ n: number }>("select count(*)::int as n from shice.application");
  const applied = teachers.filter(({ application }) => application !== undefined).length;
  const lost = rows[0]?.n === applied ? [] : [`${applied} teachers applied, ${rows[0]?.n} applications are there`];
  const strayed = [...outcomes].filter(([teacher, outcome]) => outcome !== expectedOf(world, teacher));
  return [...lost, ...strayed.map(([{ index, story }, outcome]) => `teacher ${index} (${story}): ${outcome}`)];
}

interface Act {
  application_id: string;
  transition: string;
  at_text: string;
  account_id: string | null;
  extensions: { stage: string; from: string; until: string }[] | null;
}

async function nothingOutside(database: pg.Pool, world: World): Promise<string[]> {
  const { rows } = await database.query<Act>(`
    select h.application_id, h.transition, to_json(h.at) #>> '{}' as at_text,
      (select jsonb_agg(jsonb_build_object('stage', e.stage, 'from', e.from_at, 'until', e.until_at))
         from shice.extension e where e.application_id = h.application_id) as extensions
    from shice.application_history h where h.role <> 'system'`);
  const plain = calendarOf(world.plan);
  return rows.flatMap((row) => {
    const name = transitionNames.find((known) => known === row.transition);
    const window = name === undefined ? "any time" : transitionOf(name).window;
    if (window === "any time" || !("open" in window)) return [];
    const extensions = (row.extensions ?? []).flatMap(({ stage, from, until }): Extension[] => {
      const known = windowedStages.find((candidate) => candidate === stage);
      return known === undefined
        ? []
        : [{ stage: known, from: Temporal.Instant.from(from), until: Temporal.Instant.from(until) }];
    });
    const calendar = extensions.length === 0 ? plain : calendarOf(world.plan, extensions);
    const open = windowStateOf(calendar, window.open, Temporal.Instant.from(row.at_text)).open;
    return open ? [] : [`${row.transition} of ${row.application_id} at ${row.at_text}`];
  });
}

/** Lapsed cases whose school neither saw them nor was recorded as not having looked; taken from the history. */
async function everyLapseSeen(database: pg.Pool): Promise<string[]> {
  const { rows } = await database.query<{ id: string; why: string }>(`
    select h.application_id as id, case when h.record -> 'sight' is null then 'unseen' else 'seen afterwards' end as why
    from shice.application_history h join shice.application a on a.campaign_id = h.campaign_id and a.id = h.application_id
    where h.transition = 'lapse' and a.confirmation_point_id is not null
      and (h.record -> 'sight' is null or h.record #>> '{sight,by}' is null
        or (h.record #>> '{sight,at}')::timestamptz > h.at)`);
  return rows.map(({ id, why }) => `${id} ${why}`);
}

async function chainsVerify(_database: pg.Pool, world: World): Promise<string[]> {
  const { faults, applications } = await world.auditor.client.audit.verifyChains({ campaign: world.campaign });
  if (applications === 0) return ["nothing was verified"];
  return faults.map(({ kind, subject, number, column }) => [kind, subject, number, column].join(" "));
}

async function dutiesApart(database: pg.Pool): Promise<string[]> {
  const { rows } = await database.query<Act>(
    "select application_id, transition, account_id from shice.application_history where account_id is not null",
  );
  const duties = new Map<string, Set<string>>();
  for (const row of rows) {
    const name = transitionNames.find((known) => known === row.transition);
    const duty = name === undefined ? undefined : transitionOf(name).duty;
    if (duty === undefined) continue;
    const key = `${row.application_id} ${row.account_id}`;
    duties.set(key, (duties.get(key) ?? new Set()).add(duty));
  }
  return [...duties].filter(([, held]) => held.size > 1).map(([key]) => key);
}

async function stickersBalance(database: pg.Pool): Promise<string[]> {
  const { rows } = await database.query<{
    name: string;
    received: string;
    used: string;
    scrapped: string;
    returned: string;
    in_hand: string;
    issued: string;
    stickered: string;
  }>(`
    select o.name, b.received, b.used, b.scrapped, b.returned, b.in_hand, b.issued,
      (select count(*) from shice.marking m join shice.application a on a.id = m.application_id and a.campaign_id = m.campaign_id
         where m.kind = 'sticker' and a.authority_id = b.organisation_id) as stickered
    from shice.sticker_balance b join shice.organisation o on o.id = b.organisation_id`);
  return rows
    .filter((row) => {
      const balances =
        Number(row.received) ===
        Number(row.used) + Number(row.scrapped) + Number(row.returned) + Number(row.in_hand) + Number(row.issued);
      return !balances || Number(row.used) !== Number(row.stickered);
    })
    .map(({ name }) => name);
}

/** Compares the live figures with those from the history alone. */
async function statisticsRecount(database: pg.Pool, world: World): Promise<string[]> {
  const { rows } = await database.query<{ authority_id: string; applied: string; lapsed: string; concluded: string }>(`
    select a.authority_id, count(*) filter (where s.submitted) as applied,
      count(*) filter (where s.submitted and s.lapsed) as lapsed, count(*) filter (where s.concluded) as concluded
    from shice.application a
    join lateral (select bool_or(h.transition = 'submit') as submitted, bool_or(h.transition = 'lapse') as lapsed,
        bool_or(h.transition = 'conclude') as concluded
      from shice.application_history h where h.application_id = a.id and h.campaign_id = a.campaign_id) s on true
    where a.authority_id is not null group by a.authority_id`);
  const { rows: figures, violations } = await world.manager.client.report.getStatistics({
    campaign: world.campaign,
    by: "area",
  });
  const total = (key: string) =>
    figures.reduce((sum, row) => sum + (row.key === "total" ? 0 : (row.values[key] ?? 0)), 0);
  const recount = (key: "applied" | "lapsed" | "concluded") => rows.reduce((sum, row) => sum + Number(row[key]), 0);
  const differences = (["applied", "lapsed"] as const)
    .filter((key) => total(key) !== recount(key))
    .map((key) => `${key}: ${total(key)} in the table, ${recount(key)} in the history`);
  return [...violations, ...differences];
}

async function noticesRan(database: pg.Pool, world: World): Promise<string[]> {
  const { rows } = await database.query<{ number: string; published: string; ends: string; closed: string | null }>(`
    select number, to_json(published_at) #>> '{}' as published, to_json(ends_at) #>> '{}' as ends, to_json(closed_at) #>> '{}' as closed
    from shice.public_notice`);
  const { plan } = world;
  return rows
    .filter(({ published, ends, closed }) => {
      const period = noticePeriodOf(plan.stages.notice, plan.timeZone, Temporal.Instant.from(published));
      const counted = period.endsAt.equals(Temporal.Instant.from(ends));
      return !counted || closed === null || Temporal.Instant.compare(Temporal.Instant.from(closed), period.endsAt) < 0;
    })
    .map(({ number }) => number);
}

/** Each office, and one teacher of each area, asks for a case of the next area. All must get "not found". */
async function nothingForeign(_database: pg.Pool, world: World, teachers: readonly Teacher[]): Promise<string[]> {
  const broken: string[] = [];
  for (const [at, district] of world.districts.entries()) {
    const next = world.districts[(at + 1) % world.districts.length];
    const foreign = teachers.find((teacher) => teacher.district === next && teacher.application !== undefined);
    const own = teachers.find((teacher) => teacher.district === district && teacher.application !== undefined);
    if (foreign === undefined || next === district) continue;
    const input = { campaign: world.campaign, application: applicationOf(foreign) };
    const asking: [string, () => Promise<unknown>][] = [
      ["reviewer", () => district.reviewer.client.cases.getCase(input)],
      ["lead", () => district.lead.client.cases.getCase(input)],
      ["clerk", async () => await district.schools[0]?.clerk.client.cases.getCase(input)],
      ["teacher", async () => await own?.client.cases.listHistory(input)],
    ];
    for (const [who, ask] of asking) {
      await mustBeRefused(ask, "case.out-of-scope").catch((error: unknown) =>
        broken.push(`${district.name} ${who}: ${String(error)}`),
      );
    }
    const { items } = await district.reviewer.client.cases.listQueue({ campaign: world.campaign, limit: 500 });
    if (items.some(({ authorityId }) => authorityId !== district.authority))
      broken.push(`${district.name}: a foreign case in the queue`);
  }
  return broken;
}

async function messagesOnce(database: pg.Pool): Promise<string[]> {
  const { rows } = await database.query<{ key: string }>(`
    select application_id || ' ' || template as key from shice.message m
    where channel = 'inbox' and template in ('concluded', 'lapsed', 'confirmed')
    group by application_id, template, dedupe_key having count(*) > 1`);
  return rows.map(({ key }) => key);
}

/** Submitted forms filled in by a school that lack the teacher's attestation, or lost their mark since. */
async function attestedByTheTeacher(database: pg.Pool): Promise<string[]> {
  const { rows } = await database.query<{ id: string }>(`
    select a.id from shice.application a
    where a.submitted_at is not null and (a.assisted_at is not null
        or exists (select from shice.application_history h where h.application_id = a.id and h.transition = 'assist'))
      and not (a.assisted_at is not null and a.attested_at is not null and 'assistance.by-school' = any(a.flags)
        and exists (select from shice.undertaking u join shice.account c on c.id = u.account_id
          where u.application_id = a.id and u.kind = 'attestation' and c.person_id = a.person_id)
        and exists (select from shice.assisted_save s where s.application_id = a.id and cardinality(s.fields) > 0))`);
  return rows.map(({ id }) => id);
}
