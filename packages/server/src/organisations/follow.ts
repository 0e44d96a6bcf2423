import { type State, statesIn } from "@shice/rules/lifecycle/state.ts";
import type { TransitionName } from "@shice/rules/lifecycle/transition-names.ts";
import { sql } from "kysely";
import type { Campaign } from "../case/campaign.ts";
import type { Case } from "../case/facts.ts";
import type { Patch } from "../case/patch.ts";
import { type CasePlace, leftBehind, placesOf } from "../case/school-place.ts";
import { stateText } from "../case/state-sql.ts";
import { systemActor } from "../case/system-actor.ts";
import { transition } from "../case/transition.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import type { DirectoryWork } from "./work.ts";

/** What a school may still act on. `sent-back` lies with the school, but the district has the case. */
export const withTheSchool: readonly State[] = [...statesIn("unconfirmed", "confirmed"), "sent-back"];

/** A change of the directory that cases and roster entries follow. */
interface Following {
  /** `follow-school`: to another school; `follow-place`: the school stays and lies elsewhere from now on. */
  name: Extract<TransitionName, "follow-school" | "follow-place">;
  schools: readonly string[];
  /** The school at which a person goes on, by the index of the ID number; undefined: where they are. */
  goalOf: (school: string, person: string) => string | undefined;
  /** The entry of the directory's history that each case's own history points to, by school. */
  changeOf: (school: string) => string;
  /** From where to where in words, for the case's history: names of schools or of bodies. */
  wordsOf: (school: string, goal: string) => { from: string; to: string };
  reason: string;
}

export interface WentAlong {
  campaign: Campaign;
  entries: number;
  cases: number;
  extensions: number;
  /** By the school at which they go on: how many roster entries and cases came to it. */
  goals: Map<string, { entries: number; cases: number }>;
}

/**
 * Moves what lies with schools in every running campaign: cases through the one door, each with its row of history;
 * roster entries with their case, or alone where there is none. What is past the hand-over stays where it was, and so
 * does the roster entry of that person.
 * @throws RefusalError school.cases-cannot-follow where the goal takes no part in a campaign in which there is something to move
 */
export async function follow(work: DirectoryWork, following: Following): Promise<WentAlong[]> {
  const went: WentAlong[] = [];
  for (const campaign of work.campaigns) went.push(await followIn(work, campaign, following));
  return went.filter(({ entries, cases }) => entries + cases > 0);
}

async function followIn(work: DirectoryWork, campaign: Campaign, following: Following): Promise<WentAlong> {
  const cases = await listMovable(work, campaign, following);
  const moving = cases.flatMap((found) => {
    const goal = following.goalOf(found.school, found.person);
    return goal === undefined ? [] : [{ ...found, goal }];
  });
  const waiting = await listEntries(work, campaign, following.schools);
  const wanted = waiting.flatMap(({ school, person }) => following.goalOf(school, person) ?? []);
  const goals = [...new Set([...moving.map(({ goal }) => goal), ...wanted])];
  const places = await placesOf({ tx: work.tx, campaign }, goals);
  if (goals.some((goal) => !places.has(goal))) {
    throw new RefusalError({ code: "school.cases-cannot-follow", campaign: campaign.title, cases: moving.length });
  }
  const went: WentAlong = { campaign, entries: 0, cases: 0, extensions: 0, goals: new Map() };
  const note = (goal: string, what: "entries" | "cases") => {
    went[what] += 1;
    const sums = went.goals.get(goal) ?? { entries: 0, cases: 0 };
    sums[what] += 1;
    went.goals.set(goal, sums);
  };

  if (moving.length > 0) {
    const byId = new Map(moving.map((each) => [each.id, each]));
    const outcomes = await transition(
      { tx: work.tx, campaign, actor: systemActor, now: work.now, secrets: work.services.secrets },
      following.name,
      moving.map(({ id, school, goal }) => ({
        applicationId: id,
        reason: following.reason,
        record: {
          school: goal,
          from: school,
          change: following.changeOf(school),
          words: following.wordsOf(school, goal),
        },
        set: (found) => patchOf(found, goal, places.get(goal)),
      })),
    );
    const moved = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.applicationId] : []));
    for (const id of moved) note(byId.get(id)?.goal ?? "", "cases");
    went.extensions = await keepExtensions(work, campaign, outcomes.flatMap(movedPlacesOf), moved);
    await dropClaims(work, campaign, moved);
  }
  // Read again: whose case has not gone stays with it.
  const entries = (await listEntries(work, campaign, following.schools)).flatMap((entry) => {
    const goal = following.goalOf(entry.school, entry.person);
    const place = goal === undefined ? undefined : places.get(goal);
    return goal === undefined || place === undefined ? [] : [{ entry: entry.id, goal, ...place }];
  });
  await moveEntries(work, entries);
  await tendBatches(work, campaign, following.schools);
  for (const { goal } of entries) note(goal, "entries");
  return went;
}

/** What the district holds goes on to another school, but stays with that district. */
function patchOf({ row, facts }: Case, goal: string, place: CasePlace | undefined): Patch {
  if (place === undefined) throw new Error("no place was read for the goal school");
  const isWithDistrict = facts.state === "sent-back" || (facts.state === "returned" && facts.answerTo === "sent-back");
  const { authority_id: _authority, review_body_id: _review, ...near } = place;
  const lending = row.form["lendingSchoolId"] === row.school_id ? { lendingSchoolId: goal } : {};
  return {
    ...(isWithDistrict ? near : place),
    ...(goal === row.school_id ? {} : { form: { ...row.form, ...lending, schoolId: goal } }),
  };
}

interface Movable {
  id: string;
  school: string;
  person: string;
}

async function listMovable(
  { tx }: DirectoryWork,
  campaign: Campaign,
  { name, schools }: Following,
): Promise<Movable[]> {
  // The district's questions are the old authority's business: its school answers them where it is.
  const asked =
    name === "follow-place"
      ? sql`and a.state <> ${stateText("sent-back")} and a.answer_to is distinct from ${stateText("sent-back")}`
      : sql``;
  const { rows } = await sql<Movable>`
    select a.id, a.school_id as school, encode(p.id_number_index, 'hex') as person
    from shice.application a join shice.person p on p.id = a.person_id
    where a.campaign_id = ${campaign.id} and a.school_id = any(${[...schools]}::uuid[])
      and a.state = any(${[...withTheSchool]}) ${asked}
    order by a.id`.execute(tx);
  return rows;
}

/** Roster entries whose person has no case that stays here; a withdrawn one is no case any more. */
async function listEntries({ tx }: DirectoryWork, campaign: Campaign, schools: readonly string[]): Promise<Movable[]> {
  const { rows } = await sql<Movable>`
    select r.id, r.school_id as school, encode(r.id_number_index, 'hex') as person
    from shice.roster_entry r
    where r.campaign_id = ${campaign.id} and r.school_id = any(${[...schools]}::uuid[]) and not exists (
      select from shice.person p
      cross join lateral (select x.* from shice.application x
        where x.campaign_id = r.campaign_id and x.person_id = p.id order by x.created_at desc, x.id desc limit 1) a
      where p.id_number_index = r.id_number_index and p.document_kind = r.document_kind and a.state <> ${stateText("withdrawn")}
        and a.school_id = r.school_id and a.authority_id = r.authority_id
        and a.confirmation_point_id = r.confirmation_point_id)
    order by r.id`.execute(tx);
  return rows;
}

async function moveEntries({ tx }: DirectoryWork, entries: readonly ({ entry: string } & CasePlace)[]): Promise<void> {
  if (entries.length === 0) return;
  await sql`
    update shice.roster_entry r set school_id = i.school_id, confirmation_point_id = i.confirmation_point_id,
      authority_id = i.authority_id, ${leftBehind(sql.ref("i.school_id"), sql.ref("i.confirmation_point_id"))}
    from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb)
      as i(entry uuid, school_id uuid, confirmation_point_id uuid, authority_id uuid)
    where r.id = i.entry`.execute(tx);
}

/**
 * A batch goes with its school to the authority that the school passes to. One whose school has ended, or is confirmed
 * elsewhere now, is over once its people have gone.
 */
async function tendBatches({ tx, now }: DirectoryWork, campaign: Campaign, schools: readonly string[]): Promise<void> {
  const places = await placesOf({ tx, campaign }, schools);
  await sql`
    with place as (select * from jsonb_to_recordset(${JSON.stringify([...places.values()])}::jsonb)
      as p(school_id uuid, confirmation_point_id uuid, authority_id uuid)),
    passed as (
      update shice.school_batch b set authority_id = p.authority_id from place p
      where b.campaign_id = ${campaign.id} and b.school_id = p.school_id and b.removed_at is null
        and b.confirmation_point_id = p.confirmation_point_id and b.authority_id <> p.authority_id)
    update shice.school_batch b set removed_at = ${now}
    where b.campaign_id = ${campaign.id} and b.school_id = any(${[...schools]}::uuid[]) and b.removed_at is null
      and not exists (select from place p
        where p.school_id = b.school_id and p.confirmation_point_id = b.confirmation_point_id)
      and not exists (select from shice.roster_entry r where r.batch_id = b.id)`.execute(tx);
}

function movedPlacesOf(outcome: { ok: boolean; before?: Case }) {
  const row = outcome.ok ? outcome.before?.row : undefined;
  return row === undefined ? [] : [{ application: row.id, school: row.school_id, authority: row.authority_id }];
}

/**
 * An extension that was granted for the old school or authority goes along with each case: a deadline told to somebody
 * is never shortened.
 */
async function keepExtensions(
  { tx, now }: DirectoryWork,
  campaign: Campaign,
  before: readonly { application: string; school: string | null; authority: string | null }[],
  moved: readonly string[],
): Promise<number> {
  const { numAffectedRows } = await sql`
    insert into shice.extension (campaign_id, stage, application_id, from_at, until_at, reason, granted_by, granted_at)
    select e.campaign_id, e.stage, a.id, e.from_at, e.until_at, e.reason, e.granted_by, ${now}
    from jsonb_to_recordset(${JSON.stringify(before)}::jsonb) as b(application uuid, school uuid, authority uuid)
    join shice.application a on a.campaign_id = ${campaign.id} and a.id = b.application and a.id = any(${[...moved]}::uuid[])
    join shice.extension e on e.campaign_id = a.campaign_id and e.until_at > ${now}
      and ((e.school_id = b.school and b.school <> a.school_id)
        or (e.authority_id = b.authority and b.authority <> a.authority_id))`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

async function dropClaims({ tx }: DirectoryWork, campaign: Campaign, applications: readonly string[]): Promise<void> {
  await tx
    .deleteFrom("shice.desk_claim")
    .where("campaign_id", "=", campaign.id)
    .where("application_id", "in", [...applications])
    .execute();
}
