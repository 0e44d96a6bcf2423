import type { Went } from "@shice/contract/organisations.ts";
import { sql } from "kysely";
import { follow } from "./follow.ts";
import { sumsOf, wentViewOf } from "./merge.ts";
import type { School } from "./schools.ts";
import { tellDistrict } from "./tell.ts";
import { type Change, type DirectoryWork, recordChanges } from "./work.ts";

/** A change of where schools lie: each with the entry of its history, whose key is made here. */
interface Passing {
  schools: readonly School[];
  changeOf: (school: School) => Omit<Change, "id" | "school" | "on" | "reason">;
  /** Where a school's cases lay and where they lie, by the names of authority or confirmation point. */
  wordsOf: (school: School) => { from: string; to: string };
  on: string;
  reason: string;
}

/** Lets the cases of schools that lie elsewhere from now on follow; the directory has been written already. */
export async function passOn(work: DirectoryWork, { schools, changeOf, wordsOf, on, reason }: Passing) {
  const { rows } = await sql<{ id: string }>`
    select uuidv7() as id from generate_series(1, ${schools.length}::int)`.execute(work.tx);
  const keys = new Map(schools.map(({ id }, at) => [id, rows[at]?.id ?? ""]));
  const went = await follow(work, {
    name: "follow-place",
    schools: schools.map(({ id }) => id),
    // The school itself: it is read anew where it lies.
    goalOf: (school) => school,
    changeOf: (school) => keys.get(school) ?? "",
    wordsOf: (id) => {
      const school = schools.find((each) => each.id === id);
      return school === undefined ? { from: "", to: "" } : wordsOf(school);
    },
    reason,
  });
  await recordChanges(
    work,
    schools.map((school) => {
      const { detail, kind } = changeOf(school);
      const sums = sumsOf(went, school.id);
      return {
        id: keys.get(school.id) ?? "",
        school: school.id,
        kind,
        on,
        reason,
        detail: { ...detail, ...(sums.length === 0 ? {} : { went: sums }) },
      };
    }),
  );
  return { went, cause: keys.get(schools[0]?.id ?? "") ?? "" };
}

/**
 * Schools pass to another authority, as in a reform of areas: from the day on they are its schools, and what was not yet
 * handed over goes to it. What the old authority has received it finishes.
 */
export async function passToAuthority(
  work: DirectoryWork,
  schools: readonly School[],
  { authority, on, reason }: { authority: { id: string; name: string }; on: string; reason: string },
): Promise<Went> {
  const ids = schools.map(({ id }) => id);
  await sql`
    update shice.school set authority_id = ${authority.id}::uuid,
      confirmation_point_id = case when confirmation_point_id = authority_id then ${authority.id}::uuid else confirmation_point_id end
    where organisation_id = any(${ids}::uuid[])`.execute(work.tx);
  await sql`update shice.organisation set parent_id = ${authority.id}::uuid where id = any(${ids}::uuid[])`.execute(
    work.tx,
  );
  const { went, cause } = await passOn(work, {
    schools,
    on,
    reason,
    wordsOf: ({ authority: from }) => ({ from, to: authority.name }),
    changeOf: ({ authority: name, authorityId }) => ({
      kind: "passed",
      detail: { from: { id: authorityId, name }, to: { id: authority.id, name: authority.name } },
    }),
  });
  const [first, ...others] = schools;
  const named = others.length === 0 ? `“${first?.name ?? ""}”` : `“${first?.name ?? ""}”等${schools.length}所学校`;
  await tellDistrict(work, { went, authority: authority.id, schools: named, cause });
  return wentViewOf(went, []);
}
