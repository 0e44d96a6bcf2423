import type { Went } from "@shice/contract/organisations.ts";
import { sql } from "kysely";
import type { JsonObject } from "../case/history.ts";
import { mustReturnRow } from "../platform/database/must-return-row.ts";
import { auditRequests } from "../request/audit-request.ts";
import { follow, type WentAlong } from "./follow.ts";
import type { School } from "./schools.ts";
import { tellOffices } from "./tell.ts";
import { type DirectoryWork, recordChanges } from "./work.ts";

interface Successor {
  school: School;
  /** Whoever is not named goes here. */
  takesRest: boolean;
}

/** A school in favour of others: merged into one, or split into several; ended, or going on with those who stay. */
interface Succession {
  kind: "merged" | "split";
  school: School;
  ends: boolean;
  successors: readonly Successor[];
  /** Schools that came to be by it: their own history begins with it. */
  made: ReadonlySet<string>;
  goalOf: (person: string) => string | undefined;
  on: string;
  reason: string;
}

/** Ends a school or parts from it, with everything that goes along, in the transaction of the work. */
export async function succeed(work: DirectoryWork, succession: Succession): Promise<Went> {
  const { kind, school, ends, successors, on, reason } = succession;
  const change = await newKey(work);
  if (ends) await endSchool(work, school.id, on);
  await insertSuccessors(work, succession);
  const went = await follow(work, {
    name: "follow-school",
    schools: [school.id],
    goalOf: (_school, person) => succession.goalOf(person),
    changeOf: () => change,
    wordsOf: (_school, goal) => ({
      from: school.name,
      to: successors.find((each) => each.school.id === goal)?.school.name ?? "",
    }),
    reason,
  });
  const clerks = ends ? await endPosts(work, school.id) : [];
  const named = successors.map(({ school: { id, name } }) => ({ id, name }));
  const from = [{ id: school.id, name: school.name }];
  await recordChanges(work, [
    {
      id: change,
      school: school.id,
      kind,
      on,
      reason,
      detail: { schools: named, ends, posts: clerks.length, went: sumsOf(went) },
    },
    ...successors.map(({ school: { id } }) => ({
      school: id,
      kind: succession.made.has(id) ? ("arose" as const) : ("took-in" as const),
      on,
      reason,
      detail: { schools: from, change, went: sumsOf(went, id) },
    })),
  ]);
  for (const { school: goal } of successors) {
    await tellOffices(work, { went, goal: goal.id, name: school.name, change });
  }
  return wentViewOf(went, clerks);
}

async function newKey({ tx }: DirectoryWork): Promise<string> {
  const { rows } = await sql<{ id: string }>`select uuidv7() as id`.execute(tx);
  const row = mustReturnRow(rows, "organisation key select");
  return row.id;
}

async function endSchool({ tx }: DirectoryWork, id: string, on: string): Promise<void> {
  await tx
    .updateTable("shice.organisation")
    .set({ valid_to: Temporal.PlainDate.from(on) })
    .where("id", "=", id)
    .execute();
}

async function insertSuccessors(
  { tx }: DirectoryWork,
  { kind, school, successors, on, reason }: Succession,
): Promise<void> {
  await tx
    .insertInto("shice.organisation_successor")
    .values(
      successors.map(({ school: successor, takesRest }) => ({
        organisation_id: school.id,
        successor_id: successor.id,
        kind,
        effective_on: on,
        reason,
        takes_rest: takesRest,
      })),
    )
    // A school may part with some today and with others next year.
    .onConflict((conflict) =>
      conflict.columns(["organisation_id", "successor_id"]).doUpdateSet((row) => ({
        kind: row.ref("excluded.kind"),
        effective_on: row.ref("excluded.effective_on"),
        reason: row.ref("excluded.reason"),
        takes_rest: row.ref("excluded.takes_rest"),
      })),
    )
    .execute();
}

/** Nobody acts for a school that has ended; gives the names of those who did. */
async function endPosts({ tx, context, now }: DirectoryWork, school: string): Promise<string[]> {
  const { rows } = await sql<{ post_id: string; account_id: string; role: string; name: string }>`
    select e.post_id, e.account_id, e.role, a.display_name as name
    from shice.end_posts_of_school(${school}::uuid, ${now}::timestamptz) e join shice.account a on a.id = e.account_id
    order by a.display_name, e.post_id`.execute(tx);
  await auditRequests(
    tx,
    context,
    rows.map(({ post_id, account_id, role }) => ({
      action: "end-post",
      subjectKind: "post",
      subjectId: post_id,
      detail: { account: account_id, role, organisation: school },
    })),
  );
  return rows.map(({ name }) => name);
}

/** What went along, for the record: in all, or what came to one school. */
export function sumsOf(went: readonly WentAlong[], goal?: string): JsonObject[] {
  return went.flatMap(({ campaign, entries, cases, goals }) => {
    const sums = goal === undefined ? { entries, cases } : goals.get(goal);
    return sums === undefined ? [] : [{ campaign: campaign.title, entries: sums.entries, cases: sums.cases }];
  });
}

export function wentViewOf(went: readonly WentAlong[], clerks: readonly string[]): Went {
  return {
    campaigns: went.map(({ campaign, entries, cases, extensions }) => ({
      campaign: campaign.key,
      title: campaign.title,
      entries,
      cases,
      extensions,
    })),
    clerks: [...clerks],
  };
}
