import { sql } from "kysely";
import type { ActContext } from "../request/run-act.ts";

/** A school with what follows from it. */
export interface SchoolPlace {
  schoolId: string;
  name: string;
  pointId: string;
  authorityId: string;
}

/** Schools of the campaign whose roster the caller keeps: the own one, or all of the district. */
export async function listOwnSchools(ctx: ActContext): Promise<SchoolPlace[]> {
  const { tx, actor, campaign } = ctx;
  const office = campaign.plan.confirmationPoint === "authority";
  const { rows } = await sql<{ id: string; name: string; authority_id: string; point_id: string }>`
    select s.organisation_id as id, o.name, s.authority_id,
      case when ${office} then s.authority_id else s.confirmation_point_id end as point_id
    from shice.school s join shice.organisation o on o.id = s.organisation_id
    join shice.campaign_body b on b.organisation_id = s.authority_id and b.campaign_id = ${campaign.id} and b.part = 'authority'
    where o.valid_to is null order by o.name`.execute(tx);
  const { scope } = actor;
  return rows
    .filter(
      (row) =>
        (scope.kind === "school" && scope.id === row.point_id) ||
        (scope.kind === "authority" && scope.id === row.authority_id) ||
        scope.kind === "all",
    )
    .map((row) => ({ schoolId: row.id, name: row.name, pointId: row.point_id, authorityId: row.authority_id }));
}

export type Named =
  | { school: SchoolPlace }
  | {
      trouble:
        | { code: "school.unknown"; nearest: string[] }
        | { code: "school.ambiguous"; schools: string[] }
        | { code: "school.closed"; successors: string[] }
        | { code: "school.not-yours" };
    };

/** How a name is compared: without blanks, brackets of either width the same. */
export function schoolWordOf(name: string): string {
  return name.normalize("NFKC").replace(/\s/gu, "");
}

/** Names that no school bears get a proposal only so often: behind that somebody has sent another list. */
const mostProposals = 50;

/**
 * Finds schools by standard, former or short name (Notice §三(一): 统一规范填写任教学校名称). A name that several schools
 * bear is the caller's own one, where only one of them is.
 */
export async function findSchoolsByName(
  ctx: ActContext,
  own: readonly SchoolPlace[],
  names: readonly string[],
): Promise<Map<string, Named>> {
  const words = [...new Set(names.map(schoolWordOf))];
  const { rows } = await sql<{ word: string; id: string; name: string; closed: boolean; successors: string[] | null }>`
    select replace(normalize(n.name, NFKC), ' ', '') as word, o.id, o.name, o.valid_to is not null as closed,
      (select array_agg(t.name order by t.name) from shice.organisation_successor u join shice.organisation t on t.id = u.successor_id
        where u.organisation_id = o.id) as successors
    from shice.organisation_name n join shice.organisation o on o.id = n.organisation_id and o.kind = 'school'
    where replace(normalize(n.name, NFKC), ' ', '') = any(${words})`.execute(ctx.tx);
  const byWord = Map.groupBy(rows, (row) => row.word);
  const mine = new Map(own.map((school) => [school.schoolId, school]));
  const named = new Map<string, Named>();
  let proposals = 0;
  for (const word of words) {
    const found = byWord.get(word) ?? [];
    const open = [...new Map(found.filter(({ closed }) => !closed).map((row) => [row.id, row])).values()];
    const inScope = open.flatMap(({ id }) => mine.get(id) ?? []);
    const [only, second] = inScope;
    if (only !== undefined && second === undefined) named.set(word, { school: only });
    else if (second !== undefined) {
      named.set(word, { trouble: { code: "school.ambiguous", schools: inScope.map(({ name }) => name) } });
    } else if (open.length > 0) named.set(word, { trouble: { code: "school.not-yours" } });
    else if (found.length > 0) {
      named.set(word, {
        trouble: { code: "school.closed", successors: found.flatMap(({ successors }) => successors ?? []) },
      });
    } else {
      proposals += 1;
      const nearest = proposals > mostProposals ? [] : await findNearest(ctx, own, word);
      named.set(word, { trouble: { code: "school.unknown", nearest } });
    }
  }
  return named;
}

async function findNearest({ tx }: ActContext, own: readonly SchoolPlace[], word: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select o.name from shice.organisation o
    where o.id = any(${own.map(({ schoolId }) => schoolId)}::uuid[]) and similarity(o.name, ${word}) > 0.15
    order by similarity(o.name, ${word}) desc, o.name limit 3`.execute(tx);
  return rows.map(({ name }) => name);
}
