import type { SplitSchool } from "@shice/contract/organisations.ts";
import { maskIdNumber } from "@shice/rules/identity/id-number.ts";
import { type State, stateTitles } from "@shice/rules/lifecycle/state.ts";
import type { PostKind } from "@shice/rules/plan/institution.ts";
import { sql } from "kysely";
import type { z } from "zod";
import { stateText } from "../case/state-sql.ts";
import { RefusalError } from "../platform/http/refusal-error.ts";
import type { ActContext } from "../request/run-act.ts";
import { withTheSchool } from "./follow.ts";
import { getLiving, lockSchools, mustBeDay } from "./lock.ts";
import { succeed } from "./merge.ts";
import { insertSchools, listKnownNames } from "./names.ts";
import { getSchool, listSchoolsById, type School } from "./schools.ts";
import type { DirectoryWork } from "./work.ts";

type Asked = z.output<typeof SplitSchool>;

/**
 * Splits a school: its parts are named or come to be, and everybody is assigned to one of them or stays.
 * @throws RefusalError school.parts-alike, school.rest-unassigned, school.part-unknown, school.people-gone, school.known
 */
export async function splitSchool(work: DirectoryWork, input: Asked) {
  const named = input.parts.flatMap((part) => ("school" in part ? [part.school] : []));
  await lockSchools(work, [input.school, ...named]);
  const school = await getLiving(work, input.school);
  mustBeDay(work, school, input.on);
  if (new Set([school.id, ...named]).size <= named.length) {
    throw new RefusalError({ code: "school.parts-alike", field: "parts" });
  }
  if (input.ends && input.rest === null) throw new RefusalError({ code: "school.rest-unassigned", field: "rest" });
  const parts = await makeParts(work, school, input);
  const partAt = (at: number) => {
    const part = parts[at];
    if (part === undefined) throw new RefusalError({ code: "school.part-unknown", field: "assigned" });
    return part;
  };
  const rest = input.rest === null ? undefined : partAt(input.rest);
  const persons = await personsOf(
    work,
    school.id,
    input.assigned.map(({ person }) => person),
  );
  const assigned = new Map<string, string>();
  for (const { person, part } of input.assigned) {
    const index = persons.get(person);
    if (index !== undefined) assigned.set(index, partAt(part).id);
  }
  const gone = input.assigned.filter(({ person }) => !persons.has(person)).length;
  if (gone > 0) throw new RefusalError({ code: "school.people-gone", people: gone, field: "assigned" });

  const went = await succeed(work, {
    kind: "split",
    school,
    ends: input.ends,
    on: input.on,
    reason: input.reason,
    successors: parts.map((part) => ({ school: part, takesRest: part.id === rest?.id })),
    made: new Set(parts.filter(({ id }) => !named.includes(id)).map(({ id }) => id)),
    goalOf: (person) => assigned.get(person) ?? rest?.id,
  });
  return { school: await getSchool(work.tx, school.id), parts, went };
}

/** The parts in the order asked: those that there are, and those that come to be under the school's own authority. */
async function makeParts(work: DirectoryWork, school: School, { parts, on }: Asked): Promise<School[]> {
  const made = parts.flatMap((part) => ("school" in part ? [] : [part]));
  const fresh = made.map((part) => ({ ...part, aliases: [], authority: school.authorityId, validFrom: on }));
  // Two of one name are the same mistake as one of a name that is there; the parting school may leave its name behind.
  const twice = fresh.find(({ name }, at) => fresh.findIndex((other) => other.name === name) !== at);
  const [known] = twice === undefined ? await listKnownNames(work.tx, fresh) : [twice.name];
  if (known !== undefined) throw new RefusalError({ code: "school.known", name: known, field: "parts" });
  const ids = await insertSchools(work.tx, fresh, work.now);
  const inOrder: string[] = [];
  for (const part of parts) {
    if ("school" in part) inOrder.push((await getLiving(work, part.school)).id);
    else inOrder.push(ids[made.indexOf(part)] ?? "");
  }
  return await listSchoolsById(work.tx, inOrder);
}

/** The people of a school behind roster entries and applications: by that key, the index of the ID number. */
async function personsOf({ tx }: DirectoryWork, school: string, keys: readonly string[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const { rows } = await sql<{ key: string; person: string }>`
    select r.id as key, encode(r.id_number_index, 'hex') as person from shice.roster_entry r
    where r.id = any(${[...keys]}::uuid[]) and r.school_id = ${school}
    union all
    select a.id, encode(p.id_number_index, 'hex') from shice.application a join shice.person p on p.id = a.person_id
    where a.id = any(${[...keys]}::uuid[]) and a.school_id = ${school} and a.state = any(${[...withTheSchool]})`.execute(
    tx,
  );
  return new Map(rows.map(({ key, person }) => [key, person]));
}

interface PersonRow {
  person: string;
  name: string;
  id_number_sealed: Buffer;
  post_kind: PostKind | null;
  subject: string | null;
  state: State | null;
  sound: string;
}

/** Who can be assigned when a school is split, in the order of the names' sound; one more than the page. */
export async function listPeople(
  { tx, campaign }: ActContext,
  school: string,
  page: { after: readonly string[] | undefined; limit: number },
): Promise<PersonRow[]> {
  const [sound, id] = page.after ?? [];
  const { rows } = await sql<PersonRow>`
    with movable as (
      select a.*, p.id_number_index, p.document_kind, p.id_number_sealed from shice.application a
      join shice.person p on p.id = a.person_id
      where a.campaign_id = ${campaign.id} and a.school_id = ${school} and a.state = any(${[...withTheSchool]})),
    people as (
      select r.id as person, r.name, r.id_number_sealed, coalesce(m.post_kind, r.facts ->> 'postKind') as post_kind,
        coalesce(m.subject, r.facts ->> 'subject') as subject, m.state, coalesce(r.pinyin, r.name) as sound
      from shice.roster_entry r
      left join movable m on m.id_number_index = r.id_number_index and m.document_kind = r.document_kind
      where r.campaign_id = ${campaign.id} and r.school_id = ${school} and (m.id is not null or not exists (
        select from shice.person p join shice.application x on x.person_id = p.id and x.campaign_id = r.campaign_id
        where p.id_number_index = r.id_number_index and p.document_kind = r.document_kind
          and x.school_id = r.school_id and x.state <> ${stateText("withdrawn")}))
      union all
      select m.id, m.name, m.id_number_sealed, m.post_kind, m.subject, m.state, coalesce(m.name_pinyin, m.name)
      from movable m where not exists (select from shice.roster_entry r
        where r.campaign_id = ${campaign.id} and r.school_id = ${school} and r.id_number_index = m.id_number_index))
    select * from people
    ${sound === undefined ? sql`` : sql`where (sound, person) > (${sound}, ${id}::uuid)`}
    order by sound, person limit ${page.limit + 1}`.execute(tx);
  return rows;
}

export function personViewOf({ secrets }: ActContext, row: PersonRow) {
  return {
    person: row.person,
    name: row.name,
    idNumberMasked: maskIdNumber(secrets.decrypt(row.id_number_sealed, "person.id-number")),
    postKind: row.post_kind,
    subject: row.subject,
    stateTitle: row.state === null ? null : stateTitles[row.state],
  };
}
