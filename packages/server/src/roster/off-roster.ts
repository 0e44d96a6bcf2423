import { refusalTextOf } from "@shice/contract/problem-of.ts";
import { maskIdNumber } from "@shice/rules/identity/id-number.ts";
import { type State, stateTitles, withoutConclusionStates } from "@shice/rules/lifecycle/state.ts";
import { sql } from "kysely";
import { stateList } from "../case/state-sql.ts";
import { api } from "../request/api.ts";
import { audit } from "../request/audit.ts";
import { cutPage, parseCursor } from "../request/cursor.ts";
import { type ActContext, runAct, runRead } from "../request/run-act.ts";
import { compareWithRoster, writeEntries } from "./entries.ts";
import { listOwnSchools } from "./schools.ts";
import { idNumberPurpose } from "./views.ts";

interface OffRosterRow {
  id: string;
  number: string;
  name: string;
  document_kind: string;
  id_number_sealed: Buffer;
  id_number_index: Buffer;
  school_id: string;
  school_name: string;
  state: State;
  state_since: Temporal.Instant;
  elsewhere: string | null;
}

/** Applications that live at a school on whose roster their person does not stand. */
const offRoster = sql`
  from shice.application a
  join shice.person p on p.id = a.person_id
  join shice.organisation o on o.id = a.school_id
  where a.state not in ${stateList(withoutConclusionStates)}
    and not exists (select from shice.roster_entry r
      where r.campaign_id = a.campaign_id and r.id_number_index = p.id_number_index and r.school_id = a.school_id)`;

export async function countOffRoster({ tx, campaign }: ActContext, school: string | undefined): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n ${offRoster} and a.campaign_id = ${campaign.id}
      and (${school ?? null}::uuid is null or a.school_id = ${school ?? null}::uuid)`.execute(tx);
  return rows[0]?.n ?? 0;
}

/** Those of one school, for its sheet. */
export async function offRosterOf({ tx, campaign }: ActContext, school: string) {
  const { rows } = await sql<{ name: string; number: string; state: State }>`
    select p.name, a.number, a.state ${offRoster} and a.campaign_id = ${campaign.id} and a.school_id = ${school}
    order by a.id`.execute(tx);
  return rows;
}

const columns = sql`a.id, a.number, p.name, p.document_kind, p.id_number_sealed, p.id_number_index, a.school_id,
  o.name as school_name, a.state, a.state_since`;

/** People who applied here and are not on the roster: to be put on it with one press, or to be asked where they belong. */
export const offRosterRoutes = {
  listOffRoster: api.roster.listOffRoster.handler(({ input, context }) =>
    runRead(context, input.campaign, async (ctx) => {
      const { tx, campaign } = ctx;
      const after = parseCursor(input.after, 1)?.[0];
      const { rows } = await sql<OffRosterRow>`
        select f.*, e.school_name as elsewhere from (
          select ${columns} ${offRoster} and a.campaign_id = ${campaign.id}
            and (${input.school ?? null}::uuid is null or a.school_id = ${input.school ?? null}::uuid)
            and a.id > ${after ?? "00000000-0000-0000-0000-000000000000"}::uuid
          order by a.id limit ${input.limit + 1}) f
        left join lateral shice.find_on_rosters(${campaign.id}, array[f.id_number_index]) e on true
        order by f.id`.execute(tx);
      return cutPage(
        rows,
        input.limit,
        (row) => ({
          application: row.id,
          number: row.number,
          name: row.name,
          schoolName: row.school_name,
          idNumberMasked: maskIdNumber(ctx.secrets.decrypt(row.id_number_sealed, idNumberPurpose)),
          stateTitle: stateTitles[row.state],
          since: row.state_since.toString(),
          elsewhere: row.elsewhere,
        }),
        ({ id }) => [id],
      );
    }),
  ),

  putOnRoster: api.roster.putOnRoster.handler(({ input, context }) =>
    runAct(context, input.campaign, async (ctx) => {
      const { tx, campaign, secrets } = ctx;
      const schools = new Map((await listOwnSchools(ctx)).map((school) => [school.schoolId, school]));
      const { rows } = await sql<OffRosterRow>`
        select ${columns}, null as elsewhere ${offRoster} and a.campaign_id = ${campaign.id}
          and a.id = any(${input.applications}::uuid[]) order by a.id`.execute(tx);
      const people = rows.flatMap((row) => {
        const school = schools.get(row.school_id);
        if (school === undefined) return [];
        const idNumber = secrets.decrypt(row.id_number_sealed, idNumberPurpose);
        const { name, document_kind: documentKind } = row;
        return [{ row, entry: { school, name, documentKind, idNumber, facts: {} } }];
      });
      const compared = await compareWithRoster(
        ctx,
        people.map(({ entry }) => entry),
      );
      await writeEntries(ctx, compared, "application");
      const wrong = compared.flatMap((result, at) => {
        const row = people[at]?.row;
        if (result.outcome !== "elsewhere" || row === undefined) return [];
        const refusal = refusalTextOf({ code: "roster.elsewhere", field: "idNumber" });
        return [{ application: row.id, name: row.name, refusal }];
      });
      const added = compared.length - wrong.length;
      await audit(ctx, { action: "put-on-roster", subjectKind: "roster", detail: { people: added } });
      return { added, wrong };
    }),
  ),
};
